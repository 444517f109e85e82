"""Documents of Word (.docx, .docm; ECMA-376): merge fields are marked first, then mammoth makes HTML of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from mailmerge.drafts.draft import FIELD_CLOSE, FIELD_OPEN, Lost
from mailmerge.drafts.package import DAMAGED, NOT_THAT, OTHER_PACKAGES, read_package, read_xml
from mailmerge.drafts.page import Page
from mailmerge.drafts.pictures import Pictures
from mailmerge.errors import InputError
from mailmerge.regex import regex

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"
_INSTRUCTION = regex(r"\s*(\w+)\s*(?:\"([^\"]*)\"|(\S+))?")
_HEADERS = regex(r"word/(?:header|footer)\d*\.xml")
_NOTES = regex(r"word/(?:footnotes|endnotes)\.xml")
_SHOWN_FIELDS = frozenset({"HYPERLINK", "REF", "PAGEREF", "TOC", "SYMBOL", "INCLUDEPICTURE"})
"""Fields whose text is all there is to them."""


def read_word(content: bytes, path: Path) -> Page:
    """The document as HTML, its merge fields between marks.

    Raises:
        InputError: it is damaged, protected, or not a document of Word.
    """
    import mammoth  # type: ignore[import-untyped]

    parts = dict(read_package(content, path))
    if _DOCUMENT not in parts:
        raise InputError(NOT_THAT if parts.keys() & OTHER_PACKAGES else DAMAGED, path=path, suffix=path.suffix)
    for name in parts:
        if name.endswith((".xml", ".rels")):
            read_xml(parts[name], path)
    document = read_xml(parts[_DOCUMENT], path)
    lost = dict.fromkeys(_lost(document, parts))
    lost.update(dict.fromkeys(_mark_fields(document)))
    parts[_DOCUMENT] = ElementTree.tostring(document, encoding="utf-8", xml_declaration=True)
    pictures = Pictures()

    def keep(image: object) -> dict[str, str]:
        with image.open() as file:  # type: ignore[attr-defined]
            name = pictures.keep(file.read())
        return {"src": name}

    try:
        converted = mammoth.convert_to_html(
            _packed(parts),
            convert_image=mammoth.images.img_element(keep),
            style_map="u => \n strike => s\n comment-reference => ",
        )
    except (KeyError, ValueError, AttributeError, OSError, TypeError, IndexError, RecursionError):
        raise InputError(DAMAGED, path=path) from None
    if pictures.refused:
        lost[Lost.PICTURE] = None
    return Page(converted.value, tuple(lost), pictures=tuple(pictures.kept))


def _packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    packed.seek(0)
    return packed


def _lost(document: ElementTree.Element, parts: Mapping[str, bytes]) -> Iterator[Lost]:
    tags = {element.tag for element in document.iter()}
    if tags & {f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo"}:
        yield Lost.TRACKED
    if f"{_W}commentReference" in tags:
        yield Lost.COMMENTS
    if tags & {f"{_W}footnoteReference", f"{_W}endnoteReference"}:
        yield Lost.NOTES
    if f"{_W}object" in tags:
        yield Lost.OBJECT
    if f"{_W}vanish" in tags:
        yield Lost.HIDDEN
    if tags & {f"{_W}color", f"{_W}rFonts", f"{_W}sz", f"{_W}jc", f"{_W}highlight"}:
        yield Lost.LOOKS
    if any((each.get(f"{_W}val") or "").upper() == "FFFFFF" for each in document.iter(f"{_W}color")):
        yield Lost.WHITE
    if any(name.endswith("vbaProject.bin") for name in parts):
        yield Lost.MACROS
    for name, part in parts.items():
        if _HEADERS.fullmatch(name) and re.search(rb"<w:t[ >][^<]*[^<\s]", part):
            yield Lost.HEADER_FOOTER
            return


def _mark_fields(document: ElementTree.Element) -> Iterator[Lost]:
    """Put marks around the names of merge fields, whose shown text may be somebody's data from a preview."""
    for parent in list(document.iter()):
        for child in list(parent):
            if child.tag == f"{_W}fldSimple":
                yield from _simple_field(parent, child)
            elif child.tag == f"{_W}r" and child.find(f"{_W}rPr/{_W}vanish") is not None:
                parent.remove(child)
    open_fields: list[_Field] = []
    for parent, run in _runs(document):
        for part in list(run):
            kind = part.get(f"{_W}fldCharType") if part.tag == f"{_W}fldChar" else None
            if kind == "begin":
                open_fields.append(_Field(run))
            elif kind == "separate" and open_fields:
                open_fields[-1].shows = True
            elif kind == "end" and open_fields:
                yield from _end_field(open_fields.pop(), open_fields)
            elif part.tag == f"{_W}instrText" and open_fields and not open_fields[-1].shows:
                open_fields[-1].instruction += part.text or ""
        for field in open_fields:
            field.runs.append((parent, run))


class _Field:
    """A field that is written as several runs (ECMA-376 part 1, 17.16.18)."""

    def __init__(self, first: ElementTree.Element):
        self.first = first
        self.instruction = ""
        self.shows = False
        self.runs: list[tuple[ElementTree.Element, ElementTree.Element]] = []


def _runs(document: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, ElementTree.Element]]:
    for parent in document.iter():
        for child in list(parent):
            if child.tag == f"{_W}r":
                yield parent, child


def _end_field(field: _Field, around: list[_Field]) -> Iterator[Lost]:
    kind, name = _instruction(field.instruction)
    if kind == "MERGEFIELD" and name:
        for _parent, run in field.runs:
            _empty(run)
        _write(field.first, name)
        for outer in around:
            if not outer.shows:
                outer.instruction += f" {name} "
        return
    yield from _said_of(kind)


def _empty(run: ElementTree.Element) -> None:
    """Take out what a run says; its looks stay."""
    for part in list(run):
        if part.tag != f"{_W}rPr":
            run.remove(part)


def _simple_field(parent: ElementTree.Element, field: ElementTree.Element) -> Iterator[Lost]:
    kind, name = _instruction(field.get(f"{_W}instr", ""))
    index = list(parent).index(field)
    if kind == "MERGEFIELD" and name:
        run = next((each for each in field if each.tag == f"{_W}r"), ElementTree.Element(f"{_W}r"))
        _empty(run)
        _write(run, name)
        parent[index] = run
        return
    parent.remove(field)
    for offset, run in enumerate(list(field)):
        parent.insert(index + offset, run)
    yield from _said_of(kind)


def _said_of(kind: str) -> Iterator[Lost]:
    if kind == "IF":
        yield Lost.CONDITION
    elif kind in ("ADDRESSBLOCK", "GREETINGLINE"):
        yield Lost.ADDRESS_BLOCK
    elif kind.startswith("FORM"):
        yield Lost.FORM
    elif kind and kind not in _SHOWN_FIELDS:
        yield Lost.OTHER_FIELD


def _instruction(text: str) -> tuple[str, str]:
    found = _INSTRUCTION.match(text)
    return (found[1].upper(), (found[2] or found[3] or "").strip()) if found else ("", "")


def _write(run: ElementTree.Element, name: str) -> None:
    text = ElementTree.SubElement(run, f"{_W}t")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = f"{FIELD_OPEN}{name}{FIELD_CLOSE}"
