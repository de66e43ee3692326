"""The night: what changed is encoded, checked and published, and every list is made anew."""
