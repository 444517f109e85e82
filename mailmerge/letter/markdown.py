"""Markdown to HTML, for skeletons: CommonMark with tables, strike-through and bare addresses as links.

Line breaks are kept as in a letter.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mailmerge.letter.links import link_addresses
from mailmerge.letter.marks import MARK

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


@lru_cache(maxsize=1)
def _converter() -> MarkdownIt:
    import mdurl
    from markdown_it import MarkdownIt

    class LetterMarkdown(MarkdownIt):
        """CommonMark that leaves the marks in links as they are: the value is encoded when it is put in."""

        def normalizeLink(self, url: str) -> str:  # noqa: N802  (the library's name)
            """The percent-encoded URL."""
            if not MARK.search(url):
                return super().normalizeLink(url)
            pieces: list[str] = []
            end = 0
            for found in MARK.finditer(url):
                pieces += [mdurl.encode(url[end : found.start()]), found[0]]
                end = found.end()
            return "".join([*pieces, mdurl.encode(url[end:])])

        def normalizeLinkText(self, link: str) -> str:  # noqa: N802  (the library's name)
            """The URL of an autolink as text."""
            return link if MARK.search(link) else super().normalizeLinkText(link)

    options = {"html": True, "breaks": True, "linkify": False, "typographer": False}
    converter = LetterMarkdown("commonmark", options).enable(["table", "strikethrough"])
    link_addresses(converter)
    return converter


def markdown_to_html(skeleton: str) -> str:
    """The HTML fragment of a Markdown skeleton. A line break stays one: letters end in signatures."""
    html: str = _converter().render(skeleton)
    return html
