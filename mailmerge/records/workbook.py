"""Workbooks as they show: XLSX, XLSM, XLSB, XLS and ODS through calamine."""

from __future__ import annotations

import datetime
from io import BytesIO

from mailmerge.errors import TableError
from mailmerge.model import Dialect
from mailmerge.records.grid import Grid
from mailmerge.records.source import Source, named


def read_workbook(source: Source, *, sheet: str, first_rows: int | None) -> Grid:
    """The rows of one sheet.

    Raises:
        TableError: the workbook is damaged or protected, or has no such sheet.
    """
    from python_calamine import CalamineError, load_workbook

    name = named(source.path)
    try:
        workbook = load_workbook(BytesIO(source.content))
        chosen = sheet or workbook.sheet_names[0]
        cells = workbook.get_sheet_by_name(chosen).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise TableError(f"{name} is a damaged workbook ({error}): open it in Excel and save it again") from None
    rows, lines = [], []
    for line, row in enumerate(cells, 1):
        texts = tuple(_shown(cell) for cell in row)
        if any(texts):
            rows.append(texts)
            lines.append(line)
    return Grid(rows, lines, Dialect(sheet=chosen))


def _shown(cell: object) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)
