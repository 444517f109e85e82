"""LST105: exactly one address in the e-mail field."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.addresses import AddressInvalid, AddressTooLong, find_addresses, is_plain, parse_address
from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text import has_invisible, shorten

DOC = RuleDoc(
    title=N_("Exactly one address in the e-mail field."),
    what=N_(
        "an e-mail field that is empty, holds several addresses, a comment, a display name or a quoted local part, "
        "or is no valid address."
    ),
    why=N_(
        "two addresses in one cell put two people in one visible To line. A company in Toulouse wrote to 340 "
        "rejected candidates that way, and then 340 letters of apology (GDPR art. 33 and 34)."
    ),
    bad=N_('email = "jean@x.example; anne@y.example", email = "jean@x.example (anne@y.example)"'),
    good=N_('email = "jean@x.example"; spaces around it are trimmed'),
    fix=N_("keep the one address that is this person's, or exclude the person."),
)


@rule("LST105", "one-address", Severity.BLOCK, Suppression.NEVER, Scope.TABLE, DOC)
def one_address(inspection: Inspection) -> Iterator[Found]:
    """Exactly one address in the e-mail field."""
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
                evidence=(cell, *inspection.name_key(record)),
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
