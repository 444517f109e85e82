"""The template code of a letter: what it may say, how it is read, and what is wrong with it."""
