"""The standard library's HTML parser, made to read whatever a browser reads."""

from __future__ import annotations

from html.parser import HTMLParser


class HtmlReader(HTMLParser):
    """Character references come resolved; ``<![`` begins a comment that is none, as in HTML 13.2.5.42."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Pass over ``<![...>``: the library fails on those that are neither CDATA nor an Office condition."""
        return self.parse_bogus_comment(i, report)
