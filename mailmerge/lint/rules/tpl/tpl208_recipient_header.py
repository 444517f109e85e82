"""TPL208: each message goes to the address in its own row and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.letter import header_lines
from mailmerge.lint.views.message import MessageView
from mailmerge.lint.vocabulary import FREE_MAIL
from mailmerge.model import Severity
from mailmerge.model.patterns import Slot
from mailmerge.text.addresses import domain_key, domain_of, is_address, same_mailbox_key
from mailmerge.text.folding import normalise
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from mailmerge.letter import Letter


_HEADER_IN_CELL = regex(
    r"(?:^|[\r\n])[ \t]{0,9}(?:to|cc|bcc|from|sender|reply-to|resent-[a-z-]+|subject)[ \t]*:[^\r\n]*@", re.IGNORECASE
)
_ENCODED_WORD = regex(r"=\?[\w-]{1,40}\?[bq]\?[^?]*\?=", re.IGNORECASE)
_NOT_IN_NAMES = frozenset("@<>")


DOC = RuleDoc(
    title=N_("Each message goes to the address in its own row and nowhere else."),
    what=N_(
        "A letter or a cell that sets Cc, Bcc, Resent-*, a From that is not the same for everybody, a From or Reply-To "
        "that is not one of the sender's own addresses, or a To that is not the address in the row or has a name made "
        "of another column."
    ),
    why=N_(
        "A line break in a cell that turns into a Bcc header is the oldest attack on mail merges; and a Cc shows a "
        "second person to the first."
    ),
    bad=N_("Cc: {{ manager }}"),
    good=N_("To: {{ first_name }} {{ last_name }} <{{ email }}>"),
    fix=N_("Delete the header. To keep a copy, export the run instead."),
)
_COPY = Sentence(
    "tpl208.copy",
    one=N_("{letter}, line {line}: the letter sets {header}"),
    fix=N_("Delete the {header} header: each message goes to one person only. To keep a copy, use `mailmerge export`."),
)
_FIX_TO = N_("Delete the To header: each message then goes to the address in its own row.")
_SEVERAL = Sentence(
    "tpl208.several",
    one=N_("{letter}: To names {mailboxes} mailboxes; these people would see one another"),
    fix=_FIX_TO,
    many=N_("{letter}: To names {mailboxes} mailboxes; these people would see one another ({count} people: {lines})"),
)
_OTHER_TO = Sentence(
    "tpl208.other-to",
    one=N_("{person}: To is {address} instead of {own}"),
    fix=_FIX_TO,
    many=N_("{letter}: To is not the recipient's own address, such as {address} ({count} people: {lines})"),
)
_NO_TO = Sentence(
    "tpl208.no-to",
    one=N_("{letter}: To has no address"),
    fix=_FIX_TO,
    many=N_("{letter}: To has no address ({count} people: {lines})"),
)
_SAME_TO = Sentence(
    "tpl208.same-to",
    one=N_("{letter}: To is {address} for every recipient"),
    fix=_FIX_TO,
    many=N_("{letter}: To is {address} for every recipient ({count} people: {lines})"),
)
_FIX_SENDER = N_("Correct the cell, or write an address of the sender's own domain in the letter.")
_NOT_AN_ADDRESS = Sentence(
    "tpl208.not-an-address",
    one=N_("{person}: {header} is {address}, which is not a valid e-mail address"),
    fix=_FIX_SENDER,
)
_FOREIGN = Sentence(
    "tpl208.foreign",
    one=N_("{person}: {header} is {address}, which is not one of the sender's addresses"),
    fix=_FIX_SENDER,
)
_ADDRESS_IN_NAME = Sentence(
    "tpl208.address-in-name",
    one=N_("{person}: the name in {header} contains @, < or >: {name}"),
    fix=N_("Correct the cell."),
)
_FOREIGN_REPLY = Sentence(
    "tpl208.foreign-reply",
    one=N_("{letter}: replies would go to {address}, which is not one of the sender's addresses"),
    fix=N_("Use an address of the sender's own domain, or add it to allow_addresses under [lint] in campaign.toml."),
    many=N_(
        "{letter}: replies would go to {address}, which is not one of the sender's addresses ({count} people: {lines})"
    ),
)
_FROM_FIELD = Sentence(
    "tpl208.from-field",
    one=N_("{letter}, line {line}: From is made with {expression}, so the sender would differ between recipients"),
    fix=N_(
        "Write one From for everybody, such as From: Claire Martin <claire@example.com>, or leave From out: the "
        "messages then come from the account."
    ),
)
_RECIPIENT_REPLY = Sentence(
    "tpl208.recipient-reply",
    one=N_("{person}: replies would go to {address}, which is a recipient's address"),
    fix=N_("Write an address of the sender in Reply-To, or leave Reply-To out."),
    many=N_("{letter}: replies would go to a recipient's address, such as {address} ({count} people: {lines})"),
)
_REPLY_TO_SOMEBODY = Sentence(
    "tpl208.reply-to-somebody",
    one=N_("{letter}: replies would go to {address}, which is the address of {owners}"),
    fix=_RECIPIENT_REPLY.fix,
    many=N_("{letter}: replies would go to {address}, which is the address of {owners} ({count} people: {lines})"),
)
_OTHER_NAME = Sentence(
    "tpl208.other-name",
    one=N_('{letter}: the name in To is made with "{field}", which does not hold the recipients\' own names'),
    fix=_FIX_TO,
    many=N_(
        '{letter}: the name in To is made with "{field}", which does not hold the recipients\' own names ({count} '
        "people: {lines})"
    ),
)
_IN_CELL = Sentence(
    "tpl208.in-cell",
    one=N_("{person}: a cell tries to set a header: {text}"),
    fix=N_("Correct the cell."),
)
_BY_LETTER = frozenset({_SEVERAL, _NO_TO, _SAME_TO, _FOREIGN_REPLY, _REPLY_TO_SOMEBODY, _OTHER_NAME})
"""The letter alone is to blame: one finding, however many people it concerns."""


@rule("TPL208", "recipient-header", Severity.BLOCK, Suppression.NEVER, Scope.LETTER, DOC)
def recipient_header(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """Headers that would send the message to somebody else as well."""
    for header in letter.headers:
        name = header.name.casefold()
        if name in ("cc", "bcc") or name.startswith("resent-"):
            yield RawFinding(
                says=_COPY,
                values={"letter": Quoted(letter.name), "line": header.line, "header": Quoted(header.name)},
                evidence=(letter.name, name),
                letter=letter.name,
                letter_line=header.line,
            )
    lines = header_lines(letter, "From")
    for expression in letter.expressions:
        if expression.printed and expression.fields and expression.line in lines:
            yield RawFinding(
                says=_FROM_FIELD,
                values={
                    "letter": Quoted(letter.name),
                    "line": expression.line,
                    "expression": Quoted(expression.source, 40),
                },
                evidence=(letter.name, "from", expression.source),
                letter=letter.name,
                letter_line=expression.line,
                excerpt=expression.source,
            )


@also("TPL208", Scope.MESSAGE)
def recipient_of_message(view: MessageView) -> Iterator[RawFinding]:
    """To, From, Reply-To, and what a cell tries to put into a header."""
    letter = view.letter.letter.name
    for says, values, excerpt in _header_problems(view):
        common: dict[str, Value] = {"person": view.inspection.person(view.record), "letter": Quoted(letter)}
        general = says in _BY_LETTER
        yield RawFinding(
            says=says,
            values={**common, **values},
            evidence=(view.own_key, excerpt),
            record=view.record,
            letter=letter,
            letter_line=_line_of(view, says) if general else None,
            fields=_fields_of(view, says) if general or says is _OTHER_TO else (),
            excerpt=excerpt,
            cause=_cause(says, values, excerpt),
            general=general,
        )


def _line_of(view: MessageView, says: Sentence) -> int | None:
    """The line of the header that a sentence about the letter is about."""
    return min(_lines_of(view, says), default=None)


def _lines_of(view: MessageView, says: Sentence) -> Collection[int]:
    return header_lines(view.letter.letter, "Reply-To" if says in (_FOREIGN_REPLY, _REPLY_TO_SOMEBODY) else "To")


def _fields_of(view: MessageView, says: Sentence) -> tuple[str, ...]:
    """The fields that this header prints."""
    lines = _lines_of(view, says)
    expressions = view.letter.letter.expressions
    return tuple(sorted({name for each in expressions if each.line in lines for name in each.fields}))


def _cause(says: Sentence, values: dict[str, Value], excerpt: str) -> str:
    """What findings share that are one."""
    if says in (_RECIPIENT_REPLY, _OTHER_TO):
        return says.id
    return "\x1f".join((says.id, str(values.get("mailboxes", "")), excerpt)) if says in _BY_LETTER else ""


def _header_problems(view: MessageView) -> Iterator[tuple[Sentence, dict[str, Value], str]]:
    """What is wrong, what its sentence names, and the text."""
    message, own = view.message, view.recipient.address
    boxes = message.shape.mailboxes.get("To", ())
    if len(boxes) > 1:
        yield _SEVERAL, {"mailboxes": len(boxes)}, ""
    elif boxes and view.to.address.casefold() != own.casefold() and same_mailbox_key(view.to.address) != view.own_key:
        address = view.to.address
        if not address:  # nothing was written, or the value is blank
            yield _NO_TO, {}, address
        elif not boxes[0].address.slots:
            yield _SAME_TO, {"address": Quoted(address)}, address
        else:
            yield _OTHER_TO, {"address": Quoted(address), "own": Quoted(own)}, address
    for field in _names_of_others(view):
        yield _OTHER_NAME, {"field": Quoted(view.inspection.table.label(field), 40)}, field
    for header in ("From", "Reply-To"):
        for box in message.shape.mailboxes.get(header, ()):
            slots = (*box.name.slots, *box.address.slots)
            if header == "From" and (not slots or _fields_in(view, slots)):
                continue  # the sender's own; or said of the letter
            mailbox = box.fill(message.values)
            address, by_value = mailbox.address, bool(box.address.slots)
            named: dict[str, Value] = {"header": header, "address": Quoted(address)}
            if by_value and not (is_address(address) and address.isascii()):
                yield _NOT_AN_ADDRESS, named, address
            elif by_value and not _is_declared(view, address):
                yield _FOREIGN, named, address
            elif by_value and _is_of_a_recipient(view, address):
                yield _RECIPIENT_REPLY, named, address
            elif box.name.slots and not _NOT_IN_NAMES.isdisjoint(normalise(mailbox.name)):
                yield _ADDRESS_IN_NAME, {"header": header, "name": Quoted(mailbox.name)}, mailbox.name
            elif header == "Reply-To" and not by_value and not _is_senders_own(view, address):
                owners = view.inspection.identities.address_owners(same_mailbox_key(address))
                if owners:
                    yield _REPLY_TO_SOMEBODY, {**named, "owners": view.inspection.people(owners)}, address
                else:
                    yield _FOREIGN_REPLY, named, address
    name = view.inspection.printed(view.recipient.name)
    for printed in (*(view.printed[index] for index in view.shape.headers), name):
        if printed.once(_sets_header):
            yield _IN_CELL, {"text": Quoted(printed.text)}, printed.text


def _sets_header(_inspection: Inspection, value: str) -> bool:
    """Whether a cell could set a header field by itself."""
    plain = "\n".join(normalise(value).splitlines())
    return bool(("\n" in plain and _HEADER_IN_CELL.search(plain)) or ("=?" in plain and _ENCODED_WORD.search(plain)))


def _fields_in(view: MessageView, slots: Iterable[Slot]) -> set[str]:
    """The fields that are printed in some places."""
    expressions = view.message.shape.expressions
    return {field for slot in slots for field in expressions[slot.value].fields}


def _names_of_others(view: MessageView) -> list[str]:
    """The columns in the name in To that do not hold the people's own names; one with addresses is MSG303's."""
    slots = [slot for box in view.message.shape.mailboxes.get("To", ())[:1] for slot in box.name.slots]
    if not slots:
        return []
    table = view.inspection.table
    fields = _fields_in(view, slots) - view.inspection.fields_for_to - set(table.columns.emails)
    return sorted(fields & set(table.names))


def _is_of_a_recipient(view: MessageView, address: str) -> bool:
    """Whether an address that a cell gives is that of somebody in the table, and not the sender's."""
    key = same_mailbox_key(address)
    declared = {same_mailbox_key(each) for letter in view.inspection.letters for each in letter.declared_senders}
    return key not in declared | view.inspection.allowed and bool(view.inspection.identities.address_owners(key))


def _is_senders_own(view: MessageView, address: str) -> bool:
    """Whether an address that the letter writes is the sender's, of the sender's own domain, or allowed."""
    own = [mailbox.address for mailbox in view.message.mailboxes("From")]
    if view.inspection.sender is not None:
        own.append(view.inspection.sender.address)
    return not own or same_mailbox_key(address) in view.inspection.allowed or _is_of(address, own)


def _is_declared(view: MessageView, address: str) -> bool:
    """Whether an address that a cell gives is the sender's, or of a domain of theirs: what the last gate accepts."""
    own = [address for letter in view.inspection.letters for address in letter.declared_senders]
    if view.inspection.sender is not None:
        own.append(view.inspection.sender.address)
    return _is_of(address, own)


def _is_of(address: str, own: list[str]) -> bool:
    domains = {_domain(each) for each in own} - FREE_MAIL
    return same_mailbox_key(address) in map(same_mailbox_key, own) or _domain(address) in domains


def _domain(address: str) -> str:
    return domain_key(domain_of(address))
