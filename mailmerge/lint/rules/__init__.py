"""One rule, one file, by family."""
