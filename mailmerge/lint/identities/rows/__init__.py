"""What the rows of a table say of their people, and whether every cell belongs to its row."""
