"""A text as it is searched closely: its words, where each is, and what is between them.

What is found among folded words is only a suspicion. Here it is read again: no name goes on across the end of a
sentence, a blank line or a list mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from mailmerge.lint.identities.joints import LABELS, NUMBER_WORDS, PHRASE_LABEL, number_words_in
from mailmerge.lint.surroundings import before
from mailmerge.lint.vocabulary import words
from mailmerge.text.addresses import find_addresses
from mailmerge.text.folding import fold, normalise
from mailmerge.text.regex import regex
from mailmerge.text.titles import TITLES

_LABEL_NOUNS = words("nom noms prenom prenoms name names pila battesimo proprio apellido first last given family")
"""A folded text in which none of these is, has no label of several words."""
SKIPPED = TITLES | LABELS | words("first last given family")
_ABBREVIATED = NUMBER_WORDS | words("m mr mrs ms mme mlle me dr pr prof st ste sr sra dott sig ing jr")
_PIECE = regex(
    r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|.[\u0300-\u036f\u064b-\u0655]*", re.DOTALL
)
_TOKEN = regex(r"[^\W_]+|@")
_SENTENCE_ENDS = regex(r"(?<![\s.])[.…]+(?=[\s\"”»)])|[!?](?=[\s\"”»)])|:(?=[\"”»)])")
_ENDS_LINE = regex(r"[.,;:!?…)\]|][\"”» \t\r]*\n")
_BLANK_LINE = regex(r"\n[ \t\r]*\n")
_LIST_MARK = regex(r"\n[ \t\r>]*[-*+•‣◦▪·#|](?=\s)")
_ASIDE = regex(r"[,;:](?=\s)|[(\[{]|\s(?:[-/]+|[.…]+)(?=\s)")
_COLUMN = regex(r"[,;|\t]")
_BEFORE_DIGITS = regex(r"(?:[^\w\n]|_){0,3}\d")
"""What makes a word that could be a title the beginning of a reference: M-1043, PR 20417."""
_BEHIND_DIGITS = regex(r"\d{3}[/_.-]?\Z")
_LEAST_DIGITS = 3
"""What makes it the end of one: 20417/PR."""
_NEAR = 80
AT = " arobase "
"""What a sign that belongs to no address is read as."""


class WordGap(IntEnum):
    """What is between two words: how much it takes for a name to go on across it."""

    PLAIN = 0
    COLUMN = 1
    """A tab, or another separator of a list without a blank after it."""
    ASIDE = 2
    """A comma, a colon, a bracket, a dash: only a surname may be before it and a first name after it, or both alone."""
    BARRIER = 3
    """The end of a sentence or a line, a blank line, a list mark."""


class Token(NamedTuple):
    """A word, folded, and where it is."""

    word: str
    start: int
    end: int
    is_capital: bool
    """Whether it begins as a name does; true in scripts that have no capitals."""
    gap: WordGap
    """What is before it."""
    titled: bool
    """Whether a title is before it."""


class Reading:
    """One text: normalised, with the way back to what is written there."""

    def __init__(
        self, text: str, words: Sequence[str] | None = None, *, cells: Callable[[], Sequence[tuple[int, int]]] = tuple
    ):
        """``words`` are the folded ones, those of addresses left out, where somebody has them already; ``cells`` says
        where a text that is put together of a letter's own words and of cells has the latter."""
        self._cells = cells
        self.written = text
        self._words = words
        self.text, self._offsets = aligned(text)

    @cached_property
    def addresses(self) -> list[tuple[int, int]]:
        """Where addresses are in the normalised text."""
        return list(find_addresses(self.text)) if "@" in self.text else []

    def without_addresses(self) -> Reading:
        """The same with a barrier in place of each address; no name is read in one."""
        if not self.addresses:
            return self
        other = Reading.__new__(Reading)
        other.written, other._offsets, other._words = self.written, self._offsets, self._words
        other._cells = self._cells
        pieces, rest = [], 0
        for start, end in self.addresses:
            pieces += [self.text[rest:start], "\n" * (end - max(start, rest))]
            rest = max(rest, end)
        other.text = "".join([*pieces, self.text[rest:]])
        return other

    def excerpt(self, start: int, end: int) -> tuple[str, int]:
        """The text as it is written, for a stretch of the normalised one, and where it begins."""
        if self._offsets is not None and end > start:
            start, end = self._offsets[start][0], self._offsets[end - 1][1]
        return self.written[start:end], start

    @cached_property
    def words(self) -> list[str]:
        """The folded words that a name can be made of."""
        text = _without_signs(self.text)
        return _of_names(fold(text).split() if self._words is None else self._words, text)

    @cached_property
    def tokens(self) -> list[Token]:
        """The words that a name can be made of; titles and the labels of forms are left out."""
        return list(_tokens(self.text))

    @cached_property
    def unnumbered(self) -> list[Token]:
        """The same without the words that only say that digits follow: RC no 10412; none if there is no such word."""
        tokens = self.tokens
        left_out = frozenset(number_words_in([token.word for token in tokens]))
        return [
            token._replace(gap=max(token.gap, tokens[at - 1].gap)) if at - 1 in left_out else token
            for at, token in enumerate(tokens)
            if left_out and at not in left_out
        ]

    @property
    def of_one_text(self) -> bool:
        """Whether it is not put together of a letter's own words and of cells."""
        return self._cells is tuple

    def beside(self, start: int, end: int) -> tuple[str, str]:
        """What is before and after a name, in the text that it is part of: a letter's noun says nothing of what a wrong
        cell has."""
        first, last = self._cell_of(start)[0], self._cell_of(end - 1)[1]
        return self.text[max(first, start - _NEAR) : start], self.text[end : min(last, end + _NEAR)]

    def _cell_of(self, at: int) -> tuple[int, int]:
        """Where the cell begins and ends that a place is in; the whole text where it is in none."""
        written = at if self._offsets is None else self._offsets[at][0]
        for start, end in self._cells():
            if start <= written < end:
                return self._normalised(start), self._normalised(end)
        return 0, len(self.text)

    def _normalised(self, written: int) -> int:
        return written if self._offsets is None else bisect_left(self._offsets, (written, written))

    def before(self, start: int) -> str:
        """What is before a place."""
        return self.text[max(0, start - _NEAR) : start]

    def after(self, end: int) -> str:
        """What is after a place."""
        return self.text[end : end + _NEAR]


def aligned(text: str) -> tuple[str, list[tuple[int, int]] | None]:
    """The normalised text, and for each of its characters the stretch of the text; None where they are the same."""
    plain = normalise(text)
    if plain is text or len(plain) == len(text):
        return plain, None
    pieces: list[str] = []
    offsets: list[tuple[int, int]] = []
    for match in _PIECE.finditer(text):
        piece = normalise(match.group())
        pieces.append(piece)
        offsets += [match.span()] * len(piece)
    joined = "".join(pieces)
    return (plain if len(plain) == len(joined) else joined), offsets


def _tokens(text: str) -> Iterator[Token]:
    last, end = "", 0
    carried, titled = WordGap.PLAIN, False
    phrases = [found.span() for found in PHRASE_LABEL.finditer(text)]
    for match in _TOKEN.finditer(text):
        written = match.group()
        gap = max(carried, _gap(text[end : match.start()], last))
        for last in fold(written).split() if written != "@" else ("arobase",):
            is_label = last in LABELS or inside(match.start(), match.end(), phrases)
            if (is_label or last in TITLES) and not _is_of_a_number(text, match.start(), match.end()):
                titled = titled or last in TITLES
                carried = _after_label(gap) if is_label else gap
                continue
            if carried is WordGap.COLUMN and gap > WordGap.COLUMN and titled is False and _label_before(text, end):
                gap = WordGap.COLUMN
            yield Token(last, match.start(), match.end(), not written[0].islower(), gap, titled)
            carried, titled, gap = WordGap.PLAIN, False, WordGap.PLAIN
        end = match.end()


def _is_of_a_number(text: str, start: int, end: int) -> bool:
    """Whether letters go with the digits before or after them."""
    return bool(
        _BEFORE_DIGITS.match(text, end) or _BEHIND_DIGITS.search(text[max(0, start - _LEAST_DIGITS - 1) : start])
    )


def _after_label(gap: WordGap) -> WordGap:
    """A label goes on with the form on the same line as on the next: "Nom : Petit / Prénom : Inès"."""
    return gap if gap is WordGap.BARRIER else WordGap.COLUMN


def _label_before(text: str, end: int) -> bool:
    """Whether the word that ends here is the label of a form."""
    found = re.search(r"[^\W_]+\Z", before(text, end))
    return found is not None and fold(found.group()) in LABELS


def _gap(between: str, last: str) -> WordGap:
    if between in (" ", "-", "'", "’", ""):
        return WordGap.PLAIN
    if "\n" in between:
        if _BLANK_LINE.search(between) or _LIST_MARK.search(between):
            return WordGap.BARRIER
        if _ENDS_LINE.search(between) and not _is_abbreviated(between, last):
            return WordGap.BARRIER
    if _SENTENCE_ENDS.search(between) and not _is_abbreviated(between, last):
        return WordGap.BARRIER
    if _ASIDE.search(between):
        return WordGap.ASIDE
    return WordGap.COLUMN if _COLUMN.search(between) else WordGap.PLAIN


def _is_abbreviated(between: str, last: str) -> bool:
    return between[0] == "." and (len(last) == 1 or last in _ABBREVIATED)


def _without_signs(text: str) -> str:
    """A text with a word for each sign that belongs to no address."""
    return text.replace("@", AT) if "@" in text else text


def folded_words(text: str) -> list[str]:
    """The folded words of a text, those of addresses left out; for :class:`Reading` to choose from."""
    return fold(_without_signs(Reading(text).without_addresses().text)).split()


def plain_words(text: str) -> list[str]:
    """The folded words of a normalised text that a name can be made of."""
    return _of_names(fold(text).split(), text)


def _of_names(found: Sequence[str], text: str) -> list[str]:
    if SKIPPED.isdisjoint(found):
        return list(found)
    if not _LABEL_NOUNS.isdisjoint(found) and PHRASE_LABEL.search(text):
        found = fold(PHRASE_LABEL.sub(" ", text)).split()
    beside = zip(["", *found], found, [*found, ""][1:], strict=False)
    return [word for before, word, after in beside if word not in SKIPPED or after[:1].isdigit() or _are_digits(before)]


def _are_digits(word: str) -> bool:
    return len(word) >= _LEAST_DIGITS and word.isdigit()


def inside(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch lies wholly within one of others."""
    return any(first <= start and end <= last for first, last in spans)
