"""The copies that somebody gives, whatever saved them: one mail of an .eml or .msg, those of the leak of a mailbox."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from mailmerge.errors import InputError, os_reason
from mailmerge.formats.compound import MAGIC
from mailmerge.i18n import N_
from mailmerge.incident.mail import CopyNote, FileRemark, Mail
from mailmerge.incident.read.internet_message import read_message
from mailmerge.incident.read.mailbox_file import MOST_OCTETS, MailPlace, look_through, read_at
from mailmerge.incident.read.outlook import read_msg
from mailmerge.text.addresses import same_mailbox_key
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_TNEF = b"\x78\x9f\x3e\x22"
_PST = b"!BDN"
MAIL_SUFFIXES = frozenset((".eml", ".msg", ".mbox", ".mbx"))
_HEADER = regex(rb"\A(?:\xef\xbb\xbf)?(?:[!-9;-~]{1,70}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2}")
_MAIL_FIELD = regex(
    rb"^(?:from|to|cc|bcc|sender|date|subject|message-id|received|return-path|delivered-to):",
    re.IGNORECASE | re.MULTILINE,
)
_REPLY = regex(r"^(?:(?:re|aw|sv|tr|fw|fwd|wg|ref|rép|antw|rif|r)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)

_MISSING = N_("{path} cannot be read: {why}")
_FOLDER = N_("{path} is a folder: give the mail itself, as .eml, .msg or .mbox")
_EMPTY = N_("{path} is empty: save the mail again")
_WINMAIL = N_(
    "{path} is a winmail.dat, which only Outlook reads: ask the sender to drag the mail out of Outlook as a .msg"
)
_PST_FILE = N_("{path} is an Outlook data file: open it in Outlook, and drag the mail out of it as a .msg")
_NO_MAIL = N_("{path} is not a mail: give the leaked mail as .eml, .msg or .mbox, the sender's own copy first")
_TOO_LARGE = N_("{path} is larger than {limit} MB: give the mail without its mailbox, as .eml or .msg")
_EMPTY_BOX = N_("no mail in {path} went to several people: export the folder that holds the leaked mail")


class EvidenceFile(Struct, frozen=True):
    """A file that was given, as it was when it was read."""

    path: Path
    sha256: str
    size: int
    kind: str
    """``eml``, ``msg`` or ``mbox``."""


class Copies(Struct, frozen=True):
    """Everything that was given."""

    evidence: tuple[EvidenceFile, ...]
    mails: tuple[Mail, ...]
    remarks: tuple[FileRemark, ...]


def read_copies(paths: Sequence[Path], *, whole: bool = False) -> Copies:
    """Read all copies; of a mailbox, the mails that belong to the leak, or the ``whole`` of it.

    Raises:
        InputError: one of them cannot be read, or is no mail.
    """
    mails: list[Mail] = []
    evidence: list[EvidenceFile] = []
    boxes: list[Path] = []
    for path in dict.fromkeys(paths):
        kind, content = _looked_at(path)
        evidence.append(EvidenceFile(path, sha256_of(path), path.stat().st_size, kind))
        if kind == "mbox":
            boxes.append(path)
        else:
            mails.append(read_msg(content, path) if kind == "msg" else read_message(content, path))
    remarks: list[FileRemark] = []
    for path in boxes:
        found, left = (_all_of(path), 0) if whole else _of_the_leak(path, mails)
        mails += found
        if left:
            remarks.append(FileRemark(CopyNote.UNRELATED, path.name, left))
    return Copies(tuple(evidence), tuple(mails), tuple(remarks))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal.

    Raises:
        InputError: it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise InputError(_MISSING, path=path, why=os_reason(error)) from None
    return digest.hexdigest()


def _looked_at(path: Path) -> tuple[str, bytes]:
    """What kind of file it is, and its content where that is one mail."""
    if path.is_dir():
        raise InputError(_FOLDER, path=path)
    try:
        with path.open("rb") as file:
            head = file.read(65_536)
        if head.startswith(b"From "):
            return "mbox", b""
        if not head.strip():
            raise InputError(_EMPTY, path=path)
        for beginning, sentence in ((_TNEF, _WINMAIL), (_PST, _PST_FILE)):
            if head.startswith(beginning):
                raise InputError(sentence, path=path)
        if not head.startswith(MAGIC) and not _is_message(head):
            raise InputError(_NO_MAIL, path=path)
        if path.stat().st_size > MOST_OCTETS:
            raise InputError(_TOO_LARGE, path=path, limit=MOST_OCTETS // 1_000_000)
        return "msg" if head.startswith(MAGIC) else "eml", path.read_bytes()
    except OSError as error:
        raise InputError(_MISSING, path=path, why=os_reason(error)) from None


def _is_message(head: bytes) -> bool:
    """Whether a file begins with the fields of a mail (RFC 5322 2.2), a known one among the first."""
    found = _HEADER.match(head)
    until = re.search(rb"\r?\n\r?\n", head)
    return found is not None and _MAIL_FIELD.search(head[: until.start() if until else len(head)]) is not None


# --- mailboxes -------------------------------------------------------------------------------------------------------


def _of_the_leak(path: Path, known: Sequence[Mail]) -> tuple[list[Mail], int]:
    """The mails of a mailbox that belong to the leak, and how many do not.

    The leak is what the other copies are, or else the mail of this mailbox that the most people are to be seen in;
    the same letter to other people and what answers it belong to it.
    """
    try:
        places = list(look_through(path))
        leak = _Leak(known) if known else _Leak(_greatest(places))
        if not known and not leak.is_exposure:
            raise InputError(_EMPTY_BOX, path=path)
        mails = [read_at(path, place) for place in places if leak.has(place.headers) or is_notice(place.headers)]
        chosen = [mail for mail in mails if not mail.failed or leak.is_given_back_by(mail)]
        return chosen, len(places) - len(chosen)
    except OSError as error:
        raise InputError(_MISSING, path=path, why=os_reason(error)) from None


def _all_of(path: Path) -> list[Mail]:
    try:
        return [read_at(path, place) for place in look_through(path)]
    except OSError as error:
        raise InputError(_MISSING, path=path, why=os_reason(error)) from None


def is_notice(mail: Mail) -> bool:
    """Whether its sender is a mail system that gives something back (RFC 3464 2)."""
    locals_ = {party.address.partition("@")[0].casefold() for party in mail.sender}
    return not locals_.isdisjoint(("mailer-daemon", "postmaster", "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e"))


def _greatest(places: Iterable[MailPlace]) -> list[Mail]:
    """The mail that the most people are to be seen in, and what it answers: an answer to everybody shows one more."""
    headers = [place.headers for place in places]
    if not headers:
        return []
    greatest = max(headers, key=lambda mail: len(mail.recipients))
    letter = fold(without_reply(greatest.subject))
    by_subject = is_reply(greatest.subject)
    answered = [
        mail
        for mail in headers
        if mail.message_id in greatest.references
        or (by_subject and len(mail.recipients) > 1 and fold(mail.subject) == letter)
    ]
    return [greatest, *answered]


class _Leak:
    """What makes a mail part of the leak."""

    def __init__(self, mails: Sequence[Mail]):
        self._ids = {mail.message_id for mail in mails if mail.message_id}
        self._letters = {_letter(mail) for mail in mails if mail.subject and mail.sender}
        self._thread = {reference for mail in mails for reference in mail.references}
        self.is_exposure = any(len(mail.recipients) > 1 for mail in mails)

    def has(self, mail: Mail) -> bool:
        return (
            mail.message_id in self._ids
            or not self._ids.isdisjoint(mail.references)
            or mail.message_id in self._thread
            or (bool(mail.subject) and _letter(mail) in self._letters)
            or self._answers(mail)
        )

    def is_given_back_by(self, mail: Mail) -> bool:
        """Whether a notice of non-delivery is about it."""
        return not mail.returned or not self._ids or not self._ids.isdisjoint(mail.returned)

    def _answers(self, mail: Mail) -> bool:
        """Whether it answers the letter by its subject alone, as programs do that give no references."""
        plain = _REPLY.sub("", mail.subject)
        return plain != mail.subject and any(subject == fold(plain) for subject, _sender in self._letters)


def _letter(mail: Mail) -> tuple[str, str]:
    sender = next(_addresses(mail), "")
    return fold(mail.subject), sender


def _addresses(mail: Mail) -> Iterator[str]:
    return (same_mailbox_key(party.address) for party in mail.sender if party.address)


def is_reply(subject: str) -> bool:
    """Whether a subject says that the mail answers another one."""
    return _REPLY.match(subject) is not None


def without_reply(subject: str) -> str:
    """The subject that was answered."""
    return _REPLY.sub("", subject)
