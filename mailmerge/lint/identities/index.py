"""Who can be recognised in a text: one index over the names, addresses, numbers and references of all people.

Names and references are looked up as sequences of folded words, telephone and social-security numbers as digits.
An identity belongs to the *set* of records that carry it: a homonym, or a couple's landline, accuses nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from mailmerge.addresses import find_addresses, same_mailbox_key
from mailmerge.i18n import N_
from mailmerge.lint.identities.columns import CIVILITIES, Kind, column_kinds, iban_of, nir_of, phone_of
from mailmerge.lint.sentence import Term
from mailmerge.lint.vocabulary import words
from mailmerge.model import Record, RecordTable
from mailmerge.text import fold

Owners = int | list[int]
"""Record numbers; one alone is not worth a list in a table of a hundred thousand."""

DIGITS = re.compile(r"[+\d][\d\s./()+-]{6,60}\d")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \xa0]?[A-Z0-9]){11,30}")
_LONGEST = 8
"""Words of a sequence; what is longer is known by its beginning."""


class What(StrEnum):
    """The kinds of identity, in words for a sentence."""

    ADDRESS = N_("e-mail address")
    PHONE = N_("telephone number")
    NIR = N_("social security number")
    IBAN = N_("bank account number")
    REFERENCE = N_("reference")
    NAME = N_("full name")

    @property
    def token(self) -> str:
        """What a fingerprint has of it: the same in every language, and however it is worded."""
        return self.name.lower()

    @property
    def term(self) -> Term:
        """The words, for a sentence."""
        return Term(self.value)


class Hit(NamedTuple):
    """An identity that stands in a text."""

    what: What
    key: str
    """Normalised; the same for every spelling."""
    owners: tuple[int, ...]
    """Numbers of the records that carry it."""


class Words:
    """Sequences of folded words, and whose they are."""

    def __init__(self) -> None:
        self._owners: dict[str, Owners] = {}
        self._first: set[str] = set()
        self._second: set[str] = set()
        self._longer: dict[str, set[int]] = {}
        """The lengths of the sequences of three words and more, by their first two words."""

    def __len__(self) -> int:
        return len(self._owners)

    def add(self, words: Sequence[str], owner: int) -> str:
        """Enter one sequence, and give the key that it has."""
        words = words[:_LONGEST]
        sequence = " ".join(words)
        _own(self._owners, sequence, owner)
        self._first.add(words[0])
        if len(words) > 1:
            self._second.add(words[1])
        if len(words) > 2:
            self._longer.setdefault(" ".join(words[:2]), set()).add(len(words))
        return sequence

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Where known sequences stand, overlapping ones too: ``(start, length, sequence)``."""
        first, second, owners, longer = self._first, self._second, self._owners, self._longer
        if first.isdisjoint(words):
            return
        last = len(words) - 1
        for start in [start for start, word in enumerate(words) if word in first]:
            word = words[start]
            if word in owners:
                yield start, 1, word
            if start == last or words[start + 1] not in second:
                continue
            two = f"{word} {words[start + 1]}"
            if two in owners:
                yield start, 2, two
            for length in sorted(longer.get(two, ())):
                sequence = " ".join(words[start : start + length])
                if sequence in owners and start + length <= len(words):
                    yield start, length, sequence

    def owners(self, sequence: str) -> tuple[int, ...]:
        """The records that carry it."""
        return _numbers(self._owners.get(sequence))


class Identities:
    """The index over one table."""

    def __init__(self, table: RecordTable):
        self._table = table
        self._kinds = column_kinds(table)
        self._words = Words()
        self._references: set[str] = set()
        self._surnames: dict[str, Owners] = {}
        self._addresses: dict[str, Owners] = {}
        self._numbers: dict[str, Owners] = {}
        self._ibans: dict[str, Owners] = {}
        self._nirs: set[str] = set()
        positions = [(table.names.index(name), kind) for name, kind in self._kinds.items()]
        for record in table.records:
            self._enter(record, positions)
        self._iban_lengths = {len(iban) for iban in self._ibans}
        self._number_lengths = {len(number) for number in self._numbers}

    def _enter(self, record: Record, positions: Iterable[tuple[int, Kind]]) -> None:
        number = record.number
        orders = name_orders(self._table, record)
        for order in orders:
            self._words.add(order, number)
            if len(joined := "".join(order)) >= _SHORTEST_JOINED:
                self._words.add([joined], number)
        if orders:
            surnames = [fold(value) for name in self._table.last_names if (value := self._table.value(record, name))]
            for surname in surnames or [orders[0][-1]]:
                _own(self._surnames, surname, number)
        for position, kind in positions:
            value = record.values[position]
            if not value:
                continue
            if kind is Kind.ADDRESS:
                for start, end in find_addresses(value):
                    _own(self._addresses, same_mailbox_key(value[start:end]), number)
            elif kind is Kind.PHONE:
                _own(self._numbers, phone_of(value), number)
            elif kind is Kind.NIR:
                nir = nir_of(value)
                self._nirs.update((nir, nir[:13]))
                for key in {nir, nir[:13]}:
                    _own(self._numbers, key, number)
            elif kind is Kind.IBAN:
                _own(self._ibans, iban_of(value), number)
            elif reference := fold(value).split():
                self._references.add(self._words.add(reference, number))

    def strong_fields(self) -> dict[str, Kind]:
        """The fields that hold a strong identity, by identifier."""
        return dict(self._kinds)

    def address_owners(self, key: str) -> tuple[int, ...]:
        """The records whose mailbox this is (:func:`mailmerge.addresses.same_mailbox_key`)."""
        return _numbers(self._addresses.get(key))

    def surname_owners(self, surname: str) -> tuple[int, ...]:
        """The records with this folded surname."""
        return _numbers(self._surnames.get(surname))

    def addresses_in(self, text: str) -> Iterator[Hit]:
        """Addresses of people of the table."""
        for start, end in find_addresses(text):
            key = same_mailbox_key(text[start:end])
            if key in self._addresses:
                yield Hit(What.ADDRESS, key, self.address_owners(key))

    def numbers_in(self, text: str) -> Iterator[Hit]:
        """Telephone, social security and bank account numbers, however they are spaced."""
        if self._numbers:
            for match in DIGITS.finditer(text):
                yield from self._numbers_of(match.group())
        if self._ibans:
            for match in IBAN.finditer(text.upper()):
                compact = iban_of(match.group())
                for length in self._iban_lengths:
                    if (key := compact[:length]) in self._ibans:
                        yield Hit(What.IBAN, key, _numbers(self._ibans[key]))

    def _numbers_of(self, run: str) -> Iterator[Hit]:
        """Numbers that start and end where a group of digits does: "Réf. 2026 06 12 34 56 78" holds a telephone."""
        groups = re.findall(r"\+?\d+", run)
        for start in range(len(groups)):
            digits = ""
            for group in groups[start : start + 12]:
                digits += group
                key = phone_of(digits)
                if key in self._numbers:
                    yield self._number(key)
                elif digits in self._numbers:
                    yield self._number(digits)

    def _number(self, key: str) -> Hit:
        what = What.NIR if key in self._nirs else What.PHONE
        return Hit(what, key[:13] if what is What.NIR else key, _numbers(self._numbers[key]))

    def sequences_in(self, words: Sequence[str]) -> Iterator[Hit]:
        """References, and full names in either order, among folded words."""
        for start, length, key in self._words.find(words):
            if key in self._references:
                yield Hit(What.REFERENCE, key, self._words.owners(key))
            elif not _is_place(words, start):
                yield Hit(What.NAME, _one_order(key, length), self._words.owners(key))

    def names_in(self, words: Sequence[str]) -> Iterator[Hit]:
        """Full names in either order, among folded words."""
        return (hit for hit in self.sequences_in(words) if hit.what is What.NAME)


def name_orders(table: RecordTable, record: Record) -> list[list[str]]:
    """The ways to write a record's full names as folded words, the one at birth too; none of less than two words."""
    firsts, lasts = _names_in(table, record, table.first_names), _names_in(table, record, table.last_names)
    orders = []
    for name in table.full_names:
        whole = fold(_REMARK.sub("", table.value(record, name))).split()
        while whole and whole[0] in CIVILITIES:
            whole = whole[1:]
        orders += [whole, whole[-1:] + whole[:-1], whole[1:] + whole[:1]] if len(whole) > 1 else []
        firsts = firsts or ([whole[:1], whole[-1:]] if lasts and orders else [])  # "Zoé Martin" or "Martin Zoé"
    for first in firsts:
        for last in lasts:
            orders += [first + last, last + first]
    unique = {" ".join(order): order for order in orders if 2 <= len(order) <= _LONGEST}
    return [order for text, order in unique.items() if len(text) > _SHORTEST_NAME]


def _names_in(table: RecordTable, record: Record, fields: Sequence[str]) -> list[list[str]]:
    """The folded words of each of these fields in which the record has some."""
    return [words for name in fields if (words := fold(table.value(record, name)).split())]


_REMARK = re.compile(r"\s*\([^()]*\)\s*\Z")
"""What a directory adds to a name: "PETIT, Hugo (Human Resources)"."""
_SHORTEST_NAME = 4
_SHORTEST_JOINED = 8
"""Letters of a full name written as one word: a shorter one may be any word."""
_PLACES = words(
    "rue avenue av boulevard bd place allee impasse chemin quai cours square route residence lycee college ecole "
    "universite institut campus fondation hopital clinique stade gymnase theatre prix tour batiment immeuble salle "
    "street road avenue square school college university institute hospital station"
)


_BEFORE_NAMES = words("de du des d le la saint sainte st ste docteur general marechal president professeur abbe of")


def _is_place(words: Sequence[str], start: int) -> bool:
    """Whether the words before say that a street or a school is called so: "12 rue Victor Hugo"."""
    if start and words[start - 1] in _PLACES:
        return True
    return start > 1 and words[start - 2] in _PLACES and words[start - 1] in _BEFORE_NAMES


def _one_order(key: str, length: int) -> str:
    """The same key for both orders of a name."""
    return " ".join(sorted(key.split())) if length > 1 else key


def _own(owners: dict[str, Owners], key: str, owner: int) -> None:
    known = owners.get(key)
    if known is None:
        owners[key] = owner
    elif isinstance(known, int):
        if known != owner:
            owners[key] = [known, owner]
    elif known[-1] != owner:
        known.append(owner)


def _numbers(owners: Owners | None) -> tuple[int, ...]:
    if owners is None:
        return ()
    return (owners,) if isinstance(owners, int) else tuple(owners)
