"""Which letters a second person looks at, in which order, and what they are asked about them.

First what the author answers for and what was found; one letter of each way through the letters; the shortest and the
longest; those whose files are called otherwise; then a sample. The chance of the sample is the root of the run, which
its author cannot choose.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from mailmerge.approval.reviewing.contents import Contents, PackedLetter
from mailmerge.approval.reviewing.reading import file_names
from mailmerge.approval.reviewing.sampling import review_sample
from mailmerge.approval.words import plain_words
from mailmerge.text.regex import regex


class Why(StrEnum):
    """Why a letter is shown."""

    FINDING = "finding"
    WAY = "way"
    SHORTEST = "shortest"
    LONGEST = "longest"
    FILES = "files"
    SAMPLE = "sample"


class ChosenLetter(Struct, frozen=True):
    """One letter to look at."""

    record: int
    why: Why
    takers: int = 0
    """How many letters took the same way, where it is shown for that."""


def by_chance(contents: Contents) -> list[PackedLetter]:
    """Letters in the order that the root gives."""

    def rank(letter: PackedLetter) -> bytes:
        return hashlib.sha256(f"{contents.root}\n{letter.record}".encode()).digest()

    return sorted(contents.letters, key=rank)


def shown_letters(contents: Contents) -> list[ChosenLetter]:
    """The letters to look at, each once, in the order of the review."""
    chosen: dict[int, Why] = {}
    for record, why in _wanted(contents):
        chosen.setdefault(record, why)
    way = {letter.record: letter.way for letter in contents.letters}
    takers = Counter(way.values())
    return [ChosenLetter(record, why, takers[way[record]] if why is Why.WAY else 0) for record, why in chosen.items()]


def _wanted(contents: Contents) -> Iterator[tuple[int, Why]]:
    there = {letter.record for letter in contents.letters}
    for finding in contents.findings:
        if finding.get("record") in there:
            yield int(finding["record"]), Why.FINDING
    order = by_chance(contents)
    ways: dict[int, int] = {}
    for letter in order:
        ways.setdefault(letter.way, letter.record)
    takers = Counter(letter.way for letter in order)
    for way in sorted(ways, key=lambda way: takers[way])[:_MOST_WAYS]:
        yield ways[way], Why.WAY
    lengths = {letter.record: len(letter.content) for letter in order}
    yield min(lengths, key=lengths.__getitem__), Why.SHORTEST
    yield max(lengths, key=lengths.__getitem__), Why.LONGEST
    for record in _odd_files(order):
        yield record, Why.FILES
    for letter in order[: review_sample(len(order))]:
        yield letter.record, Why.SAMPLE


_MOST_WAYS = 50
"""Ways through the letters of which one letter is shown, the rarest first: a letter with loops may have hundreds."""
_DIGITS = regex(r"\d+")
_MOST_ODD = 20


def _odd_files(letters: Sequence[PackedLetter]) -> list[int]:
    """The records whose attached files are not called as almost everybody's."""
    patterns: dict[int, tuple[str, ...]] = {}
    for letter in letters:
        names = file_names(letter.content)
        own = {word for word in plain_words(letter.name).split() if len(word) > 1}
        patterns[letter.record] = tuple(_pattern(name, own) for name in names)
    usual = Counter(patterns.values()).most_common(1)[0][0]
    return [record for record, pattern in patterns.items() if pattern != usual][:_MOST_ODD]


def _pattern(name: str, own: set[str]) -> str:
    """What a file is called, less what is the person's own: numbers and their name."""
    stem, _, ending = _DIGITS.sub("#", name).rpartition(".")
    words = plain_words(stem).split()
    return " ".join("@" if word in own else word for word in words) + f".{ending}"


class Question(Struct, frozen=True):
    """Something that only somebody who looks can answer."""

    kind: str
    """``surname``: the first letters of the surname of ``record``; ``way``: how many letters have the wording of that
    of ``record``; ``number``: which letter is the one to ``name``."""
    record: int
    name: str
    answers: tuple[str, ...]
    """What counts, as it is compared; the first is the one that the code is made of."""

    def accepts(self, typed: str) -> str | None:
        """The answer that the code is made of, where what was typed counts; else None."""
        plain = plain_answer(typed)
        begun = self.kind == "surname"
        fits = any(plain[: len(each)] == each if begun else plain == each for each in self.answers)
        return self.answers[0] if plain and fits else None


def plain_answer(typed: str) -> str:
    """An answer as it is compared: letters without accents and capitals, or digits."""
    digits = "".join(c for c in typed if c.isdecimal() and c.isascii())
    return digits or plain_words(typed).replace(" ", "")


_LETTERS = 3


def questions(contents: Contents) -> tuple[Question, Question]:
    """Two questions drawn from the bytes by the root of the run."""
    order = by_chance(contents)
    shown = shown_letters(contents)
    looked = {each.record for each in shown}
    asked = [letter for letter in order if letter.record in looked and _surnames(letter)]
    first = asked[-1] if asked else order[-1]
    answers = _surnames(first) or (plain_answer(first.address.partition("@")[0])[:_LETTERS] or "?",)
    one = Question("surname", first.record, first.name, answers)
    ways = [each for each in shown if each.why is Why.WAY]
    if len(contents.ways) > 1 and ways:
        rarest = min(ways, key=lambda each: each.takers)
        name = next(letter.name for letter in order if letter.record == rarest.record)
        return one, Question("way", rarest.record, name, (str(rarest.takers),))
    names = Counter(letter.name for letter in order)
    alone = [each for each in order if each.record in looked and names[each.name] == 1 and each is not first]
    other = alone[-1] if alone else first
    return one, Question("number", other.record, other.name or other.address, (str(other.record),))


def _surnames(letter: PackedLetter) -> tuple[str, ...]:
    """The first letters of what may be the surname: any word of the name but the first."""
    words = [word for word in letter.name.replace("-", " ").split() if plain_words(word)]
    surnames = words[1:] or words
    ordered = surnames[-1:] + surnames
    parts = [plain_words(word).replace(" ", "")[:_LETTERS] for word in ordered]
    signs = [plain_words(word[:_LETTERS]).replace(" ", "") for word in ordered]  # O'B, where an apostrophe counts
    return tuple(dict.fromkeys(part for part in (*parts, *signs) if part))
