"""Packages: what at hand could cover a person's barriers, chosen and told."""
