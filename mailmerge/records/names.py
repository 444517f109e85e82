"""Which columns hold the names: by their headers, and where those say nothing, by the addresses beside them.

The usual name is the one that is used. A birth name is never taken for the surname where there is another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mailmerge.model import ColumnReason, Columns, Evidence, Field
from mailmerge.records import headers, words
from mailmerge.records.grid import Cells
from mailmerge.text import fold

_LEAST = 3
"""Rows from which on content alone speaks for a column."""
_AGREES = 0.6
"""The share of rows in which a column of names is in the address."""
_SHORT = 3
"""Letters from which on a word in an address is no accident."""

Values = Callable[[Field], list[str]]


@dataclass(frozen=True, slots=True)
class NameChoice:
    """The columns of names, and why."""

    columns: Columns
    """Nothing but names in it."""
    reason: ColumnReason | None = None


def choose_names(fields: Sequence[Field], rows: Sequence[Cells], email: str, addresses: Iterable[str]) -> NameChoice:
    """The columns of names in some rows; ``addresses`` are the identifiers of columns that hold none.

    They are those of the person whose address it is: beside "E-mail du tuteur", the tutor's.
    """
    positions = {field.name: position for position, field in enumerate(fields)}
    taken = frozenset(addresses)
    about = headers.whose(fields[positions[email]].header) if email else frozenset[str]()
    free = [field for field in fields if field.name not in taken and headers.whose(field.header) == about]
    unknown = [] if not about else [field for field in fields if field.name not in taken and _says_nothing(field)]

    def values(field: Field) -> list[str]:
        return [row[positions[field.name]] for row in rows]

    columns = _by_header(free, values, about)
    evidence = Evidence.HEADER
    has_whole = bool(columns.full_name) or bool(columns.first_name and columns.last_name)
    if not has_whole and email:
        locals_ = [_letters(row[positions[email]].partition("@")[0]) for row in rows]
        found = _by_content([field for field in (*free, *unknown) if _may_hold_names(field)], values, locals_, columns)
        if found != columns:
            columns, evidence = found, Evidence.CONTENT
    if not columns.names:
        return NameChoice(columns)
    like = {headers.name_word(field.header, about): field.name for field in reversed(free)}
    usual = (*headers.FULL_NAME, *headers.NAME, *headers.LAST_NAME)
    unused = dict.fromkeys(like[word] for word in usual if word in like and like[word] not in columns.names)
    chosen = [fold(" ".join(row[positions[name]] for name in columns.names)).split() for row in rows]
    instead_of = tuple(name for name in unused if _names_others(values(fields[positions[name]]), chosen))
    return NameChoice(columns, ColumnReason(evidence, columns.shown_names, instead_of))


def _names_others(cells: Sequence[str], chosen: Sequence[Sequence[str]]) -> bool:
    """Whether a column holds names, and other ones than those chosen in the same rows."""
    if not looks_like_names(cells):
        return False
    filled = [(fold(cell).split(), words) for cell, words in zip(cells, chosen, strict=True) if cell]
    return sum(set(cell).isdisjoint(words) for cell, words in filled) * 2 > len(filled)


def _by_header(free: Sequence[Field], values: Values, about: frozenset[str]) -> Columns:
    by_word: dict[str, list[Field]] = {}
    for field in free:
        by_word.setdefault(headers.name_word(field.header, about), []).append(field)

    def every(usual: Sequence[str]) -> list[str]:
        found = [field for word in usual for field in by_word.get(word, ())]
        return [field.name for field in sorted(found, key=lambda field: not any(values(field)))]

    def best(usual: Sequence[str]) -> str:
        return next(iter(every(usual)), "")

    field_of = {field.name: field for field in free}
    first, usual_first = best(headers.FIRST_NAME), best(headers.USUAL_FIRST_NAME)
    last, usual_last, births = best(headers.LAST_NAME), best(headers.USUAL_LAST_NAME), every(headers.BIRTH_NAME)
    full = next((each for each in every(headers.FULL_NAME) if _is_full(field_of[each], values)), "")
    name = best(headers.NAME)
    if not first:
        first, usual_first = usual_first, ""
    if name:
        whole = _is_whole(values(field_of[name]), values(field_of[first]) if first else [])
        is_french = headers.name_word(field_of[name].header, about).startswith("nom")
        if not whole and first and (is_french or not last):
            births, last = [*([last] if last else []), *births], name
        elif not whole and not last:
            last = name
        elif whole and not full:
            full = name
    if not last:
        last, usual_last = usual_last, ""
    if not last and births and not full:
        last, births = births[0], births[1:]
    if full and first and last:
        full = ""
    others = tuple(each for each in births if each != last)
    return Columns("", first, last, full, "", "", usual_first, usual_last, others)


def _is_whole(names: Sequence[str], firsts: Sequence[str]) -> bool:
    """Whether a column called "name" holds full names: those that hold the first name beside them, or several words."""
    if not firsts:
        filled = [name for name in names if name]
        return sum(" " in name for name in filled) * 2 > len(filled)
    pairs = [(fold(name).split(), fold(first).split()) for name, first in zip(names, firsts, strict=True)]
    comparable = [(name, first) for name, first in pairs if name and first]
    return sum(len(n) > len(f) and set(f) <= set(n) for n, f in comparable) * 2 > len(comparable)


def _is_full(field: Field, values: Values) -> bool:
    """Whether a column whose header may be a word for the whole name holds such names."""
    cells = [cell for cell in values(field) if cell]
    says_so = not {"nom", "noms", "name", "fullname", "displayname"}.isdisjoint(headers.header_words(field.header))
    return not cells or (looks_like_names(cells, 0.5) and (says_so or _is_whole(cells, [])))


# --- by content ------------------------------------------------------------------------------------------------------

_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’ʼ.\- ])*")
_LONGEST = 60


def looks_like_names(cells: Sequence[str], share: float = 0.9) -> bool:
    """Whether most cells hold a few words of letters, as names do."""
    filled = [cell for cell in cells if cell]
    fitting = sum(len(cell) <= _LONGEST and bool(_NAME.fullmatch(cell)) and cell.count(" ") < 5 for cell in filled)
    return bool(filled) and fitting >= share * len(filled)


def looks_like_people(header: str, cells: Sequence[str]) -> bool:
    """Whether a column of any header seems to hold people's names: capitals, and almost everybody has another one."""
    filled = [cell for cell in cells if cell]
    if len(filled) < _LEAST or len(filled) * 2 < len(cells) or not looks_like_names(filled, 0.9):
        return False
    if headers.is_somebody_elses(header) or not words.NOT_NAMES.isdisjoint(headers.header_words(header)):
        return False
    several = sum(" " in cell for cell in filled) * 2 > len(filled)
    capitals = sum(all(word[:1].isupper() for word in re.findall(r"[^\W\d_]{4,}", cell)) for cell in filled)
    distinct = len(set(map(fold, filled)))
    return capitals >= 0.9 * len(filled) and distinct >= 0.7 * len(filled) and (several or len(filled) >= 2 * _LEAST)


def _may_hold_names(field: Field) -> bool:
    return words.NOT_NAMES.isdisjoint(headers.header_words(field.header))


def _says_nothing(field: Field) -> bool:
    return not headers.is_somebody_elses(field.header) and not headers.header_is_known(field.header)


def _letters(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalpha())


def _by_content(free: Sequence[Field], values: Values, locals_: Sequence[str], known: Columns) -> Columns:
    """The columns whose words are in the addresses beside them, put in the places that are still free."""
    if known.first_name and known.last_name:
        return known
    matches = [
        (field, match)
        for field in free
        if field.name not in known.names
        and looks_like_names(values(field))
        and (match := _match(values(field), locals_))
    ]
    whole = next((field for field, match in matches if match.whole), None)
    if whole is not None:
        return known if known.names else Columns(full_name=whole.name, other_last_names=known.other_last_names)
    single = sorted(matches, key=lambda each: -each[1].share)[: 1 if known.names else 2]
    if known.names and single:
        found = single[0][0].name
        return _with(known, first=found) if known.last_name else _with(known, last=found)
    if len(single) == 2:
        first, last = sorted(single, key=lambda each: each[1].place)
        return _with(known, first=first[0].name, last=last[0].name)
    if single:
        field, match = single[0]
        return _with(known, first=field.name) if match.place == 0 else _with(known, last=field.name)
    return known


def _with(known: Columns, first: str = "", last: str = "") -> Columns:
    return Columns(
        first_name=first or known.first_name,
        last_name=last or known.last_name,
        usual_first_name=known.usual_first_name,
        usual_last_name=known.usual_last_name,
        other_last_names=known.other_last_names,
    )


@dataclass(frozen=True, slots=True)
class _Match:
    share: float
    """Of the rows that can be compared, those in which every word is in the address."""
    place: float
    """Where in the letters of the address the words begin, on the average; 0 is its beginning."""
    whole: bool
    """Whether most cells hold several words."""


def _match(cells: Sequence[str], locals_: Sequence[str]) -> _Match | None:
    """How a column agrees with the addresses; None where it does not."""
    compared, agreeing, places, several = 0, 0, 0, 0
    for cell, letters in zip(cells, locals_, strict=True):
        parts = [word for word in fold(cell).split() if len(word) >= _SHORT]
        if not parts or len(letters) < _SHORT:
            continue
        compared += 1
        if all(part in letters for part in parts):
            agreeing += 1
            places += letters.index(parts[0]) > 0
            several += " " in cell
    if agreeing < _LEAST or agreeing < _AGREES * compared:
        return None
    return _Match(agreeing / compared, float(places * 2 > agreeing), several * 2 > agreeing)
