"""Choosing the letter for a table: the letters, what each needs, and the documents that can become one."""
