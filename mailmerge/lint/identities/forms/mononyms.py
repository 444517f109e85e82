"""People who have one name: Suharti, Teller. It is all that is known of them, and may be anybody's: it warns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from mailmerge.lint.identities.doubt.ordinary import ORDINARY
from mailmerge.lint.identities.doubt.places import names_a_place
from mailmerge.lint.identities.known_people import KnownPeople
from mailmerge.lint.identities.names import words_of
from mailmerge.lint.identities.reading import Reading, WordGap
from mailmerge.lint.identities.what import Hit, What
from mailmerge.model import Record, RecordTable

_ODD = 0.1
"""The share of rows up to which a row without a surname is an odd one."""
_SHORTEST = 4
"""Letters of a name that is told of by itself."""


def mononyms_of(table: RecordTable) -> dict[str, int]:
    """Whoever has one name, by that; nobody whose name another has as well, or that is a word.

    In a table with columns for both names that is only the odd row: where many lack a surname, a first name is no more
    than that.
    """
    if table.first_names:
        names = (*table.first_names, *table.last_names, *table.full_names)
    else:
        names = table.full_names or table.last_names
    if (table.first_names and not table.last_names) or (table.full_names and table.last_names):
        return {}
    if len(names) > 1 and not any(_has_one(table, record, names) for record in table.records):
        return {}
    cells = [
        (record.number, [word for name in names for word in words_of(table.value(record, name))])
        for record in table.records
    ]
    single = [(number, words[0]) for number, words in cells if len(words) == 1]
    if table.first_names and len(single) > _ODD * len(cells):
        return {}
    counts = Counter(word for _number, words in cells for word in words)
    return {word: number for number, word in single if counts[word] == 1 and len(word) >= _SHORTEST and _is_name(word)}


def _has_one(table: RecordTable, record: Record, names: Sequence[str]) -> bool:
    """Whether only one of somebody's columns of names is filled in."""
    return sum(bool(table.value(record, name)) for name in names) == 1


def _is_name(word: str) -> bool:
    return word.isalpha() and word not in ORDINARY


def mononyms_in(people: KnownPeople, text: str) -> Iterator[Hit]:
    """Names that are all that somebody has; no part of a longer name, and no word in small letters."""
    if not people.mononyms:
        return
    reading = Reading(text).without_addresses()
    tokens = reading.tokens
    for at, token in enumerate(tokens):
        number = people.mononyms.get(token.word)
        if number is None or not token.is_capital:
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].gap is WordGap.PLAIN else None
        is_longer = after is not None and after.is_capital
        is_place = names_a_place(reading.before(token.start), reading.after(token.end))
        if not is_place and (token.titled or not is_longer):
            yield Hit(What.ONE_NAME, token.word, (number,), *reading.excerpt(token.start, token.end))
