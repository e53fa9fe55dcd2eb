"""The corpus: articles, the statements in them, and who made them."""
