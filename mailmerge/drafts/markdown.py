"""HTML to the Markdown of a letter: what an e-mail can show is kept, what is only looks is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import chain, pairwise
from urllib.parse import parse_qs, unquote, urlsplit

from mailmerge.drafts.draft import FIELD_OPEN, Lost
from mailmerge.formats.html_walker import HtmlWalker, attributes_of
from mailmerge.text.regex import regex

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol",
    "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
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
_SCHEMES = ("http:", "https:", "mailto:", "tel:", "{{")
_GOOGLE, _SAFE_LINKS = ("www.google.com", "google.com"), ".safelinks.protection.outlook.com"
_MARK = regex(rf"[{FIELD_OPEN}{{«\[<$*%#]")
_MARKED_IN_LINK = regex(r"%7B%7B.+?%7D%7D|%C2%AB.+?%C2%BB|%3C%3C.+?%3E%3E|%5B%5B.+?%5D%5D", re.IGNORECASE)
"""Fields in the address of a link that a browser saved."""
_ESCAPE = regex(r"\\([\\`*_\[\]<>~|&{])")
_CODE = regex(r"(?<!\\)(\{\{[^{}]*\}\})")
_MOST_COLUMNS = 10
_MOST_PARAGRAPHS = 3
"""In a cell of data: what has more is a page, cut into cells."""
_LOOKS = regex(r"color|font|text-align|background|border|margin-left", re.IGNORECASE)
_MOVED = {"sup": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"), "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")}
_FIGURES = regex(r"\s*[+-]?[0-9]{1,3}[+-]?\s*")
"""What is written as the figures that are raised or lowered by themselves: m², H₂O; 1er is read without."""
_SPACES = regex(r"[ \t\r\n\f]+")
_SPECIAL = regex(r"([\\`*_\[\]<>~|])")
_OFFICE_LEVEL = regex(r"mso-list:[^;]*\blevel(\d)", re.IGNORECASE)
_OFFICE_POINT = regex(r"mso-list:\s*ignore", re.IGNORECASE)
_LINE_BEGIN = regex(r"^(\s*)(#{1,6}(?=\s)|[-+](?=\s)|>|=+\s*$|-+\s*$)", re.MULTILINE)
_NUMBER_BEGIN = regex(r"^(\s*\d{1,9})([.)])(?=\s)", re.MULTILINE)
_ENTITY = regex(r"&(?=#?\w+;)")
_CUT_OFF = regex(r"<[A-Za-z/!?][^>]*\Z")
"""A tag that the end of a page has cut off: a browser shows nothing of it."""
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
    walker.feed(_CUT_OFF.sub("", html))
    walker.close()
    return walker.converted()


@dataclass
class _List:
    ordered: bool
    number: int


@dataclass
class _Paragraph:
    words: str
    markdown: str
    """The words as a paragraph of their own: a heading, a point of a list."""


@dataclass
class _Table:
    rows: list[list[list[_Paragraph]]] = field(default_factory=list)
    only_places: bool = False
    """Whether it says of itself that it is not one of data."""
    cell: list[_Paragraph] = field(default_factory=list)
    """What is in the cell that is open."""


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
        self._point: str | None = None
        """The sign of a point of a list, as Word and Outlook write it into its text, while it is read."""
        self._point_depth = self._level = 0

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
                self._put("", "---")
            case "ul" | "ol":
                self._lists.append(_List(tag == "ol", max(0, _digits(values.get("start", "1")) - 1)))
            case "li" if self._lists:
                self._lists[-1].number = _digits(values.get("value", "")) or self._lists[-1].number + 1
                self._prefix = f"{self._lists[-1].number}. " if self._lists[-1].ordered else "- "
            case "blockquote":
                self._quotes += 1
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._heading = int(tag[1])
            case "table":
                self._tables.append(_Table(only_places=values.get("role", "").lower() == "presentation"))
            case "tr" if self._tables:
                self._tables[-1].rows.append([])
            case "img":
                self._picture(values)
            case "a":
                self._links.append(values.get("href", ""))
                self._line.append(_LINK_BEGINS)
            case "input":
                self._lost[Lost.FORM] = None
            case "p" if found := _OFFICE_LEVEL.search(values.get("style", "")):
                self._level = int(found[1])
            case "span" if _OFFICE_POINT.search(values.get("style", "")):
                self._point, self._point_depth = "", len(self.open)
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
            case "span" if self._point is not None and len(self.open) < self._point_depth:
                self._end_point(self._point.strip())
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
        data = data.translate(_OWN_MARKS)
        if self.around.tag in _MOVED and _FIGURES.fullmatch(data):
            data = data.translate(_MOVED[self.around.tag])
        if any(element.tag == "pre" for element in self.open):
            self._line.append(data.replace("\r\n", "\n"))
        elif self._point is not None:
            self._point += data
        else:
            self._line.append(_SPACES.sub(" ", data))

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
        words = text.replace("\n", " ")
        text = _NUMBER_BEGIN.sub(r"\1\\\2", _LINE_BEGIN.sub(r"\1\\\2", text))
        indent = "   " * max(0, (len(self._lists) or self._level) - 1)
        self._level = 0
        if self._prefix:
            text = indent + self._prefix + text.replace("\n", "\n" + indent + " " * len(self._prefix))
            self._prefix = ""
        elif self._lists:
            text = "\n".join(indent + "   " + line for line in text.split("\n"))
        elif self._heading:
            text = "#" * self._heading + " " + text.replace("\n", " ")
        if self._quotes:
            text = "\n".join("> " * self._quotes + line for line in text.split("\n"))
        self._put(words, text)

    def _put(self, words: str, markdown: str) -> None:
        """A paragraph ends, in a cell or beside all tables."""
        around = next((table for table in reversed(self._tables) if table.rows), None)
        if around:
            around.cell.append(_Paragraph(words, markdown))
        else:
            self._paragraphs.append(markdown)

    def _end_point(self, sign: str) -> None:
        number = re.match(r"(\d{1,5})[.)]", sign)
        self._prefix = f"{number[1]}. " if number else "- "
        self._point = None

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
        target = self._target(_unwrapped(href.strip()))
        if not text.strip() or not target.lower().startswith(_SCHEMES):
            self._line.append(f"{_OPEN}{text}{_CLOSE}")
            return
        self._line.append(f"{_OPEN}[{text.strip()}]({target}){_CLOSE}")

    def _target(self, href: str) -> str:
        """Where a link leads, its fields in it; a browser writes their marks in per cent signs."""
        if href.lower().startswith("www."):
            href = f"https://{href}"
        href = _MARKED_IN_LINK.sub(lambda found: unquote(found[0]), href)
        pieces = _CODE.split(self._texts(href)) if _MARK.search(href) else []
        if len(pieces) < 2:  # no field
            return _safe(href)
        pieces[::2] = [_safe(_ESCAPE.sub(r"\1", piece)) for piece in pieces[::2]]
        return "".join(pieces)

    def _picture(self, values: Mapping[str, str]) -> None:
        name = self._pictures.get(values.get("src", ""), "")
        if not name:
            embedded = values.get("src", "").lower().startswith("data:")
            self._lost[Lost.PICTURE if embedded else Lost.LINKED_PICTURE] = None
            return
        self._line.append(f"{_OPEN}![{escaped(_SPACES.sub(' ', values.get('alt', '')))}]({name}){_CLOSE}")

    def _end_cell(self) -> None:
        table = self._tables[-1]
        if not table.rows:
            table.rows.append([])
        self._end_paragraph("td")
        table.rows[-1].append(table.cell)
        table.cell = []

    def _end_table(self) -> None:
        """Write a table, or one after the other what is in cells that only put text beside text."""
        self._end_paragraph("table")
        table = self._tables.pop()
        if table.cell:
            table.rows[-1].append(table.cell)
        rows = [row for row in table.rows if any(row)]
        width = max(map(len, rows), default=0)
        used = [column for column in range(width) if any(len(row) > column and row[column] for row in rows)]
        rows = [[row[column] if column < len(row) else [] for column in used] for row in rows]
        longest = max((len(cell) for row in rows for cell in row), default=0)
        if len(rows) < 2 or len(used) < 2 or table.only_places or longest > _MOST_PARAGRAPHS:
            for paragraph in (paragraph for row in rows for cell in row for paragraph in cell):
                self._put(paragraph.words, paragraph.markdown)
            return
        if len(used) > _MOST_COLUMNS:
            self._lost[Lost.WIDE_TABLE] = None
        texts = [[" ".join(filter(None, (each.words for each in cell))) for cell in row] for row in rows]
        lines = ["| " + " | ".join(row) + " |" for row in texts]
        lines.insert(1, "|" + " --- |" * len(used))
        self._put(" ".join(cell for row in texts for cell in row if cell), "\n".join(lines))


def _unwrapped(href: str) -> str:
    """Where a link leads that Google Docs or Outlook lead through an address of their own."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return href
    name = "q" if parts.netloc.lower() in _GOOGLE and parts.path == "/url" else ""
    name = "url" if (parts.hostname or "").endswith(_SAFE_LINKS) else name
    return next(iter(parse_qs(parts.query).get(name, ())), href) if name else href


def _safe(address: str) -> str:
    """An address that ends nowhere before its end in Markdown."""
    return re.sub(r"[\s<>()\\]", lambda found: f"%{ord(found[0]):02X}", address)


def _digits(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _joined(paragraphs: list[str]) -> str:
    """The paragraphs with a blank line between them; the points of one list are beneath each other."""
    points = [re.match(r"\s*(?:- |\d+\. )", paragraph) is not None for paragraph in paragraphs]
    breaks = ["\n" if before and point else "\n\n" for before, point in pairwise(points)]
    return "".join(chain.from_iterable(zip(["", *breaks], paragraphs, strict=False)))
