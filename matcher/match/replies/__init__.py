"""How employers have answered about people: counted, weighed in the order of needs, told."""
