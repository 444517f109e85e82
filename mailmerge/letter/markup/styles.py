"""The style sheet of an HTML letter, written into its elements: many mail clients read no ``<style>``.

Only what every client agrees on: rules whose selector is an element, a class, an id, or an element with one of them.
Everything else (``@media``, ``a:hover``, ``p > b``) stays in the style sheet, which stays in the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from mailmerge.text.regex import regex

_SHEET = regex(r"<style\b[^<>]*>(.*?)</style", re.DOTALL | re.IGNORECASE)
_SHEET_ENDS = regex(r"</style\b", re.IGNORECASE)
_COMMENT = regex(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SELECTOR = regex(r"([a-z][a-z0-9]*)?(?:([.#])([\w-]+))?\Z", re.IGNORECASE)
_SAFE_VALUE = regex(r"[^<>{}\\]*\Z")


class _Rule(Struct, frozen=True):
    element: str
    kind: str
    name: str
    declarations: str
    weight: tuple[int, int, int, int]
    """Specificity (ids, classes, elements), then the place in the sheet: CSS Cascade 6.1."""

    def holds(self, element: str, attributes: Mapping[str, str]) -> bool:
        if self.element not in ("", element):
            return False
        if self.kind == "#":
            return attributes.get("id") == self.name
        return self.kind == "" or self.name in attributes.get("class", "").split()


class StyleSheet:
    """The rules of all ``<style>`` elements of a letter that can be written into elements."""

    def __init__(self, html: str) -> None:
        self._rules: list[_Rule] = []
        for selectors, declarations in blocks_of(sheets_in(html)):
            self._read(selectors, declarations)
        self._rules.sort(key=lambda rule: rule.weight)

    def style(self, element: str, attributes: Mapping[str, str]) -> str:
        """The ``style`` attribute of an element: what the sheet says, then what the author wrote on it."""
        declarations = [rule.declarations for rule in self._rules if rule.holds(element, attributes)]
        own = attributes.get("style", "").strip().rstrip(";")
        return "; ".join(filter(None, [*declarations, own]))

    def _read(self, selectors: str, declarations: str) -> None:
        written = "; ".join(filter(None, (" ".join(part.split()) for part in declarations.split(";"))))
        if not written or not _SAFE_VALUE.match(written) or "!important" in written:
            return
        for selector in selectors.split(","):
            found = _SELECTOR.match(selector.strip())
            if found is None or not found[0]:
                continue
            element, kind, name = (found[1] or "").lower(), found[2] or "", found[3] or ""
            weight = (kind == "#", kind == ".", element != "", len(self._rules))
            self._rules.append(_Rule(element, kind, name, written, weight))


def sheets_in(html: str) -> list[str]:
    """The style sheets of a page, without their comments; one that never ends is none."""
    end = max((found.end() for found in _SHEET_ENDS.finditer(html)), default=0)
    return [_COMMENT.sub(" ", sheet) for sheet in _SHEET.findall(html, 0, end)]


def blocks_of(sheets: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the plain rules of style sheets, in their order."""
    for sheet in sheets:
        yield from _blocks(sheet)


def _blocks(sheet: str) -> list[tuple[str, str]]:
    """Selectors and declarations of the plain rules; ``@`` rules with all that is in them are passed over."""
    blocks: list[tuple[str, str]] = []
    position = 0
    while (start := sheet.find("{", position)) != -1:
        selectors = sheet[position:start].rpartition(";")[2].strip()
        end = _closing(sheet, start)
        if not selectors.startswith("@"):
            blocks.append((selectors, sheet[start + 1 : end]))
        position = end + 1
    return blocks


def _closing(sheet: str, start: int) -> int:
    depth = 0
    for position in range(start, len(sheet)):
        depth += {"{": 1, "}": -1}.get(sheet[position], 0)
        if depth == 0:
            return position
    return len(sheet)
