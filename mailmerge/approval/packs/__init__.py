"""What a second person is sent: a pack, or one page."""
