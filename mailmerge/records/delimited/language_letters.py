"""Words that no language writes with such letters are in another encoding: ``Bçrziòð`` is ``Bērziņš``.

In small tables there is nothing else to tell by. Another encoding is taken only where all words with accents are then
of one language.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from mailmerge.text.regex import regex

_WESTERN = (
    "àâäçéèêëîïôöùûüÿœæ", "áéíóúüñªº", "àçèéíïòóúü·", "áâãàçéêíóôõúüñ", "àèéìíîòóùú", "äöüßé", "äéèêëïöüç",
    "åäöæøéüáóô", "áéíóúýþæöð", "äöüõåšž", "âêîôûŵŷäëïöü", "çöüâîûë",
)  # fmt: skip
"""French, Spanish, Catalan, Portuguese, Italian, German, Dutch, the North, Icelandic, Finnish and Estonian, Welsh,
Turkish as far as it goes."""
_CENTRAL = (
    "áčďéěíňóřšťúůýžöü", "áäčďéíĺľňóôŕšťúýžöü", "ąćęłńóśźżöü", "áéíóöőúüű", "ăâîşţșț", "čćđšž", "äöüß",
)  # fmt: skip
"""Czech, Slovak, Polish, Hungarian, Romanian, Croatian and Slovene, German."""
_BALTIC = ("ąčęėįšųūž", "āčēģīķļņōŗšūž", "äöüõšž")
"""Lithuanian, Latvian, Estonian."""
_LANGUAGES = {
    "cp1252": _WESTERN, "mac-roman": _WESTERN, "cp850": _WESTERN, "cp1250": _CENTRAL, "iso8859-2": _CENTRAL,
    "cp1257": _BALTIC, "cp852": _CENTRAL, "cp857": ("çğıöşüâîû",), "cp860": ("áâãàçéêíóôõúñªº",),
}  # fmt: skip
_DOS = ("cp860", "cp852", "cp857")
"""Those of DOS beside 850, in which the words of one language are looked for where they are of several otherwise."""
_OTHERS = ("cp1252", "cp1250", "iso8859-2", "cp1257", "cp850", "mac-roman", *_DOS)
"""The encodings that are looked at in place of one in which words are of no language."""
_NEVER_FIRST = "Ðð"
"""No word begins with it in Icelandic."""
_ICELANDIC = frozenset("þð")
_MANY = 500
_ODD, _NEARLY_ALL = 0.1, 0.95
"""Shares of many words: of no language in one encoding, and of a single one in another."""
_ABBREVIATED = 4
"""Letters of ``Mª`` and ``Fcoº`` at most."""
_NOT_IN_MAC_ROMAN = regex(r"[aeiouy]ö|ö[aeiouy]|[aeiuy]û|û[aeiouy]|ç[b-df-hj-np-tvwxz]", re.IGNORECASE)
"""What ``š`` and ``ž`` become in Mac Roman, vowels beside others, and the ``ı`` of DOS, a consonant before others."""
_NO_DIPHTHONG = regex(r"(?<![äö])(?:äo|äe|öe)s?\b|ç[äö]", re.IGNORECASE)
"""What ``ão``, ``ãe`` and ``õe`` become in DOS 850 where they were written in DOS 860."""
_AROUND = "'’‘“”«»„–—…\u00a0-_.°"


def better_fitting(words: Iterable[bytes], codec: str) -> str:
    """The encoding in which all of these words are of one language, where one of them is of none in ``codec``; else
    ``""``. Where they are many, it takes more than one, and a few foreign names are no obstacle.
    """
    if codec not in _LANGUAGES:
        return ""
    lettered = (word for word in words if any(map(str.isalpha, word.decode(codec, "replace"))))  # 5€ is no word
    few = list(islice(lettered, _MANY))
    distinct = set(few)
    if len(few) == _MANY:
        odd = sum(not _fits(each, codec, _LANGUAGES[codec]) for each in distinct)
        return _of_most(distinct, codec) if odd > _ODD * len(distinct) else ""
    if all(_fits(each, codec, _LANGUAGES[codec]) for each in distinct):
        letters = {letter for each in distinct for letter in each.decode(codec, "replace").lower()}
        if any(all(_fits(each, codec, (one,)) for each in distinct) for one in _LANGUAGES[codec]):
            return ""
        others = _DOS if letters.isdisjoint(_ICELANDIC) else _OTHERS
    else:
        others = _OTHERS
    for other in others:
        if other != codec and any(
            all(_fits(each, other, (language,)) for each in distinct) for language in _LANGUAGES[other]
        ):
            return other
    return ""


def _of_most(words: Collection[bytes], codec: str) -> str:
    """The encoding other than ``codec`` in which nearly all of these words are of one language."""
    shares = {
        other: max(sum(_fits(each, other, (one,)) for each in words) for one in _LANGUAGES[other])
        for other in _OTHERS
        if other != codec
    }
    best = max(shares, key=lambda other: shares[other])
    return best if shares[best] >= _NEARLY_ALL * len(words) else ""


def _fits(word: bytes, codec: str, languages: Collection[str]) -> bool:
    """Whether each part of a word has the letters of a language."""
    text = word.decode(codec, "replace").strip(_AROUND)
    if codec == "mac-roman" and _NOT_IN_MAC_ROMAN.search(text):
        return False
    if codec in ("cp850", "cp852") and _NO_DIPHTHONG.search(text):
        return False
    return all(any(set(letters) <= set(each) for each in languages) for letters in _letters(text))


def _letters(text: str) -> Iterator[str]:
    """The letters beyond ASCII of each part of a double name, in small letters; a sign where there is none like it."""
    for part in text.replace("'", "-").replace("’", "-").split("-"):
        is_mixed = not part.isupper() and any(each.isupper() and not each.isascii() for each in part[1:])
        is_cut = len(part) > _ABBREVIATED and part[-1] in "ªº"
        if part and (is_mixed or is_cut or part[0] in _NEVER_FIRST):
            yield "\ufffd"
        else:
            yield "".join(letter for letter in part.lower() if not letter.isascii())
