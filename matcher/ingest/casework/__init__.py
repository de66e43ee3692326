"""Entries of case files as records, each module beside its own of `matcher.domain.casework`."""
