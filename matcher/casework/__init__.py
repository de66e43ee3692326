"""Casework: transfers, plans and figures, made from the store by the rules of pathways."""
