-- The configuration through which every vector and query is built.
-- It only splits and lower-cases: folding and segmentation happen before, in corpus.text,
-- so that index, query and highlighting share one analyser.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TEXT SEARCH CONFIGURATION arabic_news (PARSER = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION arabic_news
    ADD MAPPING FOR asciiword, word, numword, asciihword, hword, numhword, hword_asciipart,
        hword_part, hword_numpart, int, uint, float, sfloat, version, email, url, url_path,
        host, file
    WITH pg_catalog.simple;
