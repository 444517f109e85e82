"""In which language a mail is written, of those in which there is a letter of apology."""

from __future__ import annotations

from mailmerge.lint.vocabulary import words
from mailmerge.regex import regex

_COMMON = {
    "fr": words(
        "le la les des une un et nous vous votre vos notre pour dans que qui est pas avec sur au aux ne bonjour"
    ),
    "en": words("the and of to you your we our for in is are not with on at have this that be will dear hello"),
}
_WORD = regex(r"[a-zà-ÿ]+")
_MOST_TEXT = 100_000


def language_of(text: str, otherwise: str) -> str:
    """``"fr"`` or ``"en"``; ``otherwise`` where it is too short to show."""
    found = _WORD.findall(text[:_MOST_TEXT].casefold())
    counts = {language: sum(word in common for word in found) for language, common in _COMMON.items()}
    best = max(counts, key=lambda language: counts[language])
    least = min(counts.values())
    if counts[best] >= 3 and counts[best] > 2 * least:
        return best
    return otherwise if otherwise in _COMMON else "en"
