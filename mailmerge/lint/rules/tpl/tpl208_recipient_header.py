"""TPL208: nobody but the record's own address is written to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.addresses import domain_key, is_address, same_mailbox_key
from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.message import MessageView
from mailmerge.lint.vocabulary import FREE_MAIL
from mailmerge.model import Severity
from mailmerge.text import shorten

if TYPE_CHECKING:
    from mailmerge.letter import Letter


_HEADER_IN_CELL = re.compile(
    r"(?:^|[\r\n])[ \t]{0,9}(?:to|cc|bcc|from|sender|reply-to|resent-[a-z-]+|subject)[ \t]*:[^\r\n]*@", re.IGNORECASE
)
_ENCODED_WORD = re.compile(r"=\?[\w-]{1,40}\?[bq]\?[^?]*\?=", re.IGNORECASE)
_NOT_IN_NAMES = frozenset("@<>")
_ONE_TO = "Write To: {{ name }} <{{ email }}> with the table's e-mail column, or leave To out."
_ONE_SENDER = "Correct the cell, or write an address of the sender's own domain into the letter."
_REPLY_TO = "Use an address of the sender's own domain, or name it in [lint] allow_addresses."


DOC = RuleDoc(
    title=N_("Nobody but the record's own address is written to."),
    what=N_(
        "a letter or a cell that sets Cc, Bcc, Resent-*, a From or Reply-To out of the sender's own addresses, or "
        "a To that is not this record's address."
    ),
    why=N_(
        "a line break in a cell that turns into a Bcc header is the oldest trick against mail merges; and a Cc "
        "shows a second person to the first."
    ),
    bad=N_("Cc: {{ manager }}"),
    good=N_("To: {{ prenom }} {{ nom }} <{{ email }}>"),
    fix=N_("delete the header. To keep a copy, export the run instead."),
)


@rule("TPL208", "recipient-header", Severity.BLOCK, Suppression.NEVER, Scope.LETTER, DOC)
def recipient_header(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """Nobody but the record's own address is written to."""
    for header in letter.headers:
        name = header.name.casefold()
        if name in ("cc", "bcc") or name.startswith("resent-"):
            yield Found(
                message=f"{letter.name}, line {header.line}: the letter sets {header.name}",
                fix=f"Delete the {header.name} header: one message goes to one person. "
                "For a copy, use `mailmerge export`.",
                evidence=(letter.name, name),
                letter=letter.name,
                letter_line=header.line,
            )


@also("TPL208", Scope.MESSAGE)
def recipient_of_message(view: MessageView) -> Iterator[Found]:
    """To, Reply-To and what a cell tries to put into a header."""
    letter = view.letter.letter.name
    for problem, fix, excerpt, by_letter in _header_problems(view):
        yield Found(
            message=f"{view.inspection.person(view.record)}: {problem}",
            fix=fix,
            evidence=(view.own_key, excerpt),
            record=view.record,
            letter=letter,
            excerpt=excerpt,
            cause=problem if by_letter else "",
            together=f"{letter}: {problem} ({{count}} people: {{lines}})",
            general=by_letter,
        )


def _header_problems(view: MessageView) -> Iterator[tuple[str, str, str, bool]]:
    """What is wrong, what to do, the text, and whether the letter alone is to blame."""
    message, own = view.message, view.recipient.address
    boxes = message.shape.mailboxes.get("To", ())
    if len(boxes) > 1:
        yield f"To names {len(boxes)} mailboxes: each of these people would see all the others", _ONE_TO, "", True
    elif boxes and view.to.address.casefold() != own.casefold() and same_mailbox_key(view.to.address) != view.own_key:
        address = view.to.address
        if boxes[0].address.slots:
            yield f"To is {shorten(address) or 'nobody'} instead of {shorten(own)}", _ONE_TO, address, False
        else:
            yield f"To is {shorten(address) or 'nobody'}, the same for everybody", _ONE_TO, address, True
    for header in ("From", "Reply-To"):
        for box, mailbox in zip(message.shape.mailboxes.get(header, ()), message.mailboxes(header), strict=True):
            address, by_value = mailbox.address, bool(box.address.slots)
            if by_value and not (is_address(address) and address.isascii()):
                yield f"{header} is {shorten(address)}, which is not one mail address", _ONE_SENDER, address, False
            elif by_value and not _is_declared(view, address):
                yield f"{header} is {shorten(address)}, which is not the sender's", _ONE_SENDER, address, False
            elif box.name.slots and not _NOT_IN_NAMES.isdisjoint(mailbox.name):
                yield (
                    f"the name in {header} holds @, < or >: {shorten(mailbox.name)}",
                    "Correct the cell.",
                    mailbox.name,
                    False,
                )
            elif header == "Reply-To" and not by_value and not _is_house(view, address):
                yield f"answers would go to {shorten(address)}, which is not the sender's", _REPLY_TO, address, True
    for value in (*(message.values[index] for index in view.shape.headers), view.recipient.name):
        broken = "\n" in value or "\r" in value
        if (broken and _HEADER_IN_CELL.search(value)) or ("=?" in value and _ENCODED_WORD.search(value)):
            yield f"a cell tries to set a header: {shorten(value)}", "Correct the cell.", value, False


def _is_house(view: MessageView, address: str) -> bool:
    """Whether an address that the letter writes is the sender's, of the sender's own domain, or allowed."""
    own = [mailbox.address for mailbox in view.message.mailboxes("From")]
    if view.inspection.sender is not None:
        own.append(view.inspection.sender.address)
    return not own or same_mailbox_key(address) in view.inspection.allowed or _is_of(address, own)


def _is_declared(view: MessageView, address: str) -> bool:
    """Whether an address that a cell gives is the sender's, or of a domain of theirs: what the last gate lets pass."""
    own = [address for letter in view.inspection.letters for address in letter.declared_senders]
    if view.inspection.sender is not None:
        own.append(view.inspection.sender.address)
    return _is_of(address, own)


def _is_of(address: str, own: list[str]) -> bool:
    domains = {_domain(each) for each in own} - FREE_MAIL
    return same_mailbox_key(address) in map(same_mailbox_key, own) or _domain(address) in domains


def _domain(address: str) -> str:
    return domain_key(address.rpartition("@")[2].casefold())
