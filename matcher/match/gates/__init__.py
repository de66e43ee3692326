"""Gates: hard constraints of an offer held against a person, with the evidence."""
