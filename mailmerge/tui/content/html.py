"""HTML as text: what a reader of the HTML part gets to see, and what the part hides, with nothing fetched or run."""

from __future__ import annotations

from textual.content import Content, Span

from mailmerge.formats.html_walker import MARK_CLOSE, MARK_OPEN, HtmlWalker, attributes_of
from mailmerge.i18n import _
from mailmerge.model.patterns import Pattern
from mailmerge.text.shown import visible, visible_lines
from mailmerge.tui.content.theme import MUTED, STRONG, VALUE, WARNING

_SPACED = frozenset(("p", "blockquote", "pre", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _SPACED | {"div", "section", "article", "header", "footer", "main", "tr", "dl"}
_SKIPPED = frozenset(("style", "script", "head", "title"))
_STYLES = {"b": STRONG, "strong": STRONG, "i": "italic", "em": "italic", "u": "underline", "code": "bold $secondary"}
_STYLES |= {f"h{level}": "bold $primary" for level in range(1, 7)}


def html_as_text(pattern: Pattern, values: tuple[str, ...]) -> Content:
    """The HTML part as a page of text, with what came from the table marked."""
    pieces: list[str] = []
    for span in pattern.spans(values):
        text = span.text if span.value is None else f"{MARK_OPEN}{visible_lines(span.text)}{MARK_CLOSE}"
        pieces.append(text)
    page = _Page()
    page.feed("".join(pieces))
    page.close()
    return page.content()


def html_page(text: str) -> Content:
    """The same of HTML of which nothing is known but its text."""
    page = _Page()
    page.feed(text)
    page.close()
    return page.content()


class _Page(HtmlWalker):
    def __init__(self) -> None:
        super().__init__()
        self._text: list[str] = []
        self._length = 0
        self._spans: list[Span] = []
        self._styled: list[tuple[str, str, int]] = []
        self._value_from = -1
        self._skipping = 0
        self._lists: list[int] = []
        self._links: list[str] = []
        self._pre = 0

    def content(self) -> Content:
        return Content("".join(self._text), self._spans).rstrip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = attributes_of(attrs)
        around = self.around
        hidden = self.enter(tag, attributes).hidden
        if tag in _SKIPPED:
            self._skipping += 1
        if self._skipping:
            return
        if tag in _BLOCKS:
            self._new_block(blank=tag in _SPACED and not self._lists)
        if tag == "br":
            self._put("\n")
        elif tag == "hr":
            self._new_block(blank=False)
            self._put("─" * 24 + "\n", MUTED)
        elif tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ul" else 1)
        elif tag == "li":
            self._new_block(blank=False)
            self._item()
        elif tag in ("td", "th"):
            if self._text and not self._text[-1].endswith("\n"):
                self._put("   ")
        elif tag == "blockquote":
            self._put("  │ ", MUTED)
        elif tag == "pre":
            self._pre += 1
        elif tag == "a":
            self._links.append(attributes.get("href", ""))
        elif tag == "img":
            image = attributes.get("alt") or attributes.get("src", "")
            self._put(_("[image {image}]").format(image=image), MUTED)
        if hidden and not around.hidden:  # said once, for all that is in it
            self._put(_("‹not shown to the reader›") + " ", WARNING)
        if tag in _STYLES:
            self._styled.append((tag, _STYLES[tag], self._length))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.leave(tag)
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
            return
        if self._skipping:
            return
        for index in range(len(self._styled) - 1, -1, -1):
            name, style, start = self._styled[index]
            if name == tag:
                del self._styled[index]
                if self._length > start:
                    self._spans.append(Span(start, self._length, style))
                break
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "pre":
            self._pre = max(0, self._pre - 1)
        elif tag == "a" and self._links:
            target = self._links.pop()
            if target and target.removeprefix("mailto:") not in "".join(self._text[-3:]):
                self._put(f" ‹{target}›", MUTED)
        if tag in _BLOCKS:
            self._new_block(blank=tag in _SPACED and not self._lists)

    def handle_data(self, data: str) -> None:
        if self._skipping:
            return
        if not self._pre:
            data = _collapsed(data, at_start=not self._text or self._text[-1].endswith(("\n", " ")))
        self._put(data)

    def handle_comment(self, data: str) -> None:
        self._put(_("‹hidden comment: {text}›").format(text=data.strip()), WARNING)

    def _put(self, text: str, style: str = "") -> None:
        """Add text; sentinels in it open and close a value and leave no trace."""
        start = self._length
        while text:
            at = next((i for i, c in enumerate(text) if c in (MARK_OPEN, MARK_CLOSE)), len(text))
            shown = "\n".join(map(visible, text[:at].split("\n")))
            self._text.append(shown)
            self._length += len(shown)
            if at < len(text):
                if text[at] == MARK_OPEN:
                    self._value_from = self._length
                elif self._value_from >= 0:
                    if self._length > self._value_from:
                        self._spans.append(Span(self._value_from, self._length, VALUE))
                    self._value_from = -1
            text = text[at + 1 :]
        if style and self._length > start:
            self._spans.insert(0, Span(start, self._length, style))

    def _new_block(self, *, blank: bool) -> None:
        if not self._length:
            return
        tail = "".join(self._text[-2:])
        wanted = 2 if blank else 1
        have = len(tail) - len(tail.rstrip("\n"))
        self._put("\n" * max(0, wanted - have))

    def _item(self) -> None:
        indent = "  " * max(0, len(self._lists) - 1)
        if self._lists and self._lists[-1]:
            self._put(f"{indent}{self._lists[-1]}. ", MUTED)
            self._lists[-1] += 1
        else:
            self._put(f"{indent}• ", MUTED)


def _collapsed(text: str, *, at_start: bool) -> str:
    words = text.split()
    if not words:
        return "" if at_start or not text else " "
    lead = " " if text[:1].isspace() and not at_start else ""
    trail = " " if text[-1:].isspace() else ""
    return lead + " ".join(words) + trail
