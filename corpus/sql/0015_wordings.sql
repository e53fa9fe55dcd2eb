-- Asked which statements share a band (docs/decisions/0009-same-statement.md).
CREATE INDEX wording_bands ON corpus_wording USING gin (bands);
