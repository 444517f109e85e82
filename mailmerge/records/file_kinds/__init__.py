"""Which kind of file somebody gave in place of a table, and what is wrong with it."""
