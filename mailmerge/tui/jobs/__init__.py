"""What runs behind the screens, in threads and processes."""
