"""LST108: each mailbox once."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.addresses import same_mailbox_key
from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Record, Severity
from mailmerge.text import shorten

DOC = RuleDoc(
    title=N_("Each mailbox once."),
    what=N_(
        "the same mailbox in several rows, whatever its case, dots at Gmail, +tag or accents in the domain. It "
        "blocks where the rows name different people, and warns where they name one person."
    ),
    why=N_("whoever owns the mailbox reads the other person's letter; or one person gets the same rejection twice."),
    bad=N_("jean.petit@gmail.com for Jean, and JeanPetit+rh@gmail.com for Anne"),
    good=N_("one mailbox, one row"),
    fix=N_(
        "correct the address that was copied down, delete the duplicate row, leave one of the two people out by "
        "name, or waive it for a couple that shares a mailbox."
    ),
)


@rule("LST108", "duplicate", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def duplicate(inspection: Inspection) -> Iterator[Found]:
    """Each mailbox once."""
    email = inspection.table.columns.email
    rows: dict[str, Record | list[Record]] = {}
    for recipient in inspection.recipients:
        if "@" not in recipient.address:
            continue
        key = same_mailbox_key(recipient.address)
        known = rows.get(key)
        if known is None:
            rows[key] = recipient.record
        elif isinstance(known, list):
            known.append(recipient.record)
        else:
            rows[key] = [known, recipient.record]
    for key, records in rows.items():
        if isinstance(records, list):
            yield _shared(inspection, email, key, records)


def _shared(inspection: Inspection, email: str, key: str, records: list[Record]) -> Found:
    table = inspection.table
    names = sorted({" ".join(inspection.name_key(record)) for record in records})
    numbers = tuple(record.number for record in records)
    address = shorten(table.value(records[-1], email))
    everybody = inspection.people(numbers)
    nameless = not names[0].strip() and any(record.values != records[0].values for record in records)
    if len(names) == 1 and not nameless:
        message = (
            f"{everybody} are the same person with the same mailbox {address}: {len(records)} letters would go there"
        )
        fix = "Delete the duplicate row."
        severity = Severity.WARN
    else:
        message = f"{everybody} have the same mailbox {address}: each would read the other's letter"
        fix = (
            "Correct the address that is not theirs; leave one of them out, or waive it if they really "
            "share one mailbox."
        )
        severity = Severity.BLOCK
    return Found(
        message=message,
        fix=fix,
        evidence=(key, *names),
        record=records[-1],
        field=email,
        others=numbers[:-1],
        affected=numbers,
        excerpt=address,
        severity=severity,
    )
