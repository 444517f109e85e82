"""What the values of cells are, and how a letter writes them: dates, numbers, names."""
