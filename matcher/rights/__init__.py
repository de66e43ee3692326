"""What people may ask of their data: a copy, a correction, to be erased; and how long it stays."""
