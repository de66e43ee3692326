"""Rules that the store must keep on SQLite and on PostgreSQL alike."""
