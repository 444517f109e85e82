"""Titles before a name, and the words by which a letter greets: folded (no case, no accents)."""

from __future__ import annotations

FEMININE_TITLES = frozenset(("madame", "mme", "mademoiselle", "mlle", "mrs", "ms", "miss", "frau", "signora", "sra"))
MASCULINE_TITLES = frozenset(("monsieur", "m", "mr", "herr", "signor", "sr", "sir"))
TITLES = FEMININE_TITLES | MASCULINE_TITLES | {
    "mx", "dr", "docteur", "doctor", "pr", "prof", "professeur", "professor", "me", "maitre", "mmes", "mesdames",
    "messieurs", "madam",
}  # fmt: skip
"""Words before a name that are no part of it."""

GREETINGS = (
    "bonjour", "bonsoir", "salut", "cher", "chère", "chers", "chères", "dear", "hello", "hi", "good morning",
    "good afternoon", "madame", "monsieur", "mademoiselle", "guten tag", "sehr geehrte", "sehr geehrter", "hallo",
)  # fmt: skip
"""What a letter begins with, as it is written."""
