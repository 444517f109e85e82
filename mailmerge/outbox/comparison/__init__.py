"""Nobody twice: who has the same letter already, from another run."""
