"""Finnish forms for the robustness suite: nouns, verbs, speech and slips of the finger."""
