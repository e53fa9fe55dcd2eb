-- Storage of search rows (docs/decisions/0003-search-rows.md).
-- `stems` is read for every candidate, so it stays in its row: MAIN with a high toast target.
-- `words` and `impacts` are read for the best few or only through their index: out of line.
ALTER TABLE corpus_articlesearchrow ALTER COLUMN stems SET STORAGE MAIN;
ALTER TABLE corpus_articlesearchrow ALTER COLUMN words SET STORAGE EXTERNAL;
ALTER TABLE corpus_articlesearchrow ALTER COLUMN impacts SET STORAGE EXTERNAL;
ALTER TABLE corpus_articlesearchrow SET (toast_tuple_target = 8000, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE corpus_statementsearchrow ALTER COLUMN stems SET STORAGE MAIN;
ALTER TABLE corpus_statementsearchrow SET (toast_tuple_target = 4000);

CREATE INDEX search_stems ON corpus_articlesearchrow USING gin (stems);
CREATE INDEX search_words ON corpus_articlesearchrow USING gin (words);
CREATE INDEX search_impacts ON corpus_articlesearchrow USING gin (impacts);
CREATE INDEX search_speakers ON corpus_articlesearchrow USING gin (speakers);
CREATE INDEX stsearch_stems ON corpus_statementsearchrow USING gin (stems);
CREATE INDEX stsearch_words ON corpus_statementsearchrow USING gin (words);
CREATE INDEX stsearch_impacts ON corpus_statementsearchrow USING gin (impacts);
-- Suggestions look words up by prefix and by likeness.
CREATE INDEX frequency_word_trigram ON corpus_lexemefrequency
    USING gin (lexeme gin_trgm_ops) WHERE lexeme >= 'w' AND lexeme < 'x';
