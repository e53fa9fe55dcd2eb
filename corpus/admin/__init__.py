"""Curation: what the administration shows and lets a curator do, a module for each model."""

from corpus.admin import articles, feeds, imports, speakers, statements

__all__ = ["articles", "feeds", "imports", "speakers", "statements"]
