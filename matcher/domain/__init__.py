"""What the service speaks of: people's competences, offers, matches, and the codes in them."""
