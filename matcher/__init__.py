"""Kohtaanto's library: competence mappings and company surveys, matched and explained."""

__version__ = "0.1.0"
