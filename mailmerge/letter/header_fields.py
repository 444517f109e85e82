"""Header fields, written so that no value can end one, add a mailbox, or be folded into something else.

The standard library's folding is not used for values: CPython up to 3.12.1 decodes an encoded-word look-alike and folds
its line break into a real header (CVE-2024-6923), and refolding a long quoted display name can make a second mailbox.
Here a text is either plain printable ASCII that needs no thought, or encoded-words altogether (RFC 2047).
"""

from __future__ import annotations

import binascii
import re

from mailmerge.addresses import AddressInvalid, Mailbox, parse_address
from mailmerge.text import one_line

LINE = 76
"""Characters of a header line at most; RFC 5322 2.1.1 recommends 78, RFC 2047 2 demands 76 with encoded-words."""

_PLAIN_TEXT = re.compile(r"[!-~]+(?: [!-~]+)*\Z")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_QUOTABLE = re.compile(r"[A-Za-z0-9'.,() -]+\Z")
_ADDR_SPEC = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+\Z"
)
_Q_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
_Q = {byte: chr(byte) if byte in _Q_SAFE else "_" if byte == 0x20 else f"={byte:02X}" for byte in range(256)}
_PREFIX, _SUFFIX = "=?utf-8?", "?="


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

    Q with only the characters that a phrase allows (section 5, rule 3), or B where that is shorter.
    """
    octets = text.encode("utf-8", "replace")
    quoted = sum(len(_Q[octet]) for octet in octets)
    use_q = quoted <= (len(octets) + 2) // 3 * 4
    room = LINE - column - len(_PREFIX) - len("q?") - len(_SUFFIX)
    words: list[str] = []
    start = end = 0
    length = 0
    for index, character in enumerate(text):
        size = character.encode("utf-8", "replace")
        more = sum(len(_Q[octet]) for octet in size) if use_q else len(size)
        if length + more > (room if use_q else room // 4 * 3):
            words.append(text[start:index])
            start, length, room = index, 0, LINE - 1 - len(_PREFIX) - len("q?") - len(_SUFFIX)
        length += more
        end = index + 1
    words.append(text[start:end])
    return _FOLD.join(_encoded_word(word, use_q=use_q) for word in words)


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
        if not line.strip() or len(word) > LINE - 1:
            return None
        lines.append(line)
        line = f" {word}"
    return ("\r\n".join([*lines, line]) + "\r\n").encode()
