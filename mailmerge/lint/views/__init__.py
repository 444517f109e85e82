"""What rules are shown: the campaign, a letter, a message, all messages together, attached files."""
