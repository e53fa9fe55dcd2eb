"""Search: from what a reader typed to a ranked page. Owns no tables."""
