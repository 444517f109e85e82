"""A remark that somebody wrote beside a name, for themselves: ``DUPONT Jean (absent)``, ``ROY Léa – excusée``."""

from __future__ import annotations

from mailmerge.records.columns.header_synonyms import each_word
from mailmerge.records.lines.line_words import PARTICLES
from mailmerge.text.regex import regex

_REMARK = regex(r"\S.*?(?:\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]|\s[-\u2013\u2014:]\s([^-\u2013\u2014:]+)|\s?(\*+))")
"""In brackets, after a dash, or an asterisk for a note below the table."""
_OF_A_NAME = PARTICLES | each_word(
    """née né nee ne geb geboren geborene dit dite alias alt aka called known formerly previously ex ép épouse epouse
    époux epoux vve veuve veuf nata nato nacida nacido nascida nascido genannt gen jun sen jr sr père fils mère fille
    et and und ou or oder"""
)
"""Words that belong to a name, or that a further name follows."""


def has_remark(name: str) -> bool:
    """Whether something that is no name stands after one: words in small letters, or an asterisk."""
    if name[-1:].isalpha() and not any(sign in name for sign in ("- ", "– ", "— ", ": ")):
        return False
    found = _REMARK.fullmatch(name.strip())
    if found is None:
        return False
    if found[3]:
        return True
    words = (found[1] or found[2]).split()
    of_a_name = [word.rstrip(".").lower() in _OF_A_NAME for word in words]
    is_name = all(of_a_name) or (of_a_name[0] and not words[2:])
    return not is_name and not any(word[0].isupper() for word in words)
