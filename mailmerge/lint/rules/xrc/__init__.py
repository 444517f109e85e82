"""The messages together."""
