"""Records, lists, runs and keys in SQLite or PostgreSQL; all SQL of the service is here."""
