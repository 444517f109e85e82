"""The people of a campaign: whom it writes to, whom it leaves out and why, and what each is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import overload

from mailmerge.addresses import AddressInvalid, parse_address, same_mailbox_key
from mailmerge.campaign.fields import field_columns
from mailmerge.campaign.file import CampaignFile
from mailmerge.errors import CampaignError, UsageError
from mailmerge.letter import compile_condition, compile_value
from mailmerge.model import Recipient, Record, RecordTable
from mailmerge.records import read_mailboxes
from mailmerge.records.likely import no_such_field

NO_COLUMNS: Mapping[str, str] = {}


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
        self._name_of = _name_of(name, table, columns)

    def __reduce__(self) -> tuple[type[Recipients], tuple[RecordTable, Sequence[Record], str, Mapping[str, str]]]:
        return Recipients, (self._table, self._records, self._name, self._columns)

    @property
    def records(self) -> Sequence[Record]:
        """Their records, without making anybody."""
        return self._records

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
        cell = self._table.value(record, self._email)
        with suppress(AddressInvalid):
            cell = parse_address(cell)
        return Recipient(record, self._name_of(record), cell)


@dataclass(frozen=True, slots=True)
class Excluded:
    """A person whom this campaign does not write to, and why."""

    recipient: Recipient
    reason: str


def choose_people(
    file: CampaignFile, table: RecordTable, folder: Path, only: str = ""
) -> tuple[Recipients, tuple[Excluded, ...]]:
    """The people to write to, and those whom an exclusion or the never-write list names.

    ``only`` is an address: nobody else is written to then.

    Raises:
        CampaignError: ``where`` or ``[columns] name`` cannot be computed.
        TableError: the never-write list cannot be read.
        UsageError: nobody has the address ``only``.
    """
    records = table.records
    columns = field_columns(file, table)
    if file.where:
        condition = compile_condition(file.where, columns)
        with helped(f'where = "{file.where}"', table):
            records = [record for record in records if condition(table.values(record))]
    recipients = Recipients(table, records, file.columns.name, columns)
    reasons = _reasons(file, folder)
    if not reasons and not only:
        return recipients, ()
    kept: list[Record] = []
    excluded: list[Excluded] = []
    for recipient in recipients:
        key = same_mailbox_key(recipient.address)
        if key in reasons:
            excluded.append(Excluded(recipient, reasons[key]))
        elif not only or key == same_mailbox_key(only):
            kept.append(recipient.record)
    if only and not kept:
        raise UsageError(f"nobody in {table.path.name} who is written to has the address {only}")
    return Recipients(table, kept, file.columns.name, columns), tuple(excluded)


def _reasons(file: CampaignFile, folder: Path) -> Mapping[str, str]:
    """Why each mailbox that is left out is left out; a reason given for one person stands before the list's."""
    reasons: dict[str, str] = {}
    if file.suppress:
        reasons = dict.fromkeys(read_mailboxes(folder / file.suppress), f"on the list {file.suppress}")
    return reasons | {same_mailbox_key(exclusion.address): exclusion.reason for exclusion in file.exclusions}


@contextmanager
def helped(what: str, table: RecordTable) -> Iterator[None]:
    """An expression (``what``) that reads a field which the table lacks fails with the column likely meant."""
    try:
        yield
    except CampaignError as error:
        if not error.field:
            raise
        raise CampaignError(f"{what} fails: {no_such_field(table, error.field)}", field=error.field) from None


def _name_of(name: str, table: RecordTable, fields: Mapping[str, str]) -> Callable[[Record], str]:
    if name:
        render = compile_value(name, fields)

        def named(record: Record) -> str:
            with helped(f'"{name}"', table):
                return " ".join(render(table.values(record)).split())

        return named
    columns = table.columns
    parts = [columns.full_name] if columns.full_name else [columns.first_name, columns.last_name]
    used = [part for part in parts if part]
    return lambda record: " ".join(filter(None, (table.value(record, part) for part in used)))
