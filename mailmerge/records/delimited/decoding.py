"""Turn the bytes of a delimited file into text, by evidence, and say what the next best reading would be.

A BOM settles it. UTF-8 proves itself: text in another encoding almost never is valid UTF-8. The rest is in
:mod:`mailmerge.records.delimited.encoding_guess`.
"""

from __future__ import annotations

import codecs

from msgspec import Struct

from mailmerge.errors import TableError
from mailmerge.formats.decoding import bom_of
from mailmerge.formats.decoding import decode as read_text
from mailmerge.i18n import N_, plural
from mailmerge.records.delimited.encoding_guess import LABELS, choose_encoding, evidence_in, is_damaged_utf8
from mailmerge.records.delimited.two_encodings import read_apart


class Decoded(Struct, frozen=True):
    """Text, and how it was read."""

    text: str
    encoding: str
    alternative: str = ""
    notice: str = ""
    """What to say of lines that are in another encoding."""


def decode(content: bytes, encoding: str = "", *, name: str) -> Decoded:
    """The text of a file; ``encoding`` settles the question, otherwise the evidence does.

    ``name`` is how a message calls the file.

    Raises:
        TableError: no such encoding, the file is not written in it, or it is not text at all.
    """
    if encoding:
        return _decode_as_told(content, encoding, name)
    bom = bom_of(content)
    if bom and (found := read_text(content)):
        is_broken = bom == "utf-8-sig" and "\ufffd" in found[0] and not _is_utf8(content)
        return _decode_one_byte(content[len(codecs.BOM_UTF8) :]) if is_broken else Decoded(*found)
    if wide := _utf16_without_bom(content):
        return Decoded(_tidy(content.decode(wide, "replace")), wide)
    _refuse_binary(content, name)
    found = read_text(content)
    return Decoded(*found) if found else _decode_one_byte(content)


def _decode_as_told(content: bytes, encoding: str, name: str) -> Decoded:
    try:
        codec = codecs.lookup(_told(encoding)).name
        if codec == "utf-8" and content.startswith(codecs.BOM_UTF8):
            codec = "utf-8-sig"
        text = content.decode(codec)
    except LookupError:
        raise TableError(
            N_(
                'unknown encoding "{encoding}" for {name}: use utf-8, utf-16, windows-1252 or mac-roman, or'
                " leave it out"
            ),
            encoding=encoding,
            name=name,
        ) from None
    except UnicodeError as error:
        where = getattr(error, "start", 0)
        line = content.count(b"\n", 0, where) + 1
        raise TableError(
            N_("{name} is not valid {encoding} (line {line}): remove the encoding setting, or give the right one"),
            name=name,
            encoding=encoding,
            line=line,
        ) from None
    return Decoded(_tidy(text), codec)


def _told(encoding: str) -> str:
    spoken = encoding.strip().lower().replace(" ", "-")
    return {label.lower().replace(" ", "-"): codec for codec, label in LABELS.items()}.get(spoken, spoken)


def _tidy(text: str) -> str:
    return text.removeprefix("\ufeff")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_bom(content: bytes) -> str:
    head = content[:4096]
    if len(head) < 4 or head.count(0) < len(head) // 3:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.6 * len(head) / 2 and even < 0.05 * len(head):
        return "utf-16-le"
    if even > 0.6 * len(head) / 2 and odd < 0.05 * len(head):
        return "utf-16-be"
    return ""


_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))


def _refuse_binary(content: bytes, name: str) -> None:
    head = content[: 1 << 16]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > max(8, len(head) // 200):
        raise TableError(N_("{name} is a binary file, not a table: give a CSV, XLSX, XLS or ODS file"), name=name)


def _decode_one_byte(content: bytes) -> Decoded:
    """Damaged UTF-8 stays UTF-8: the broken places show as U+FFFD, instead of all the others as Ã©."""
    evidence = evidence_in(content)
    is_damaged = is_damaged_utf8(evidence)
    parted = read_apart(content, mostly_utf8=is_damaged)
    if is_damaged:
        text = parted.text if parted else content.decode("utf-8", "replace")
        count = text.count("\ufffd")
        alternative = plural(
            count,
            "Windows-1252, because {count} character is not valid UTF-8",
            "Windows-1252, because {count} characters are not valid UTF-8",
        )
        return Decoded(text, "utf-8", alternative if count else "", parted.notice if parted else "")
    if parted:
        return Decoded(_tidy(parted.text), parted.encoding, parted.alternative, parted.notice)
    encoding, alternative = choose_encoding(evidence)
    return Decoded(_tidy(content.decode(encoding, "replace")), encoding, alternative)
