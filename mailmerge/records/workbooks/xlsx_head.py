"""The beginning of a large XLSX, for a quick look: the same workbook, each sheet ended after its first rows."""

from __future__ import annotations

import zipfile
from io import BytesIO
from zlib import error as InflateError  # noqa: N812

_ENOUGH = 1 << 20
"""Octets of a sheet that hold its first few hundred rows; where they do not, it is read whole."""
_DAMAGE = (zipfile.BadZipFile, InflateError, LookupError, ValueError, OSError, EOFError, RuntimeError)
_ROW_END = b"</row>"
_SHEET_END = b"</sheetData></worksheet>"


def beginning(content: bytes, rows: int) -> bytes:
    """The workbook with at least this many rows of each sheet; as it is where no sheet is larger, or it is damaged."""
    try:
        return _shortened(content, rows)
    except _DAMAGE:
        return content  # whoever reads it says what is wrong


def _shortened(content: bytes, rows: int) -> bytes:
    out = BytesIO()
    shortened = False
    with zipfile.ZipFile(BytesIO(content)) as whole, zipfile.ZipFile(out, "w") as short:
        for part in whole.infolist():
            text = None
            if part.filename.startswith("xl/worksheets/") and part.file_size > _ENOUGH:
                with whole.open(part) as sheet:
                    text = _first_rows(sheet.read(_ENOUGH), rows)
            shortened |= text is not None
            short.writestr(part.filename, whole.read(part) if text is None else text)
    return out.getvalue() if shortened else content


def _first_rows(head: bytes, rows: int) -> bytes | None:
    """The sheet ended after the last whole row of its head; None where that has too few of them."""
    if head.count(_ROW_END) < rows or b"<worksheet" not in head:
        return None
    return head[: head.rindex(_ROW_END)] + _ROW_END + _SHEET_END
