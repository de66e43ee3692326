"""Nights to which something happens: they are killed, the disk fills, the database goes."""
