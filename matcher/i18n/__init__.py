"""Words for people: sentences, numbers, dates and lists in the languages of the service."""
