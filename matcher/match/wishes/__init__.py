"""Wishes: what a client has said about offers, and what it keeps out of lists."""
