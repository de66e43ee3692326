"""What pages show, made from answers of the library: no templates, no requests."""
