"""MSG304: no address but this person's and the sender's."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.lint.views.layout import Address
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text.folding import normalise

DOC = RuleDoc(
    title=N_("No address but this person's and the sender's."),
    what=N_(
        "An e-mail address in any part, header or link of a message that is not the recipient's, not the sender's, "
        "and not allowed by name."
    ),
    why=N_("It needs no list to be right: whoever the address belongs to, this person was not meant to see it."),
    bad=N_('"as agreed with paul.durham@client.example" in a comment that the letter prints'),
    good=N_("the recipient's own address; the sender's; [lint] allow_addresses = [\"dpo@exemple.test\"]"),
    fix=N_("Remove the address from the cell or the letter, or allow it by name if everybody may see it."),
)
IN_CELL = Sentence(
    "msg304.cell",
    one=N_("{person} would see the address {address}, which is neither theirs nor allowed"),
    fix=N_('Remove it from "{source}"; if it is one of your own addresses, add it to allow_addresses under [lint].'),
    many=N_("{count} people would see the address {address}, which is neither theirs nor allowed ({lines})"),
)
IN_COLUMN = Sentence(
    "msg304.column",
    one=IN_CELL.one,
    fix=N_(
        'Remove "{source}" from the letter. If it holds addresses of colleagues on purpose, add {field} to '
        "names_of_others under [lint]."
    ),
    many=N_(
        '{count} people would see an address in "{source}" that is neither theirs nor allowed, such as {address} '
        "({lines})"
    ),
)
JOINED = Sentence(
    "msg304.joined",
    one=IN_CELL.one,
    fix=N_(
        "Correct the cells, or the words beside them in {letter}, that make up this address; if it is one of your own "
        "addresses, add it to allow_addresses under [lint]."
    ),
    many=IN_CELL.many,
)
IN_LETTER = Sentence(
    "msg304.letter",
    one=N_("{letter} contains the address {address}, which is neither the recipient's nor allowed"),
    fix=N_("Remove it from {letter}; if it is one of your own addresses, add it to allow_addresses under [lint]."),
    many=N_(
        "{letter} contains the address {address}, which is neither the recipient's nor allowed "
        "(people affected: {count}; {lines})"
    ),
)
SEVERAL_IN_LETTER = Sentence(
    "msg304.several",
    one=N_("{letter} contains {addresses} addresses that are neither the recipient's nor allowed, such as {address}"),
    fix=N_("Remove them from {letter}, or everybody will see them."),
    many=N_(
        "{letter} contains {addresses} addresses that are neither the recipient's nor allowed, such as {address} "
        "(people affected: {count}; {lines})"
    ),
)

_FEW_ADDRESSES = 3
"""Addresses of a letter that are each reported; more are reported together."""


@rule("MSG304", "foreign-address", Severity.BLOCK, Suppression.ALLOW, Scope.MESSAGE, DOC)
def foreign_address(view: MessageView) -> Iterator[RawFinding]:
    """No address but this person's and the sender's."""
    letter = view.letter.letter.name
    owners = view.inspection.identities.address_owners
    for address in view.addresses:
        if owners(address.key):
            continue  # XRC401 says whose it is
        if _is_in_disguise(address):
            continue
        index = next(
            (index for index, value in enumerate(view.message.values) if address.text in normalise(value)), None
        )
        values: dict[str, Value] = {
            "person": view.inspection.person(view.record),
            "address": Quoted(address.text),
            "letter": Quoted(letter),
        }
        if index is not None:
            values["source"] = view.source_of(index)
        field = None if index is None else view.field_of(index)
        if field in view.inspection.settings.names_of_others:
            continue
        in_column = field in view.inspection.address_columns
        values["field"] = field or ""
        yield RawFinding(
            says=JOINED if index is None else IN_COLUMN if in_column else IN_CELL,
            values=values,
            evidence=(view.own_key, address.key),
            record=view.record,
            field=field,
            excerpt=address.text,
            cause=f"column\x1f{field}" if in_column else address.key,
            allows="" if in_column else address.text,
        )
    if len(view.shape.addresses) > _FEW_ADDRESSES:
        first = view.shape.addresses[0].text
        yield RawFinding(
            says=SEVERAL_IN_LETTER,
            values={"letter": Quoted(letter), "addresses": len(view.shape.addresses), "address": Quoted(first)},
            evidence=(letter, *sorted(address.key for address in view.shape.addresses)),
            record=view.record,
            letter=letter,
            excerpt=first,
            cause=f"letter\x1f{letter}",
            general=True,
        )
        return
    for address in view.shape.addresses:
        if address.key not in view.own_keys and not _is_in_disguise(address):
            yield RawFinding(
                says=IN_LETTER,
                values={"letter": Quoted(letter), "address": Quoted(address.text)},
                evidence=(view.own_key, address.key),
                record=view.record,
                letter=letter,
                excerpt=address.text,
                cause=f"letter\x1f{address.key}",
                general=True,
                allows=address.text,
            )


def _is_in_disguise(address: Address) -> bool:
    """Whether an address is percent-encoded: MSG305 says whose it is."""
    return "%" in address.text and unquote(address.text) != address.text
