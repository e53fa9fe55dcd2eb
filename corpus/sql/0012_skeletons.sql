-- Names typed in Latin letters are looked up by the consonants of the corpus's words
-- (search/transliteration.py has the same expression).
CREATE INDEX frequency_skeleton ON corpus_lexemefrequency (
    translate(substr(lexeme, 2),
        'بتطثجغژحهدضذزظسصقكخرشفلمنايوءؤئعأإآى', 'btttggghhdddzzsskkXrSflmn')
) WHERE lexeme >= 'w' AND lexeme < 'x';
