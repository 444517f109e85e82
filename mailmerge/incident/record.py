"""``incident.json``: the facts of an incident, in numbers and digests; nobody is named in it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from mailmerge.errors import InputError, os_reason
from mailmerge.files.home import write_atomically, writing
from mailmerge.i18n import N_
from mailmerge.incident.facts import still_open

RECORD_FILE = "incident.json"
_FORMAT = 1


class EvidenceRecord(msgspec.Struct, frozen=True):
    """A file that was given."""

    file: str
    """Its path; it stays where it is."""
    sha256: str
    size: int
    kind: str


class MailRecord(msgspec.Struct, frozen=True):
    """A mail of the leak."""

    at: str | None
    """When it was sent, to the minute, in its own zone; None where it does not say."""
    answer: bool
    by: int
    """The number in ``people.csv`` of whoever answered; 0 for the sender of the leak."""
    to: int
    cc: int
    bcc: int
    files: int
    sender_copy: bool


class RuleRecord(msgspec.Struct, frozen=True):
    """A rule that would have stopped the mail, and how often."""

    code: str
    name: str
    findings: int


class RemarkRecord(msgspec.Struct, frozen=True):
    """What a copy could not show."""

    note: str
    file: str = ""
    """The ending of its name: the name may be somebody's."""
    count: int = 0


class IncidentRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known of an incident, without anybody's data."""

    format: int = _FORMAT
    opened: str
    language: str
    """Of the letter of apology, which is that of the leaked mail."""
    aware: str
    zone: str
    deadline: str
    evidence: tuple[EvidenceRecord, ...]
    mails: tuple[MailRecord, ...]
    people: int
    exposed: int
    """Of whom others could see something."""
    received: int
    bounced: int
    unreachable: int
    """Exposed people whom no mail reaches: without an address, or whose mail came back."""
    disclosures: int
    seen_by_least: int
    seen_by_most: int
    titled: bool
    """Whether a title and a surname are known of anybody exposed, to greet them with."""
    named: bool
    """Whether a full name is."""
    colleagues: int
    """People whom somebody of their own employer could see."""
    shown: dict[str, int]
    """How many people by what was to be seen of them."""
    categories: tuple[str, ...]
    proposed: tuple[str, ...]
    rules: tuple[RuleRecord, ...] = ()
    rules_on: int = 0
    """On how many people the rules were tried."""
    remarks: tuple[RemarkRecord, ...] = ()
    bystanders: int = 0
    """Exposed people who did not get the mail themselves: they are in a list in it, or attached to it."""
    exposed_readers: int = 0
    """Exposed people who did."""
    facts: dict[str, str] = {}
    """By their keys, what somebody filled in."""
    written: dict[str, str] = {}
    """The files of the folder, each with its SHA-256 when it was written."""

    @property
    def sent(self) -> str | None:
        """When the first mail left."""
        times = sorted(mail.at for mail in self.mails if mail.at and not mail.answer)
        return times[0] if times else None

    @property
    def is_mixed(self) -> bool:
        """Whether some of the people exposed got the mail, and some did not."""
        return self.bystanders > 0 and self.exposed_readers > 0

    @property
    def answers(self) -> list[MailRecord]:
        """The answers to everybody, in their order."""
        return sorted((mail for mail in self.mails if mail.answer), key=lambda mail: mail.at or "~")

    @property
    def open(self) -> list[str]:
        """The keys of what is still to be filled in."""
        return still_open(self.facts, dated=self.sent is not None)


def save_record(folder: Path, record: IncidentRecord) -> None:
    """Write ``incident.json``.

    Raises:
        InputError: it cannot be written.
    """
    path = folder / RECORD_FILE
    with writing(path):
        write_atomically(path, msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n")


def read_record(folder: Path) -> IncidentRecord:
    """The record of an incident.

    Raises:
        InputError: there is none, or it cannot be read.
    """
    path = folder / RECORD_FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=IncidentRecord)
    except FileNotFoundError:
        raise InputError(
            N_("{folder} is not the folder of an incident: there is no {file} in it; give the DIR of `incident open`"),
            folder=folder,
            file=RECORD_FILE,
        ) from None
    except OSError as error:
        raise InputError(N_("cannot read {path}: {why}"), path=path, why=os_reason(error)) from None
    except (msgspec.MsgspecError, ValueError):
        raise InputError(
            N_("{path} is damaged: restore it from a backup, or open the incident again in a new folder"), path=path
        ) from None
