"""The one writer of search rows and document frequencies.

Everything is rebuilt from articles and statements, so the tables can be emptied and
refilled by `manage.py reindex` at any time.
"""
