"""Fetching offers from the interfaces of other services."""
