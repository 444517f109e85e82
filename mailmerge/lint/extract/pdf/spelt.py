"""Words that a page of a PDF draws letter by letter, as browsers do with letters that are set apart, put together."""

from __future__ import annotations

import math

from mailmerge.lint.extract.pdf.painted import DrawnLetters

_FEWEST = 4
"""Letters of a word; fewer may be marks, such as the ticks of a form."""
_NEAR = 3.0
"""How far the next letter of a line is, at most, in sizes of the letters."""


class Spelt:
    """The letters of one line, drawn one by one."""

    def __init__(self, shown: list[DrawnLetters]) -> None:
        """``shown`` is where the words go."""
        self._shown = shown
        self._letters: list[DrawnLetters] = []

    def add(self, letter: DrawnLetters) -> None:
        """Go on with a letter, or begin another line with it."""
        if self._letters and not _goes_on(self._letters[-1], letter):
            self.end()
        self._letters.append(letter)

    def end(self) -> None:
        """The line is over."""
        letters, self._letters = self._letters, []
        if len(letters) >= _FEWEST:
            first, last = letters[0], letters[-1]
            said = b"".join(letter.said for letter in letters)
            self._shown.append(first._replace(points=(*first.points[:2], *last.points[2:]), said=said))


def _goes_on(letter: DrawnLetters, following: DrawnLetters) -> bool:
    """Whether a letter is seen as another is, and close behind it."""
    alike = letter._replace(points=(), said=b"") == following._replace(points=(), said=b"")
    return alike and math.dist(letter.points[0], following.points[0]) <= _NEAR * letter.size
