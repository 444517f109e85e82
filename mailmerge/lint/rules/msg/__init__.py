"""One rendered message."""
