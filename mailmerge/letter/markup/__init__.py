"""Markdown and HTML, from what the author wrote to what a mail program shows."""
