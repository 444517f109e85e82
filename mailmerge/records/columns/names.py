"""Which columns hold the names: by their headers, and where those say nothing, by the addresses beside them.

The name that a person goes by is used. One at birth, or on official papers, is taken only where there is no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from mailmerge.model import ColumnEvidence, ColumnReason, Columns, Field
from mailmerge.records.columns import headers, name_words
from mailmerge.records.columns.local_parts import can_be_compared, likeness, pieces_of
from mailmerge.records.columns.name_content import LEAST, are_distinct, are_several, looks_like_names, name_part
from mailmerge.records.columns.name_headers import NamePart
from mailmerge.records.columns.names_by_header import Values, by_header, may_hold_names
from mailmerge.records.columns.numbered import number_of, people_by_number
from mailmerge.records.grid import Cells
from mailmerge.text.folding import fold

_AGREES = 0.6
"""The share of rows in which a column of single names is in the address."""
_CLEARLY = 0.3
"""The share of rows in which a column of whole names is, which is no accident in any."""
_SHORT = 3
"""Letters from which on a word in an address is no accident."""


class NameChoice(Struct, frozen=True):
    """The columns of names, and why."""

    columns: Columns
    """Nothing but names in it."""
    reason: ColumnReason | None = None


def choose_names(
    fields: Sequence[Field], rows: Sequence[Cells], email: str, addresses: Iterable[str], *, decided: bool = False
) -> NameChoice:
    """The columns of names in some rows; ``addresses`` are the identifiers of columns that hold none.

    They are those of the person whose address it is: beside "E-mail du tuteur", the tutor's. Beside "Email payeur" they
    are the payer's where nobody else is named, or that column is ``decided``.
    """
    positions = {field.name: position for position, field in enumerate(fields)}
    taken = frozenset(addresses)
    about = headers.whose(fields[positions[email]].header) if email else frozenset[str]()
    free = [field for field in fields if field.name not in taken and headers.whose(field.header) == about]
    unknown = [field for field in fields if field.name not in taken and _may_be_theirs(field, about)]

    def values(field: Field) -> list[str]:
        return [row[positions[field.name]] for row in rows]

    header = fields[positions[email]].header if email else ""
    people = people_by_number(fields, about, taken)
    if numbered := people.get(number_of(header)) or people.get("" if number_of(header) == "1" else "1"):
        free = unknown = list(numbered)
    columns = by_header(free, values, about)
    either, said = headers.either_of(header), headers.unknown_of(header)
    if either and not columns.names:  # "Nom du contact" beside "E-mail du contact", where nobody else is named
        about = either
        columns = by_header(free, values, about)
    group = either or said
    theirs = _of_group(group, free, values) if group else Columns()
    if theirs.first_name and theirs.last_name and not (columns.first_name and columns.last_name):
        about, columns = group, theirs  # "Nom contact" beside "Prénom contact" is no whole name
    elif said and _is_whole(theirs) and (decided or not _is_whole(columns)):  # "Nom payeur" beside "Email payeur"
        about, columns = said, theirs
    elif not _is_whole(columns) and (group := _group_of(free, values)):
        about, columns = group, _of_group(group, free, values)
    elif columns.last_name and not columns.first_name and len(only := _given(free, values)) == 1:
        columns = replace(columns, first_name=only[0].name)  # "PRENOM ADH" beside "NOM"
    evidence = ColumnEvidence.HEADER
    if not _is_whole(columns) and email:
        locals_ = [row[positions[email]] for row in rows]
        candidates = [field for field in (*free, *unknown) if may_hold_names(field)]
        found = _by_content(candidates, values, locals_, columns)
        if about and not found.names:  # "Parent" beside "E-mail du responsable": another word for the same person
            elses = [field for field in fields if field.name not in taken and headers.is_somebody_elses(field.header)]
            found = _whole_by_content(elses, values, locals_, columns)
        if found != columns:
            columns, evidence = found, ColumnEvidence.CONTENT
    if not columns.names:
        return NameChoice(columns)
    columns = replace(
        columns,
        surname_prefix=_surname_prefix(free, values, columns, about),
        surname_first=_is_surname_first(free, columns, about),
    )
    known = [(field, headers.name_header(field.header, about)) for field in free]
    unused = [field for field, each in known if each and each.part in _WHOLE and field.name not in columns.names]
    own = [positions[name] for name in columns.names]
    chosen = [fold(" ".join([row[at] for at in own])).split() for row in rows] if unused else []
    instead_of = tuple(field.name for field in unused if _names_others(values(field), chosen))
    return NameChoice(columns, ColumnReason(evidence, columns.shown_names, instead_of))


def _surname_prefix(free: Sequence[Field], values: Values, columns: Columns, about: frozenset[str]) -> str:
    """The column of what belongs before the surname, unless that has it already."""
    lasts = [values(field) for field in free if field.name in columns.last_names[:1]]
    for field in free if lasts and not columns.full_name else ():
        if headers.name_word(field.header, about) in name_words.SURNAME_PREFIX:
            pairs = [(fold(cell), fold(last)) for cell, last in zip(values(field), lasts[0], strict=True) if cell]
            if not any(last.startswith(f"{cell} ") for cell, last in pairs):
                return field.name
    return ""


def _is_surname_first(free: Sequence[Field], columns: Columns, about: frozenset[str]) -> bool:
    """Whether the header of the surname is in a language that has it before the first name."""
    lasts = (field for field in free if field.name == columns.last_name)
    return any(headers.name_word(field.header, about) in name_words.SURNAME_FIRST for field in lasts)


def _is_whole(columns: Columns) -> bool:
    return bool(columns.full_name) or bool(columns.first_name and columns.last_name)


def _group_of(free: Sequence[Field], values: Values) -> frozenset[str]:
    """The words for the people that headers of names share and no list has, as in "Nom joueur" and "Prénom joueur";
    none where they could be about several.
    """
    shared = {
        frozenset(headers.header_words(field.header)) - name_words.SPOKEN
        for field in free
        if not name_words.GIVEN.isdisjoint(headers.header_words(field.header))
    }
    whole = [group for group in shared if group and _is_whole(_of_group(group, free, values))]
    return whole[0] if len(whole) == 1 else frozenset()


def _given(free: Sequence[Field], values: Values) -> list[Field]:
    """The columns that a word for the first name is in the header of, whatever else is."""
    said = [field for field in free if not name_words.GIVEN.isdisjoint(headers.header_words(field.header))]
    return [field for field in said if looks_like_names(values(field))]


def _of_group(group: frozenset[str], free: Sequence[Field], values: Values) -> Columns:
    beside = [field for field in free if group.issubset(headers.header_words(field.header))]
    return by_header(beside, values, group)


_WHOLE = (NamePart.FULL, NamePart.NAME, NamePart.LAST)


def _names_others(cells: Sequence[str], chosen: Sequence[Sequence[str]]) -> bool:
    """Whether a column holds names, and other ones than those chosen in the same rows."""
    if not looks_like_names(cells):
        return False
    filled = [(fold(cell).split(), words) for cell, words in zip(cells, chosen, strict=True) if cell]
    return sum(set(cell).isdisjoint(words) for cell, words in filled) * 2 > len(filled)


def _may_be_theirs(field: Field, about: frozenset[str]) -> bool:
    """Whether a header that says nothing about this person may be above their name all the same."""
    if about:
        return not headers.is_somebody_elses(field.header) and not headers.header_is_known(field.header)
    return headers.may_be_theirs(field.header)


def _letters(address: str) -> str:
    return "".join(pieces_of(address))


def _by_content(free: Sequence[Field], values: Values, addresses: Sequence[str], known: Columns) -> Columns:
    """The columns whose words are in the addresses beside them, put in the places that are still free."""
    if known.first_name and known.last_name:
        return known
    given = [field.name for field in free if headers.name_word(field.header) in name_words.GIVEN_BESIDE_SURNAME]
    candidates = [field for field in free if field.name not in known.names and looks_like_names(values(field))]
    if not known.names and (whole := _whole_by_content(candidates, values, addresses, known)).names:
        return whole
    theirs = [field for field in candidates if not headers.is_somebody_elses(field.header)]
    matches = [(field, match) for field in theirs if (match := _match(values(field), addresses))]
    single = sorted(matches, key=lambda each: -each[1].share)[: 1 if known.names else 2]
    if known.names and single:
        found = single[0][0].name
        if known.last_name in given:  # "Nombre" is no surname where another column is in the addresses as well
            return replace(known, first_name=known.last_name, last_name=found)
        return replace(known, first_name=found) if known.last_name else replace(known, last_name=found)
    if len(single) == 2:
        first, last = sorted(single, key=lambda each: each[1].place)
        return replace(known, first_name=first[0].name, last_name=last[0].name)
    if single:
        field, match = single[0]
        return replace(known, first_name=field.name) if match.place == 0 else replace(known, last_name=field.name)
    return known


def _whole_by_content(free: Sequence[Field], values: Values, addresses: Sequence[str], known: Columns) -> Columns:
    """The column of whole names that most addresses beside it spell, where it is no accident."""
    candidates = [field for field in free if looks_like_names(values(field))]
    wholes = [field for field in candidates if are_several(values(field)) and are_distinct(values(field))]
    clear = [(_clearly(values(field), addresses), field) for field in wholes]
    share, whole = max(clear, key=lambda each: each[0], default=(0.0, None))
    return replace(known, full_name=whole.name) if whole is not None and share >= _CLEARLY else known


def _clearly(cells: Sequence[str], addresses: Sequence[str]) -> float:
    """The share of rows in which an address spells the whole name beside it, of those that can be compared."""
    compared = agreeing = 0
    for cell, address in zip(cells, addresses, strict=True):
        pieces, name = pieces_of(address), fold(name_part(cell)).split()
        if can_be_compared(pieces, name):
            compared += 1
            like = likeness(pieces, name)
            agreeing += like.whole >= 1 and like.parts >= 2
    return agreeing / compared if compared else 0.0


class _Match(Struct, frozen=True):
    share: float
    """Of the rows that can be compared, those in which every word is in the address."""
    place: float
    """Where in the letters of the address the words begin, on the average; 0 is its beginning."""


def _match(cells: Sequence[str], addresses: Sequence[str]) -> _Match | None:
    """How a column agrees with the addresses; None where it does not."""
    compared, agreeing, places = 0, 0, 0
    for cell, address in zip(cells, addresses, strict=True):
        letters = _letters(address)
        parts = [word for word in fold(cell).split() if len(word) >= _SHORT]
        if not parts or len(letters) < _SHORT:
            continue
        compared += 1
        if all(part in letters for part in parts):
            agreeing += 1
            places += letters.index(parts[0]) > 0
    if agreeing < LEAST or agreeing < _AGREES * compared:
        return None
    return _Match(agreeing / compared, float(places * 2 > agreeing))
