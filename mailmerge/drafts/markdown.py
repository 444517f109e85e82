"""HTML to the Markdown of a letter: what an e-mail can show is kept, what is only looks is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mailmerge.drafts.draft import FIELD_OPEN, Lost
from mailmerge.html_walker import HtmlWalker, attributes_of
from mailmerge.regex import regex

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p",
    "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
))  # fmt: skip
_STRONG, _EMPHASIS, _STRUCK = ({"b", "strong"}, {"i", "em", "cite"}, {"s", "del", "strike"})
_SKIPPED = {"script": Lost.SCRIPT, "style": None, "head": None, "title": None, "template": None, "object": Lost.OBJECT,
            "iframe": Lost.SCRIPT, "select": Lost.FORM, "textarea": Lost.FORM, "button": Lost.FORM}  # fmt: skip
_LINK_BEGINS, _STRONG_BEGINS, _EMPHASIS_BEGINS, _STRUCK_BEGINS = "\ue020", "\ue021", "\ue022", "\ue023"
"""Where an element began in a line that is not written yet (private use, Unicode 23.5)."""
_BEGINS = frozenset((_LINK_BEGINS, _STRONG_BEGINS, _EMPHASIS_BEGINS, _STRUCK_BEGINS))
_OPEN, _CLOSE = "\ue030", "\ue031"
"""Around what is Markdown already."""
_WRITTEN = regex(f"({_OPEN}.*?{_CLOSE})", re.DOTALL)
_OWN_MARKS = dict.fromkeys(map(ord, (*_BEGINS, _OPEN, _CLOSE)))
_SCHEMES = ("http:", "https:", "mailto:", "tel:")
_MOST_COLUMNS = 10
_LOOKS = regex(r"color|font|text-align|background|border|margin-left", re.IGNORECASE)
_SPACES = regex(r"[ \t\r\n\f]+")
_SPECIAL = regex(r"([\\`*_\[\]<>~|])")
_LINE_BEGIN = regex(r"^(\s*)(#{1,6}(?=\s)|[-+](?=\s)|>|=+\s*$|-+\s*$)", re.MULTILINE)
_NUMBER_BEGIN = regex(r"^(\s*\d{1,9})([.)])(?=\s)", re.MULTILINE)
_ENTITY = regex(r"&(?=#?\w+;)")
_BRACES = regex(r"\{(?=[{%#])|(?<=\{)[{%#]")


def escaped(text: str) -> str:
    """A text that Markdown and Jinja2 both leave as it is."""
    return _BRACES.sub(r"\\\g<0>", _ENTITY.sub(r"\\&", _SPECIAL.sub(r"\\\1", text)))


@dataclass
class Converted:
    """Markdown, and what was not kept."""

    text: str
    lost: dict[Lost, None] = field(default_factory=dict)


def html_to_markdown(html: str, texts: Callable[[str], str], pictures: Mapping[str, str]) -> Converted:
    """A letter's body; ``texts`` writes text with its fields, ``pictures`` names the file of each ``src``."""
    walker = _Walker(texts, pictures)
    walker.feed(html)
    walker.close()
    return walker.converted()


@dataclass
class _List:
    ordered: bool
    number: int = 0


@dataclass
class _Table:
    rows: list[list[str]] = field(default_factory=list)


class _Walker(HtmlWalker):
    def __init__(self, texts: Callable[[str], str], pictures: Mapping[str, str]):
        super().__init__()
        self._texts, self._pictures = texts, pictures
        self._lost: dict[Lost, None] = {}
        self._paragraphs: list[str] = []
        self._line: list[str] = []
        self._prefix = ""
        self._lists: list[_List] = []
        self._quotes = 0
        self._heading = 0
        self._tables: list[_Table] = []
        self._links: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = attributes_of(attributes)
        element = self.enter(tag, values)
        if self._skipping or tag in _SKIPPED:
            self._skip(tag)
            return
        if element.hidden and tag not in ("br", "img"):
            self._lost[Lost.HIDDEN] = None
        if _LOOKS.search(values.get("style", "")) or tag == "font" or "align" in values:
            self._lost[Lost.LOOKS] = None
        if tag in _BLOCKS:
            self._end_paragraph(tag)
        match tag:
            case "br":
                self._line.append("\n")
            case "hr":
                self._paragraphs.append("---")
            case "ul" | "ol":
                self._lists.append(_List(tag == "ol"))
            case "li" if self._lists:
                self._lists[-1].number += 1
                self._prefix = f"{self._lists[-1].number}. " if self._lists[-1].ordered else "- "
            case "blockquote":
                self._quotes += 1
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._heading = int(tag[1])
            case "table":
                self._tables.append(_Table())
            case "tr" if self._tables:
                self._tables[-1].rows.append([])
            case "img":
                self._picture(values)
            case "a":
                self._links.append(values.get("href", ""))
                self._line.append(_LINK_BEGINS)
            case "input":
                self._lost[Lost.FORM] = None
            case _ if tag in _STRONG:
                self._line.append(_STRONG_BEGINS)
            case _ if tag in _EMPHASIS:
                self._line.append(_EMPHASIS_BEGINS)
            case _ if tag in _STRUCK:
                self._line.append(_STRUCK_BEGINS)

    def handle_endtag(self, tag: str) -> None:
        skipped = self._skipping
        if self.leave(tag) is None:
            return
        if skipped:
            self._skipping = skipped - 1 if tag in _SKIPPED else skipped
            return
        match tag:
            case "a" if self._links:
                self._end_link(self._links.pop())
            case _ if tag in _STRONG:
                self._emphasise(_STRONG_BEGINS, "**")
            case _ if tag in _EMPHASIS:
                self._emphasise(_EMPHASIS_BEGINS, "*")
            case _ if tag in _STRUCK:
                self._emphasise(_STRUCK_BEGINS, "~~")
            case "td" | "th" if self._tables:
                self._end_cell()
            case "table" if self._tables:
                self._end_table()
            case _ if tag in _BLOCKS:
                self._end_paragraph(tag)
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif re.fullmatch("h[1-6]", tag):
            self._heading = 0

    def handle_data(self, data: str) -> None:
        if self._skipping or self.around.hidden:
            return
        self._line.append(_SPACES.sub(" ", data.translate(_OWN_MARKS)))

    def converted(self) -> Converted:
        """The whole, once everything was fed."""
        while self._tables:
            self._end_table()
        self._end_paragraph("")
        return Converted(_joined(self._paragraphs), self._lost)

    def _skip(self, tag: str) -> None:
        lost = _SKIPPED.get(tag)
        if lost is not None:
            self._lost[lost] = None
        if tag in _SKIPPED:
            self._skipping += 1

    def _text_of(self, pieces: list[str]) -> str:
        """The pieces of a line; text is written with its fields, what is Markdown already is left."""
        whole = "".join(pieces)
        parts = _WRITTEN.split(whole)
        return "".join(part[1:-1] if part.startswith(_OPEN) else self._texts(part) for part in parts)

    def _end_paragraph(self, tag: str) -> None:
        text = self._text_of([piece for piece in self._line if piece not in _BEGINS])
        self._line = []
        lines = [line.strip(" ") for line in text.split("\n")]
        text = "\n".join(lines).strip("\n ")
        if not text.strip():
            return
        text = _NUMBER_BEGIN.sub(r"\1\\\2", _LINE_BEGIN.sub(r"\1\\\2", text))
        if self._tables:
            if self._tables[-1].rows:
                self._line = [_OPEN, text.replace("\n", " "), f" {_CLOSE}"]
            else:
                self._paragraphs.append(text)
            return
        indent = "   " * max(0, len(self._lists) - 1)
        if self._prefix:
            text = indent + self._prefix + text.replace("\n", "\n" + indent + " " * len(self._prefix))
            self._prefix = ""
        elif self._lists:
            text = "\n".join(indent + "   " + line for line in text.split("\n"))
        elif self._heading:
            text = "#" * self._heading + " " + text.replace("\n", " ")
        if self._quotes:
            text = "\n".join("> " * self._quotes + line for line in text.split("\n"))
        self._paragraphs.append(text)

    def _since(self, mark: str) -> list[str] | None:
        """What was written since a mark, taken out of the line."""
        for index in range(len(self._line) - 1, -1, -1):
            if self._line[index] == mark:
                inner = self._line[index + 1 :]
                del self._line[index:]
                return inner
        return None

    def _emphasise(self, mark: str, sign: str) -> None:
        inner = self._since(mark)
        if inner is None:
            return
        text = self._text_of([piece for piece in inner if piece not in _BEGINS])
        core = text.strip()
        if not core:
            self._line.append(text)
            return
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        lines = [f"{sign}{line.strip()}{sign}" if line.strip() else line for line in core.split("\n")]
        self._line.append(f"{before}{_OPEN}{chr(10).join(lines)}{_CLOSE}{after}")

    def _end_link(self, href: str) -> None:
        inner = self._since(_LINK_BEGINS)
        if inner is None:
            return
        text = self._text_of([piece for piece in inner if piece not in _BEGINS])
        target = self._texts(href.strip()) if FIELD_OPEN in href else href.strip()
        if not text.strip() or not target.lower().startswith(_SCHEMES):
            self._line.append(f"{_OPEN}{text}{_CLOSE}")
            return
        target = re.sub(r"[\s<>()\\]", lambda found: f"%{ord(found[0]):02X}", target) if "{" not in target else target
        self._line.append(f"{_OPEN}[{text.strip()}]({target}){_CLOSE}")

    def _picture(self, values: Mapping[str, str]) -> None:
        name = self._pictures.get(values.get("src", ""), "")
        if not name:
            self._lost[Lost.LINKED_PICTURE] = None
            return
        self._line.append(f"{_OPEN}![{escaped(_SPACES.sub(' ', values.get('alt', '')))}]({name}){_CLOSE}")

    def _end_cell(self) -> None:
        text = self._text_of([piece for piece in self._line if piece not in _BEGINS])
        self._line = []
        table = self._tables[-1]
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(_SPACES.sub(" ", text.replace("\n", " ")).strip())

    def _end_table(self) -> None:
        self._line = []
        rows = [row for row in self._tables.pop().rows if any(row)]
        if not rows:
            return
        width = max(map(len, rows))
        if self._tables:
            self._line.append(f"{_OPEN}{' '.join(cell for row in rows for cell in row)} {_CLOSE}")
            return
        if width == 1:
            self._paragraphs += [row[0] for row in rows]
            return
        if width > _MOST_COLUMNS:
            self._lost[Lost.WIDE_TABLE] = None
        lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
        lines.insert(1, "|" + " --- |" * width)
        self._paragraphs.append("\n".join(lines))


def _joined(paragraphs: list[str]) -> str:
    """The paragraphs with a blank line between them; the points of one list are beneath each other."""
    text = ""
    for index, paragraph in enumerate(paragraphs):
        point = re.match(r"\s*(?:- |\d+\. )", paragraph)
        before = index and re.match(r"\s*(?:- |\d+\. )", paragraphs[index - 1])
        text += ("\n" if point and before else "\n\n" if index else "") + paragraph
    return text
