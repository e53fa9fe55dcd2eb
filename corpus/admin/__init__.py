"""Curation: what the administration shows and lets a curator do, a module for each model."""

from corpus.admin import articles, feeds, imports, proposals, speakers, statements

__all__ = ["articles", "feeds", "imports", "proposals", "speakers", "statements"]
