"""The tables of the store, room by room."""
