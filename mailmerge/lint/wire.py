"""The last gate: what leaves has exactly one recipient, on the exact bytes, whatever made them.

It stands apart from all that composes messages. CPython up to 3.12.1 folds ``=?UTF-8?Q?=0ABcc:_x@y?=`` in a name into
a real Bcc header (CVE-2024-6923), a long quoted display name can refold into a second mailbox, and
``Address(domain="x.fr>, <b@y.fr")`` yields two. So the bytes are read again by a scanner of its own that accepts no
more than the narrow grammar this program writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from mailmerge.addresses import same_mailbox_key
from mailmerge.errors import Blocked
from mailmerge.lint.finding import Suppression
from mailmerge.lint.headers import NotCanonical, Scan, as_scanned, encoded_text, one_mailbox, scan_headers
from mailmerge.lint.mime import leaf_parts
from mailmerge.lint.registry import Scope, rule
from mailmerge.lint.vocabulary import FREE_MAIL, words
from mailmerge.model import SealedMessage, Severity, State
from mailmerge.text import shorten

LONGEST_LINE = 998
"""Octets, without CRLF (RFC 5322 2.1.1)."""
_SLICE = 256 << 10
"""Octets that are scanned at a time."""

_KNOWN = words(
    "from to reply-to subject date message-id mime-version content-type content-transfer-encoding content-language "
    "auto-submitted return-path disposition-notification-to"
)
_NEEDED = ("from", "to", "subject", "date", "message-id", "mime-version", "content-type")


def gate(sealed: SealedMessage, *, senders: Collection[str]) -> None:
    """Let one message pass, or refuse it: at sealing, and again before each DATA. A scan of the bytes, and quick.

    Raises:
        Blocked: which rule refuses it, and why.
    """
    for code, problem in _problems(sealed, senders):
        raise refusal(code, problem, sealed)


def refusal(code: str, problem: str, sealed: SealedMessage) -> Blocked:
    """The error by which a rule keeps a message back."""
    return Blocked(f"{code}: {problem} (record {sealed.record}); nothing of it was sent", rule=code)


def _problems(sealed: SealedMessage, senders: Collection[str]) -> Iterator[tuple[str, str]]:
    yield from (("WIR904", problem) for problem in sealed_digest(sealed))
    sealed = as_scanned(sealed)
    yield from (("WIR903", problem) for problem in canonical_bytes(sealed))
    try:
        scan = scan_headers(sealed.content)
        yield from (("WIR902", problem) for problem in header_set(scan))
        yield from (("WIR901", problem) for problem in one_recipient(sealed, scan))
        yield from (("WIR905", problem) for problem in sender_headers(sealed, scan, senders))
        leaf_parts(sealed.content, scan)
    except NotCanonical as error:
        yield "WIR903", str(error)


@rule("WIR901", "one-recipient", Severity.BLOCK, Suppression.NEVER, Scope.WIRE)
def one_recipient(sealed: SealedMessage, scan: Scan) -> Iterator[str]:
    """Exactly one forward path, and it is the sole To mailbox.

    What: a message whose envelope does not name exactly one address, equal to the one mailbox in its To header.
    Why: this is the accident that the program exists to make impossible, checked where nothing can follow it.
    Bad: To: Jean <jean@x.example>, anne@y.example
    Good: RCPT TO:<jean@x.example> and To: Jean Petit <jean@x.example>
    Fix: nothing by hand: repair what LST105, MSG303 or TPL208 says, and check again.
    """
    path = sealed.envelope.forward_path
    if path.count("@") != 1 or any(c in path for c in ",;<>()\"' \t\r\n\0"):
        yield f"the envelope's recipient is not one address: {shorten(path)}"
    to = one_mailbox(scan.value("to"))
    if to is None:
        yield f"To is not one mailbox: {shorten(scan.value('to'))}"
    elif not _same(to, path):
        yield f"To is {shorten(to)} and the envelope says {shorten(path)}"


def _same(one: str, two: str) -> bool:
    """Whether two addresses differ by the case of their domains at most (RFC 5321 2.4)."""
    (local, _, domain), (other, _, others_domain) = one.rpartition("@"), two.rpartition("@")
    return local == other and domain.casefold() == others_domain.casefold()


@rule("WIR902", "header-set", Severity.BLOCK, Suppression.NEVER, Scope.WIRE)
def header_set(scan: Scan) -> Iterator[str]:
    """Only the header fields that a message of this program has, each once.

    What: Cc, Bcc, Resent-*, Apparently-To, any header out of the known set, and any header that stands twice.
    Why: servers and mail programs act on headers: some deliver to Bcc, some show the second To.
    Bad: a Bcc header that a line break in a cell made
    Good: From, To, Reply-To, Subject, Date, Message-ID, the MIME headers and declared X- headers
    Fix: nothing by hand: repair the cell or the letter that TPL208 names, and check again.
    """
    names = [name for name, _value in scan.fields]
    for name in names:
        if name not in _KNOWN and not name.startswith("x-"):
            yield f"the header {shorten(name)} has no place in the message"
        if names.count(name) > 1:
            yield f"the header {shorten(name)} stands {names.count(name)} times"
    for name in _NEEDED:
        if name not in names:
            yield f"the header {name} is missing"
    for name, value in scan.fields:
        if any(ord(c) < 32 or 126 < ord(c) < 160 for c in encoded_text(value)):
            yield f"the header {name} hides a control character in an encoded word"


@rule("WIR903", "canonical-bytes", Severity.BLOCK, Suppression.NEVER, Scope.WIRE)
def canonical_bytes(sealed: SealedMessage) -> Iterator[str]:
    """Bytes that every server reads in the same way.

    What: a CR or LF alone, an octet over 127, a line over 998 octets, MIME that parses with a defect, headers that
    parse as something else than what was meant.
    Why: where two servers read one message differently, the second may see a second message in it (SMTP smuggling,
    CVE-2023-51764), or another recipient.
    Bad: a bare LF before ".", a boundary that is missing
    Good: CRLF, 7-bit, quoted-printable or base64
    Fix: nothing by hand: report it as a bug of mailmerge.
    """
    content = sealed.content
    if not content.endswith(b"\r\n"):
        yield "the last line does not end"
    for lines in _slices(content):
        ends = lines.count(b"\r\n")
        if lines.count(b"\r") != ends or lines.count(b"\n") != ends:
            yield "a CR or LF stands alone"
        if not lines.isascii() or b"\0" in lines:
            yield "an octet is not 7-bit text"
        if _has_long_line(lines):
            yield f"a line is longer than {LONGEST_LINE} octets"


def _slices(content: bytes) -> Iterator[bytes]:
    """The content some lines at a time: while one scan of 10 MB lasts, no other thread gets its turn.

    Where a slice has no line end to be cut at, its line is too long in any case.
    """
    start = 0
    while start < len(content):
        end = start + _SLICE
        if end < len(content):
            end = content.rfind(b"\n", start, end) + 1 or end
        yield content[start:end]
        start = end


def _has_long_line(content: bytes) -> bool:
    """Hop from one line end to the farthest that still counts: quick for the many short lines of a file."""
    start = 0
    while len(content) - start > LONGEST_LINE:
        end = content.rfind(b"\n", start, start + LONGEST_LINE + 2)
        if end == -1:
            return True
        start = end + 1
    return False


@rule("WIR904", "sealed-digest", Severity.BLOCK, Suppression.NEVER, Scope.WIRE)
def sealed_digest(sealed: SealedMessage) -> Iterator[str]:
    """What leaves is what was sealed.

    What: bytes whose sha256 is not the one that was sealed and approved.
    Why: what a second person approved must be what is sent, to the last byte.
    Bad: an outbox file that was edited after the review
    Good: the same digest at sealing, in the report, and before DATA
    Fix: seal the campaign again, and have it approved again.
    """
    if hashlib.sha256(sealed.content).hexdigest() != sealed.sha256:
        yield "the bytes are not those that were sealed"


@rule("WIR905", "sender-headers", Severity.BLOCK, Suppression.NEVER, Scope.WIRE)
def sender_headers(sealed: SealedMessage, scan: Scan, senders: Collection[str]) -> Iterator[str]:
    """Whatever is about the sender is the sender's.

    What: a reverse path, From, Reply-To, Return-Path, Disposition-Notification-To or Message-ID that is not of the
    sender's own or declared addresses.
    Why: answers and bounces carry the whole letter; they must not reach a stranger.
    Bad: Reply-To: somebody@else.example, from a cell
    Good: Reply-To: rh@exemple.test for a letter from rh@exemple.test
    Fix: write an address of the account, or one of its domain.
    """
    keys, domains = _of_senders(tuple(senders))
    house = domains - FREE_MAIL

    def is_own(address: str) -> bool:
        return same_mailbox_key(address) in keys or address.rpartition("@")[2].casefold() in house

    if not is_own(sealed.envelope.reverse_path):
        yield f"the reverse path is not the sender's: {shorten(sealed.envelope.reverse_path)}"
    for name in ("from", "reply-to", "return-path", "disposition-notification-to"):
        if name in scan:
            address = one_mailbox(scan.value(name))
            if address is None or not is_own(address):
                yield f"{name} is not the sender's: {shorten(scan.value(name))}"
    message_id = scan.value("message-id")
    left, at, domain = message_id.removeprefix("<").removesuffix(">").partition("@")
    if message_id != sealed.message_id or f"<{left}{at}{domain}>" != message_id or not left or not at:
        yield f"the Message-ID is not the sealed one: {shorten(message_id)}"
    elif any(c in '<>@ \t"(),:;' for c in left + domain) or domain.casefold() not in domains:
        yield f"the Message-ID is not of the sender's domain: {shorten(message_id)}"


@lru_cache(maxsize=16)
def _of_senders(senders: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Their mailbox keys and their domains."""
    domains = (sender.rpartition("@")[2].casefold() for sender in senders)
    return frozenset(map(same_mailbox_key, senders)), frozenset(domains)


@rule("WIR906", "journal", Severity.BLOCK, Suppression.NEVER, Scope.WIRE)
def journal(state: State) -> Iterator[str]:
    """No DATA without a durable record of it.

    What: a message that is not recorded as `submitting` when DATA is about to begin, or that was accepted before.
    Why: after a crash the record tells who may have a letter already; without it somebody gets two.
    Bad: DATA first, then the journal
    Good: the journal's commit is on the disk before DATA
    Fix: nothing by hand: the outbox keeps it so; resume the run.
    """
    if state is not State.SUBMITTING:
        yield f"the journal has the message as {state.value}, not as submitting"


@rule("WIR907", "session", Severity.BLOCK, Suppression.NEVER, Scope.WIRE)
def session(accepted: Sequence[str], forward_path: str) -> Iterator[str]:
    """One accepted RCPT in the transaction.

    What: a transaction in which the server accepted no recipient, more than one, or another one.
    Why: what follows DATA goes to everybody whom RCPT named, whatever the headers say.
    Bad: a second RCPT left over from a refused message before
    Good: MAIL, one RCPT, DATA
    Fix: nothing by hand: the connection is given up and the run resumed.
    """
    if list(accepted) != [forward_path]:
        yield f"the transaction has {len(accepted)} recipients instead of the one"
