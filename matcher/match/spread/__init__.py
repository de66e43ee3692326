"""Spread: first places shared over the offers of a region."""
