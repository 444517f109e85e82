"""What a text says that can be checked word for word: dates, times, numbers, links, addresses and names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.lint.vocabulary import words
from mailmerge.text.addresses import find_addresses
from mailmerge.text.calendar_names import MONTHS, SHORT_MONTHS, numbered
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_MONTHS = numbered((*(MONTHS[language] for language in ("fr", "en", "de")), *SHORT_MONTHS.values()), 1)
_NUMBERS = {
    name: number
    for number, names in (
        (1, "un une one ein eine"), (2, "deux two zwei"), (3, "trois three drei"), (4, "quatre four vier"),
        (5, "cinq five"), (6, "six sechs"), (7, "sept seven sieben"), (8, "huit eight acht"), (9, "neuf nine neun"),
        (10, "dix ten zehn"), (11, "onze eleven elf"), (12, "douze twelve"), (13, "treize thirteen"),
        (14, "quatorze fourteen fortnight"), (15, "quinze fifteen"), (16, "seize sixteen"), (20, "vingt twenty"),
        (30, "trente thirty"), (60, "soixante sixty"), (90, "ninety"), (100, "cent hundred"), (1000, "mille thousand"),
    )
    for name in names.split()
}  # fmt: skip
"""Words for numbers: what one text says in digits the other may say in words."""
_MONTH = r"(?P<month>[^\W\d_]{3,9})\.?"
_DATES = (
    regex(rf"\b(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\.?(?:\s+(?:of\s+)?|-){_MONTH}"),
    regex(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|\s?[h:])"),
    regex(r"\b\d{4}-(?P<number>\d{2})-(?P<day>\d{2})\b"),
    regex(r"\b(?P<day>\d{1,2})(?P<sign>[/.-])(?P<number>\d{1,2})(?:(?P=sign)(?:\d{4}|\d{2}))?(?![\d/.]*\d)"),
)
_TIMES = (
    regex(r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s?(?P<half>[ap])\.?\s?m\b\.?", re.IGNORECASE),
    regex(r"\b(?P<hour>\d{1,2})\s?(?:h(?:eures?|rs?)?|:)\s?(?P<minute>\d{2})?(?![\d])", re.IGNORECASE),
)
_LINK = regex(r"(?:https?://|\bwww\.)[^\s<>\"'«»()]+", re.IGNORECASE)
_PHONE = regex(r"(?<!\w)(?:\+\d{1,3}|00\d{2}|0)(?:[\s.\-()\u00a0\u202f]{0,2}\d){8,12}")
_NUMBER = regex(r"\d{1,3}(?:[\s\u00a0\u202f.,'’]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
_NAME = regex(r"(?<=[^\W_] |[,;(] )(?:[A-ZÀ-Ý][\w'’-]+)(?: [A-ZÀ-Ý][\w'’-]+)*")
_GREETED = words("madame monsieur mademoiselle mme mlle mr mrs ms dear bonjour cher chere hello i")


Fact = tuple[str, str]
"""What kind of thing is said, and what, in a form that two texts share."""


def facts_in(text: str, *, names: bool = False) -> dict[Fact, str]:
    """What a text says, and how it writes it; ``names`` are compared within one language only."""
    found: dict[Fact, str] = {}
    for fact, start, end in _facts(text):
        found.setdefault(fact, text[start:end].strip())
    if names:
        for match in _NAME.finditer(_without_links(text)):
            if fold(match[0]).split()[0] not in _GREETED:
                found.setdefault(("name", fold(match[0])), match[0])
    return found


def said_in_words(text: str) -> frozenset[Fact]:
    """The numbers that a text has in words."""
    return frozenset(("number", f"{_NUMBERS[word]:g}") for word in fold(text).split() if word in _NUMBERS)


def link_key(link: str) -> str:
    """A link less what makes no difference."""
    return re.sub(r"\A(?:https?://)?(?:www\.)?", "", link.strip().rstrip("/.,;:!?)"), flags=re.IGNORECASE).rstrip("/")


def _without_links(text: str) -> str:
    return _LINK.sub(lambda match: " " * len(match[0]), text)


def _facts(text: str) -> Iterator[tuple[Fact, int, int]]:
    rest = list(text)

    def blank(start: int, end: int) -> None:
        rest[start:end] = " " * (end - start)

    for match in _LINK.finditer(text):
        yield ("link", link_key(match[0])), *match.span()
        blank(*match.span())
    for start, end in find_addresses("".join(rest)):
        yield ("address", text[start:end].casefold()), start, end
        blank(start, end)
    for match in _PHONE.finditer("".join(rest)):
        yield ("phone", re.sub(r"\D", "", match[0])[-9:]), *match.span()
        blank(*match.span())
    for pattern in _DATES:
        for match in pattern.finditer("".join(rest)):
            month = _month(match)
            if month and 1 <= int(match["day"]) <= 31:
                yield ("date", f"{int(match['day'])}.{month}"), *match.span()
                blank(*match.span())
    for pattern in _TIMES:
        for match in pattern.finditer("".join(rest)):
            hour = int(match["hour"])
            if "half" in match.re.groupindex:
                hour = hour % 12 + 12 * (match["half"].lower() == "p")
            yield ("time", f"{hour}:{int(match['minute'] or 0):02}"), *match.span()
            blank(*match.span())
    for match in _NUMBER.finditer("".join(rest)):
        yield ("number", _value(match[0])), *match.span()


def _month(match: re.Match[str]) -> int:
    if "number" in match.re.groupindex:
        return int(match["number"]) if 1 <= int(match["number"]) <= 12 else 0
    return _MONTHS.get(fold(match["month"]), 0)


def _value(written: str) -> str:
    if re.fullmatch(r"\d{1,3}(?:[\s\u00a0\u202f.,'’]\d{3})+", written):
        return re.sub(r"\D", "", written)
    return f"{float(written.replace(',', '.')):.10g}"
