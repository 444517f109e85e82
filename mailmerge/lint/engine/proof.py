"""The proof at sealing: the bytes, read again, say what was composed and nothing else.

The strict scanner tells the parts apart, and each body is decoded and compared with what was meant. What is left, the
headers and the skeleton of the parts, is read by the standard library as a mail program would: the headers of each
person, and the skeleton once for all who have it in common.
"""

from __future__ import annotations

from base64 import encodebytes
from binascii import a2b_qp
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import getaddresses
from functools import lru_cache
from hashlib import sha256

from mailmerge.i18n import N_
from mailmerge.lint.engine.gate import refusal
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.wire.headers import NotCanonical, Scan, as_scanned
from mailmerge.lint.wire.mime import Leaf, leaf_parts, message_headers
from mailmerge.lint.wire.problem import REPORT_IT, WireProblem
from mailmerge.model import Attachment, Message, SealedMessage
from mailmerge.text.regex import regex

_LINES = 57 * 4096
"""Octets of a file that are encoded at a time, in whole lines: other threads get their turn in between."""
_FIELD_ENDS = regex(rb"\r\n(?![ \t])")
_OWN_BOUNDARY = regex(rb"\r\n boundary=\"=_([0-9a-f]{24})-[1-3]\"\r\n")
_COMMON_BOUNDARY = b"common-boundary-of-parts"

OTHER_RECORD = Sentence(
    "wir903.other-record",
    one=N_("the bytes were sealed for another record than the message was composed for"),
    fix=REPORT_IT,
)
TO = Sentence("wir903.to", one=N_("the To header parses as {found}"), fix=REPORT_IT)
NAME_IN_TO = Sentence(
    "wir903.name-in-to", one=N_("the name in the To header parses as {found} instead of {meant}"), fix=REPORT_IT
)
NOT_ONE = Sentence("wir903.not-one", one=N_("the header {name} does not parse as one mailbox: {found}"), fix=REPORT_IT)
HEADER = Sentence("wir903.header", one=N_("the header {name} parses as {found} instead of {meant}"), fix=REPORT_IT)
UNREADABLE = Sentence("wir903.unreadable", one=N_("the header {name} cannot be decoded: {found}"), fix=REPORT_IT)
PARTS = Sentence("wir903.parts", one=N_("the message has {number} parts instead of {meant}"), fix=REPORT_IT)
TEXT = Sentence("wir903.text", one=N_("a text parses as something other than what was composed"), fix=REPORT_IT)
FILE = Sentence("wir903.file", one=N_("the attachment {file} is not in the bytes as it was composed"), fix=REPORT_IT)
DEFECT = Sentence("wir903.defect", one=N_("the message parses with a defect: {defect}"), fix=REPORT_IT)
PART = Sentence("wir903.part", one=N_("a part parses as {found} instead of {meant}"), fix=REPORT_IT)
CHARSET = Sentence("wir903.charset", one=N_("a text is not declared as UTF-8"), fix=REPORT_IT)


def prove(sealed: SealedMessage, expected: Message) -> None:
    """Refuse the bytes unless they say what the message says that they were made from.

    Raises:
        Blocked: WIR903, and where they differ.
    """
    for problem in _deviations(sealed, expected):
        raise refusal("WIR903", problem, sealed.record)


def _deviations(sealed: SealedMessage, expected: Message) -> Iterator[WireProblem]:
    if expected.recipient.address != sealed.envelope.forward_path or expected.recipient.record.number != sealed.record:
        yield WireProblem(OTHER_RECORD)
    scanned = as_scanned(sealed)
    try:
        scan = message_headers(scanned.content)
        leaves = leaf_parts(scanned.content)
    except NotCanonical as error:
        yield error.problem
        return
    to = scan.value("to").replace(scanned.envelope.forward_path, sealed.envelope.forward_path)
    yield from _recipient_problems(to, expected)
    yield from _header_problems(scan, expected)
    files = _travelling(expected.attachments)
    yield from _body_problems(scanned.content, leaves, expected, files)
    texts = ["text/plain", "text/html"] if expected.shape.html is not None else ["text/plain"]
    kinds = (*((kind, "") for kind in texts), *((file.media_type, file.filename) for file in files))
    yield from _skeleton_problems(_skeleton(scanned.content, scan, leaves), kinds)


def _travelling(attachments: Sequence[Attachment]) -> list[Attachment]:
    """The files in the order of the parts: those that the page shows come first, beside it."""
    return sorted((file for file in attachments if not file.problem), key=lambda file: not file.content_id)


# --- headers -----------------------------------------------------------------------------------------------------


def _recipient_problems(value: str, expected: Message) -> Iterator[WireProblem]:
    mailboxes, meant = getaddresses([value]), expected.to
    if [address for _name, address in mailboxes] != [meant.address]:
        yield WireProblem(TO, {"found": Quoted(value)})
        return
    name = _decoded(mailboxes[0][0])
    if name is None:
        yield WireProblem(UNREADABLE, {"name": "To", "found": Quoted(mailboxes[0][0])})
    elif _unspaced(name) != _unspaced(meant.name):
        yield WireProblem(NAME_IN_TO, {"found": Quoted(name), "meant": Quoted(meant.name)})


def _header_problems(scan: Scan, expected: Message) -> Iterator[WireProblem]:
    for name in ("from", "reply-to"):
        if name in scan and _mailboxes_in(scan.value(name)) != 1:
            yield WireProblem(NOT_ONE, {"name": name, "found": Quoted(scan.value(name))})
    extra = ((name, pattern.fill(expected.values)) for name, pattern in expected.shape.extra_headers)
    for name, text in (("subject", expected.subject), *extra):
        value = scan.value(name.lower())
        found = _decoded(value)
        if found is None:
            yield WireProblem(UNREADABLE, {"name": Quoted(name), "found": Quoted(value)})
        elif found.split() != text.split():
            yield WireProblem(HEADER, {"name": Quoted(name), "found": Quoted(found), "meant": Quoted(text)})


@lru_cache(maxsize=16)  # From and Reply-To are everybody's
def _mailboxes_in(value: str) -> int:
    return len(getaddresses([value]))


@lru_cache(maxsize=256)  # From and Subject are often everybody's
def _decoded(value: str) -> str | None:
    """A header as a mail program shows it, its encoded words decoded (RFC 2047); None if they cannot be."""
    if "=?" not in value:
        return value
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):
        return None


def _unspaced(name: str) -> str:
    """A name without its blanks: parsers differ about those around encoded words (RFC 2047 6.2)."""
    return "".join(name.split())


# --- bodies ------------------------------------------------------------------------------------------------------


def _body_problems(
    content: bytes, leaves: Sequence[Leaf], expected: Message, files: Sequence[Attachment]
) -> Iterator[WireProblem]:
    texts = [text for text in (expected.text, expected.html) if text is not None]
    if len(leaves) != len(texts) + len(files):
        yield WireProblem(PARTS, {"number": len(leaves), "meant": len(texts) + len(files)})
        return
    view = memoryview(content)
    for leaf, text in zip(leaves, texts, strict=False):
        read = a2b_qp(view[leaf.start : leaf.end]).replace(b"\r\n", b"\n").decode("utf-8", "replace")
        if leaf.encoding != "quoted-printable" or (read != text and _lines(read) != _lines(text)):
            yield WireProblem(TEXT)
    for leaf, file in zip(leaves[len(texts) :], files, strict=True):
        if leaf.encoding != "base64" or sha256(view[leaf.start : leaf.end]).digest() != _encoded_digest(file):
            yield WireProblem(FILE, {"file": Quoted(file.filename)})


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]


@lru_cache(maxsize=4)
def _encoded_digest(attachment: Attachment) -> bytes:
    """The SHA-256 of a file in base64 as RFC 2045 6.8 has it: lines of 76 characters, each ended by CRLF.

    Encoded here once more: a proof that borrowed the composer's encoding would prove nothing.
    """
    digest = sha256()
    for start in range(0, len(attachment.content), _LINES):
        digest.update(encodebytes(attachment.content[start : start + _LINES]).replace(b"\n", b"\r\n"))
    return digest.digest()


# --- the skeleton ------------------------------------------------------------------------------------------------


def _skeleton(content: bytes, scan: Scan, leaves: Sequence[Leaf]) -> bytes:
    """The message less what people wrote: its MIME headers, and its parts without their bodies.

    It has the boundary that all have: renamed everywhere, it parses as it did.
    """
    fields = _FIELD_ENDS.split(content[: scan.length - 4])
    kept = [field for field in fields if field.lower().startswith((b"content-", b"mime-version"))]
    pieces = [b"\r\n".join([*kept, b"", b""])]
    done = scan.length
    for leaf in leaves:
        pieces.append(content[done : leaf.start])
        done = leaf.end
    skeleton = b"".join([*pieces, content[done:]])
    own = _OWN_BOUNDARY.search(skeleton)
    return skeleton.replace(own[1], _COMMON_BOUNDARY) if own else skeleton


@lru_cache(maxsize=64)
def _skeleton_problems(skeleton: bytes, kinds: tuple[tuple[str, str], ...]) -> tuple[WireProblem, ...]:
    """Where the standard library sees a defect, or other parts than these media types and file names."""
    parts = list(message_from_bytes(skeleton, policy=policy.compat32).walk())
    defects = [WireProblem(DEFECT, {"defect": type(part.defects[0]).__name__}) for part in parts if part.defects]
    leaves = [part for part in parts if not part.is_multipart()]
    found = tuple((leaf.get_content_type(), leaf.get_filename("")) for leaf in leaves)
    if len(found) != len(kinds):
        defects.append(WireProblem(PARTS, {"number": len(found), "meant": len(kinds)}))
    pairs = zip(found, kinds, strict=False)
    defects += [
        WireProblem(PART, {"found": Quoted(" ".join(read).rstrip()), "meant": Quoted(" ".join(meant).rstrip())})
        for read, meant in pairs
        if read != meant
    ]
    if any(leaf.get_content_charset() != "utf-8" for leaf in leaves if not leaf.get_filename()):
        defects.append(WireProblem(CHARSET))
    return tuple(defects)
