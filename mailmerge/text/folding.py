"""The forms of a text by which it is compared, searched, and used as a name."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from html import unescape

from mailmerge.text.regex import regex
from mailmerge.text.shown import prints_nothing

_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'"}
)
_NOT_ASCII = regex(r"[^\x00-\x7f]")
_NOT_WORD = regex(r"[\W_]+")
_SIGNS = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})
"""Blanks for all of ASCII that is no letter and no digit."""
_NOT_IDENTIFIER = regex(r"[^a-z0-9]+")
_GAPS = regex("_+")


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
    if prints_nothing(character):
        return ""
    decomposed = unicodedata.normalize("NFKD", character.translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().translate(_LIGATURES)


def fold(text: str) -> str:
    """The form in which names are compared: no case, accents, ligatures or invisible marks; words one space apart.

    ``"  DUPONT-Martin, Zoé "`` gives ``"dupont martin zoe"``.
    """
    plain = strip_accents(text)
    if plain.isascii():  # nearly all of Europe's is, without its accents: in a third of the time
        return " ".join(plain.translate(_SIGNS).split())
    return _NOT_WORD.sub(" ", plain).strip()


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


def has_entity(text: str) -> bool:
    """Whether an HTML entity is in a text."""
    return "&" in text and _ENTITY.search(text) is not None


def normalise(text: str) -> str:
    """The form in which texts are searched: what looks the same is the same, whoever wrote it.

    Entities are decoded; compatibility forms, wide and decomposed characters are what they stand for (NFKC), and so are
    letters of other alphabets that look like Latin ones, within a Latin word; what prints nothing is gone; every dash
    is ``-``, every digit an ASCII one, every blank a space. Case, accents, punctuation and line breaks stay.
    """
    if has_entity(text):
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
    if prints_nothing(character) or character == "\u0640":
        return ""
    category = unicodedata.category(character)
    if category == "Pd" or character == "\u2212":
        return "-"
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Zs":
        return " "
    return "." if character in "\u3002\u2024" else character
