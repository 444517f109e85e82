"""How a text spells an identity: the words to show for a search key."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.lint.identities.numbers import DIGITS, phone_of
from mailmerge.lint.identities.reading import Reading
from mailmerge.lint.identities.what import Hit, What
from mailmerge.text.addresses import same_mailbox_key

_MOST_WORDS = 16


def spelling(text: str, hit: Hit) -> str:
    """An identity as the text has it, such as ``Zoé LEFÈVRE`` for ``lefevre zoe``; ``""`` if the text lacks it."""
    if hit.text and hit.text in text:
        return hit.text
    reading = Reading(text)
    if hit.what is What.ADDRESS:
        found = (
            reading.excerpt(start, end)[0]
            for start, end in reading.addresses
            if same_mailbox_key(reading.text[start:end]) == hit.key
        )
        return next(found, "")
    reading = reading.without_addresses()
    spans = _numbers(reading, hit) if hit.what in (What.PHONE, What.NIR, What.NUMBER) else _words(reading, hit)
    return next((reading.excerpt(start, end)[0] for start, end in spans), "")


def _numbers(reading: Reading, hit: Hit) -> Iterator[tuple[int, int]]:
    """Digits that make up a number, however they are grouped; the longest first."""
    for run in DIGITS.finditer(reading.text):
        groups = [token for token in reading.tokens if run.start() <= token.start and token.end <= run.end()]
        for first in range(len(groups)):
            for last in range(len(groups) - 1, first - 1, -1):
                digits = "".join(group.word for group in groups[first : last + 1])
                start = groups[first].start - (reading.text[groups[first].start - 1 : groups[first].start] == "+")
                number = digits[:13] if hit.what is What.NIR and len(digits) in (13, 15) else digits
                if hit.key in (number, phone_of(reading.text[start : groups[last].end])):
                    yield start, groups[last].end


def _words(reading: Reading, hit: Hit) -> Iterator[tuple[int, int]]:
    """Words that make up a reference, or a name in any order."""
    letters = "".join(filter(str.isalnum, hit.key.casefold()))
    any_order, alphabet = sorted(letters), set(letters)
    tokens = reading.tokens
    for start, token in enumerate(tokens):
        if not alphabet.issuperset(token.word):
            continue
        joined = ""
        for end in range(start, min(start + _MOST_WORDS, len(tokens))):
            joined += tokens[end].word
            if len(joined) > len(letters):
                break
            if joined == letters or (hit.what is What.NAME and sorted(joined) == any_order):
                yield token.start, tokens[end].end
                break
