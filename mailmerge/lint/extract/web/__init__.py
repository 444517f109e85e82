"""The text of web pages and of XML."""
