"""Names of speakers: keys, parts, what kind of source a mention is. Pure: no Django."""
