"""What the running program needs of itself: its memory, and the traces of its faults."""
