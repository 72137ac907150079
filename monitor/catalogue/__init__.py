"""The only reader of rules, vocabularies, gazetteer, facilities and feed list; returns frozen values."""
