"""What each column of a table holds: by its header, and by its cells."""
