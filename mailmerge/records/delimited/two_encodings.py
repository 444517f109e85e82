"""Lines in UTF-8 and lines in another encoding in one file: two exports that were put together.

Each line is read in its own. A line of the other encoding is hardly ever valid UTF-8 by chance, and never with letters
that stand where a letter may.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from mailmerge.i18n import plural
from mailmerge.records.delimited.encoding_guess import choose_encoding, label, sure_encoding
from mailmerge.text.quotes import quotes
from mailmerge.text.regex import regex

_LETTERS = {
    lead: regex(rb"%s[\x80-\xbf]" % lead)
    for lead in (b"\xc2", b"\xc3", b"\xc4", b"\xc5", b"\xc8", b"\xce", b"\xcf", b"\xd0", b"\xd1")
}
"""Letters of European languages in UTF-8, by their first octet, which is looked for in no time."""
_EUROPEAN = regex(
    r"[\x00-\x7f\xa0-\u017f\u0218-\u021b\u2010-\u2026\u2030\u2039\u203a\u20ac\u0384-\u03ce\u0400-\u0491]*+"
)
_OTHER_ALPHABET = regex(r"[\u0384-\u0491]")
_OUT_OF_CASE = regex(r"[ß-öø-ÿ](?=[A-ZÀ-ÖØ-Þ])|(?<=[a-zß-öø-ÿ])[À-ÖØ-Þ]")
_QUOTED_END = regex(rb"[\xc3-\xc5][\x92\x94\xbb](?![A-Za-z\x80-\xff])")
"""``Ò``, ``Ô``, ``û`` and their like, which would also be a capital before a closing quotation mark."""
_BETWEEN_WORDS = regex(r"[^\w'-]+")
_LEAST_LETTERS = 3
"""Letters of another alphabet; two of its octets may be a word in capitals by chance."""


class Parted(Struct, frozen=True):
    """The text of lines in two encodings."""

    text: str
    encoding: str
    """That of most lines."""
    alternative: str
    notice: str
    """What to say of the lines in the other."""


def read_apart(content: bytes, *, mostly_utf8: bool) -> Parted | None:
    """The text of a file with each line in its own encoding; None where there are no such lines, or none is sure."""
    if not mostly_utf8 and not any(lead in content and letter.search(content) for lead, letter in _LETTERS.items()):
        return None
    lines = content.splitlines(keepends=True)
    high = [at for at, line in enumerate(lines) if not line.isascii()]
    first = {at for at in high if _is_utf8(lines[at])}
    others = [at for at in high if at not in first and not (mostly_utf8 and _has_utf8(lines[at]))]
    if not first or not others:
        return None
    rest = b"".join(lines[at] for at in others)
    encoding, doubt = sure_encoding(rest, beside="".join(lines[at].decode() for at in first)), ""
    if not encoding and not mostly_utf8:
        encoding, doubt = choose_encoding(rest)
    if not encoding:
        return None
    usual, unusual = ("utf-8", encoding) if mostly_utf8 else (encoding, "utf-8")
    apart = dict.fromkeys(others if mostly_utf8 else sorted(first), unusual)
    texts = [line.decode(apart.get(at, usual), "replace") for at, line in enumerate(lines)]
    return Parted("".join(texts), usual, doubt, _notice([texts[at] for at in apart], unusual, usual))


def _is_utf8(line: bytes) -> bool:
    """Whether a line with letters beyond ASCII is surely UTF-8, and not by chance."""
    try:
        text = _QUOTED_END.sub(b"", line).decode()
    except UnicodeDecodeError:
        return False
    return _is_european(text) and not _OUT_OF_CASE.search(text)


def _has_utf8(line: bytes) -> bool:
    """Whether some letters of a line are UTF-8 and others are not: that is damage."""
    return _is_european(line.decode("utf-8", "ignore"))


def _is_european(text: str) -> bool:
    if text.isascii() or not _EUROPEAN.fullmatch(text):
        return False
    return not 0 < len(_OTHER_ALPHABET.findall(text)) < _LEAST_LETTERS


def _notice(texts: Sequence[str], unusual: str, usual: str) -> str:
    words = [next(word for word in (*_BETWEEN_WORDS.split(text), text) if not word.isascii()) for text in texts]
    return plural(
        len(texts),
        "{count} line is in {encoding}, while the rest is in {usual}: it is read as {words}",
        "{count} lines are in {encoding}, while the rest is in {usual}: they are read as {words}",
        encoding=label(unusual),
        usual=label(usual),
        words=quotes(dict.fromkeys(words), most=3),
    )
