"""Remarks that are for colleagues only, wherever a piece of one turns up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from mailmerge.lint.identities.reading import Reading
from mailmerge.lint.vocabulary import is_internal
from mailmerge.model import Bystanders, RecordTable
from mailmerge.text.folding import fold, normalise
from mailmerge.text.regex import regex

_WORD = regex(r"[^\W_]+")
_LEAST_LETTERS = 20
"""Characters of a remark; a shorter text may be in two places by chance."""
_LEAST_WORDS = 4
COINCIDENCE = 6
"""Words in a row that are no coincidence; a shorter remark has to be there whole."""
_ANCHORS = 3
"""Words by which a remark is looked for: those that the fewest remarks have."""
_MOST_PLACES = 20
"""Of one word in a remark; where a word comes again and again, its run is as long from any of them."""
_MOST_OWNERS = 3
"""A remark that more rows share is nobody's, and so is a piece of one: the words of a form."""


class InternalRemark(NamedTuple):
    """A remark, or a piece of one, that is in a text."""

    field: str
    owners: tuple[int, ...]
    words: tuple[str, ...]
    """The words that are there, folded."""


class Internal:
    """The internal remarks of all rows."""

    def __init__(self, table: RecordTable, bystanders: Sequence[Bystanders] = ()):
        self._remarks: list[InternalRemark] = []
        self._anchors: dict[str, list[int]] = {}
        self._most = max(_MOST_OWNERS, len(table.records) // 100)
        self._enter_table(table, 0)
        before = len(table.records)
        for group in bystanders:
            self._enter_table(group.table, before)
            before += len(group.table.records)

    def _enter_table(self, table: RecordTable, before: int) -> None:
        columns = [(at, field.name) for at, field in enumerate(table.fields) if is_internal(field.name)]
        for position, name in columns:
            owners: dict[str, list[int]] = {}
            for record in table.records:
                value = record.values[position]
                if len(value) >= _LEAST_LETTERS and " " in value:
                    owners.setdefault(value, []).append(before + record.number)
            most = max(_MOST_OWNERS, len(table.records) // 100)
            self._enter(name, {value: tuple(rows) for value, rows in owners.items() if len(rows) <= most})

    def _enter(self, name: str, owners: dict[str, tuple[int, ...]]) -> None:
        said = {value: fold(normalise(value)).split() for value in owners}
        common = Counter(word for words in said.values() for word in set(words))
        for value, words in said.items():
            if len(words) < _LEAST_WORDS:
                continue
            number = len(self._remarks)
            self._remarks.append(InternalRemark(name, owners[value], tuple(words)))
            rarest = sorted(
                {word for word in words if len(word) > 2}, key=lambda word: (common[word], -len(word), word)
            )
            for word in rarest[:_ANCHORS]:
                self._anchors.setdefault(word, []).append(number)

    def __bool__(self) -> bool:
        return bool(self._remarks)

    def find(self, words: Sequence[str]) -> Iterator[InternalRemark]:
        """The remarks, or pieces of them, among folded words; each remark once."""
        if self._anchors.keys().isdisjoint(words):
            return
        found = list(self._found(words))
        sharing = Counter(piece for _whole, piece in found)
        for whole, piece in found:
            if sharing[piece] <= self._most or piece == whole.words:
                yield whole._replace(words=piece)

    def _found(self, words: Sequence[str]) -> Iterator[tuple[InternalRemark, tuple[str, ...]]]:
        """The remarks, each with those of its words that are in the text."""
        seen: set[int] = set()
        for at, word in enumerate(words):
            for number in self._anchors.get(word, ()):
                if number in seen:
                    continue
                whole = self._remarks[number]
                piece = tuple(_longest_around(words, at, whole.words))
                if len(piece) >= min(COINCIDENCE, len(whole.words)):
                    seen.add(number)
                    yield whole, piece


def is_about(number: int, remark: InternalRemark, among: Iterable[InternalRemark]) -> bool:
    """Whether a remark is about this person, or a piece that one about them has too, which is in the same text."""
    piece = f" {' '.join(remark.words)} "
    return any(number in each.owners and piece in f" {' '.join(each.words)} " for each in among)


def found_at(text: str, words: Sequence[str]) -> str:
    """The stretch of a text that folds to these words, as it is written; ``""`` if there is none."""
    if not words or " ".join(words) not in fold(normalise(text)):
        return ""
    reading = Reading(text)
    spans = [(word, match.span()) for match in _WORD.finditer(reading.text) for word in fold(match.group()).split()]
    said = [word for word, _span in spans]
    for at in range(len(said) - len(words) + 1):
        if said[at] == words[0] and said[at : at + len(words)] == list(words):
            return reading.excerpt(spans[at][1][0], spans[at + len(words) - 1][1][1])[0]
    return ""


def _longest_around(words: Sequence[str], at: int, remark: Sequence[str]) -> Sequence[str]:
    """The longest run of words that a text and a remark share, through one word of the text."""
    best: Sequence[str] = ()
    places = (index for index, word in enumerate(remark) if word == words[at])
    for place in islice(places, _MOST_PLACES):
        before = 0
        while before < min(at, place) and words[at - before - 1] == remark[place - before - 1]:
            before += 1
        after = 1
        while at + after < len(words) and place + after < len(remark) and words[at + after] == remark[place + after]:
            after += 1
        if before + after > len(best):
            best = words[at - before : at + after]
    return best
