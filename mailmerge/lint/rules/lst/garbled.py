"""The marks that a broken export leaves in a text: what is in the place of an accented letter, a quote or a euro sign.

Some prove it alone: the replacement character, ``Ã©``, ``¤``, ``&eacute;``. A question mark does so only inside a word,
and where it does, the others of its column are no questions either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from mailmerge.lint.vocabulary import words
from mailmerge.text.regex import regex

_LETTER = r"[^\W\d_]"
_BROKEN = regex("[\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f]")
_TWICE_ENCODED = regex("[\u00c2-\u00f4][^\x00-\x7fÀ-ÅÇ-×Ù-åç-÷ù-ÿ]|[√¬‚≈ƒ][^\x00-\x7f]")
"""What may be the octets of UTF-8, read as letters one by one; ftfy knows. Two letters in a row (Ibáñez) are not."""
_FOREIGN_PAGE = regex(rf"(?:(?<={_LETTER})|\b)[ÃÂ][\u00a0-\u00bf]|â€|√[^\s\d(]|[\u2500-\u2593]")
"""What no language writes, and ftfy leaves where the rest of the cell is sound."""
_CAPITAL_OF_OTHER_PAGE = regex(r"[ÈËÍÓ‰ŽŠŒŸ](?<=[a-zà-ÿ].)(?=[a-zà-ÿ])")
_CAPITAL_IN_WORD = regex("[À-ÖØ-ÞŽŠŒŸ](?<=[a-zà-öø-ÿ].)")
_SIGN_IN_WORD = regex(
    rf"¤|(?<={_LETTER})[‚„†‡‰ˆ˜¡¦§¨¬¯±¶¸¼½¾¿□▯]+(?={_LETTER})|(?<=[a-zà-ÿ])[ƒ™¢£¥](?=[a-zà-ÿ])"
    r"|(?<![\w])[½¼](?=uvr|il\b|ufs?\b|dème|nolog|cum|soph)"
)
"""Signs of another code page where a letter belongs; ``½`` is œ in ISO 8859-15. Not ``·`` and ``•`` (candidat·e)."""
_SIGN_IN_NAME = regex(rf"(?<={_LETTER})[¹²³“”](?={_LETTER})")
"""``K³hne``, ``Ma³gorzata`` and ``Bj”rn``; in other texts, a blank may be missing."""
_ESCAPED = regex(
    r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6});|\\u[0-9A-Fa-f]{4}|(?<=[A-Za-z])\\x[89A-Fa-f]"
    r"[0-9A-Fa-f]|=[C-E][0-9A-F]=[89AB][0-9A-F]|%[C-E][0-9A-F]%[89AB][0-9A-F]|=\?[\w-]+\?[bBqQ]\?|_x[0-9A-F]{4}_"
)
"""Letters as HTML, JSON, programs, quoted-printable, URLs, mail headers and OOXML write them."""
_CODE = regex(r"\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})|_x([0-9A-F]{4})_")

_ADDRESS = regex(r"\S*(?:://|www\.|@|=)\S*|\S*[\w-]\.(?:[a-z]{2,24}/|[a-z]{2,6}[?:])\S*")
"""Of a web page, a mailbox or a file, in which a question mark is its own; names of hosts and files are small."""
_URL_SIGNS = ("/", "www.", "mailto:")
_LOST = regex(rf"({_LETTER}+)['’]?\?+['’]?(?=({_LETTER}+))")
_LOST_AFTER_QUOTE = regex(rf"(?<={_LETTER})['’]\?+{_LETTER}")
_LOST_AT_START = regex(
    rf"(?:\A|(?<=[-/(]))\?+{_LETTER}{{2}}|(?<=\b(?:de|du|un|en|et|le|la|of))\s\?+{_LETTER}{{2}}"
    rf"|(?<=\b(?:des|les|une|aux|the|for))\s\?+{_LETTER}{{2}}"
)
_LOST_AT_EDGE = regex(rf"{_LETTER}{{2}}\?+(?=\s+[a-zà-ÿ]|\s*\Z|[-/).,])|(?<=\s)\?+{_LETTER}{{2}}")
_ONLY_LOST = regex(r"\?{2,}(?:[\s'’-]+\?{2,})+")
_ELIDED = frozenset({"c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "aujourd", "presqu"})
_STARTS_WITH_VOWEL = regex("[aeiouyhàâäéèêëîïôöùûüœæ]", re.IGNORECASE)
_AFTER_A_QUESTION = words("ou et oui non si pas or and yes no not vrai faux true false mais peut donc sinon maybe")
_ASCII_MARKS = ("?", "&", "\\", "=", "%", "_x")
_SIGNS = regex("[\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f¤‚„†‡‰ˆ˜¡¢£¥¦§¨¬¯±¶¸¼½¾¿¹²³“”ƒ™√□▯\u2500-\u2593]")
"""Characters without which nothing of the above is there, besides pairs of letters and capitals."""


def is_suspect(column: str) -> bool:
    """Whether the cells of a column, as one text, hold anything that is worth a look at each of them."""
    if any(mark in column for mark in _ASCII_MARKS):
        return True
    return any(sign.search(column) for sign in (_SIGNS, _TWICE_ENCODED, _CAPITAL_IN_WORD))


def lost_marks(values: Iterable[str], *, names: bool) -> frozenset[str]:
    """Those texts of one column in which question marks, or capitals inside a word, are in the place of letters."""
    different = set(values)
    bare = {value: _without_urls(value) for value in different if "?" in value}
    sure = {value for value, text in bare.items() if _is_lost(text, names=names)}
    inside = {value for value, text in bare.items() if _LOST.search(text)}
    if len(inside) > 1:
        sure |= inside
    if sure:
        sure |= {value for value, text in bare.items() if _LOST_AT_EDGE.search(text)}
    capitals = {value for value in different if not value.isascii() and _CAPITAL_IN_WORD.search(value)}
    return frozenset(sure | capitals if len(capitals) > 1 else sure)


def repaired(value: str, *, is_name: bool) -> str | None:
    """None for sound text, else what it should read, ``""`` if that cannot be known."""
    if value.isascii() and value.isprintable() and not any(mark in value for mark in _ASCII_MARKS):
        return None
    if not value.isascii() and _TWICE_ENCODED.search(value):
        import ftfy

        better = str(ftfy.fix_encoding(value))
        if better != value:
            return better
    if any(sign.search(value) for sign in (_FOREIGN_PAGE, _BROKEN, _SIGN_IN_WORD)):
        return ""
    if is_name and (_CAPITAL_OF_OTHER_PAGE.search(value) or _SIGN_IN_NAME.search(value)):
        return ""
    if _ESCAPED.search(value):
        return _unescaped(value)
    return None


def _unescaped(value: str) -> str | None:
    marks = _ESCAPED.findall(_without_urls(value) if any(sign in value for sign in _URL_SIGNS) else value)
    if all(mark.startswith("&") and unescape(mark) == mark for mark in marks):
        return None
    better = _CODE.sub(lambda code: chr(int(code[code.lastindex or 1], 16)), unescape(value))
    return better if better != value and better.isprintable() and not _ESCAPED.search(better) else ""


def _without_urls(value: str) -> str:
    return _ADDRESS.sub(" ", value)


def _is_lost(text: str, *, names: bool) -> bool:
    if _LOST_AFTER_QUOTE.search(text) or _LOST_AT_START.search(text) or _ONLY_LOST.fullmatch(text.strip()):
        return True
    if names:
        return _LOST.search(text) is not None
    return any(_is_within_word(before, after) for before, after in _LOST.findall(text))


def _is_within_word(before: str, after: str) -> bool:
    """Whether a question mark between these is a letter or an apostrophe that was lost, not one without a space."""
    if before.casefold() in _ELIDED and _STARTS_WITH_VOWEL.match(after):
        return True
    if after.casefold() in _AFTER_A_QUESTION:
        return False
    if after[0].islower():
        return True
    shorter, longer = sorted((len(before), len(after)))
    return before.isupper() and after.isupper() and shorter == 1 < longer
