"""What the conditions of a letter decide by, and whom they decide wrongly about."""
