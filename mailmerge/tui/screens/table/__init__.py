"""How a table is read."""
