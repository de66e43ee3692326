"""What requests and answers look like; never the domain's own types."""
