"""The HTTP service: it authenticates, validates and answers; it never computes a score."""
