"""Text, whatever it is of: how it is shown, when two are the same, and what its words are."""
