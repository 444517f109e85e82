"""In which language a mail is written, of those in which there is a letter of apology."""

from __future__ import annotations

from mailmerge.incident.words import LANGUAGES
from mailmerge.text.usual_words import languages_in

_LEAST = 3


def language_of(text: str, otherwise: str) -> str:
    """``"fr"`` or ``"en"``; ``otherwise`` where it is too short to show."""
    (language, words), (_second, of_second) = [each for each in languages_in(text) if each[0] in LANGUAGES]
    if words >= _LEAST and words > 2 * of_second:
        return language
    return otherwise if otherwise in LANGUAGES else "en"
