"""Measuring search: runs and judgements, quality, and speed."""
