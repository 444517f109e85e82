"""LST105: exactly one address in the e-mail field."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Because, Quoted, Sentence, Value
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text.addresses import (
    MAX_ADDRESS,
    MAX_LOCAL,
    AddressInvalid,
    AddressTooLong,
    LocalPartTooLong,
    find_addresses,
    is_plain,
    parse_address,
)
from mailmerge.text.regex import regex
from mailmerge.text.shown import has_invisible

_NAMED = 3
"""Addresses of one cell that a sentence names."""

DOC = RuleDoc(
    title=N_("Exactly one address in the e-mail field."),
    what=N_(
        "An e-mail field that is empty, or that contains several addresses, a comment, a display name, a quoted local "
        "part, or an address that is not valid."
    ),
    why=N_(
        "Two addresses in one cell put two people in one visible To line. A company in Toulouse wrote to 340 "
        "rejected candidates that way, and then had to send 340 letters of apology (GDPR art. 33 and 34)."
    ),
    bad=N_('email = "jean@x.example; anne@y.example", email = "jean@x.example (anne@y.example)"'),
    good=N_('email = "jean@x.example"; spaces around it are trimmed'),
    fix=N_("Keep only the address that is this person's, or exclude the person."),
)
_BLANK_BESIDE_SIGN = regex(r"(?<=[.@])[ \t]+(?=[^\W_])|(?<=[^\W_])[ \t]+(?=[.@])")
_CORRECT = N_("Correct the address, or exclude the person.")
_KEEP_ONE = N_("Keep only this person's address: with two, both people see each other in the To line.")
NONE = Sentence(
    "lst105.none", one=N_("{person}: no e-mail address"), fix=N_("Fill in the address, or exclude the person.")
)
INVISIBLE = Sentence(
    "lst105.invisible",
    one=N_("{person}: {address} contains an invisible character and is not a valid address"),
    fix=N_("Retype the address."),
)
TWO = Sentence("lst105.two", one=N_("{person}: two addresses in one cell: {first} and {second}"), fix=_KEEP_ONE)
THREE = Sentence(
    "lst105.three", one=N_("{person}: three addresses in one cell: {first}, {second} and {third}"), fix=_KEEP_ONE
)
SEVERAL = Sentence(
    "lst105.several",
    one=N_("{person}: {number} addresses in one cell: {first}, {second}, {third} and {more} more"),
    fix=_KEEP_ONE,
)
MORE_THAN_AN_ADDRESS = Sentence(
    "lst105.more-than-an-address",
    one=N_('{person}: "{header}" contains more than an address: {cell}'),
    fix=N_("Leave only {first} in the cell, without a name, a comment or brackets."),
)
BLANK_WITHIN = Sentence(
    "lst105.blank-within",
    one=N_("{person}: {cell} is not a valid e-mail address: there is a space in it"),
    fix=N_("Remove the space, if {joined} is this person's address."),
)
LONG_LOCAL_PART = Sentence(
    "lst105.long-local-part",
    one=N_(
        "{person}: {address} is not a valid e-mail address: it has more than {octets} octets before the @, which "
        "servers do not have to accept"
    ),
    fix=_CORRECT,
)
LONG = Sentence(
    "lst105.long",
    one=N_(
        "{person}: {address} is not a valid e-mail address: it has more than {octets} octets, which servers do not "
        "have to accept"
    ),
    fix=_CORRECT,
)
INVALID = Sentence("lst105.invalid", one=N_("{person}: {cell} is not a valid e-mail address: {reason}"), fix=_CORRECT)


@rule("LST105", "one-address", Severity.BLOCK, Suppression.NEVER, Scope.TABLE, DOC)
def one_address(inspection: Inspection) -> Iterator[RawFinding]:
    """Exactly one address in the e-mail field."""
    email = inspection.table.columns.email
    for record in inspection.records:
        cell = inspection.table.value(record, email)
        if is_plain(cell):
            continue
        problem = _problem(cell, inspection.table.header(email) if email else "")
        if problem is None:
            continue
        says, values = problem
        yield RawFinding(
            says=says,
            values={"person": inspection.person(record), **values},
            evidence=(cell, *inspection.name_key(record)),
            record=record,
            field=email,
            excerpt=cell,
        )


def _problem(cell: str, header: str) -> tuple[Sentence, dict[str, Value]] | None:
    """What is wrong with the text of an e-mail cell; None if nothing is."""
    try:
        parse_address(cell)
    except LocalPartTooLong:
        return LONG_LOCAL_PART, {"address": Quoted(cell, 40), "octets": MAX_LOCAL}
    except AddressTooLong:
        return LONG, {"address": Quoted(cell, 40), "octets": MAX_ADDRESS}
    except AddressInvalid as error:
        reason = error.reason
    else:
        return None
    if not cell.strip():
        return NONE, {}
    if has_invisible(cell.strip()):
        return INVISIBLE, {"address": Quoted(cell)}
    addresses = [cell[start:end] for start, end in find_addresses(cell)]
    named: dict[str, Value] = dict(zip(("first", "second", "third"), map(Quoted, addresses), strict=False))
    if len(addresses) > _NAMED:
        return SEVERAL, {**named, "number": len(addresses), "more": len(addresses) - _NAMED}
    if len(addresses) > 1:
        return TWO if len(addresses) == 2 else THREE, named
    if (joined := _without_blank(cell)) is not None:
        return BLANK_WITHIN, {"cell": Quoted(cell), "joined": Quoted(joined)}
    if addresses and addresses[0] != cell.strip():
        return MORE_THAN_AN_ADDRESS, {**named, "cell": Quoted(cell), "header": Quoted(header, 40)}
    return INVALID, {"cell": Quoted(cell), "reason": Because(reason)}


def _without_blank(cell: str) -> str | None:
    """The address that a cell holds but for a blank beside a sign of it, as in "hugh. long@x.example"; None if not."""
    joined = _BLANK_BESIDE_SIGN.sub("", cell.strip())
    if joined == cell.strip():
        return None
    try:
        parse_address(joined)
    except AddressInvalid:
        return None
    return joined
