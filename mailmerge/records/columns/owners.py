"""Whose an address is, by the names in its row: the person's own name, or that of somebody else who is named there.

``Email`` may hold ``paul.durand@``, where the row is Inès Petit's and its column "Manager" says Paul Durand.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from mailmerge.model import Field
from mailmerge.records.columns import header_synonyms, headers
from mailmerge.records.columns.local_parts import NOTHING, Likeness, can_be_compared, likeness, pieces_of
from mailmerge.records.columns.name_content import DISTINCT, are_capitalised, looks_like_names, name_part
from mailmerge.records.columns.sampling import sample_of
from mailmerge.records.grid import Cells
from mailmerge.text.folding import fold

_CONFIRMS = 0.3
"""The share of addresses with the person's own name that confirms a column; more than half where there are few."""
_FEW = 5
_GLANCE = 50
"""Rows by which it is told whether a column names people."""
_SHORT = 3
_LONG = 4
"""Letters of a single name from which on it is recognised in an address."""


class Owner(NamedTuple):
    """Columns that name one other person in each row."""

    names: tuple[str, ...]
    """Identifiers, those with "Nom du manager" and "Prénom du manager" together."""
    positions: tuple[int, ...]


class Ownership(NamedTuple):
    """What the addresses of one column say about whose they are."""

    addresses: int
    compared: int
    """Those that can be compared with the person's own name."""
    own: int
    """Those of them that spell it."""
    others: int
    """Addresses that spell another name of their row."""
    owner: Owner | None
    """Whose name that is in most of them."""
    distinct: int

    @property
    def is_confirmed(self) -> bool:
        """Whether the content shows that they are the people's own."""
        needed = _CONFIRMS * self.compared if self.compared >= _FEW else self.compared / 2
        return self.own > 0 and self.own >= needed and not self.is_anothers

    @property
    def is_anothers(self) -> bool:
        """Whether most of them are those of other people in the rows."""
        return self.others * 2 > self.addresses

    @property
    def is_repeated(self) -> bool:
        """Whether a few addresses are in many rows."""
        return self.addresses >= _FEW and self.distinct < DISTINCT * self.addresses


UNDOUBTED = Ownership(0, 0, 0, 0, None, 0)
"""Where nobody else is named, and the header leaves no doubt."""


class Owners:
    """The people whom the rows of a table name: the one each row is about, and others.

    ``own`` and ``addresses`` are the identifiers of the columns with the person's own names, and with addresses.
    """

    def __init__(
        self, fields: Sequence[Field], rows: Sequence[Cells], own: Collection[str], addresses: Collection[str]
    ):
        self._rows = rows
        self._own = [at for at, field in enumerate(fields) if field.name in own]
        groups: dict[object, list[int]] = {}
        some = sample_of(rows, _GLANCE)
        for at, field in enumerate(fields):
            if field.name not in own and field.name not in addresses and _names_people(field, some, at):
                groups.setdefault(headers.whose(field.header) or field.name, []).append(at)
        self.others = tuple(Owner(tuple(fields[at].name for at in group), tuple(group)) for group in groups.values())

    def other_of(self, cells: Cells, address: str) -> Owner | None:
        """Whose name, other than that of the person of the row, an address spells better; None for nobody."""
        named = [
            (owner, words) for owner in self.others if _may_spell(address, words := _words(cells, owner.positions))
        ]
        pieces = pieces_of(address) if named else ()
        if not pieces:
            return None
        own = self._own_likeness(pieces, cells)
        best, found = own.letters, None
        for owner, words in named:
            like = likeness(pieces, words)
            if like.letters > best and _is_named(like, pieces, own):
                best, found = like.letters, owner
        return found

    def judge(self, position: int) -> Ownership:
        """Whose the addresses in a column are."""
        compared = own = others = 0
        by_owner: dict[Owner, int] = {}
        addresses = []
        for cells in self._rows:
            address = cells[position]
            pieces = pieces_of(address)
            if not pieces:
                continue
            addresses.append(address.casefold())
            if owner := self.other_of(cells, address):
                others += 1
                by_owner[owner] = by_owner.get(owner, 0) + 1
            if can_be_compared(pieces, _words(cells, self._own)):
                compared += 1
                own += owner is None and self._own_likeness(pieces, cells).is_clear
        most = max(by_owner, key=by_owner.__getitem__, default=None)
        return Ownership(len(addresses), compared, own, others, most, len(set(addresses)))

    def _own_likeness(self, pieces: tuple[str, ...], cells: Cells) -> Likeness:
        return likeness(pieces, _words(cells, self._own)) if self._own else NOTHING


def _is_named(like: Likeness, pieces: Sequence[str], own: Likeness) -> bool:
    """Whether an address spells a name: two words of it, or the only one as a word of its own beside nothing of one's
    own."""
    if like.whole and like.parts >= 2:
        return True
    return like.whole == 1 and own.parts == 0 and like.letters >= _LONG and like.letters in map(len, pieces)


def _may_spell(address: str, words: Sequence[str]) -> bool:
    """Whether a word of a name may be in an address: a quick look, for tables of a hundred thousand."""
    local = address.casefold() if address.isascii() else fold(address)
    return any(word in local for word in words if len(word) >= _SHORT)


def _words(cells: Cells, positions: Sequence[int]) -> tuple[str, ...]:
    return tuple(word for at in positions for word in _words_of(cells[at]))


@lru_cache(maxsize=4096)
def _words_of(cell: str) -> tuple[str, ...]:
    return tuple(fold(name_part(cell)).split())


def _names_people(field: Field, rows: Sequence[Cells], position: int) -> bool:
    """Whether a column names people: it says whose names they are, or holds capitalised words as names do."""
    said = headers.header_words(field.header)
    if not header_synonyms.NOT_NAMES.isdisjoint(said):
        return False
    filled = [cell for row in rows if (cell := row[position])]
    if not filled or not looks_like_names(filled):
        return False
    if headers.is_somebody_elses(field.header):
        return True
    return are_capitalised(filled) and sum(" " in cell for cell in filled) * 2 > len(filled)
