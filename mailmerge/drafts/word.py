"""Documents of Word (.docx, .docm; ECMA-376): merge fields are marked first, then mammoth makes HTML of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from mailmerge.drafts.draft import Lost
from mailmerge.drafts.package import DAMAGED, NOT_THAT, OTHER_PACKAGES, read_package, read_xml
from mailmerge.drafts.page import DraftPage
from mailmerge.drafts.pictures import Pictures
from mailmerge.drafts.word_fields import mark_fields
from mailmerge.drafts.word_lists import NUMBERING, read_numbers, write_numbers
from mailmerge.drafts.word_runs import W, append_text, is_on, runs_of, straighten
from mailmerge.errors import InputError
from mailmerge.text.regex import regex

_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"
_HEADERS = regex(r"word/(?:header|footer)\d*\.xml")
_NOTES = {"word/footnotes.xml": "footnote", "word/endnotes.xml": "endnote"}


def read_word(content: bytes, path: Path) -> DraftPage:
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
    straighten(document)
    lost.update(dict.fromkeys(_write_notes(document, parts, path)))
    lost.update(dict.fromkeys(mark_fields(document)))
    styles = read_xml(parts[_STYLES], path) if _STYLES in parts else document
    if NUMBERING in parts:
        write_numbers(document, read_xml(parts[NUMBERING], path), styles)
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
            style_map="u => \n strike => s",
        )
    except (KeyError, ValueError, AttributeError, OSError, TypeError, IndexError, RecursionError):
        raise InputError(DAMAGED, path=path) from None
    if pictures.refused:
        lost[Lost.PICTURE] = None
    languages = _languages(document, styles)
    return DraftPage(
        read_numbers(converted.value), tuple(lost), pictures=tuple(pictures.kept), languages=tuple(languages)
    )


def _languages(*roots: ElementTree.Element) -> Iterator[str]:
    """The languages of the words (17.3.2.20), those of most runs first, then those of its styles."""
    for root in roots:
        found = Counter(each.get(f"{W}val") or "" for each in root.iter(f"{W}lang"))
        yield from (language for language, _runs in found.most_common())


def _packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    packed.seek(0)
    return packed


def _lost(document: ElementTree.Element, parts: Mapping[str, bytes]) -> Iterator[Lost]:
    tags = {element.tag for element in document.iter()}
    if tags & {f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"}:
        yield Lost.TRACKED
    if f"{W}commentReference" in tags:
        yield Lost.COMMENTS
    if tags & {f"{W}footnoteReference", f"{W}endnoteReference"}:
        yield Lost.NOTES
    if tags & {f"{W}object", f"{W}altChunk"}:
        yield Lost.OBJECT
    if any(is_on(run, "vanish") for _parent, run in runs_of(document)):
        yield Lost.HIDDEN
    if tags & {f"{W}color", f"{W}rFonts", f"{W}sz", f"{W}jc", f"{W}highlight"}:
        yield Lost.LOOKS
    if any((each.get(f"{W}val") or "").upper() == "FFFFFF" for each in document.iter(f"{W}color")):
        yield Lost.WHITE
    if any(name.endswith("vbaProject.bin") for name in parts):
        yield Lost.MACROS
    for name, part in parts.items():
        if _HEADERS.fullmatch(name) and re.search(rb"<w:t[ >][^<]*[^<\s]", part):
            yield Lost.HEADER_FOOTER
            return


def _write_notes(document: ElementTree.Element, parts: Mapping[str, bytes], path: Path) -> Iterator[Lost]:
    """Write each footnote and endnote where it is referred to, between parentheses."""
    for name, kind in _NOTES.items():
        if name not in parts:
            continue
        notes = read_xml(parts[name], path)
        straighten(notes)
        yield from mark_fields(notes)
        said = {note.get(f"{W}id"): _words(note) for note in notes.iter(f"{W}{kind}")}
        for _parent, run in runs_of(document):
            for reference in run.findall(f"{W}{kind}Reference"):
                run.remove(reference)
                if words := said.get(reference.get(f"{W}id")):
                    append_text(run, f" ({words})")


def _words(note: ElementTree.Element) -> str:
    paragraphs = ["".join(text.text or "" for text in each.iter(f"{W}t")) for each in note.iter(f"{W}p")]
    return " ".join(" ".join(paragraphs).split())
