"""Whether words that make up a name are that person, or something else."""
