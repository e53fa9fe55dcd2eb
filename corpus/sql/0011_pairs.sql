-- `pairs` is read only through its index (docs/decisions/0003-search-rows.md).
ALTER TABLE corpus_articlesearchrow ALTER COLUMN pairs SET STORAGE EXTERNAL;
ALTER TABLE corpus_statementsearchrow ALTER COLUMN pairs SET STORAGE EXTERNAL;
CREATE INDEX search_pairs ON corpus_articlesearchrow USING gin (pairs);
CREATE INDEX stsearch_pairs ON corpus_statementsearchrow USING gin (pairs);
-- Twice the same index: the column's collation is "C" already.
DROP INDEX IF EXISTS corpus_lexemefrequency_lexeme_73b017a6_like;
