"""The text of whatever travels with a message: files of every kind, bounded in time and memory."""
