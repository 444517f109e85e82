"""Which lines of a file are people, and which are titles, totals, notes or other tables."""
