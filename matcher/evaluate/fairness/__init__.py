"""Whether groups of people fare alike, and whether words that should not matter do not."""
