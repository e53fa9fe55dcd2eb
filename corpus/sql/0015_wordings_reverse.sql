DROP INDEX wording_bands;
