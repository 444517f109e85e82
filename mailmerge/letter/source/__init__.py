"""The file of a letter, as its author writes and edits it."""
