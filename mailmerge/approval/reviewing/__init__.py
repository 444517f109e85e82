"""What a second person is shown, in which order, and what that proves."""
