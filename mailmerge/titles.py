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
    "good afternoon", "madame", "monsieur", "mademoiselle", "guten tag", "guten morgen", "sehr geehrte",
    "sehr geehrter", "liebe", "lieber", "hallo", "hola", "buenos días", "buenas tardes", "estimado", "estimada",
    "apreciado", "apreciada", "querido", "querida", "ciao", "salve", "buongiorno", "buonasera", "gentile", "egregio",
    "egregia", "caro", "cara", "beste", "geachte", "goedendag", "goedemorgen", "cześć", "witaj", "dzień dobry",
    "szanowny", "szanowna", "drogi", "droga", "olá", "bom dia", "boa tarde", "prezado", "prezada",
)  # fmt: skip
"""What a letter begins with, as it is written."""
