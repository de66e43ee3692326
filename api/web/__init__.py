"""Pages: the service for people, made on the server and working without any script."""
