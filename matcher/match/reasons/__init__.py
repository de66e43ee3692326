"""Reasons: why an offer is in a list, what is missing, what to ask, in data and in words."""
