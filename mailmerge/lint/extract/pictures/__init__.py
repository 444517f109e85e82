"""What is written in a picture beside its pixels."""
