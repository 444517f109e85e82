"""How a text spells an identity: the words to show for a search key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mailmerge.addresses import find_addresses, same_mailbox_key
from mailmerge.lint.identities.columns import iban_of, phone_of
from mailmerge.lint.identities.index import DIGITS, IBAN, Hit, What
from mailmerge.text import INVISIBLE, fold

_TOKEN = re.compile(f"(?:[^\\W_]|[\u0300-\u036f{''.join(sorted(INVISIBLE))}])+")
"""One word with its accents, and with the characters in it that print nothing."""


def spelling(text: str, hit: Hit) -> str:
    """An identity as the text has it, such as ``Zoé LEFÈVRE`` for ``lefevre zoe``; ``""`` if the text lacks it."""
    if hit.what is What.ADDRESS:
        found = (text[start:end] for start, end in find_addresses(text))
        return next((address for address in found if same_mailbox_key(address) == hit.key), "")
    bare = _without_addresses(text)
    spans = {What.IBAN: _ibans, What.PHONE: _numbers, What.NIR: _numbers}.get(hit.what, _words)(bare, hit)
    start, end = next(spans, (0, 0))
    return text[start:end]


def _without_addresses(text: str) -> str:
    """The text with letters that nobody is called in place of each address, at the same offsets."""
    if "@" not in text:
        return text
    pieces, rest = [], 0
    for start, end in find_addresses(text):
        pieces += [text[rest:start], "q" * (end - max(start, rest))]
        rest = max(rest, end)
    return "".join([*pieces, text[rest:]])


def _numbers(text: str, hit: Hit) -> Iterator[tuple[int, int]]:
    """Digits that make up a telephone or social security number, however they are spaced; the longest first."""
    for run in DIGITS.finditer(text):
        groups = list(re.finditer(r"\+?\d+", run.group()))
        for first in range(len(groups)):
            for last in range(min(len(groups), first + 12) - 1, first - 1, -1):
                digits = "".join(group.group() for group in groups[first : last + 1])
                number = digits[:13] if hit.what is What.NIR and len(digits) in (13, 15) else digits
                if hit.key in (number, phone_of(digits)):
                    yield run.start() + groups[first].start(), run.start() + groups[last].end()


def _ibans(text: str, hit: Hit) -> Iterator[tuple[int, int]]:
    upper = text.upper()
    if len(upper) != len(text):
        return  # offsets would differ
    for run in IBAN.finditer(upper):
        for end in range(run.start() + len(hit.key), run.end() + 1):
            if iban_of(upper[run.start() : end]) == hit.key:
                yield run.start(), end
                break


def _words(text: str, hit: Hit) -> Iterator[tuple[int, int]]:
    """Words that make up a reference, or a name in either order."""
    key = hit.key.split()
    wanted = sorted(key) if hit.what is What.NAME else key
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for token in _TOKEN.finditer(text):
        word = _word(token.group())
        if word not in key:
            words.clear()
            spans.clear()
            continue
        words.append(word)
        spans.append(token.span())
        last = words[-len(key) :]
        if (sorted(last) if hit.what is What.NAME else last) == wanted:
            yield spans[-len(key)][0], token.end()


@lru_cache(maxsize=4096)
def _word(token: str) -> str:
    return fold(token)
