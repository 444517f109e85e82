"""Who everybody is: the names, addresses and numbers by which a text can give somebody away."""
