"""What a second person signs, with which key, and whether it counts."""
