"""People who have one name: Suharti, Teller. It is all that is known of them, and may be anybody's: it warns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Protocol

from mailmerge.lint.identities.names import words_of
from mailmerge.lint.identities.ordinary import ORDINARY
from mailmerge.lint.identities.places import names_a_place
from mailmerge.lint.identities.reading import Gap, Reading
from mailmerge.lint.identities.what import Hit, What
from mailmerge.model import RecordTable

_SHORTEST = 4
"""Letters of a name that is told of by itself."""


class People(Protocol):
    """Who is in the table."""

    @property
    def mononyms(self) -> Mapping[str, int]:
        """The records with one name, by that."""


def mononyms_of(table: RecordTable) -> dict[str, int]:
    """Whoever has one name, by that; nobody whose name another has as well, or that is a word."""
    names = table.full_names or table.last_names
    if table.first_names or (table.full_names and table.last_names):
        return {}
    cells = [
        (record.number, [word for name in names for word in words_of(table.value(record, name))])
        for record in table.records
    ]
    counts = Counter(word for _number, words in cells for word in words)
    return {
        words[0]: number
        for number, words in cells
        if len(words) == 1 and counts[words[0]] == 1 and len(words[0]) >= _SHORTEST and _is_name(words[0])
    }


def _is_name(word: str) -> bool:
    return word.isalpha() and word not in ORDINARY


def mononyms_in(people: People, text: str) -> Iterator[Hit]:
    """Names that are all that somebody has; no part of a longer name, and no word in small letters."""
    if not people.mononyms:
        return
    reading = Reading(text).without_addresses()
    tokens = reading.tokens
    for at, token in enumerate(tokens):
        number = people.mononyms.get(token.word)
        if number is None or not token.is_capital:
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].gap is Gap.PLAIN else None
        is_longer = after is not None and after.is_capital
        is_place = names_a_place(reading.before(token.start), reading.after(token.end))
        if not is_place and (token.titled or not is_longer):
            yield Hit(What.ONE_NAME, token.word, (number,), *reading.excerpt(token.start, token.end))
