"""Titles before a name, what agrees with them, and the words by which a letter greets: folded (no case, no accents)."""

from __future__ import annotations

from mailmerge.text.folding import fold
from mailmerge.text.regex import regex


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FEMININE_TITLES = _words(
    "madame mme mademoiselle mlle mrs ms miss madam frau fraulein signora sra senora senhora pani mevrouw mevr doamna "
    "doamnei domnisoara"
)
MASCULINE_TITLES = _words(
    "monsieur m mr mister sir herr signor signore sr senor senhor pan pane meneer heer dhr domnul domnule"
)
SURNAMES_TOO = frozenset({"heer", "pan", "pane"})
"""Titles that are surnames as well."""
TITLES = (FEMININE_TITLES | MASCULINE_TITLES | _words(
    "mx dr docteur doctor pr prof professeur professor me maitre mmes mesdames messieurs sig dott dottoressa don dona "
    "bay bayan"
)) - SURNAMES_TOO  # fmt: skip
"""Words before a name that are no part of it."""

FEMININE_WORDS = _words("f femme feminin female woman weiblich w vrouw donna mulher mujer kobieta")
MASCULINE_WORDS = _words("h homme masculin male man mannlich mann uomo homem hombre mezczyzna")
"""What a column says in the place of a title."""

FEMININE_ADJECTIVES = _words(
    "chere estimada querida cara egregia liebe geehrte prezada droga apreciada szanowna stimata vazena"
)
MASCULINE_ADJECTIVES = _words(
    "cher estimado querido caro egregio lieber geehrter prezado drogi apreciado szanowny stimate vazeny"
)
"""Words of a greeting that agree with whoever is greeted. Gentile, Beste and Dear do not."""

GREETINGS = (
    "bonjour", "bonsoir", "salut", "cher", "chère", "chers", "chères", "dear", "hello", "hi", "good morning",
    "good afternoon", "madame", "monsieur", "mademoiselle", "guten tag", "guten morgen", "sehr geehrte",
    "sehr geehrter", "liebe", "lieber", "hallo", "hola", "buenos días", "buenas tardes", "estimado", "estimada",
    "apreciado", "apreciada", "querido", "querida", "ciao", "salve", "buongiorno", "buonasera", "gentile", "egregio",
    "egregia", "caro", "cara", "beste", "geachte", "goedendag", "goedemorgen", "cześć", "witaj", "dzień dobry",
    "szanowny", "szanowna", "drogi", "droga", "olá", "bom dia", "boa tarde", "prezado", "prezada", "stimate", "stimată",
    "bună ziua", "vážený", "vážená", "dobrý den", "sayın", "merhaba",
)  # fmt: skip
"""What a letter begins with, as it is written."""

_ITALIAN = regex(r"\b(?:sig (?:ra|na)|(?:dott|prof) ssa)\b")


def title_words(text: str) -> list[str]:
    """The folded words of a text, with the titles that Italian abbreviates in full: Sig.ra Rossi."""
    folded = fold(text)
    if "sig" not in folded and " ssa" not in folded:
        return folded.split()
    return ["signor" if word == "sig" else word for word in _ITALIAN.sub("signora", folded).split()]
