"""The last gate."""
