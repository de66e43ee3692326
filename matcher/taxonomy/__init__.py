"""ESCO concepts: found in free text by meaning and by wording."""
