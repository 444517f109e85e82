"""The forms in which people write a name or an address."""
