"""TPL208: each message goes to the address in its own row and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.addresses import domain_key, is_address, same_mailbox_key
from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.message import MessageView
from mailmerge.lint.vocabulary import FREE_MAIL
from mailmerge.model import Severity

if TYPE_CHECKING:
    from mailmerge.letter import Letter


_HEADER_IN_CELL = re.compile(
    r"(?:^|[\r\n])[ \t]{0,9}(?:to|cc|bcc|from|sender|reply-to|resent-[a-z-]+|subject)[ \t]*:[^\r\n]*@", re.IGNORECASE
)
_ENCODED_WORD = re.compile(r"=\?[\w-]{1,40}\?[bq]\?[^?]*\?=", re.IGNORECASE)
_NOT_IN_NAMES = frozenset("@<>")


DOC = RuleDoc(
    title=N_("Each message goes to the address in its own row and nowhere else."),
    what=N_(
        "A letter or a cell that sets Cc, Bcc, Resent-*, a From or Reply-To that is not one of the sender's own "
        "addresses, or a To that is not the address in the row."
    ),
    why=N_(
        "A line break in a cell that turns into a Bcc header is the oldest attack on mail merges; and a Cc shows a "
        "second person to the first."
    ),
    bad=N_("Cc: {{ manager }}"),
    good=N_("To: {{ prenom }} {{ nom }} <{{ email }}>"),
    fix=N_("Delete the header. To keep a copy, export the run instead."),
)
_COPY = Sentence(
    "tpl208.copy",
    one=N_("{letter}, line {line}: the letter sets {header}"),
    fix=N_("Delete the {header} header: each message goes to one person only. To keep a copy, use `mailmerge export`."),
)
_FIX_TO = N_("Write To: {{{{ name }}}} <{{{{ {email} }}}}>, or leave To out.")
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
_IN_CELL = Sentence(
    "tpl208.in-cell",
    one=N_("{person}: a cell tries to set a header: {text}"),
    fix=N_("Correct the cell."),
)
_BY_LETTER = frozenset({_SEVERAL, _NO_TO, _SAME_TO, _FOREIGN_REPLY})
"""The letter alone is to blame: one finding, however many people it concerns."""


@rule("TPL208", "recipient-header", Severity.BLOCK, Suppression.NEVER, Scope.LETTER, DOC)
def recipient_header(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """Headers that would send the message to somebody else as well."""
    for header in letter.headers:
        name = header.name.casefold()
        if name in ("cc", "bcc") or name.startswith("resent-"):
            yield Found(
                says=_COPY,
                values={"letter": Quoted(letter.name), "line": header.line, "header": Quoted(header.name)},
                evidence=(letter.name, name),
                letter=letter.name,
                letter_line=header.line,
            )


@also("TPL208", Scope.MESSAGE)
def recipient_of_message(view: MessageView) -> Iterator[Found]:
    """To, From, Reply-To, and what a cell tries to put into a header."""
    letter = view.letter.letter.name
    common: dict[str, Value] = {
        "person": view.inspection.person(view.record),
        "letter": Quoted(letter),
        "email": view.inspection.table.columns.email or "email",
    }
    for says, values, excerpt in _header_problems(view):
        general = says in _BY_LETTER
        yield Found(
            says=says,
            values={**common, **values},
            evidence=(view.own_key, excerpt),
            record=view.record,
            letter=letter,
            excerpt=excerpt,
            cause="\x1f".join((says.id, str(values.get("mailboxes", "")), excerpt)) if general else "",
            general=general,
        )


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
    for header in ("From", "Reply-To"):
        for box, mailbox in zip(message.shape.mailboxes.get(header, ()), message.mailboxes(header), strict=True):
            address, by_value = mailbox.address, bool(box.address.slots)
            named: dict[str, Value] = {"header": header, "address": Quoted(address)}
            if by_value and not (is_address(address) and address.isascii()):
                yield _NOT_AN_ADDRESS, named, address
            elif by_value and not _is_declared(view, address):
                yield _FOREIGN, named, address
            elif box.name.slots and not _NOT_IN_NAMES.isdisjoint(mailbox.name):
                yield _ADDRESS_IN_NAME, {"header": header, "name": Quoted(mailbox.name)}, mailbox.name
            elif header == "Reply-To" and not by_value and not _is_house(view, address):
                yield _FOREIGN_REPLY, named, address
    for value in (*(message.values[index] for index in view.shape.headers), view.recipient.name):
        broken = "\n" in value or "\r" in value
        if (broken and _HEADER_IN_CELL.search(value)) or ("=?" in value and _ENCODED_WORD.search(value)):
            yield _IN_CELL, {"text": Quoted(value)}, value


def _is_house(view: MessageView, address: str) -> bool:
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
    return domain_key(address.rpartition("@")[2].casefold())
