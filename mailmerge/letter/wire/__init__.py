"""A message as it travels: header fields, parts and files."""
