"""Tables, queries, migrations and the archive of raw bytes: the only SQL."""
