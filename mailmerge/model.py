"""The vocabulary: what a table, a person, a message and its state are. Values only; nothing here reads or writes.

RecordTable --(letter)--> Message --(seal)--> SealedMessage --(delivery)--> State
Record = Recipient        constants and      exact bytes
                          values apart       and envelope
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from mailmerge.addresses import Mailbox, same_mailbox_key
from mailmerge.patterns import MailboxPattern, Pattern
from mailmerge.text import one_line

# --- records -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the table."""

    header: str
    """As the file has it."""
    name: str
    """The identifier by which a letter uses it (:func:`mailmerge.text.identifier`); unique in its table."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row: a person."""

    number: int
    """Counts people from 1."""
    line: int
    """The line that a spreadsheet shows (the header is 1)."""
    values: tuple[str, ...]
    """One for each field of the table, in its order; surrounding spaces trimmed."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which fields (by identifier) say who a record is. Empty where there is none.

    A person may have several identities: a birth name, a second address. All of them are theirs; one is written to.
    """

    email: str = ""
    """The address that is written to."""
    first_name: str = ""
    last_name: str = ""
    full_name: str = ""
    civility: str = ""
    language: str = ""
    usual_first_name: str = ""
    """The first name that a person goes by, beside :attr:`first_name`; used where it is filled in."""
    usual_last_name: str = ""
    """The surname that a person goes by (nom d'usage), beside :attr:`last_name`; used where it is filled in."""
    other_last_names: tuple[str, ...] = ()
    """Further surnames of the same person, such as the birth name."""
    other_emails: tuple[str, ...] = ()
    """Further addresses of the same person, which nothing is sent to."""

    @property
    def first_names(self) -> tuple[str, ...]:
        """The fields that hold a first name, the one that is used first."""
        return tuple(name for name in (self.usual_first_name, self.first_name) if name)

    @property
    def last_names(self) -> tuple[str, ...]:
        """The fields that hold a surname, the one that is used first."""
        return tuple(name for name in (self.usual_last_name, self.last_name, *self.other_last_names) if name)

    @property
    def names(self) -> tuple[str, ...]:
        """Every field that holds a name of the person, or a part of one."""
        return (*self.first_names, *self.last_names, *((self.full_name,) if self.full_name else ()))

    @property
    def shown_names(self) -> tuple[str, ...]:
        """The fields of which the name in To is made: none of :attr:`names` that is known but not used."""
        if self.full_name:
            return (self.full_name,)
        return tuple(name for name in self.names if name not in self.other_last_names)

    @property
    def emails(self) -> tuple[str, ...]:
        """Every field that holds an address of the person, the one that is written to first."""
        return (*((self.email,) if self.email else ()), *self.other_emails)


class Evidence(StrEnum):
    """Why a column was taken for the e-mail column, or for a name."""

    SET = "set"
    """Somebody decided it."""
    HEADER = "header"
    """Its header is a usual word for it."""
    CONTENT = "content"
    """Only what it holds speaks for it."""


@dataclass(frozen=True, slots=True)
class ColumnReason:
    """Why these columns; a face makes a sentence of it."""

    evidence: Evidence
    columns: tuple[str, ...]
    """Identifiers of the columns chosen."""
    instead_of: tuple[str, ...] = ()
    """Identifiers of other columns that hold the like: addresses, names."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the file was read; everything here can be set by hand instead."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_line: int = 1
    runner_up: str = ""
    """The next best reading, in words, where the evidence left one; shown so that a person can decide."""


class DefectKind(StrEnum):
    """What is wrong with a table."""

    RAGGED = "ragged"
    """``cells`` in a row of ``columns``: more, or fewer."""
    DUPLICATE_HEADER = "duplicate-header"
    """``header`` names the columns ``first`` and ``second``, counted from 1."""
    EMPTY_HEADER = "empty-header"
    """``column``, counted from 1, has values and no header."""
    NO_EMAIL_COLUMN = "no-email-column"
    AMBIGUOUS_EMAIL_COLUMN = "ambiguous-email-column"
    """``first``, ``second`` and ``third`` are the headers, as many as there are, of ``columns``."""
    FOREIGN_EMAIL_COLUMN = "foreign-email-column"
    """Likewise."""
    AMBIGUOUS_DELIMITER = "ambiguous-delimiter"
    """``best`` gives ``columns``, ``other`` gives ``other_columns``."""
    SWALLOWED_ROW = "swallowed-row"
    """A cell in ``column``, counted from 1, holds ``absorbed`` further lines, or more of them (``at_least``)."""
    NEVER_CALCULATED = "never-calculated"
    """``header`` is that of the column."""
    UNLOCALISED = "unlocalised"
    """Dates whose format follows a language that is unknown; ``header`` is that of the column."""


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that the reader met and did not repair; the linter reports it (LST101, LST102, LST119, LST121)."""

    kind: DefectKind
    values: Mapping[str, str | int] = field(default_factory=dict)
    """What its sentence is made of (:mod:`mailmerge.records.defects`): texts of cells as they are, and numbers."""
    line: int | None = None
    record: int | None = None
    field: str | None = None


@dataclass(frozen=True)
class RecordTable:
    """A table of people, as read from one file."""

    path: Path
    dialect: Dialect
    fields: tuple[Field, ...]
    records: Sequence[Record]
    columns: Columns
    defects: tuple[Defect, ...] = ()
    notices: tuple[str, ...] = ()
    """What the reader left out on purpose (hidden rows and columns), in words; shown, never a finding."""
    email_reason: ColumnReason | None = None
    """Why the e-mail column is the one it is; None where there is none."""
    names_reason: ColumnReason | None = None
    """Why the columns of names are those they are; None where there are none."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The identifiers, in the table's order."""
        return tuple(field.name for field in self.fields)

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return {name: position for position, name in enumerate(self.names)}

    def value(self, record: Record, name: str) -> str:
        """The record's value of a field, ``""`` where the table has no such field."""
        position = self._positions.get(name)
        return "" if position is None else record.values[position]

    def values(self, record: Record) -> dict[str, str]:
        """All values of a record by identifier: what a letter can use."""
        return dict(zip(self.names, record.values, strict=True))

    def header(self, name: str) -> str:
        """The header of a field, as the file has it."""
        return self.fields[self._positions[name]].header

    def first_of(self, record: Record, names: Sequence[str]) -> str:
        """The record's value of the first of these fields in which it has one; ``""`` where it has none."""
        return next((value for name in names if (value := self.value(record, name))), "")

    @cached_property
    def first_names(self) -> tuple[str, ...]:
        """:attr:`Columns.first_names`, made once."""
        return self.columns.first_names

    @cached_property
    def last_names(self) -> tuple[str, ...]:
        """:attr:`Columns.last_names`, made once."""
        return self.columns.last_names

    @cached_property
    def _name_fields(self) -> tuple[tuple[str, ...], ...]:
        columns = self.columns
        if columns.full_name:
            return ((columns.full_name,),)
        return tuple(filter(None, (self.first_names, self.last_names)))

    def name_of(self, record: Record) -> str:
        """The full name that a person goes by, as far as the table has it: the usual name before the one at birth."""
        return " ".join(filter(None, (self.first_of(record, names) for names in self._name_fields)))

    def record(self, number: int) -> Record:
        """The record with this number.

        Raises:
            IndexError: there is none.
        """
        if not 1 <= number <= len(self.records):
            raise IndexError(number)
        return self.records[number - 1]


@dataclass(frozen=True, slots=True)
class Recipient:
    """The person a record names."""

    record: Record
    name: str
    """Full name as the table gives it, ``""`` where it has none."""
    address: str
    """The addr-spec; the cell's text as it stands where that is not exactly one address (LST105 blocks it)."""


# --- letter ------------------------------------------------------------------------------------------------------


SIGNATURE = "signature"
"""How a letter names the signature of the account that it is sent from."""


@dataclass(frozen=True, slots=True)
class Expression:
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


@dataclass(frozen=True, eq=False, slots=True)
class Shape:
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


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file cannot be sent; :func:`mailmerge.letter.problems.explain` makes a sentence of it."""

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


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels with the message."""

    path: Path
    filename: str
    media_type: str
    """``type/subtype`` (RFC 2045 5.1)."""
    content: bytes
    """Shared between the messages that carry the same file."""
    content_id: str = ""
    """Set (without angle brackets) where an ``<img>`` of the HTML part names this file (RFC 2392)."""
    problem: Problem | None = None
    """Why the file cannot be sent (missing, empty, outside the folder, a symbolic link); ATT504 blocks it."""


@dataclass(frozen=True, slots=True)
class Message:
    """What one recipient gets, with constants and values still told apart."""

    recipient: Recipient
    shape: Shape
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


# --- outbox ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stamp:
    """What makes a message of one run unlike that of another: fixed once, when the run is sealed."""

    key: bytes = field(repr=False)
    """128 random bits. Message-IDs and boundaries are keyed digests under it: they tell nobody anything, whose place
    in the table least of all. Kept nowhere: the sealed bytes hold all that was made with it."""
    date: datetime.datetime
    """With a time zone (RFC 5322 3.3)."""

    @classmethod
    def fresh(cls, date: datetime.datetime) -> Stamp:
        """A stamp that nobody can guess, for one run."""
        return cls(secrets.token_bytes(16), date)


@dataclass(frozen=True, slots=True)
class Envelope:
    """RFC 5321 envelope of one message."""

    reverse_path: str
    forward_path: str
    """Exactly one, by type: sharing an envelope is what this program exists to prevent."""


@dataclass(frozen=True, slots=True)
class SealedMessage:
    """One person's exact bytes and envelope: nothing about it can change any more."""

    record: int
    name: str
    envelope: Envelope
    message_id: str
    """With angle brackets, as in the header field."""
    content: bytes
    """CRLF line ends, 7-bit; what is handed to DATA before dot-stuffing."""
    sha256: str
    """Lower-case hexadecimal, of :attr:`content`."""


class State(StrEnum):
    """Where one message of a run stands. Never "delivered": a 250 means that the server accepted it."""

    PENDING = "pending"
    SUBMITTING = "submitting"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    EXCLUDED = "excluded"

    @classmethod
    def _missing_(cls, value: object) -> State:
        """A damaged record may hold a word that is not a state: nobody knows what became of that message."""
        return cls.UNKNOWN


class Severity(StrEnum):
    """What a finding does to the send."""

    BLOCK = "block"
    """Stops it."""
    WARN = "warn"
    """Must be looked at."""
    INFO = "info"
    """Is listed."""
