"""Copies of a leaked mail, whatever program saved them; nothing is written to them."""
