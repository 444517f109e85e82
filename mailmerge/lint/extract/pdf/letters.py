"""What the octets of a string in a PDF mean in its font, and how wide they are (ISO 32000-2, 9.6 to 9.10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from pypdf.generic._font import Font

_SPACE_WIDTH = 200.0
"""Of a font that does not say how wide its blank is."""
_UNNAMED = Font("Unnamed", encoding={code: bytes([code]).decode("cp1252", "replace") for code in range(256)})
_UNKNOWN = Font("Unknown", encoding=dict.fromkeys(range(256), "\ufffd"))
_SHORT = 16
"""Octets up to which a string is likely to come again: a letter, a word."""
_MOST_KEPT = 20_000


class LetterRun(NamedTuple):
    """Letters that one string shows."""

    text: str
    width: float
    letters: int
    """How many letters its octets are; one of them may be several in the text."""
    is_leftward: bool
    """Whether some are written from right to left."""


class FontFace:
    """A font, as far as words depend on it."""

    def __init__(self, font: Font) -> None:
        self.font = font
        self.half_space = font.space_width / 2
        self._known: dict[bytes, LetterRun] = {}
        self._meanings = _Filled(lambda letter: str(font.character_map.get(letter, letter)))
        self._widths = _Filled(self._width_of)

    def read(self, string: bytes) -> LetterRun:
        """What a string shows."""
        known = self._known.get(string)
        if known is not None:
            return known
        run = self._read(string)
        if len(string) <= _SHORT and len(self._known) < _MOST_KEPT:
            self._known[string] = run
        return run

    def letters_of(self, string: bytes) -> str:
        """The letters that the octets stand for, before the font says what they mean."""
        encoding = self.font.encoding
        if not isinstance(encoding, str):
            return "".join([encoding.get(code, chr(code)) for code in string])
        try:
            return string.decode(encoding, "surrogatepass")
        except UnicodeDecodeError:
            return string.decode(encoding, "replace")

    def _read(self, string: bytes) -> LetterRun:
        from pypdf._text_extraction import RTL_CHARACTER_PATTERN

        letters = self.letters_of(string)
        text = "".join(map(self._meanings.__getitem__, letters))
        measured = letters if isinstance(self.font.encoding, str) else string.decode("latin-1")
        is_leftward = not text.isascii() and RTL_CHARACTER_PATTERN.search(text) is not None
        return LetterRun(text, sum(map(self._widths.__getitem__, measured)), len(letters), is_leftward)

    def _width_of(self, letter: str) -> float:
        return self.font.space_width if letter == self.font.space_char else self.font.get_text_width(letter)


class _Filled(dict[str, Any]):
    """Values that are calculated once."""

    def __init__(self, calculate: Callable[[str], Any]) -> None:
        super().__init__()
        self._calculate = calculate

    def __missing__(self, key: str) -> Any:
        value = self[key] = self._calculate(key)
        return value


class Faces:
    """The fonts of one file, each looked at once."""

    def __init__(self) -> None:
        self._faces: dict[int, tuple[Any, FontFace]] = {}
        """By the object, which is kept with it, so that no other is taken for it."""
        self.unnamed, self._unknown = FontFace(_UNNAMED), FontFace(_UNKNOWN)

    def named(self, fonts: Any, name: str) -> FontFace:
        """That of a name among the resources of a page; one whose letters nobody knows where it names none."""
        try:
            given = fonts[name].get_object()
            if id(given) not in self._faces:
                self._faces[id(given)] = given, FontFace(_font(given))
            return self._faces[id(given)][1]
        except (KeyError, AttributeError, TypeError):
            return self._unknown


def _font(given: Any) -> Font:
    font = Font.from_font_resource(given)
    if font.character_widths.get(font.space_char, 0) == 0:
        font.space_width = _SPACE_WIDTH
    return font
