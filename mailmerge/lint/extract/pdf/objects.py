"""The objects of a PDF besides its pages' text: properties, comments, forms, links, bookmarks, layers, files, scripts.

Every object that can be reached is looked at once, whatever refers to it; a string is what the key that leads to it
says, and otherwise what the object around it is.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from mailmerge.lint.extract.content import Hidden, HiddenKind, Part
from mailmerge.lint.extract.obstacles import Obstacle, Opaque
from mailmerge.lint.extract.pdf.words import PdfWords
from mailmerge.lint.extract.pictures.xmp import add_xmp
from mailmerge.lint.extract.readings import decode
from mailmerge.lint.extract.source import Source
from mailmerge.lint.extract.web.markup import plain
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader


_MOST_OBJECTS = 200_000
_BY_KEY = {
    "/Info": Part.PROPERTIES, "/Author": Part.AUTHOR, "/Outlines": Part.BOOKMARK, "/Dests": Part.BOOKMARK,
    "/AcroForm": Part.FORM, "/V": Part.FORM, "/DV": Part.FORM, "/TU": Part.FORM, "/Opt": Part.FORM,
    "/StructTreeRoot": Part.ALTERNATIVE, "/ActualText": Part.ALTERNATIVE, "/Alt": Part.ALTERNATIVE,
    "/E": Part.ALTERNATIVE, "/OCProperties": Part.LAYER, "/OCGs": Part.LAYER, "/OC": Part.LAYER,
    "/URI": Part.LINK, "/A": Part.LINK, "/AA": Part.LINK, "/OpenAction": Part.LINK, "/Dest": Part.LINK,
    "/JS": Part.SCRIPT, "/JavaScript": Part.SCRIPT, "/EmbeddedFiles": Part.EMBEDDED, "/Threads": Part.PROPERTIES,
}  # fmt: skip
_SKIPPED = {"/Parent", "/P", "/ID", "/Font", "/ColorSpace", "/CharProcs", "/Length", "/ParentTree", "/Encoding", "/Pg"}
_STRUCTURE = "/StructTreeRoot"
"""The key of the parts that a document is made of: several for each line of text."""
_INVOICES = {"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml", "order-x.xml"}
"""What an invoice is called that a PDF carries as data (EN 16931): it says what the page says, and is no secret."""
_IS_INVOICE = regex(
    rb"<(?:\w+:)?(?:CrossIndustryInvoice|CrossIndustryDocument|SCRDMCCBDACIOMessageStructure|Invoice)\b"
)
_ROOT_WITHIN = 4_000
_INDEX = regex(r"\[\d+\]")
"""What a form of XFA adds to the name of a field."""
_APPEARANCE = "/AP/*"
"""Stands for every key below an appearance: its states may be called anything."""
_NAMED_VALUES = {"/V", "/DV", "/AS", "/Dest"}
"""Keys under which a name is a value that somebody chose, and no word of the format."""


class _Step(NamedTuple):
    """An object still to be looked at."""

    value: Any
    part: Part
    page: int = 0
    key: str = ""


class Walk:
    """The objects of one PDF, and of its earlier versions; each text is kept once."""

    def __init__(self, source: Source, words: PdfWords):
        self._source, self._words = source, words
        self._known: set[str] = set()
        self._files: set[int] = set()
        self._skipped = _SKIPPED

    def leave_out_structure(self) -> None:
        """Follow no parts of the document: what they say is known already."""
        self._skipped = _SKIPPED | {_STRUCTURE}

    def begin(self, reader: PdfReader, part: Part | None) -> None:
        """Begin with one version; ``part`` is what all its texts are, where they are not to be told apart."""
        self._reader, self._as = reader, part
        self._seen: set[tuple[int, int]] = set()
        self._left = _MOST_OBJECTS
        self._texts: dict[tuple[Part, int], list[str]] = {}
        self._drawing: PageObject | None = None
        if part is None:
            for name, value in (reader.metadata or {}).items():
                if name != "/Creator":  # the program
                    self._source.content.metadata.setdefault(str(name).lstrip("/").casefold(), str(value))

    def page(self, page: PageObject, number: int) -> None:
        """Follow what a page refers to."""
        self._drawing = page
        if page.indirect_reference is not None:
            self._seen.add((page.indirect_reference.idnum, page.indirect_reference.generation))
        for key, value in page.items():
            if key not in ("/Contents", "/Parent"):
                self._follow(_Step(value, Part.INTERNAL, number, key))

    def finish(self) -> None:
        """Follow everything else, and keep what was found."""
        root = self._reader.root_object
        names = root.get("/Names")
        if names is not None and "/JavaScript" in names.get_object():
            self._source.content.obstruct(Obstacle.SCRIPT)
        for key, value in self._reader.trailer.items():
            if key in ("/Root", "/Info"):
                self._follow(_Step(value, _BY_KEY.get(key, Part.INTERNAL), 0, key))
        for (part, page), texts in self._texts.items():
            self._source.add(part, "\n\n".join(texts), page)

    def keep(self, part: Part, text: str, page: int = 0) -> None:
        """Keep the lines of a text that were not kept already."""
        new = [line for line in text.split("\n") if line not in self._known]
        self._known.update(new)
        self._source.add(part, "\n".join(new), page)

    def _follow(self, first: _Step) -> None:
        from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

        pending = [first]
        while pending:
            step = pending.pop()
            value = step.value
            if isinstance(value, IndirectObject):
                reference = (value.idnum, value.generation)
                if reference in self._seen:
                    continue
                if self._left <= 0:
                    self._source.content.obstruct(Obstacle.TOO_LARGE)
                    return
                self._seen.add(reference)
                self._left -= 1
                with suppress(Exception):  # an object that is not there, or broken
                    value = value.get_object()
            if isinstance(value, DictionaryObject):
                pending += self._dictionary(value, step)
            elif isinstance(value, ArrayObject):
                pending += [_Step(each, step.part, step.page, step.key) for each in reversed(value)]
            elif isinstance(value, str | bytes) and (not isinstance(value, NameObject) or step.key in _NAMED_VALUES):
                self._text(value, step)

    def _text(self, value: str | bytes, step: _Step) -> None:
        text = decode(value) if isinstance(value, bytes) else value
        if step.key in ("/RC", "/RV"):
            text = plain(text)
        text = text.lstrip("/") if step.key in _NAMED_VALUES else text
        if len(text) < 3 or text in self._known or text.startswith("D:"):
            return
        self._known.add(text)
        self._texts.setdefault((self._as or step.part, step.page), []).append(text)

    def _dictionary(self, value: Any, step: _Step) -> list[_Step]:
        """What a dictionary, or the one of a stream, leads to."""
        from pypdf.generic import StreamObject

        kind, subtype = value.get("/Type"), value.get("/Subtype")
        name, chosen = value.get("/T"), value.get("/V")
        part, page = _BY_KEY.get(step.key, step.part), step.page
        if kind == "/Page" and step.key in ("/Kids", "/D", "/Dest", "/Pg"):
            return []
        if kind == "/Annot" or step.key == "/Annots":
            part = self._annotation(value, subtype, page)
        if kind == "/OCG":
            part = Part.LAYER
        if "/EF" in value and isinstance(value["/EF"].get_object(), dict):
            self._attached(value)
        if isinstance(name, str) and isinstance(chosen, str):
            self._text(f"{_INDEX.sub('', name).rpartition('.')[2]}={chosen}", step._replace(part=Part.FORM, key=""))
        if isinstance(value, StreamObject):
            try:
                self._stream(value, step, part, kind, subtype)
            except Opaque:
                raise
            except Exception:  # noqa: BLE001, S110  (a broken stream breaks its reader in any way, and hides no other)
                pass
        drawn = step.key in ("/AP", _APPEARANCE) and not isinstance(value, StreamObject)
        if drawn or step.key == "/Dests":
            for chosen_name in value:  # an answer of a form, or a place that links lead to
                self._text(str(chosen_name).lstrip("/"), step._replace(part=part, key=""))
        return [
            _Step(inner, _BY_KEY.get(key, part), page, _APPEARANCE if drawn else key)
            for key, inner in reversed(value.items())
            if (key not in self._skipped or isinstance(inner, str)) and key != "/EF"
        ]

    def _annotation(self, value: Any, subtype: object, page: int) -> Part:
        """Note what is pinned to a page; what its words are to a person."""
        if subtype in ("/Widget", "/Link"):
            return Part.FORM if subtype == "/Widget" else Part.LINK
        if (value.get("/Contents") or value.get("/RC")) and subtype != "/FileAttachment" and not self._as:
            self._source.content.hide(Hidden(HiddenKind.COMMENTS, page=page))
        return Part.COMMENT

    def _attached(self, value: Any) -> None:
        """A file inside the PDF: attached to all of it, pinned to a page, or belonging to a part of it."""
        name = str(value.get("/UF") or value.get("/F") or "")
        for stream in value["/EF"].get_object().values():
            reference = getattr(stream, "idnum", id(stream))
            if reference in self._files:
                continue
            self._files.add(reference)
            self._source.add(Part.EMBEDDED, name)
            octets = b""
            try:
                octets = stream.get_object().get_data()
            except Exception:  # noqa: BLE001  (a stream that cannot be unpacked)
                self._source.content.obstruct(Obstacle.DAMAGED)
            if name.casefold() not in _INVOICES or not _IS_INVOICE.search(octets, 0, _ROOT_WITHIN):
                self._source.content.hide(Hidden(HiddenKind.EMBEDDED_FILE, name=name))
            self._source.unpacked(octets)
            self._source.inside(octets, name, Part.EMBEDDED)

    def _stream(self, value: Any, step: _Step, part: Part, kind: object, subtype: object) -> None:
        if subtype == "/Image":
            self._image(value)
        elif kind == "/Metadata" or subtype == "/XML" or step.key in ("/XFA", "/Metadata"):
            what = Part.FORM if step.key == "/XFA" else Part.PROPERTIES
            add_xmp(self._source, decode(self._data(value)), self._as or what)
        elif step.key in ("/JS", "/RC", "/RV", "/V", "/Contents", "/JavaScript"):
            self._text(self._data(value), step._replace(part=part))
        elif _is_drawn_apart(value, step.key, subtype) and self._drawing is not None:
            self.keep(
                self._as or part, "\n".join(self._words.of_form(value, self._drawing.get("/Resources"))), step.page
            )

    def _data(self, value: Any) -> bytes:
        octets: bytes = value.get_data()
        self._source.unpacked(octets)
        return octets

    def _image(self, value: Any) -> None:
        """What is written in a photograph beside its pixels."""
        filters = value.get("/Filter")
        name = filters[-1] if isinstance(filters, list) and filters else filters
        if name == "/DCTDecode":
            with suppress(Opaque):
                self._source.inside(value.get_data(), "picture.jpg", self._as)  # not compressed any further


def _is_drawn_apart(value: Any, key: str, subtype: object) -> bool:
    """Whether a stream draws what the text of the page does not contain: how a field or note looks, a pattern."""
    return (subtype == "/Form" and key == _APPEARANCE) or value.get("/PatternType") == 1
