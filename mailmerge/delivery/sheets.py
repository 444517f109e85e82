"""Write a table that a spreadsheet shows as it is: nothing in it is computed, and no leading zero is lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from mailmerge.errors import OutboxError, UsageError
from mailmerge.files.home import write_atomically, writing
from mailmerge.i18n import N_
from mailmerge.text.formulas import inert

KINDS = (".csv", ".xlsx")
"""How the name of a file may end."""

_NARROWEST, _WIDEST = 6, 60
"""Characters of a column."""
_MEASURED = 2000
"""Rows that say how wide a column is."""


def require_kind(path: Path) -> None:
    """See that a file has a name by which its format is known.

    Raises:
        UsageError: it ends neither in .csv nor in .xlsx.
    """
    if path.suffix.casefold() not in KINDS:
        raise UsageError(
            N_("{name} ends in neither .csv nor .xlsx: give the file one of these endings"), name=path.name
        )


def write_sheet(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a workbook where the file's name ends in .xlsx, otherwise CSV; readable by this user only.

    Raises:
        OutboxError: it cannot be written; an earlier file of this name is then still whole.
    """
    text = [[str(cell) for cell in row] for row in (header, *rows)]
    content = _workbook(path, text) if path.suffix.casefold() == ".xlsx" else _csv(text)
    with writing(path, OutboxError):
        write_atomically(path, content)


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    """CSV that Excel opens by a double click: UTF-8 with BOM, semicolons, and no cell that it would compute."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def _workbook(path: Path, rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of one sheet, its header frozen, every cell a text and formatted as one.

    Raises:
        OutboxError: there are more rows, columns or characters in a cell than Excel can hold.
    """
    from xlsxwriter import Workbook  # only where a workbook is written

    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:  # no temporary files with people's data
        sheet = book.add_worksheet()
        plain, bold = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
        for position, width in enumerate(_widths(rows)):
            sheet.set_column(position, position, width, plain)
        for number, row in enumerate(rows):
            for position, cell in enumerate(row):
                text = cell.encode("utf-8", "replace").decode()
                if sheet.write_string(number, position, text, plain if number else bold):
                    raise OutboxError(
                        N_(
                            "cannot write {path}: row {row}, column {column} is more than Excel can hold; give the file"
                            " a name that ends in .csv"
                        ),
                        path=path,
                        row=number + 1,
                        column=position + 1,
                    )
        sheet.freeze_panes(1, 0)
        everything = f"A1:{_CORNER}"
        sheet.ignore_errors({"number_stored_as_text": everything})
    return content.getvalue()


_CORNER = "XFD1048576"
"""The last cell of a sheet."""


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    columns = max(map(len, rows[:_MEASURED]))
    longest = [0] * columns
    for row in rows[:_MEASURED]:
        for position, cell in enumerate(row):
            longest[position] = max(longest[position], *(len(line) for line in cell.split("\n")))
    return [min(_WIDEST, max(_NARROWEST, length + 2)) for length in longest]
