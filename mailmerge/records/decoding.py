"""Turn the bytes of a delimited file into text, by evidence, and say what the next best reading would be.

UTF-8 proves itself: text in another encoding almost never is valid UTF-8. The one-byte encodings are told apart by
what their accented letters make of the words: ``Žlodie`` is Mac Roman read as Windows-1252.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from mailmerge.errors import TableError

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LABELS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with BOM",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 (little endian)",
    "utf-16-be": "UTF-16 (big endian)",
    "cp1252": "Windows-1252",
    "mac-roman": "Mac Roman",
    "cp850": "DOS 850",
}
_ONE_BYTE = ("cp1252", "mac-roman", "cp850")
_HIGH = re.compile(rb"([\x00-\x7f]?)([\x80-\xff])")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_LETTERS = frozenset("àâäáãåçéèêëíìîïñóòôöõøúùûüÿœæßÀÂÄÁÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØÚÙÛÜŸŒÆ")
_MARKS = frozenset("\u00a0’‘“”«»–—…°€ºª§²³·•£")
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and how it was read."""

    text: str
    encoding: str
    runner_up: str = ""


def decode(content: bytes, encoding: str = "", *, name: str) -> Decoded:
    """The text of a file; ``encoding`` settles the question, otherwise the evidence does.

    ``name`` is how a message calls the file.

    Raises:
        TableError: no such encoding, the file is not written in it, or it is not text at all.
    """
    if encoding:
        return _decode_as_told(content, encoding, name)
    for bom, codec in _BOMS:
        if content.startswith(bom):
            return Decoded(_tidy(content.decode(codec, "replace")), codec)
    if wide := _utf16_without_bom(content):
        return Decoded(_tidy(content.decode(wide, "replace")), wide)
    _refuse_binary(content, name)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_one_byte(content)


def label(encoding: str) -> str:
    """The encoding as a person knows it: ``cp1252`` is Windows-1252."""
    return _LABELS.get(encoding, encoding)


def _decode_as_told(content: bytes, encoding: str, name: str) -> Decoded:
    try:
        codec = codecs.lookup(_told(encoding)).name
        if codec == "utf-8" and content.startswith(codecs.BOM_UTF8):
            codec = "utf-8-sig"
        text = content.decode(codec)
    except LookupError:
        raise TableError(
            f'unknown encoding "{encoding}" for {name}: use utf-8, utf-16, windows-1252 or mac-roman, or leave it out'
        ) from None
    except UnicodeError as error:
        where = getattr(error, "start", 0)
        line = content.count(b"\n", 0, where) + 1
        raise TableError(
            f"{name} is not written in {encoding} (line {line}): leave the encoding out, or give the right one"
        ) from None
    return Decoded(_tidy(text), codec)


def _told(encoding: str) -> str:
    spoken = encoding.strip().lower().replace(" ", "-")
    return {label.lower().replace(" ", "-"): codec for codec, label in _LABELS.items()}.get(spoken, spoken)


def _tidy(text: str) -> str:
    return text.removeprefix("\ufeff")


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
        raise TableError(f"{name} is a binary file, not a table: give a CSV, XLSX, XLS or ODS file")


def _decode_one_byte(content: bytes) -> Decoded:
    if repaired := _damaged_utf8(content):
        return repaired
    sample = [(m[1], m[2]) for m, _ in zip(_HIGH.finditer(content), range(_SAMPLE), strict=False)]
    scores = {codec: _plausibility(sample, codec) for codec in _ONE_BYTE}
    best = max(_ONE_BYTE, key=lambda codec: scores[codec])
    if scores[best] < 0.5:
        best = _guess(content) or best
    text = content.decode(best, "replace")
    return Decoded(_tidy(text), best, _doubt(content, best, scores))


def _damaged_utf8(content: bytes) -> Decoded | None:
    """UTF-8 with a few broken places stays UTF-8: they show as U+FFFD there, instead of everywhere else as Ã©."""
    runs = [match.group() for match, _ in zip(_HIGH_RUN.finditer(content), range(_SAMPLE), strict=False)]
    broken = sum("\ufffd" in run.decode("utf-8", "replace") for run in runs)
    if broken * 4 > len(runs):
        return None
    text = content.decode("utf-8", "replace")
    count = text.count("\ufffd")
    return Decoded(text, "utf-8", f"{label('cp1252')}, since {count} characters are not valid in UTF-8")


def _plausibility(sample: Iterable[tuple[bytes, bytes]], codec: str) -> float:
    """The share of non-ASCII characters that a European text would have at their place, 0 to 1."""
    total = good = 0.0
    for before, byte in sample:
        total += 1
        try:
            character = byte.decode(codec)
        except UnicodeDecodeError:
            continue
        if character in _LETTERS:
            good += 0.0 if character.isupper() and before.isalpha() and before.islower() else 1.0
        elif character in _MARKS:
            good += 0.5 if before.isalpha() else 0.9
    return good / total if total else 0.0


def _doubt(content: bytes, best: str, scores: dict[str, float]) -> str:
    """The runner-up in words, with the first word that tells the two apart."""
    others = [codec for codec in _ONE_BYTE if codec != best and scores[codec] >= 0.8 * scores.get(best, 0.0)]
    if not others:
        return ""
    other = max(others, key=lambda codec: scores[codec])
    word = next(iter(re.findall(rb"[\w'\x80-\xff-]*[\x80-\xff][\w'\x80-\xff-]*", content)), b"")
    here, there = word.decode(best, "replace"), word.decode(other, "replace")
    return f'{label(other)} would read "{there}" where {label(best)} reads "{here}"'


def _guess(content: bytes) -> str:
    """What charset-normalizer makes of the lines with accents; asked last, because it is slow and unsure."""
    from charset_normalizer import from_bytes

    lines = [line for line in content.splitlines() if not line.isascii()]
    found = from_bytes(b"\n".join(lines)[:65536]).best()
    if found is None:
        return ""
    try:
        content.decode(found.encoding)
    except (UnicodeError, LookupError):
        return ""
    return str(found.encoding)
