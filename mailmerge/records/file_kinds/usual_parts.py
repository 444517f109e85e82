"""An XLSX whose parts are elsewhere than below ``xl/``, with its parts where nearly all programs put them.

Where a part is, only the relations of the package say (ECMA-376 part 2, 6.5), and its name is the same in capitals
(6.3.5); calamine looks in the usual places.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from posixpath import basename, dirname, join, normpath
from xml.etree import ElementTree
from zlib import error as InflateError  # noqa: N812

from mailmerge.records.file_kinds.packing import packed

_ROOT = "_rels/.rels"
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_PLACES = {"styles": "xl/styles.xml", "sharedStrings": "xl/sharedStrings.xml", "theme": "xl/theme/theme1.xml"}


def workbook_of(archive: zipfile.ZipFile) -> str:
    """The name in the archive of the workbook that its package is; ``""`` where it is none."""
    names = _by_place(archive.namelist())
    if _ROOT not in names:
        return ""
    try:
        relations = ElementTree.fromstring(archive.read(names[_ROOT]))  # noqa: S314
    except ElementTree.ParseError:
        return ""
    document = next((_target(each, "") for each in relations if _kind(each) == "officeDocument"), "")
    workbook = names.get(document.casefold(), "")
    return workbook if basename(document).casefold() == "workbook.xml" else ""


def with_usual_parts(content: bytes) -> bytes:
    """The workbook with its parts in the usual places; as it is where they are there, or it is damaged."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _with_usual_parts(content, archive)
    except (zipfile.BadZipFile, InflateError, ElementTree.ParseError, LookupError, ValueError, OSError, RuntimeError):
        return content  # whoever reads it says what is wrong


def _with_usual_parts(content: bytes, archive: zipfile.ZipFile) -> bytes:
    names = _by_place(archive.namelist())
    workbook = workbook_of(archive) or _WORKBOOK
    folder = dirname(workbook.replace("\\", "/"))
    told = names[join(folder, "_rels", "workbook.xml.rels").casefold()]
    relations = ElementTree.fromstring(archive.read(told))  # noqa: S314
    moved = {workbook: _WORKBOOK, told: _RELATIONS, names[_ROOT]: _ROOT}
    root = ElementTree.fromstring(archive.read(names[_ROOT]))  # noqa: S314
    for each in root:
        if _kind(each) == "officeDocument":
            each.set("Target", _WORKBOOK)
    for number, each in enumerate(relations, 1):
        part = names.get(_target(each, folder).casefold())
        if part is not None:
            usual = _PLACES.get(_kind(each)) or (
                part if part.startswith("xl/") else f"xl/parts/{number}{basename(part)}"
            )
            moved[part] = usual
            each.set("Target", f"/{usual}")
    if all(part == usual for part, usual in moved.items()):
        return content
    parts = {moved.get(name, name.replace("\\", "/")): archive.read(name) for name in archive.namelist()}
    return packed({**parts, _RELATIONS: ElementTree.tostring(relations), _ROOT: ElementTree.tostring(root)})


def _by_place(names: Iterable[str]) -> Mapping[str, str]:
    return {name.replace("\\", "/").casefold(): name for name in names}


def _kind(relation: ElementTree.Element) -> str:
    return relation.get("Type", "").rpartition("/")[2]


def _target(relation: ElementTree.Element, folder: str) -> str:
    return normpath(join("/", folder, relation.get("Target", "").replace("\\", "/"))).lstrip("/")
