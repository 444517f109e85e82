"""The runs that there are: waiting, due, written to again, and what is in their messages."""
