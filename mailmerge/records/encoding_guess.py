"""Tell the one-byte encodings apart by what their accented letters make of the words.

``Žlodie`` is Mac Roman read as Windows-1252, ``Paweł`` written in Windows-1250 would be ``Pawe³``. Every byte is valid
in most of them, so nothing but plausibility decides, and where it is thin the runner-up is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import islice
from typing import Any

from mailmerge.i18n import N_, _
from mailmerge.regex import regex

LABELS = {
    "utf-8": "UTF-8",
    "utf-8-sig": N_("UTF-8 with BOM"),
    "utf-16": "UTF-16",
    "utf-16-le": N_("UTF-16 (little endian)"),
    "utf-16-be": N_("UTF-16 (big endian)"),
    "cp1252": "Windows-1252",
    "mac-roman": "Mac Roman",
    "cp850": "DOS 850",
    "cp1250": "Windows-1250",
}
ONE_BYTE = ("cp1252", "mac-roman", "cp850", "cp1250")
"""The encodings that are told apart; none of them has an accent without a letter."""
_WESTERN = frozenset("àâäáãåçéèêëíìîïñóòôöõøúùûüÿœæßÀÂÄÁÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØÚÙÛÜŸŒÆ")
_CENTRAL = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäöüßÄÖÜőűŐŰ")
_MARKS = frozenset("\u00a0‘“”«»–—…°€ºª§²³·•£")
_HIGH = regex(rb"(?s)(?<=(.))([\x80-\xff])(?=(.))")
_HIGH_RUN = regex(rb"[\x80-\xff]+")
_WORD = regex(rb"[\w'\x80-\xff-]*[\x80-\xff][\w'\x80-\xff-]*")
_SAMPLE = 5000
_CLEAR_LEAD = 0.1
_IMPLAUSIBLE = 0.5
_DOUBTFUL = 0.8

Sample = Mapping[tuple[bytes | Any, ...], int]


def is_damaged_utf8(content: bytes) -> bool:
    """Whether most of what is not ASCII is valid UTF-8: then the rest is damage, not another encoding."""
    runs = [match.group() for match in islice(_HIGH_RUN.finditer(content), _SAMPLE)]
    broken = sum("\ufffd" in run.decode("utf-8", "replace") for run in runs)
    return broken * 4 <= len(runs)


def choose_encoding(content: bytes) -> tuple[str, str]:
    """The most plausible one-byte encoding, and the runner-up in words (``""`` where there is no real doubt)."""
    sample = Counter(match.groups() for match in islice(_HIGH.finditer(content), _SAMPLE))
    scores = {codec: _plausibility(sample, codec) for codec in ONE_BYTE}
    best = ONE_BYTE[0]
    for codec in ONE_BYTE[1:]:
        if scores[codec] > scores[best] + _CLEAR_LEAD:
            best = codec
    if sample and scores[best] < _IMPLAUSIBLE:
        first, second = _guesses(content)
        if first:
            return first, _contrast(content, first, second or best)
    return best, _doubt(content, best, scores)


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
    if character == "\u00a0" and not (before + after).isalnum():
        return 1.0  # at the end of a word, where a letter with an accent would be as good
    if character in _MARKS:
        return (0.9, 0.5, 0.2)[before.isalpha() + after.isalpha()]
    return 0.0


def _doubt(content: bytes, best: str, scores: Mapping[str, float]) -> str:
    """The runner-up in words where it is nearly as plausible."""
    others = [
        codec
        for codec in ONE_BYTE[:3]
        if codec != best and scores[codec] >= _DOUBTFUL * scores.get(best, 0.0) and scores[codec] > 0
    ]
    return _contrast(content, best, max(others, key=lambda codec: scores[codec])) if others else ""


def _contrast(content: bytes, best: str, other: str) -> str:
    """Both readings of the first word with an accent."""
    words = (match.group() for match in islice(_WORD.finditer(content), _SAMPLE))
    pairs = ((word.decode(best, "replace"), word.decode(other, "replace")) for word in words)
    here, there = next(((one, two) for one, two in pairs if one != two), ("", ""))
    said = _('read as {other} it would say "{there}", as {best} "{here}"')
    return said.format(other=_label(other), there=there, best=_label(best), here=here) if here else ""


def _label(codec: str) -> str:
    return LABELS.get(codec, codec)


def _guesses(content: bytes) -> tuple[str, str]:
    """The two best guesses of charset-normalizer; asked last, because it is slow and unsure."""
    from charset_normalizer import from_bytes

    lines = [line for line in content.splitlines() if not line.isascii()]
    found = [match.encoding for match in from_bytes(b"\n".join(lines)[:65536]) if _reads(content, match.encoding)]
    first, second, *_ = [*found, "", ""]
    return first, second


def _reads(content: bytes, codec: str) -> bool:
    try:
        content.decode(codec)
    except (UnicodeError, LookupError):
        return False
    return True
