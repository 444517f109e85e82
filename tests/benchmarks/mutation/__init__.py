"""Mutants of the linter, which tests reach them, and whether one of those tests fails."""
