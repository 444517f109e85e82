"""The style sheets of an attached web page: what they say of an element, by itself and by what it is in.

Elements, classes and identifiers, within one another (``.a .b``, ``div > p.x``); states, attributes and what comes
after something (``a:hover``, ``[lang]``, ``h1 + p``) are not read. Declarations that are important win (CSS Cascade 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mailmerge.letter.markup.styles import blocks_of
from mailmerge.text.regex import regex

_SELECTOR = regex(r"[\w.#*-]+(?:\s*>\s*[\w.#*-]+|\s+[\w.#*-]+)*")
_STEP = regex(r"(>?)\s*([\w.#*-]+)")
_COMPOUND = regex(r"(\*|[A-Za-z][\w-]*)?((?:[.#][\w-]+)*)")
_NAME = regex(r"[.#][\w-]+")
_IMPORTANT = regex(r"!\s*important\s*\Z", re.IGNORECASE)
_MOST_STEPS = 2_000_000
"""Rules that are compared with elements, and elements that are looked at for what others are in."""


class ElementLook(NamedTuple):
    """What selectors know of an element."""

    tag: str
    names: frozenset[str]
    """Its classes and its identifier, each with its sign."""


class _Step(NamedTuple):
    tag: str
    names: frozenset[str]
    is_child: bool
    """Whether it is right in what the step before is about, and not only somewhere within."""

    def holds(self, look: ElementLook) -> bool:
        return self.tag in ("", look.tag) and self.names <= look.names


class _Rule(NamedTuple):
    weight: tuple[int, int, int, int]
    """Specificity (identifiers, classes, elements), then the place in the sheet."""
    steps: tuple[_Step, ...]
    declarations: tuple[str, ...]


class PageStyles:
    """The rules of the style sheets of a page."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self.is_whole = True
        """Whether all that was asked for could be judged."""
        self._steps = 0
        self._known: dict[ElementLook, tuple[str, str]] = {}
        """What is said of an element, wherever it is."""
        self._usual: dict[str, list[_Rule]] = {}
        self._important: dict[str, list[_Rule]] = {}
        for place, (selectors, declarations) in enumerate(blocks_of(sheets)):
            written = [" ".join(each.split()) for each in declarations.split(";") if each.strip()]
            important = [each for each in written if _IMPORTANT.search(each)]
            usual = [each for each in written if each not in important]
            for selector in map(str.strip, selectors.split(",")):
                if _SELECTOR.fullmatch(selector):
                    _enter(self._usual, selector, usual, place)
                    _enter(self._important, selector, important, place)

    def style(self, path: Sequence[ElementLook], own: str) -> str:
        """What holds for the last of the elements that are open, ``own`` is what is written on itself."""
        look = path[-1]
        declared = self._known.get(look)
        if declared is None:
            usual, important = self._about(self._usual, look), self._about(self._important, look)
            declared = self._declared(usual, path), self._declared(important, path)
            if all(len(rule.steps) == 1 for rule in (*usual, *important)):
                self._known[look] = declared
        usual_ones, important_ones = declared
        return "; ".join(filter(None, (usual_ones, own.strip().rstrip(";"), important_ones)))

    def _about(self, rules: Mapping[str, list[_Rule]], look: ElementLook) -> list[_Rule]:
        """The rules whose last step may be about an element."""
        if not rules:
            return []
        found = [rule for key in (*look.names, look.tag, "") for rule in rules.get(key, ())]
        self._count(len(found))
        return found if self.is_whole else []

    def _count(self, steps: int) -> None:
        self._steps += steps
        self.is_whole = self._steps <= _MOST_STEPS

    def _declared(self, rules: Sequence[_Rule], path: Sequence[ElementLook]) -> str:
        held = [rule for rule in sorted(rules) if self._holds(rule, path)]
        last = {each.partition(":")[0].strip().lower(): each for rule in held for each in rule.declarations}
        return "; ".join(last.values())

    def _holds(self, rule: _Rule, path: Sequence[ElementLook]) -> bool:
        *around, last = rule.steps
        if not last.holds(path[-1]):
            return False
        places, is_child = [len(path) - 1], last.is_child
        for step in reversed(around):
            before = [place - 1 for place in places if place] if is_child else list(range(max(places)))
            self._count(len(before))
            places, is_child = [place for place in before if step.holds(path[place])], step.is_child
            if not places or not self.is_whole:
                return False
        return True


def _enter(rules: dict[str, list[_Rule]], selector: str, declared: Sequence[str], place: int) -> None:
    steps = tuple(_steps(selector))
    if not declared or not steps:
        return
    names = [name for step in steps for name in step.names]
    identifiers = sum(name.startswith("#") for name in names)
    weight = (identifiers, len(names) - identifiers, sum(step.tag != "" for step in steps), place)
    key = min(steps[-1].names, default=steps[-1].tag)
    rules.setdefault(key, []).append(_Rule(weight, steps, tuple(declared)))


def _steps(selector: str) -> Iterator[_Step]:
    for sign, written in _STEP.findall(selector):
        found = _COMPOUND.fullmatch(written)
        if found is not None:
            tag = (found[1] or "").lower()
            yield _Step("" if tag == "*" else tag, frozenset(_NAME.findall(found[2])), bool(sign))
