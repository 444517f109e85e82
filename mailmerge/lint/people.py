"""Whom the rows name: one address each, and each mailbox once."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.addresses import (
    AddressInvalid,
    AddressTooLong,
    find_addresses,
    is_plain,
    parse_address,
    same_mailbox_key,
)
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.inspection import Inspection
from mailmerge.lint.registry import Scope, rule
from mailmerge.model import Record, RecordTable, Severity
from mailmerge.text import fold, has_invisible, shorten


@rule("LST105", "one-address", Severity.BLOCK, Suppression.NEVER, Scope.TABLE)
def one_address(inspection: Inspection) -> Iterator[Found]:
    """Exactly one address in the e-mail field.

    What: an e-mail field that is empty, holds several addresses, a comment, a display name or a quoted local part,
    or is no valid address.
    Why: two addresses in one cell put two people in one visible To line. A company in Toulouse wrote to 340 rejected
    candidates that way, and then 340 letters of apology (GDPR art. 33 and 34).
    Bad: email = "jean@x.example; anne@y.example", email = "jean@x.example (anne@y.example)"
    Good: email = "jean@x.example"; spaces around it are trimmed
    Fix: keep the one address that is this person's, or exclude the person.
    """
    email = inspection.table.columns.email
    for record in inspection.records:
        cell = inspection.table.value(record, email)
        if is_plain(cell):
            continue
        problem, fix = _problem(cell)
        if problem:
            yield Found(
                message=f"{inspection.person(record)}: {problem}",
                fix=fix,
                evidence=(cell, *_rest(inspection.table, record)),
                record=record,
                field=email,
                excerpt=cell,
            )


def _problem(cell: str) -> tuple[str, str]:
    """What is wrong with the text of an e-mail cell, and what to do; empty where nothing is."""
    try:
        parse_address(cell)
    except AddressTooLong as error:
        return (
            f"{shorten(cell, 40)} is not a valid e-mail address: it has {error}",
            "Correct the address, or exclude the person.",
        )
    except AddressInvalid as error:
        reason = str(error)
    else:
        return "", ""
    if not cell.strip():
        return "no e-mail address", "Fill in the address, or exclude the person."
    if has_invisible(cell.strip()):
        return (
            f"{shorten(cell)} holds a character that does not show, and is no valid address",
            "Type the address again by hand.",
        )
    addresses = [cell[start:end] for start, end in find_addresses(cell)]
    if len(addresses) > 1:
        several = " and ".join(shorten(address) for address in addresses[:3])
        more = f" and {len(addresses) - 3} more" if len(addresses) > 3 else ""
        counted = {2: "two", 3: "three"}.get(len(addresses), str(len(addresses)))
        return (
            f"{counted} addresses in one cell: {several}{more}",
            "Keep the one that is this person's: with two, both people see each other in the To line.",
        )
    if addresses and addresses[0] != cell.strip():
        return (
            f"the e-mail field holds more than an address: {shorten(cell)}",
            f"Leave only {shorten(addresses[0])} in the cell, without a name, a comment or brackets.",
        )
    return (
        f"{shorten(cell)} is not a valid e-mail address: {shorten(reason, 100)}",
        "Correct the address, or exclude the person.",
    )


def _rest(table: RecordTable, record: Record) -> tuple[str, ...]:
    """The person's name, for a fingerprint where the address does not tell."""
    columns = table.columns
    return tuple(fold(table.value(record, c)) for c in (columns.first_name, columns.last_name, columns.full_name) if c)


@rule("LST108", "duplicate", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE)
def duplicate(inspection: Inspection) -> Iterator[Found]:
    """Each mailbox once.

    What: the same mailbox in several rows, whatever its case, dots at Gmail, +tag or accents in the domain. It blocks
    where the rows name different people, and warns where they name one person.
    Why: whoever owns the mailbox reads the other person's letter; or one person gets the same rejection twice.
    Bad: jean.petit@gmail.com for Jean, and JeanPetit+rh@gmail.com for Anne
    Good: one mailbox, one row
    Fix: correct the address that was copied down, delete the duplicate row, leave one of the two people out by name,
    or waive it for a couple that shares a mailbox.
    """
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
    names = sorted({" ".join(_rest(table, record)) for record in records})
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
