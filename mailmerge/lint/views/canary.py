"""A record that nobody can be sent, and whose values must show up nowhere."""

from __future__ import annotations

from contextlib import suppress

from mailmerge.errors import MailmergeError
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Recipient, Record

CANARY = "Qzcanari7"
"""A word that is in no table."""


def release_canary(inspection: Inspection) -> None:
    """Compose the message of somebody who does not exist, so that it would show if anything of it stayed behind."""
    table = inspection.table
    if not table.records:
        return
    template = table.records[0].values
    printed = {field for letter in inspection.letters for e in letter.expressions if e.printed for field in e.fields}
    steering = {
        field for letter in inspection.letters for e in letter.expressions if not e.printed for field in e.fields
    }
    values = tuple(
        f"{CANARY}{name}" if name in printed - steering else own
        for name, own in zip(table.names, template, strict=True)
    )
    record = Record(len(table.records) + 1, 0, values)
    with suppress(MailmergeError):
        inspection.compose(Recipient(record, CANARY, f"{CANARY.lower()}@canary.invalid"))
