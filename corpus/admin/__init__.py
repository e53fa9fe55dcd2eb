"""Curation: what the administration shows and lets a curator do, a module for each model."""

from corpus.admin import articles, imports, speakers, statements

__all__ = ["articles", "imports", "speakers", "statements"]
