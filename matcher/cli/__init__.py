"""The ``matcher`` command: a thin layer that reads settings, calls the library and prints."""
