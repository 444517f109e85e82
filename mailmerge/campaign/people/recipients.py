"""The people of a campaign: whom it writes to, whom it leaves out and why, and what each is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import overload

from msgspec import Struct

from mailmerge.campaign.fields import field_columns
from mailmerge.campaign.file import CAMPAIGN_FILE, CampaignFile, ExclusionSection
from mailmerge.campaign.people.exclusions import ExclusionMatch, match_exclusions
from mailmerge.campaign.people.where import require_meant, require_sense
from mailmerge.errors import CampaignError, UsageError
from mailmerge.i18n import N_, _
from mailmerge.letter import compile_condition, compile_value
from mailmerge.letter.jinja.syntax import NO_COLUMNS
from mailmerge.model import Recipient, Record, RecordTable
from mailmerge.records import read_mailboxes
from mailmerge.records.columns.likely import lacking_field
from mailmerge.text.addresses import AddressInvalid, parse_address, same_mailbox_key


class Recipients(Sequence[Recipient]):
    """The people of a campaign, made as they are looked at: a hundred thousand cost nothing to open.

    ``name`` is the campaign's expression for a name (``{{ prenom }} {{ nom }}``); ``""`` where the columns say it.
    ``columns`` are the fields that the table calls otherwise (``[fields]``).

    Raises:
        CampaignError: ``name`` cannot be computed.
    """

    def __init__(
        self, table: RecordTable, records: Sequence[Record], name: str = "", columns: Mapping[str, str] = NO_COLUMNS
    ):
        self._records = records
        self._email = table.columns.email
        self._table = table
        self._name = name
        self._columns = columns
        self._name_of = name_function(name, table, columns)

    def __reduce__(self) -> tuple[type[Recipients], tuple[RecordTable, Sequence[Record], str, Mapping[str, str]]]:
        return Recipients, (self._table, self._records, self._name, self._columns)

    @property
    def records(self) -> Sequence[Record]:
        """Their records, without making anybody."""
        return self._records

    def only(self, records: Sequence[Record]) -> Recipients:
        """Some of them, by their records."""
        return Recipients(self._table, records, self._name, self._columns)

    def addresses(self) -> dict[int, str]:
        """Everybody's address by record number, without making anybody."""
        if self._email not in self._table.names:
            return {record.number: "" for record in self._records}
        at = self._table.names.index(self._email)
        return {record.number: _address(record.values[at]) for record in self._records}

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, index: int) -> Recipient: ...
    @overload
    def __getitem__(self, index: slice) -> list[Recipient]: ...
    def __getitem__(self, index: int | slice) -> Recipient | list[Recipient]:
        if isinstance(index, slice):
            return [self._recipient(record) for record in self._records[index]]
        return self._recipient(self._records[index])

    def __iter__(self) -> Iterator[Recipient]:
        return map(self._recipient, self._records)

    def _recipient(self, record: Record) -> Recipient:
        return Recipient(record, self._name_of(record), self._address(record))

    def _address(self, record: Record) -> str:
        return _address(self._table.value(record, self._email))


def _address(cell: str) -> str:
    try:
        return parse_address(cell)
    except AddressInvalid:
        return cell


class Excluded(Struct, frozen=True):
    """A person whom this campaign does not write to, and why."""

    recipient: Recipient
    reason: str
    """As it is recorded with a run: in a person's own words, or in English."""
    exclusion: ExclusionSection | None = None
    """The exclusion that names them; None where the never-write list does."""
    listed_in: str = ""
    """The name of the never-write list that names them."""

    @property
    def said(self) -> str:
        """Why, for a person."""
        return _(_ON_LIST).format(file=self.listed_in) if self.listed_in else self.reason


_ON_LIST = N_("on the list {file}")


def select_recipients(
    file: CampaignFile, table: RecordTable, folder: Path, only: str = "", *, path: Path | None = None
) -> tuple[Recipients, tuple[Excluded, ...]]:
    """The people to write to, and those whom an exclusion or the never-write list names.

    ``only`` is an address: nobody else is written to then. ``path`` is the campaign file, for errors.

    Raises:
        CampaignError: ``where`` or ``[columns] name`` cannot be computed, or an exclusion does not name one person.
        TableError: the never-write list cannot be read.
        UsageError: nobody has the address ``only``.
    """
    records = table.records
    columns = field_columns(file, table)
    if file.where:
        condition = compile_condition(file.where, columns)
        require_sense(condition, table)
        with helped(f'where = "{file.where}"', table):
            records = [record for record in records if condition(table.values(record))]
        require_meant(condition, table, records)
    recipients = Recipients(table, records, file.columns.name, columns)
    matches = matched_exclusions(file, table, path or folder / CAMPAIGN_FILE)
    named = {number: match.exclusion for match in reversed(matches) for number in match.records}
    never = read_mailboxes(folder / file.suppress) if file.suppress else frozenset[str]()
    if not named and not never and not only:
        return recipients, ()
    wanted = same_mailbox_key(only) if only else ""
    kept: list[Record] = []
    excluded: list[Excluded] = []
    for index, record in enumerate(records):
        if exclusion := named.get(record.number):
            excluded.append(Excluded(recipients[index], exclusion.reason, exclusion))
            continue
        key = same_mailbox_key(recipients[index].address) if never or wanted else ""
        if key in never:
            excluded.append(Excluded(recipients[index], _ON_LIST.format(file=file.suppress), listed_in=file.suppress))
        elif key == wanted or not wanted:
            kept.append(record)
    if only and not kept:
        raise UsageError(
            N_("nobody in {table} among the recipients has the address {only}"), table=table.path.name, only=only
        )
    return Recipients(table, kept, file.columns.name, columns), tuple(excluded)


def matched_exclusions(file: CampaignFile, table: RecordTable, path: Path) -> tuple[ExclusionMatch, ...]:
    """Whom each exclusion of a campaign names; ``path`` is the campaign file, for errors.

    Raises:
        CampaignError: ``[columns] name`` cannot be computed, or an exclusion does not name one person.
    """
    if not file.exclusions:
        return ()
    name_of = name_function(file.columns.name, table, field_columns(file, table, str(path)))
    return match_exclusions(file.exclusions, table, name_of, str(path))


def name_function(name: str, table: RecordTable, columns: Mapping[str, str] = NO_COLUMNS) -> Callable[[Record], str]:
    """What a record is called, by the expression ``name`` or, without one, by the table's columns.

    Raises:
        CampaignError: ``name`` cannot be computed.
    """
    if not name:
        return table.name_of
    render = compile_value(name, columns)

    def named(record: Record) -> str:
        with helped(f'"{name}"', table):
            return " ".join(render(table.values(record)).split())

    return named


@contextmanager
def helped(what: str, table: RecordTable) -> Iterator[None]:
    """An expression (``what``) that reads a field which the table lacks fails with the column likely meant."""
    try:
        yield
    except CampaignError as error:
        if not error.field:
            raise
        raise CampaignError(
            N_("{what} fails: {problem}"), what=what, problem=lacking_field(table, error.field), field=error.field
        ) from None
