"""Words of a web page that nobody sees: not displayed, tiny, or in the colour of what is behind them.

What a page shows at times (for a medium, a width, below the mouse) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from mailmerge.formats.html_walker import Element, HiddenBy, HtmlWalker
from mailmerge.letter.markup.styles import sheets_in
from mailmerge.lint.extract.content import HiddenKind
from mailmerge.lint.extract.web.page_styles import ElementLook, PageStyles
from mailmerge.text.regex import regex

_BRACE = regex(r"([{}])")
_NAME = regex(r"([.#][\w-]+)")
_CONDITION = regex(r"[:\[]")
_ELSEWHERE = regex(r"<link\b[^<>]*\bstylesheet\b|@import\b", re.IGNORECASE)
_NEVER_SHOWN = regex(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|title|noscript|option|textarea)\b[^<>]*>.*?(?:</\1\b[^<>]*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = regex(r"<(/?)([A-Za-z][\w-]*)([^<>]*)>([^<]*)")
_ATTRIBUTE = regex(r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?""")
_DEEPEST = 500
"""Elements within elements that are told apart."""
_LONGEST_SHEET = 200_000


def unseen_in(page: str) -> tuple[list[HiddenKind], bool]:
    """What words of a page are not seen for, each once; and whether all of it could be judged."""
    sheets = sheets_in(page)
    if sum(map(len, sheets)) > _LONGEST_SHEET:
        return [], False
    reader = _Page(PageStyles(sheets), _shown_at_times(sheets))
    for found in _TAG.finditer(_NEVER_SHOWN.sub(" ", page)):
        reader.read(found)
        if not reader.is_whole:
            break
    if _ELSEWHERE.search(page):  # another style sheet may give any colour
        reader.kinds.discard(HiddenKind.WHITE_TEXT)
    return sorted(reader.kinds), reader.is_whole


class _Page(HtmlWalker):
    """Is not fed, since what is broken would take the parser long."""

    def __init__(self, sheet: PageStyles, at_times: frozenset[str]) -> None:
        super().__init__()
        self.kinds: set[HiddenKind] = set()
        self.is_whole = True
        self._sheet, self._at_times = sheet, at_times
        self._path: list[ElementLook] = []
        """What the elements that are open look like to selectors."""
        self._not_open: set[str] = set()
        """Elements that ended and were not open, since the last one began."""

    def read(self, tag: re.Match[str]) -> None:
        """A tag, and the words after it."""
        name = tag[2].casefold()
        if tag[1]:
            if name not in self._not_open and self.leave(name) is None:
                self._not_open.add(name)
            del self._path[len(self.open) :]
        elif len(self.open) < _DEEPEST:
            pairs = _ATTRIBUTE.findall(tag[3])
            self._begin(name, {key.casefold(): unescape("".join(value)) for key, *value in pairs})
        else:
            self.is_whole = False
        if self.around.hidden is not None and any(map(str.isalnum, unescape(tag[4]))):
            self.kinds.add(_why(self.around))

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        names = {f".{name}" for name in given.pop("class", "").split()} | {f"#{given.get('id', '')}"}
        path = [*self._path, ElementLook(tag, frozenset(names))]
        style = self._sheet.style(path, given.get("style", ""))
        self.is_whole = self._sheet.is_whole
        self._not_open.discard(tag)
        self.enter(tag, {**given, "style": style} if names.isdisjoint(self._at_times) else {})
        self._path = path[: len(self.open)]


def _why(element: Element) -> HiddenKind:
    """What the words of an element are not seen for."""
    if element.hidden is HiddenBy.COLOUR:
        return HiddenKind.WHITE_TEXT
    return HiddenKind.TINY_TEXT if element.tiny and not element.never else HiddenKind.UNSEEN_TEXT


def _shown_at_times(sheets: Sequence[str]) -> frozenset[str]:
    """The classes and identifiers that rules for a medium or a state are about, each with its sign."""
    names: set[str] = set()
    for sheet in sheets:
        depth = 0
        pieces = _BRACE.split(sheet)
        for text, brace in zip(pieces[::2], pieces[1::2], strict=False):
            selectors = text.rpartition(";")[2]
            if brace == "{" and not selectors.strip().startswith("@") and (depth or _CONDITION.search(selectors)):
                names.update(_NAME.findall(selectors))
            depth = depth + 1 if brace == "{" else max(0, depth - 1)
    return frozenset(names)
