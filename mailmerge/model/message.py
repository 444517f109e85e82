"""One person, and the message that a letter makes for them: constants and values apart."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from mailmerge.model.patterns import MailboxPattern, Pattern
from mailmerge.model.table import Record
from mailmerge.text.addresses import Mailbox, same_mailbox_key
from mailmerge.text.shown import one_line


class Recipient(Struct, frozen=True):
    """The person a record names."""

    record: Record
    name: str
    """Full name as the table gives it, ``""`` where it has none."""
    address: str
    """The addr-spec; the cell's text as it stands where that is not exactly one address (LST105 blocks it)."""


SIGNATURE = "signature"
"""How a letter names the signature of the account that it is sent from."""


class Expression(Struct, frozen=True):
    """A Jinja expression of a letter: ``{{ nom|proper }}``, or the condition of an ``{% if %}``."""

    source: str
    fields: frozenset[str]
    """Identifiers it reads."""
    line: int
    """Its line in the template file."""
    printed: bool
    """Whether its value lands in the message (otherwise it only steers)."""
    has_default: bool = False
    """Whether the author said what to print for a blank: ``{{ titre|default("") }}``."""
    cell: str = ""
    """The field whose cell it is, unchanged but for its case; ``""`` if it is made in any other way."""


class GapKind(StrEnum):
    """What a line lacks to which no condition gave words."""

    WORDS = "words"
    """It says nothing."""
    WORD = "word"
    """A blank before a comma or a full stop."""
    TITLE = "title"
    """It greets, and none of the alternatives for a title held."""
    BETWEEN = "between"
    """A word in the middle of a sentence: "you work at the since May"."""


class Gap(Struct, frozen=True):
    """A line that a condition of the letter left without words."""

    line: Pattern
    """What is left of it."""
    kind: GapKind


class Layout(Struct, frozen=True, eq=False):
    """What all messages of one set of branches share: everything but the values. Compared by identity."""

    language: str
    """BCP 47 tag for Content-Language; ``""`` where unknown."""
    expressions: tuple[Expression, ...]
    """The expression that printed each value."""
    source: Pattern
    """The body as the author wrote it."""
    subject: Pattern
    mailboxes: Mapping[str, tuple[MailboxPattern, ...]]
    """``From``, ``To``, ``Reply-To``, ``Cc``, ``Bcc``, those that the letter sets."""
    extra_headers: tuple[tuple[str, Pattern], ...]
    """The declared ``X-*`` fields."""
    text: Pattern
    html: Pattern | None
    attachments: tuple[Pattern, ...]
    """Paths, relative to the letter."""
    gaps: tuple[Gap, ...] = ()


class ProblemKind(StrEnum):
    """Why a file cannot be sent. The values are part of fingerprints and never change."""

    EMPTY = "empty"
    ENCODED_WORD = "encoded-word"
    """Its name reads as an encoded word (RFC 2047)."""
    LEADS_OUT = "leads-out"
    """Its name in the cell could lead out of the folder that the letter names."""
    LINK = "link"
    """It is a symbolic link, or in a folder that is one."""
    MISSING = "missing"
    NOT_A_FILE = "not-a-file"
    OUTSIDE = "outside"
    """It is outside the letter's folder."""
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"


class FileProblem(Struct, frozen=True):
    """Why a file cannot be sent; :func:`mailmerge.letter.wire.problems.explain` makes a sentence of it."""

    kind: ProblemKind
    folder: str = ""
    """For ``LEADS_OUT``: the folder that the letter names; ``""`` for the letter's own."""
    limit: int = 0
    """For ``TOO_LARGE``: the megabytes allowed."""
    reason: str = ""
    """For ``UNREADABLE``: what the operating system says."""

    @property
    def token(self) -> str:
        """The same for the same problem, on every system and in every language."""
        return f"{self.kind}:{self.folder}" if self.folder else str(self.kind)


class Attachment(Struct, frozen=True):
    """A file that travels with the message."""

    path: Path
    filename: str
    media_type: str
    """``type/subtype`` (RFC 2045 5.1)."""
    content: bytes
    """Shared between the messages that carry the same file."""
    content_id: str = ""
    """Set (without angle brackets) where an ``<img>`` of the HTML part names this file (RFC 2392)."""
    problem: FileProblem | None = None
    """Why the file cannot be sent (missing, empty, outside the folder, a symbolic link); ATT504 blocks it."""


class Message(Struct, frozen=True):
    """What one recipient gets, with constants and values still told apart."""

    recipient: Recipient
    shape: Layout
    values: tuple[str, ...]
    """Every printed value, in the order of printing."""
    blanks: tuple[Expression, ...] = ()
    """Printed expressions that came out blank without a ``default`` (TPL201)."""
    attachments: tuple[Attachment, ...] = ()

    @property
    def subject(self) -> str:
        """The subject, on one line."""
        return one_line(self.shape.subject.fill(self.values))

    @property
    def to(self) -> Mailbox:
        """The sole To mailbox: the letter's own where it sets one, else the record's.

        A letter that writes the record's mailbox in another way (in capitals) means that address.
        """
        own = self.recipient.address
        set_by_letter = self.mailboxes("To")
        if not set_by_letter:
            return Mailbox(self.recipient.name, own)
        to = set_by_letter[0]
        if to.address != own and same_mailbox_key(to.address) == same_mailbox_key(own):
            return Mailbox(to.name, own)
        return to

    def mailboxes(self, header: str) -> tuple[Mailbox, ...]:
        """The mailboxes that the letter sets in a header field; empty where it does not set the field."""
        return tuple(pattern.fill(self.values) for pattern in self.shape.mailboxes.get(header, ()))

    @property
    def text(self) -> str:
        """The text part, lines ended by ``\\n``."""
        return self.shape.text.fill(self.values)

    @property
    def html(self) -> str | None:
        """The HTML part, None for a plain letter."""
        return None if self.shape.html is None else self.shape.html.fill(self.values)
