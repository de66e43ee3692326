"""From records to vectors: which words are encoded, by which model, and how they are kept."""
