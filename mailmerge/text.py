"""Text hygiene: what a cell may look like on a screen, as an identifier, and when two names are the same.

Pure functions over ``str``; nothing here reads a file or knows a table.
"""

from __future__ import annotations

import os
import re
import shlex
import unicodedata
from functools import cache, lru_cache
from html import unescape

from mailmerge.i18n import ngettext, number
from mailmerge.regex import regex

INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b"
    "\u206c\u206d\u206e\u206f\u3164\ufeff\uffa0\ufff9\ufffa\ufffb"
)
"""Characters that print nothing, or that change the direction of what follows (Unicode TR 36, section 2.5)."""

_ASTRAL_SELECTORS = "\U000e0000-\U000e007f\U000e0100-\U000e01ef"
"""Tags and the further variation selectors. Like those at U+FE00 they choose how the character before them looks, and
print nothing where they cannot."""
_PICTOGRAPH = (
    "\u00a9\u00ae\u203c\u2049\u2100-\u214f\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
)
_PICTOGRAPH += "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_ELEMENT = f"[{_PICTOGRAPH}][\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?(?:[\U000e0020-\U000e007e]+\U000e007f)?"
_EMOJI = (
    f"(?:[#*0-9]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{{2}}|{_ELEMENT}(?:\u200d{_ELEMENT})*"
    "|[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff][\ufe00-\ufe0f\U000e0100-\U000e01ef])"
)
"""Keycaps, flags, families and other pictures of several characters (Unicode TR 51, section 1.4.9), and ideographs with
the variant that a name is written with (TR 37): joiners, selectors and tags belong to them and are seen."""

_BLANK = frozenset("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_HIDDEN = "".join(sorted(INVISIBLE)) + "\ufe00-\ufe0f"
_UNSAFE_CLASS = f"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff{_HIDDEN}"
_NOT_SHOWN_CLASS = _HIDDEN + "".join(sorted(_BLANK))
_NOT_SHOWN, _UNSAFE = regex(f"[{_NOT_SHOWN_CLASS}]"), regex(f"[{_UNSAFE_CLASS}]")
_ASTRAL = regex("[\U00010000-\U0010ffff]")
_IS_SELECTOR = regex(f"[\ufe00-\ufe0f{_ASTRAL_SELECTORS}]")
_JOINED = regex(f"[\u200d\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff{_ASTRAL_SELECTORS}]")
_FLAGS = regex("[\U0001f1e6-\U0001f1ff]+\\Z")
"""Halves of flags at the end of a text."""
_CONTROL = regex("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'"}
)
_NOT_ASCII = regex(r"[^\x00-\x7f]")
_NOT_WORD = regex(r"[\W_]+")
_NOT_IDENTIFIER = regex(r"[^a-z0-9]+")
_GAPS = regex("_+")


def visible(text: str) -> str:
    """Make hostile characters show instead of act: the one way that text from outside reaches a screen.

    Control characters become their Unicode pictures (``␛``), line breaks ``⏎``, and other controls, bidirectional
    marks, zero-width and private-use characters their code point in guillemets (``‹U+202E›``). Emoji stay as they are,
    with the joiners and selectors that belong to them.
    """
    return (_or_emoji(_UNSAFE_CLASS) if _may_join(text) else _UNSAFE).sub(_picture, text)


@cache
def _or_emoji(characters: str) -> re.Pattern[str]:
    """Such characters, for text with something that may belong to an emoji: it takes ten times as long."""
    return re.compile(f"(?P<emoji>{_EMOJI})|[{characters}{_ASTRAL_SELECTORS}]")


def _may_join(text: str) -> bool:
    """Whether something in a text may belong to an emoji, or to the ideograph before it."""
    return not text.isascii() and (
        "\u200d" in text or "\ufe0f" in text or "\ufe0e" in text or bool(_ASTRAL.search(text))
    )


def cut(text: str, limit: int) -> str:
    """At most ``limit`` characters from the beginning of a text, none of its emoji in half."""
    if len(text) <= limit:
        return text
    end = limit
    while end > 0 and (_JOINED.match(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    halves = _FLAGS.search(text[:end])
    if halves and len(halves.group()) % 2:
        end -= 1
    return text[:end]


def visible_lines(text: str) -> str:
    """Like :func:`visible`, for text of several lines: line breaks (CRLF too) and tabs keep their meaning."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(visible(line.replace("\t", "    ")) for line in lines)


def _picture(match: re.Match[str]) -> str:
    character = match.group()
    if match.lastgroup == "emoji":
        return character
    if character in "\n\r\u2028\u2029":
        return "⏎"
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"‹U+{code:04X}›"


def one_line(text: str) -> str:
    """The text as one header field can carry it: control characters and runs of white space become one space.

    Applied to every value on its way into a header, so that none can end it (RFC 5322 2.2).
    """
    return " ".join(_CONTROL.sub(" ", text).split())


def has_invisible(text: str) -> bool:
    """Whether the text holds a character that prints nothing, or a blank other than the ASCII space and tab."""
    return bool(invisible_in(text))


def invisible_in(text: str) -> list[str]:
    """The characters of a text that print nothing, and its blanks other than the ASCII space and tab, in their order.

    The joiners, selectors and tags inside an emoji are seen, and do not count.
    """
    if text.isascii():
        return []
    pattern = _or_emoji(_NOT_SHOWN_CLASS) if _may_join(text) else _NOT_SHOWN
    return [match.group() for match in pattern.finditer(text) if match.lastgroup != "emoji"]


def identifier(header: str) -> str:
    """The name by which a letter may use a column: ``Adresse e-mail`` gives ``adresse_e_mail``.

    Accents and case are folded, every other run of characters becomes one ``_``; a leading digit gets a ``_``
    before it. Letters of other alphabets stay, as Jinja allows: ``Ημερομηνία έναρξης`` gives ``ημερομηνια_εναρξησ``.
    Returns ``""`` for a header without any letter or digit.
    """
    folded = header.casefold()
    if not folded.isascii():
        folded = "".join(map(_in_identifier, unicodedata.normalize("NFKC", folded).casefold()))
    name = (_NOT_IDENTIFIER if folded.isascii() else _GAPS).sub("_", folded).strip("_")
    return name if name.isidentifier() or not name else f"_{name}"


@lru_cache(maxsize=4096)
def _in_identifier(character: str) -> str:
    """A casefolded character as an identifier has it: less its accent in Latin and Greek, ``_`` where it has no place.

    In other alphabets a mark makes another letter (``и`` and ``й``).
    """
    plain = _plain(character)
    if not plain.isascii() and not unicodedata.name(character, "").startswith("GREEK "):
        plain = character
    return "".join(each if f"_{each}".isidentifier() else "_" for each in plain)


def strip_accents(text: str) -> str:
    """Casefolded text less its accents and ligatures (NFKD without combining marks).

    One ``str.replace`` for each distinct accented character: the same result as decomposing and joining, in a
    quarter of the time on letters, where few distinct characters are accented.
    """
    folded = text.casefold()
    if folded.isascii():
        return folded
    for character in set(_NOT_ASCII.findall(folded)):
        folded = folded.replace(character, _plain(character))
    return folded


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character in INVISIBLE or _IS_SELECTOR.match(character):
        return ""
    decomposed = unicodedata.normalize("NFKD", character.translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().translate(_LIGATURES)


def fold(text: str) -> str:
    """The form in which names are compared: no case, accents, ligatures or invisible marks; words one space apart.

    ``"  DUPONT-Martin, Zoé "`` gives ``"dupont martin zoe"``.
    """
    plain = strip_accents(text)
    return plain if plain.isalnum() else _NOT_WORD.sub(" ", plain).strip()


_ENTITY = regex(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_UNUSUAL = regex("[^\x00-\x7f\xa0-\xac\xae-\u024f\u2018\u2019\u201c-\u201e\u20ac]")
"""What NFKC or :func:`_usual` may write otherwise; texts in most European languages have none of it."""
_SUFFIXES = str.maketrans("ºª", "  ")
_FOREIGN_IN_LATIN = regex("[^\\W\\d_]*[A-Za-z\xc0-\u024f][^\\W\\d_]*")
_NOT_LATIN = regex("[\u0370-\u04ff\u0500-\u052f]")
_LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421"
    "\u0422\u0423\u0425\u0406\u0408\u0405\u03bf\u03b1\u03bd\u03c1\u03b9\u03ba\u03c4\u03c5\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f"
    "\u03a1\u03a4\u03a5\u03a7",
    "aeopcyxijshdqABEKMHOPCTYXIJSoavpiktuABEZHIKMNOPTYX",
)
"""Cyrillic and Greek letters that look like Latin ones (Unicode TR 39)."""


def normalise(text: str) -> str:
    """The form in which texts are searched: what looks the same is the same, whoever wrote it.

    Entities are decoded; compatibility forms, wide and decomposed characters are what they stand for (NFKC), and so are
    letters of other alphabets that look like Latin ones, within a Latin word; what prints nothing is gone; every dash
    is ``-``, every digit an ASCII one, every blank a space. Case, accents, punctuation and line breaks stay.
    """
    if "&" in text and _ENTITY.search(text):
        text = unescape(text)
    if text.isascii() or not _UNUSUAL.search(text):
        return text
    text = unicodedata.normalize("NFKC", text.translate(_SUFFIXES))
    for character in set(_UNUSUAL.findall(text)):
        usual = _usual(character)
        if usual != character:
            text = text.replace(character, usual)
    if _NOT_LATIN.search(text):
        text = _FOREIGN_IN_LATIN.sub(lambda word: word.group().translate(_LOOKALIKES), text)
    return text


@lru_cache(maxsize=4096)
def _usual(character: str) -> str:
    if character in INVISIBLE or _IS_SELECTOR.match(character) or character == "\u0640":
        return ""
    category = unicodedata.category(character)
    if category == "Pd" or character == "\u2212":
        return "-"
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Zs":
        return " "
    return "." if character in "\u3002\u2024" else character


_LONGEST_EMOJI = 16
"""Characters of one picture, as a family of four with its skin tones."""


def shorten(text: str, limit: int = 60) -> str:
    """At most ``limit`` characters, safe to show, an ellipsis where something was cut."""
    shown = visible(cut(text, limit + _LONGEST_EMOJI))
    return shown if len(shown) <= limit else cut(shown, limit - 1) + "…"


def plural(count: int, one: str, many: str, **values: object) -> str:
    """``one`` or ``many``, with ``{count}`` and the other places filled in."""
    return ngettext(one, many, count).format(count=number(count), **values)


def split_command(command: str, *, windows: bool = os.name == "nt") -> list[str]:
    """The program and arguments of a command line that a person wrote, as their system splits it; no shell runs it.

    On Windows as ``CommandLineToArgvW`` does: a backslash is itself, except before ``"`` (two give one, an odd one
    makes the quote literal), quotes may be anywhere and ``""`` within them is one. Elsewhere as a POSIX shell does.

    Raises:
        ValueError: a quote is opened and never closed.
    """
    return _split_windows(command) if windows else shlex.split(command)


_WINDOWS_PIECE = regex(r'(?P<slashes>\\*)"|(?P<space>[ \t\r\n]+)|(?P<text>\\+|[^\\" \t\r\n]+)')


def _split_windows(command: str) -> list[str]:
    words: list[str] = []
    word: str | None = None
    quoted, skip = False, -1
    for piece in _WINDOWS_PIECE.finditer(command):
        if piece.start() < skip:
            continue
        if piece["space"] is not None and not quoted:
            if word is not None:
                words.append(word)
            word = None
        elif piece["slashes"] is None:
            word = (word or "") + piece.group()
        else:
            pairs, literal = divmod(len(piece["slashes"]), 2)
            word = (word or "") + "\\" * pairs
            if literal:
                word += '"'
            elif quoted and command.startswith('"', piece.end()):
                word += '"'
                skip = piece.end() + 1
            else:
                quoted = not quoted
    if quoted:
        raise ValueError("no closing quotation")
    return words if word is None else [*words, word]
