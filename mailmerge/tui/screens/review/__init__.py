"""The review: a second person looks at the letters of a run."""
