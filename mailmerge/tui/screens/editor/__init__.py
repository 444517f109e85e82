"""Edit a letter beside the message that it makes."""
