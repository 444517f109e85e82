"""The seal page: what will happen, and the number to be typed."""
