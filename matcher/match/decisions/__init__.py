"""Records of lists: written when a list is shown, made again, and told in plain words."""
