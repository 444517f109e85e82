"""Header fields, written so that no value can end one, add a mailbox, or be folded into something else.

The standard library's folding is not used for values: CPython up to 3.12.1 decodes an encoded-word look-alike and folds
its line break into a real header (CVE-2024-6923), and refolding a long quoted display name can make a second mailbox.
Here a text is either plain printable ASCII that needs no thought, or encoded-words altogether (RFC 2047).
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from mailmerge.text.addresses import AddressInvalid, Mailbox, parse_address
from mailmerge.text.regex import regex
from mailmerge.text.shown import one_line

LINE = 76
"""Characters of a header line at most; RFC 5322 2.1.1 recommends 78, RFC 2047 2 demands 76 with encoded-words."""

_PLAIN_TEXT = regex(r"[!-~]+(?: [!-~]+)*\Z")
_ATOMS = regex(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_QUOTABLE = regex(r"[A-Za-z0-9'.,() -]+\Z")
_ADDR_SPEC = regex(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+\Z"
)
_Q_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
_Q = {byte: chr(byte) if byte in _Q_SAFE else "_" if byte == 0x20 else f"={byte:02X}" for byte in range(256)}
_Q_LENGTH = {byte: len(written) for byte, written in _Q.items()}
_PREFIX, _SUFFIX = "=?utf-8?", "?="
_AROUND = len(_PREFIX) + len("q?") + len(_SUFFIX)


def unstructured(name: str, text: str) -> bytes:
    """A whole field with free text (Subject, X-...), its line end included."""
    text = one_line(text)
    if _PLAIN_TEXT.match(text) and "=?" not in text:
        folded = _fold_plain(name, text)
        if folded is not None:
            return folded
    return f"{name}: {encoded_words(text, len(name) + 2)}\r\n".encode()


def mailbox_list(name: str, mailboxes: tuple[Mailbox, ...] | list[Mailbox]) -> bytes:
    """A whole field with these mailboxes (From, To, Reply-To), its line end included."""
    lines = [_mailbox(mailbox, len(name) + 2) for mailbox in mailboxes]
    return f"{name}: {(',' + _FOLD).join(lines)}\r\n".encode()


_FOLD = "\r\n "


def _mailbox(mailbox: Mailbox, column: int) -> str:
    try:
        address = mailbox.address if _ADDR_SPEC.match(mailbox.address) else parse_address(mailbox.address)
    except AddressInvalid:
        # An empty group (RFC 5322 3.4): what was written can be read, and is nobody's address.
        return f"{encoded_words(one_line(f'{mailbox.name} {mailbox.address}') or '?', column)}:;"
    name = one_line(mailbox.name)
    if not name:
        return address
    if "=?" in name or len(name) > 60 - column:
        phrase = encoded_words(name, column)
    elif _ATOMS.match(name):
        phrase = name
    elif _QUOTABLE.match(name):
        phrase = f'"{name}"'
    else:
        phrase = encoded_words(name, column)
    last = len(phrase) - phrase.rfind("\n") + (0 if "\n" in phrase else column)
    return f"{phrase}{_FOLD if last + len(address) + 3 > LINE else ' '}<{address}>"


def encoded_words(text: str, column: int) -> str:
    """The text in encoded-words (RFC 2047), folded; ``column`` is where the first one begins.

    Q with only the characters that a phrase allows (section 5, rule 3), or B where that is shorter. Lines are broken
    after a space where there is one: Python's own parser leaves a space between two encoded-words of a phrase.
    """
    octets = text.encode("utf-8", "replace")
    use_q = sum(map(_Q_LENGTH.__getitem__, octets)) <= (len(octets) + 2) // 3 * 4
    lines: list[str] = []
    line = ""
    room = LINE - column - _AROUND
    start = ""
    for piece in _pieces(text, room, LINE - 1 - _AROUND, use_q=use_q):
        if line and _length(line + piece, use_q=use_q) > room:
            lines.append(line)
            line, room = "", LINE - 1 - _AROUND
        elif not line and _length(piece, use_q=use_q) > room:
            start, room = _FOLD, LINE - 1 - _AROUND
        line += piece
    lines.append(line)
    return start + _FOLD.join(_encoded_word(line, use_q=use_q) for line in lines)


def _pieces(text: str, first_room: int, room: int, *, use_q: bool) -> Iterator[str]:
    """Words with the space after them; a word that fills more than its line comes character by character.

    So does a first word that does not fit beside the field's name: a field whose first line is blank is read by some
    servers as a field without a value.
    """
    for word in re.findall(r"[^ ]+ ?", text):
        if _length(word, use_q=use_q) <= first_room:
            yield word
        else:
            yield from word
        first_room = room


def _length(text: str, *, use_q: bool) -> int:
    octets = text.encode("utf-8", "replace")
    return sum(map(_Q_LENGTH.__getitem__, octets)) if use_q else (len(octets) + 2) // 3 * 4


def _encoded_word(text: str, *, use_q: bool) -> str:
    octets = text.encode("utf-8", "replace")
    if use_q:
        return f"{_PREFIX}q?{''.join(map(_Q.__getitem__, octets))}{_SUFFIX}"
    return f"{_PREFIX}b?{binascii.b2a_base64(octets, newline=False).decode()}{_SUFFIX}"


def _fold_plain(name: str, text: str) -> bytes | None:
    """The field folded between words; None where a word is too long for a line."""
    if len(name) + 2 + len(text) <= LINE:
        return f"{name}: {text}\r\n".encode()
    lines: list[str] = []
    line = f"{name}:"
    for word in text.split(" "):
        if len(line) + 1 + len(word) <= LINE:
            line = f"{line} {word}"
            continue
        if line == f"{name}:" or len(word) > LINE - 1:
            return None
        lines.append(line)
        line = f" {word}"
    return ("\r\n".join([*lines, line]) + "\r\n").encode()
