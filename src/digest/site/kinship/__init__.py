"""Which papers are related."""
