"""The text of whatever is sent with a message: files of every kind, bounded in time and memory."""
