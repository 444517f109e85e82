"""Tell the one-byte encodings apart by what their accented letters make of the words.

``Žlodie`` is Mac Roman read as Windows-1252, ``Paweł`` written in Windows-1250 would be ``Pawe³``. Every byte is valid
in most of them, so nothing but plausibility decides, and where it is thin the runner-up is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from msgspec import Struct

from mailmerge.i18n import N_, _
from mailmerge.records.delimited.language_letters import better_fitting
from mailmerge.text.regex import regex

LABELS = {
    "utf-8": "UTF-8",
    "utf-8-sig": N_("UTF-8 with BOM"),
    "utf-16": "UTF-16",
    "utf-16-le": N_("UTF-16 (little endian)"),
    "utf-16-be": N_("UTF-16 (big endian)"),
    "cp1252": "Windows-1252",
    "mac-roman": "Mac Roman",
    "cp850": "DOS 850",
    "cp852": "DOS 852",
    "cp857": "DOS 857",
    "cp860": "DOS 860",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1257": "Windows-1257",
    "iso8859-2": "ISO 8859-2",
    "iso8859-15": "ISO 8859-15",
}
ONE_BYTE = ("cp1252", "mac-roman", "cp850", "cp1250")
"""The encodings that are told apart; none of them has an accent without a letter."""
_WESTERN = frozenset("àâäáãåçéèêëíìîïñóòôöõøúùûüÿœæßÀÂÄÁÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØÚÙÛÜŸŒÆ")
_CENTRAL = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäöüßÄÖÜőűŐŰ")
_ALPHABETS = {
    "cp1251": ("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўђјљњћџѓѕќ", "аеёиоуыэюяіїєў"),
    "cp1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ", "αεηιουωάέήίόύώϊϋΐΰ"),
}
"""Of encodings in which no letter of a word is an ASCII one: the letters, and which of them are vowels."""
_OTHER_WHOLE = regex(rb"[\x80-\xff]{3,}")
_WRITTEN = regex(r"cp(?:125\d|85\d|86[0-6]|932|949|950)|iso8859_[2579]|mac_\w+|koi8_\w|shift_jis|gb\w+|big5|euc_\w+")
"""Encodings that a program may have written a table in."""
_MARKS = frozenset("\u00a0‘“”«»–—…°€ºª§²³·•£½¼¾")
_HIGH = regex(rb"(?s)(?<=(.))([\x80-\xff])(?=(.))")
_HIGH_RUN = regex(rb"[\x80-\xff]+")
_WORD = regex(rb"[\w'\x80-\xff-]++")
_SAMPLE = 5000
_ASCII = bytes(range(0x80))
_BEGINNING = 1 << 21
"""Bytes in which all letters of a language are, if it has them."""
_GLANCE = 500
_FEW = 50
"""One in so many bytes."""
_CLEAR_LEAD = 0.1
_IMPLAUSIBLE = 0.5
_DOUBTFUL = 0.8
_LEAST_LETTERS = 3
_MOST_WORDS = 0.6
_FEWEST_VOWELS, _MOST_VOWELS = 0.2, 0.8

Sample = Mapping[tuple[bytes | Any, ...], int]


class _Relative(Struct, frozen=True):
    """An encoding that shares most letters with Windows-1252, as one language uses it."""

    codec: str
    letters: frozenset[str]
    """All that a text may have beside the ASCII ones."""
    signs: tuple[re.Pattern[str], ...]
    """What a text must have: not to be found in any other language under the same bytes."""
    after: str = ""
    """The encoding that is as plausible, if it was the best one."""


def _both(letters: str) -> frozenset[str]:
    """Small letters, and the capitals of them."""
    return frozenset(letters + letters.upper())


_CZECH = (
    r"[řŘ](?=[íáý])|(?<=[áíéý])ř|ě(?=[jkvzpščřž])|\bČ(?=[aeouáíéě])|(?<=[aeioyáéíý])č(?=[aeiouk])|č(?=[áíý])"
    r"|(?<=[aiyáí])č\b|ů(?=[a-zčřšž]+[áíéčřžš])"
)
"""Letters where no language of the West has ``ø``, ``ì``, ``È`` or ``è``."""
_RELATIVES = (
    _Relative("iso8859-15", _WESTERN, (regex("(?<=[A-Za-z])[ŒœŸ](?=[A-Za-z])|(?<=[0-9])[ \xa0]?€"),)),
    _Relative("cp1254", _both("çğöşüâîû") | {"ı", "İ"}, (regex("[ğşĞŞ]"), regex("[ıİ]"))),
    _Relative("cp1254", _both("çğöşüâîûéèê") | {"ı", "İ"}, (regex("[ğşĞŞ]"), regex("[ıİ]"), regex("[çÇ]"))),
    _Relative("cp1254", _both("çğöşüâîû") | {"ı", "İ"}, (regex(r"ı\w*ı|\b[Ss]oyadı\b"),)),
    _Relative("cp1250", _both("áéíóöőúüű"), (regex("[őŐ](?!e)"), regex("[áéíóúÁÉÍÓÚ]"))),
    _Relative("cp1250", _both("áéíóöőúüű"), (regex("[űŰ]"), regex("[áÁ]"), regex("[íóúÍÓÚ]"))),
    _Relative("cp1250", _both("ăâîşţ"), (regex(r"(?<=[a-zăâî])ş(?=[a-zăâîţ])|(?<!\w)Ş(?=[a-zăâî])"),)),
    _Relative("cp1250", _both("áčďéěíňóřšťúůýžäöüôľĺŕ") | {"ß"}, (regex(_CZECH),)),
    _Relative("cp1250", _both("čćđšž"), (regex(r"[iae]ć\b|\bĐ(?=[a-zčćšž])|(?<=[aei])č(?=[aeiuk])|\bČ(?=[aeou])"),)),
    _Relative("cp1250", _both("ąćęłńóśźż"), (regex(r"ń(?=sk)|[aio]ńcz|\b[Ii]mię\b"),)),
    _Relative(
        "cp1257",
        _both("ąčęėįšųūžāēģīķļņõäöü"),
        (regex(r"Š|(?<=\w)ž"), regex("[ąčėūāēģīļņõĄČĖŪĀĒĢĪĻŅÕ]")),
        after="cp1250",
    ),
)
"""French in Latin-9 (``cœur`` would be ``c½ur``), Turkish, Hungarian, Romanian, Czech and Slovak, Croatian
and Slovene, Polish, and the languages of the Baltic."""


def evidence_in(content: bytes) -> bytes:
    """The lines that are not ASCII alone, where they are few: a search through all takes longer than reading."""
    beginning = content[:_BEGINNING]
    if len(beginning.translate(None, _ASCII)) * _FEW > len(beginning):
        return content
    return b"\n".join([line for line in content.splitlines() if not line.isascii()])


def is_damaged_utf8(content: bytes) -> bool:
    """Whether most of what is not ASCII is valid UTF-8: then the rest is damage, not another encoding."""
    runs = [match.group() for match in islice(_HIGH_RUN.finditer(content), _SAMPLE)]
    broken = sum("\ufffd" in run.decode("utf-8", "replace") for run in runs)
    return broken * 4 <= len(runs)


def choose_encoding(content: bytes) -> tuple[str, str]:
    """The most plausible one-byte encoding, and the runner-up in words (``""`` where there is no real doubt)."""
    if codec := _of_other_letters(content):
        return codec, ""
    sample = Counter(match.groups() for match in islice(_HIGH.finditer(content), _SAMPLE))
    scores = {codec: _plausibility(sample, codec) for codec in ONE_BYTE}
    best = ONE_BYTE[0]
    for codec in ONE_BYTE[1:]:
        if scores[codec] > scores[best] + _CLEAR_LEAD:
            best = codec
    is_thin = best in ("cp1252", "cp1250") or scores[best] < _IMPLAUSIBLE
    closer = (is_thin and _closer(content, best)) or best
    closer = better_fitting(_words_beyond_ascii(content), closer) or closer
    if closer != best:
        return closer, _contrast(content, closer, best)
    if sample and scores[best] < _IMPLAUSIBLE:
        first, second = _guesses(content)
        if first:
            return first, _contrast(content, first, second or best)
    return best, _doubt(content, best, scores)


def sure_encoding(content: bytes, *, beside: str) -> str:
    """The one-byte encoding of a few lines of a file; ``""`` where they may as well be damaged, or in another.

    ``beside`` is the text of its other lines: an encoding that lacks one of their letters is not that of its language.
    """
    letters = "".join(filter(str.isalpha, set(beside)))
    if codec := _of_other_letters(content):
        return codec if _holds(codec, letters) else ""
    sample = Counter(match.groups() for match in islice(_HIGH.finditer(content), _SAMPLE))
    scores = {codec: _plausibility(sample, codec) for codec in ONE_BYTE if _holds(codec, letters)}
    best = max(scores, key=lambda codec: scores[codec], default="")
    if not best or scores[best] < _DOUBTFUL:
        return ""
    equal = [codec for codec in scores if codec != best and scores[codec] + _CLEAR_LEAD > scores[best]]
    return best if all(content.decode(best, "replace") == content.decode(other, "replace") for other in equal) else ""


def _holds(codec: str, letters: str) -> bool:
    return len(letters.encode(codec, "ignore").decode(codec)) == len(letters)


def _of_other_letters(content: bytes) -> str:
    """The encoding in which words are Greek or Cyrillic; ``""`` where most have ASCII letters too."""
    runs = [match.end() - match.start() for match in islice(_HIGH_RUN.finditer(content), _GLANCE)]
    if sum(length >= _LEAST_LETTERS for length in runs) * 4 < len(runs):
        return ""  # it takes longer to look for the words
    words = [word for word in _words_beyond_ascii(content) if len(word) >= _LEAST_LETTERS]
    whole = [word for word in words if _OTHER_WHOLE.fullmatch(word)]
    if not whole or len(whole) * 2 <= len(words):
        return ""
    shares = {codec: sum(_is_a_word(word, codec) for word in whole) / len(whole) for codec in _ALPHABETS}
    best = max(shares, key=lambda codec: shares[codec])
    return best if shares[best] >= _MOST_WORDS else ""


def _words_beyond_ascii(content: bytes) -> Iterator[bytes]:
    words = (match.group() for match in _WORD.finditer(content))
    return islice((word for word in words if not word.isascii()), _SAMPLE)


def _is_a_word(word: bytes, codec: str) -> bool:
    letters, vowels = _ALPHABETS[codec]
    text = word.decode(codec, "replace")
    share = sum(letter in vowels for letter in text.lower()) / len(text)
    return set(text.lower()) <= set(letters) and text in (text.lower(), text.title(), text.upper()) and (
        _FEWEST_VOWELS <= share <= _MOST_VOWELS
    )  # fmt: skip


def _closer(content: bytes, best: str) -> str:
    """A relative of Windows-1252 in which the few letters make sense that differ; ``""`` where none does."""
    beginning = content[:_BEGINNING]
    high = bytes(set(beginning.translate(None, _ASCII)))
    for relative in _RELATIVES:
        found = set(high.decode(relative.codec, "replace"))
        if relative.after == best or found == set(high.decode(best, "replace")):
            continue
        if {each for each in found if each.isalpha() or each < "\xa0"} <= relative.letters:
            text = beginning.decode(relative.codec, "replace")
            if all(sign.search(text) for sign in relative.signs):
                return relative.codec
    return ""


def _plausibility(sample: Sample, codec: str) -> float:
    """The share of non-ASCII characters that a European text would have at their place, 0 to 1."""
    letters = _CENTRAL if codec == "cp1250" else _WESTERN
    total = good = 0.0
    for (before, byte, after), often in sample.items():
        total += often
        try:
            good += often * _fit(before, byte.decode(codec), after, letters)
        except UnicodeDecodeError:
            continue
    return good / total if total else 0.0


def _fit(before: bytes, character: str, after: bytes, letters: frozenset[str]) -> float:
    if character in letters:
        if character.isupper() and before.islower():
            return 0.0
        if character.islower() and after.isupper():
            return 0.2
        return 1.0 if before.isascii() or after.isascii() else 0.2
    if character == "’":
        return 1.0 if before.isalpha() else 0.6
    if character == "°" and before in (b"N", b"n"):
        return 1.0  # a number
    if character == "\u00a0" and not (before + after).isalnum():
        return 1.0  # at the end of a word, where a letter with an accent would be as good
    if character in _MARKS:
        return (0.9, 0.5, 0.2)[before.isalpha() + after.isalpha()]
    return 0.0


def _doubt(content: bytes, best: str, scores: Mapping[str, float]) -> str:
    """The runner-up in words where it is nearly as plausible; Windows-1250 is, of nearly all that is Windows-1252."""
    others = [
        codec
        for codec in (ONE_BYTE[:3] if best == ONE_BYTE[0] else ONE_BYTE)
        if codec != best and scores[codec] >= _DOUBTFUL * scores.get(best, 0.0) and scores[codec] > 0
    ]
    return _contrast(content, best, max(others, key=lambda codec: scores[codec])) if others else ""


def _contrast(content: bytes, best: str, other: str) -> str:
    """Both readings of the first word with an accent."""
    pairs = ((word.decode(best, "replace"), word.decode(other, "replace")) for word in _words_beyond_ascii(content))
    here, there = next(((one, two) for one, two in pairs if one != two), ("", ""))
    said = _('read as {other} it would say "{there}", as {best} "{here}"')
    return said.format(other=label(other), there=there, best=label(best), here=here) if here else ""


def label(codec: str) -> str:
    """What people call an encoding."""
    return LABELS.get(codec, codec)


def _guesses(content: bytes) -> tuple[str, str]:
    """The two best guesses of charset-normalizer; asked last, because it is slow and unsure."""
    from charset_normalizer import from_bytes

    lines = [line for line in content.splitlines() if not line.isascii()]
    found = [match.encoding for match in from_bytes(b"\n".join(lines)[:65536]) if _is_possible(content, match.encoding)]
    first, second, *_ = [*found, "", ""]
    return first, second


def _is_possible(content: bytes, codec: str) -> bool:
    if not _WRITTEN.fullmatch(codec):
        return False
    try:
        content.decode(codec)
    except (UnicodeError, LookupError):
        return False
    return True
