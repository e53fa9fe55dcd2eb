DROP INDEX search_stems, search_words, search_impacts, search_speakers,
    stsearch_stems, stsearch_words, stsearch_impacts, frequency_word_trigram;
