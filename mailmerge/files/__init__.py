"""Where the program's files are, and the one way they are written."""
