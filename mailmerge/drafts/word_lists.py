"""The numbers of the lists of Word (ECMA-376 part 1, 17.9), which go on where a paragraph stands between two points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from msgspec import Struct

from mailmerge.drafts.word_runs import W
from mailmerge.text.regex import regex

NUMBERING = "word/numbering.xml"
_OPEN, _CLOSE = "\ue016", "\ue017"
"""Around the number of a point on its way through HTML (private use, Unicode 23.5)."""
_POINT = regex(rf"<li>((?:<[^/<>]+>)*){_OPEN}(\d+){_CLOSE}")
_NUMBER = regex(rf"{_OPEN}\d+{_CLOSE}")
_DEEPEST = 9


class _Level(Struct, frozen=True):
    first: int
    numbered: bool


def write_numbers(document: ElementTree.Element, numbering: ElementTree.Element, styles: ElementTree.Element) -> None:
    """Write the number of each point of a numbered list at its beginning, between marks."""
    levels, lists = _levels(numbering), _lists(numbering)
    of_styles = {style.get(f"{W}styleId"): style.find(f"{W}pPr/{W}numPr") for style in styles.iter(f"{W}style")}
    counted: dict[str, list[int | None]] = {}
    begun: set[str] = set()
    for paragraph in document.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        if properties is None and style is not None:
            properties = of_styles.get(style.get(f"{W}val"))
        if properties is None:
            continue
        number, depth = _value(properties, "numId"), min(_DEEPEST - 1, int(_value(properties, "ilvl") or 0))
        kind, starts = lists.get(number, ("", {}))
        level = levels.get((kind, depth))
        if level is None:
            continue
        numbers = counted.setdefault(kind, [None] * _DEEPEST)
        if number not in begun:
            begun.add(number)
            for each in starts:
                numbers[each] = None
        before = numbers[depth]
        numbers[depth] = starts.get(depth, level.first) if before is None else before + 1
        numbers[depth + 1 :] = [None] * (_DEEPEST - depth - 1)
        if level.numbered:
            _write(paragraph, f"{_OPEN}{numbers[depth]}{_CLOSE}")


def read_numbers(html: str) -> str:
    """The HTML with the numbers of its points as those of its lists."""
    return _NUMBER.sub("", _POINT.sub(r'<li value="\2">\1', html))


def _write(paragraph: ElementTree.Element, number: str) -> None:
    for text in paragraph.iter(f"{W}t"):
        text.text = number + (text.text or "")
        return


def _levels(numbering: ElementTree.Element) -> Mapping[tuple[str, int], _Level]:
    return dict(_each_level(numbering))


def _each_level(numbering: ElementTree.Element) -> Iterator[tuple[tuple[str, int], _Level]]:
    for kind in numbering.iter(f"{W}abstractNum"):
        for level in kind.iter(f"{W}lvl"):
            numbered = _value(level, "numFmt") not in ("bullet", "none")
            first = int(_value(level, "start") or 1)
            yield (kind.get(f"{W}abstractNumId", ""), _number(level.get(f"{W}ilvl"))), _Level(first, numbered)


def _lists(numbering: ElementTree.Element) -> Mapping[str, tuple[str, Mapping[int, int]]]:
    """For each list its kind, and the levels that it begins anew with the first number of each."""
    return {
        each.get(f"{W}numId", ""): (
            _value(each, "abstractNumId"),
            {
                _number(override.get(f"{W}ilvl")): int(_value(override, "startOverride"))
                for override in each.iter(f"{W}lvlOverride")
                if _value(override, "startOverride")
            },
        )
        for each in numbering.iter(f"{W}num")
    }


def _value(element: ElementTree.Element, name: str) -> str:
    """What a child says; ``""`` where there is none, or where a number is none."""
    found = element.find(f"{W}{name}")
    value = found.get(f"{W}val", "") if found is not None else ""
    return value if name == "numFmt" or re.fullmatch(r"\d{1,5}", value) else ""


def _number(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,5}", text) else 0
