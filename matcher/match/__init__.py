"""From candidates to matches: gates, re-ranking, explanation, and the reverse direction."""
