"""A run: watch it leave, hold it, decide what is unknown."""
