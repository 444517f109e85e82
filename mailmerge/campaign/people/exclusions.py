"""Whom an exclusion of ``campaign.toml`` names: one person each, by address, name or both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from mailmerge.campaign.file import ExclusionSection
from mailmerge.errors import CampaignError
from mailmerge.i18n import N_
from mailmerge.model import Recipient, Record, RecordTable
from mailmerge.text.addresses import same_mailbox_key
from mailmerge.text.folding import fold
from mailmerge.text.shown import shorten
from mailmerge.text.titles import TITLES

NameOf = Callable[[Record], str]


class ExclusionMatch(Struct, frozen=True):
    """An exclusion, and the people of the table whom it names."""

    exclusion: ExclusionSection
    records: tuple[int, ...]
    """Their record numbers: one where all is well."""
    near: tuple[int, ...] = ()
    """Where nobody is named: the records that have the address, or the name, or else both but for a letter."""


def match_exclusions(
    exclusions: Sequence[ExclusionSection], table: RecordTable, name_of: NameOf, where: str
) -> tuple[ExclusionMatch, ...]:
    """The people whom exclusions name, in the whole table, whatever ``where`` of the campaign says.

    ``where`` names the campaign file in errors.

    Raises:
        CampaignError: an exclusion gives an address or a name alone, and that does not match exactly one record.
    """
    if not exclusions:
        return ()
    people = _People(table, name_of, {same_mailbox_key(each.address) for each in exclusions if each.address})
    return tuple(_match(exclusion, people, where) for exclusion in exclusions)


def _match(exclusion: ExclusionSection, people: _People, where: str) -> ExclusionMatch:
    if not exclusion.name:
        found = people.with_address(exclusion.address)
    elif not exclusion.address:
        found = people.with_name(exclusion.name, people.table.records)
    else:
        with_address = people.with_address(exclusion.address)
        if found := people.with_name(exclusion.name, with_address):
            return ExclusionMatch(exclusion, _numbers(found))
        near = with_address or people.with_name(exclusion.name, people.table.records) or people.one_slip_from(exclusion)
        return ExclusionMatch(exclusion, (), _numbers(near))
    if len(found) == 1:
        return ExclusionMatch(exclusion, _numbers(found))
    raise _not_one(exclusion, [record.line for record in found], where)


_NOBODY = N_('{where}: the exclusion {key} = "{value}" matches nobody in the table; correct it, or remove it')
_SEVERAL = N_(
    '{where}: the exclusion {key} = "{value}" matches {count} people (lines {lines}); add {other} = "..." so that it'
    " names one of them"
)
_MANY = N_(
    '{where}: the exclusion {key} = "{value}" matches {count} people (lines {lines} and {more} more); add'
    ' {other} = "..." so that it names one of them'
)


def _not_one(exclusion: ExclusionSection, lines: Sequence[int], where: str) -> CampaignError:
    key, other = ("name", "address") if exclusion.name else ("address", "name")
    template = _NOBODY if not lines else _SEVERAL if len(lines) <= 3 else _MANY
    return CampaignError(
        template,
        where=where,
        key=key,
        value=shorten(exclusion.name or exclusion.address),
        count=len(lines),
        lines=", ".join(map(str, lines[:3])),
        more=len(lines) - 3,
        other=other,
    )


def exclusion_for(recipient: Recipient, table: RecordTable, name_of: NameOf, reason: str) -> ExclusionSection:
    """The exclusion that names one person: by address and name, or by the one of them that there is.

    Raises:
        CampaignError: it would name somebody else as well, or the person has neither.
    """
    record, address, name = recipient.record, recipient.address.strip(), recipient.name.strip()
    if not address and not fold(name):
        raise CampaignError(
            N_("line {line} has neither an address nor a name to leave it out by: delete the row"), line=record.line
        )
    people = _People(table, name_of, {same_mailbox_key(address)} if address else set())
    found = people.with_address(address) if address else table.records
    if name:
        found = people.with_name(name, found)
    others = [each.line for each in found if each.number != record.number]
    if others:
        raise CampaignError(_ALIKE[bool(address), bool(name)], line=others[0])
    return ExclusionSection(address=address, name=name, reason=reason)


_ALIKE: Mapping[tuple[bool, bool], str] = {
    (True, True): N_(
        "line {line} has the same name and address, so an exclusion cannot separate them: correct or delete a row in"
        " the table"
    ),
    (True, False): N_(
        "line {line} has the same address, so an exclusion cannot separate them: correct or delete a row in the table"
    ),
    (False, True): N_(
        "line {line} has the same name, so an exclusion cannot separate them: correct or delete a row in the table"
    ),
}
"""By whether the person has an address, and a name."""


class _People:
    """The records of a table by the mailboxes that are wanted, and by name."""

    def __init__(self, table: RecordTable, name_of: NameOf, wanted: set[str]) -> None:
        self.table = table
        self._name_of = name_of
        self._by_key: dict[str, list[Record]] = {key: [] for key in wanted}
        initials = {_initial(key) for key in wanted}  # a hundred thousand keys would take a quarter of a second
        for record in table.records if wanted else ():
            cell = table.value(record, table.columns.email)
            if _initial(cell) in initials and (key := same_mailbox_key(cell)) in self._by_key:
                self._by_key[key].append(record)

    def with_address(self, address: str) -> Sequence[Record]:
        """The records with this mailbox."""
        return self._by_key[same_mailbox_key(address)]

    def with_name(self, name: str, among: Iterable[Record]) -> Sequence[Record]:
        """Those records that are called so, whatever the case, the accents and the order of the words."""
        key = _name_key(name)
        word = max(key.split(), key=len, default="")
        functions = dict.fromkeys((self._name_of, self.table.name_of))
        return [each for each in among if any(_is_called(function(each), key, word) for function in functions)]

    def one_slip_from(self, exclusion: ExclusionSection) -> Sequence[Record]:
        """The records of which the address is one letter away, and the name has a word in common or is near too."""
        address, words = exclusion.address.strip().lower(), set(_name_key(exclusion.name).split())
        half = len(address) // 2
        head, tail = address[: half - 1], address[1 - half :]  # a letter is in one half of it: the other is the same
        found = []
        for record in self.table.records:
            cell = self.table.value(record, self.table.columns.email).strip().lower()
            if not (cell.startswith(head) or cell.endswith(tail)) or not is_one_edit(cell, address):
                continue
            called = set(_name_key(self._name_of(record)).split())
            if called & words or any(is_one_edit(one, other) for one in called - words for other in words - called):
                found.append(record)
        return found


def is_one_edit(one: str, other: str) -> bool:
    """Whether two texts differ in one letter: another, one more, one less, or two that changed places."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    pairs = enumerate(zip(one, other, strict=False))
    start = next((at for at, (letter, beside) in pairs if letter != beside), min(len(one), len(other)))
    here, there = one[start:], other[start:]
    if len(here) != len(there):
        return here[1:] == there or here == there[1:]
    return here[1:] == there[1:] or (here[:2] == there[1::-1] and here[2:] == there[2:])


def _name_key(name: str) -> str:
    """The words of a name in any order, without a title before it: "Mme Zoé LEFÈVRE" is "Lefèvre, Zoé"."""
    words = fold(name).split()
    without = [word for word in words if word not in TITLES]
    return " ".join(sorted(without if len(without) > 1 else words))


def _is_called(name: str, key: str, word: str) -> bool:
    """Whether a name has this key; ``word`` is the longest of its words, looked for first where nothing is folded."""
    if name.isascii() and word not in name.lower():
        return False
    return _name_key(name) == key


def _initial(address: str) -> str:
    return address.lstrip()[:1].casefold()[:1]


def _numbers(records: Iterable[Record]) -> tuple[int, ...]:
    return tuple(record.number for record in records)
