"""What single cells say: no value, or a number."""
