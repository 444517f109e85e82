"""The table of people."""
