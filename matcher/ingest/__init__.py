"""From files to domain objects: one module per source format, and quarantine for the rest."""
