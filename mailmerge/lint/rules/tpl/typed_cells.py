"""What a letter has in its own words where it was meant to print a column: an amount, an hour, a room, a tutor.

The letter was written for one person first. Its values are told from what is the same for everybody by the column,
which the letter, or its subject, does not use and which has others for other people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from mailmerge.lint.extract.facts import facts_in
from mailmerge.lint.identities.details import dates_in
from mailmerge.lint.identities.doubt.places import names_a_place
from mailmerge.lint.identities.rows.columns import column_kinds
from mailmerge.lint.identities.rows.people import name_in
from mailmerge.lint.identities.rows.relatives import names_relatives
from mailmerge.lint.surroundings import after, before
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.letter import header_lines
from mailmerge.lint.vocabulary import CAPITAL
from mailmerge.model import Record
from mailmerge.text.folding import fold, normalise
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from mailmerge.letter import ConstantText, Letter

_FEWEST = 3
"""Values that differ in a column from which on they are each person's own."""
_NEAR = 4
"""Words between the name of a column and a value of it."""
_LONGEST = 3
"""Words of such a value."""
_SHORTEST_HEADER = 4
"""Letters of a word of a header that says what a value beside it is."""
_SHORTEST_CODE = 5
"""Letters and digits of a code that needs no word beside it."""
_OWN = 0.9
"""The share of a column's values that are in one row only where they are codes of people."""
_TOKEN = regex(r"[^\s:;,(){}\[\]«»\"“”*_<>|]+(?<![.!?])")
_GIVEN = regex(rf"(?<=[a-zà-ÿ,;:(«] )[{CAPITAL}][^\W\d_]+(?:[- ][{CAPITAL}][^\W\d_]+)?(?![\w-])")
_TO = (
    r"(?:h|Uhr)?[ \xa0]*"
    r"(?:[-–—/]|\b(?:à|et|to|till|until|and|bis|und|a|alle|ore|e|às|do|tot|en)\b(?:[ \xa0]las?)?)[ \xa0]*"
)
_RANGE_AFTER = regex(rf"{_TO}\d{{1,2}}[ \xa0]?[h:.]", re.IGNORECASE)
_RANGE_BEFORE = regex(rf"\d[ \xa0]?{_TO}\Z", re.IGNORECASE)
_TOWN = regex(r"\W*(?:[^,.:;\n]{2,40},\s*)?(?:(?:le|den|il|the|dnia)\s+)?", re.IGNORECASE)
_BEFORE = 16
"""Characters before an hour in which the other end of its range is."""
_WEEKDAY_AND_MORE = 3
"""Words beside the date in a cell that is one: mardi 12 janvier 2027 à."""


class Typed(NamedTuple):
    """A value of a column in a letter's own words, and whose it is."""

    field: str
    constant: ConstantText
    at: int
    text: str
    numbers: tuple[int, ...]


class _Place(NamedTuple):
    constant: ConstantText
    at: int
    text: str


_Places = dict[str, _Place]
"""By what is compared with the cells."""


def typed_amounts(inspection: Inspection, letter: Letter) -> Iterator[Typed]:
    """What one person alone earns, owes or gets, where the letter does not print that column."""
    used = {name for expression in letter.expressions for name in expression.fields}
    for constant in letter.constants if inspection.amounts else ():
        for field, number, at, amount in inspection.amounts.typed_in(constant.text):
            if field not in used:
                yield Typed(field, constant, at, amount, (number,))


def typed_hours(inspection: Inspection, letter: Letter) -> Iterator[Typed]:
    """Hours at which some are expected; from one hour to another somebody can be reached."""
    places: _Places = {}
    for constant in _written(letter):
        for (kind, hour), written in facts_in(constant.text).items():
            at = constant.text.index(written)
            if kind == "time" and not _is_in_range(constant.text, at, at + len(written)):
                places.setdefault(hour, _Place(constant, at, written.rstrip(".")))
    yield from _typed(inspection, letter, places, _hour_of)


def typed_days(inspection: Inspection, letter: Letter) -> Iterator[Typed]:
    """Days that some have; the date of the letter itself stands in a line of its own."""
    places: _Places = {}
    for constant in _written(letter):
        text = normalise(constant.text)
        for day, start, end in dates_in(text):
            if constant.part != "body" or not _is_date_line(text, start, end):
                places.setdefault(day, _Place(constant, start, text[start:end]))
    yield from _typed(inspection, letter, places, _day_of)


def typed_relatives(inspection: Inspection, letter: Letter) -> Iterator[Typed]:
    """The first names of some people's children, or of whoever else belongs to them, within a sentence."""
    positions = [at for at, field in enumerate(inspection.table.fields) if names_relatives(field.header)]
    if not positions:
        return
    places: _Places = {}
    for constant in _written(letter):
        for match in _GIVEN.finditer(constant.text):
            at, end = match.span()
            if not names_a_place(before(constant.text, at), after(constant.text, end)):
                places.setdefault(match.group(), _Place(constant, at, match.group()))
    yield from _typed(inspection, letter, places, str.strip, tuple(positions))


def typed_values(inspection: Inspection, letter: Letter) -> Iterator[Typed]:
    """Numbers and names of some, right beside a word of their column's header; and codes of one person, anywhere."""
    lines = [(constant, at, line) for constant in _written(letter) for at, line in _lines(constant.text)]
    codes: _Places = {}
    for constant, at, line in lines:
        for start, text in _runs(line):
            if _is_code(text):
                codes.setdefault(text, _Place(constant, at + start, text))
    known = column_kinds(inspection.table)
    for position, field in enumerate(inspection.table.fields):
        if field.name in known:
            continue
        beside: _Places = {}
        for constant, at, line in lines:
            for start, text in _beside(line, fold(field.header)):
                beside.setdefault(text, _Place(constant, at + start, text))
        if beside or codes:
            yield from _typed(inspection, letter, beside, str.strip, (position,))
            yield from _typed(inspection, letter, _without(codes, beside), str.strip, (position,), own=_OWN)


def _typed(
    inspection: Inspection,
    letter: Letter,
    places: Mapping[str, _Place],
    read: Callable[[str], str],
    positions: tuple[int, ...] | range = (),
    *,
    own: float = 0,
) -> Iterator[Typed]:
    """The columns that the letter does not use and that have such a value for some, and others for the others."""
    table = inspection.table
    used = {name for expression in letter.expressions for name in expression.fields}
    lines = header_lines(letter, "Subject")
    in_subject = {name for each in letter.expressions if each.line in lines for name in each.fields}
    of_people = {*table.columns.names, *table.columns.emails}
    for position in (positions or range(len(table.fields))) if places else ():
        name = table.fields[position].name
        if name in of_people or name in in_subject:
            continue
        holders = _holders(inspection.records, position, read, places)
        if len(holders) < max(_FEWEST, own * sum(map(len, holders.values()))):
            continue
        for value, place in places.items():
            if name in used and place.constant.part == "body":
                continue  # a last day for all may well be the day of some
            numbers = tuple(holders.get(value, ()))
            if numbers and 2 * len(numbers) <= len(inspection.records):
                yield Typed(name, *place, numbers)


def _holders(
    records: Sequence[Record], position: int, read: Callable[[str], str], places: Mapping[str, _Place]
) -> dict[str, list[int]]:
    """Who has which value in a column; nobody where a cell is something else, or none is sought for."""
    cells = [(record.number, cell) for record in records if (cell := record.values[position].strip())]
    if read is str.strip and places.keys().isdisjoint(cell for _number, cell in cells):
        return {}
    holders: dict[str, list[int]] = {}
    for number, cell in cells:
        value = read(cell)
        if not value:
            return {}
        holders.setdefault(value, []).append(number)
    return holders


def _written(letter: Letter) -> Iterator[ConstantText]:
    for constant in letter.constants:
        if constant.part.casefold() in ("body", "subject"):
            yield constant


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _hour_of(cell: str) -> str:
    """The hour that a cell is, and nothing else; empty for none."""
    cell = cell.strip()
    said = facts_in(cell) if cell[:1].isdigit() else {}
    kind, hour = next(iter(said), ("", ""))
    return hour if kind == "time" and said[kind, hour] == cell else ""


def _day_of(cell: str) -> str:
    """The day that a cell is, with that of the week or without; empty for none."""
    cell = normalise(cell).strip()
    day, start, end = next(dates_in(cell), ("", 0, 0))
    rest = f"{cell[:start]} {cell[end:]}"
    return day if day and len(rest.split()) < _WEEKDAY_AND_MORE and not any(map(str.isdigit, rest)) else ""


def _is_in_range(text: str, start: int, end: int) -> bool:
    """Whether an hour is one end of a range."""
    return bool(_RANGE_AFTER.match(text, end) or _RANGE_BEFORE.search(text, max(0, start - _BEFORE), start))


def _is_date_line(text: str, start: int, end: int) -> bool:
    """Whether a line is a date with at most a town before it: Toulouse, le 28 novembre 2026."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return bool(_TOWN.fullmatch(text, first, start)) and not text[end : last if last >= 0 else len(text)].strip()


def _runs(line: str, at: slice = slice(None)) -> Iterator[tuple[int, str]]:
    """The runs of a few words in a part of a line, and where they begin."""
    tokens = list(_TOKEN.finditer(line))[at]
    for first, token in enumerate(tokens):
        for last in tokens[first : first + _LONGEST]:
            yield token.start(), line[token.start() : last.end()]


def _beside(line: str, header: str) -> Iterator[tuple[int, str]]:
    """What may be a value in a line that names its column."""
    said = {word for word in header.split() if len(word) >= _SHORTEST_HEADER}
    folded = fold(line)
    if not any(word in folded for word in said):
        return
    tokens = [fold(token.group()) for token in _TOKEN.finditer(line)]
    named = [at for at, token in enumerate(tokens) if not said.isdisjoint(token.split())]
    runs = chain.from_iterable(_runs(line, slice(max(0, at - _NEAR), at + _NEAR + 1)) for at in named)
    yield from ((start, text) for start, text in runs if any(map(str.isdigit, text)) or name_in(text))


def _is_code(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    digits = sum(map(str.isdigit, text))
    return letters > 1 and digits > 1 and letters + digits >= _SHORTEST_CODE and text.upper() == text


def _without(places: _Places, others: _Places) -> _Places:
    return {text: place for text, place in places.items() if text not in others}
