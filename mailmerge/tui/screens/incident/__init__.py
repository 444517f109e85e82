"""The screen for the worst day: a list was sent to everybody."""
