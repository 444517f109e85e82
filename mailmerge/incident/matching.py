"""The people of a leak in the table that they come from: titles and names as it has them, where that is certain."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mailmerge.errors import TableError
from mailmerge.i18n import N_
from mailmerge.incident.people import NamedPerson
from mailmerge.model import RecordTable
from mailmerge.text.addresses import same_mailbox_key
from mailmerge.text.folding import fold

_FITS_NOBODY = N_("none of the {count} people of the mail is in {path}: give the table that they come from, or none")


def take_names(people: Sequence[NamedPerson], table: RecordTable, path: Path) -> int:
    """Take titles and names from the table. Returns how many people have other names in the mail: neither is used.

    Raises:
        TableError: nobody is in it.
    """
    by_key: dict[str, list[int]] = {}
    for record in table.records:
        keys = {same_mailbox_key(table.value(record, name)) for name in table.columns.emails}
        for key in keys:
            by_key.setdefault(key, []).append(record.number)
    found, differing = False, 0
    for person in people:
        numbers = {n for each in person.addresses for n in by_key.get(same_mailbox_key(each), ())}
        found |= bool(numbers)
        if len(numbers) != 1:  # two people with one mailbox: whose title it would be is not known
            continue
        record = table.record(numbers.pop())
        if _is_another(person.full_name, table.name_of(record)):  # a table that is out of step, as likely as not
            person.name = ""
            differing += 1
            continue
        person.title = table.value(record, table.columns.title)
        person.first_name = table.first_of(record, table.first_names)
        person.last_name = table.first_of(record, table.last_names)
        person.name = table.name_of(record) or person.name
    if not found:
        raise TableError(_FITS_NOBODY, count=len(people), path=path)
    return differing


def _is_another(name: str, other: str) -> bool:
    """Whether two names have no word in common."""
    return bool(name and other) and set(fold(name).split()).isdisjoint(fold(other).split())
