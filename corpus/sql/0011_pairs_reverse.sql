DROP INDEX search_pairs, stsearch_pairs;
CREATE INDEX IF NOT EXISTS corpus_lexemefrequency_lexeme_73b017a6_like
    ON corpus_lexemefrequency (lexeme text_pattern_ops);
