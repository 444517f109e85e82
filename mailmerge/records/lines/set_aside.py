"""Lines of a table that are certainly nobody: totals, notes, page numbers, the header again, a table of figures below.

They are left out when the table is read, and named. A line with an address, or with what may be somebody's name, is
never among them: the check asks about it.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from decimal import Decimal
from itertools import repeat
from operator import contains, itemgetter

from mailmerge.i18n import listed, ngettext
from mailmerge.model import Columns, Field
from mailmerge.records.columns.column_notes import is_column_notes, is_example, is_of_a_program, is_second_header
from mailmerge.records.grid import Cells, Merged, line_ranges
from mailmerge.records.lines.certain_lines import (
    amount,
    is_certain_note,
    is_date,
    is_figure_with_words,
    is_heading,
    is_lone_word,
    is_page,
    is_phrase_of_total,
    is_signature,
    may_be_name,
    total_in,
)
from mailmerge.records.lines.figures_below import tables_of_figures
from mailmerge.records.lines.line_words import is_quantity
from mailmerge.records.workbooks.merged import lines_across
from mailmerge.text.folding import fold
from mailmerge.text.quotes import quotes

_QUOTED = 3
"""Lines whose words the notice repeats."""
_FEW = 2
_SAME = 0.5
"""The share of the headers that a line repeats to be the header again."""
_ADDED = 1_000_000
"""Figures that are added up at most: a table of nothing but figures shall not take minutes."""
_SAMPLE = 200


def lines_of_nobody(
    rows: Sequence[Cells],
    lines: Sequence[int],
    fields: Sequence[Field],
    columns: Columns,
    places: Sequence[int],
    above: Sequence[Cells],
    merged: Sequence[Merged] = (),
) -> list[int]:
    """The positions of the rows that are certainly nobody.

    ``places`` are the positions of the fields in the file, between which blank columns may be; ``above`` are the rows
    above the header.
    """
    names = [field.name for field in fields]
    email = names.index(columns.email) if columns.email in names else -1
    if email < 0:
        return []
    if is_example(rows[0]) and len(rows) > 1:
        return [0]  # what else is nobody is found when the table is read without it
    if again := _header_with_at_sign(rows, [field.header for field in fields], email):
        return again  # likewise
    if all(map(contains, map(itemgetter(email), rows), repeat("@"))):
        return []
    without = [at for at, row in enumerate(rows) if "@" not in row[email]]
    foot = len(rows)
    for at in reversed(without):
        if at != foot - 1:
            break
        foot = at
    if not foot:
        return []  # nobody has an address
    sheet = _Sheet(rows, fields, columns, places, without)
    across = lines_across(merged, [places[at] for at in sheet.persons]) if merged else frozenset[int]()
    return sorted(_found(rows, lines, sheet, without, foot, set(map(_words, above)), across))


def _header_with_at_sign(rows: Sequence[Cells], headers: Sequence[str], email: int) -> list[int]:
    """The rows that repeat the header where that has the sign of an address: "Adresse @" is nobody's."""
    title = headers[email]
    if "@" not in title:
        return []
    return [
        at
        for at, row in enumerate(rows)
        if row[email] == title
        and all(fold(cell) == fold(header) for cell, header in zip(row, headers, strict=True) if cell)
    ]


def _found(
    rows: Sequence[Cells],
    lines: Sequence[int],
    sheet: _Sheet,
    without: Sequence[int],
    foot: int,
    titles: Container[tuple[str, ...]],
    across: Container[int],
) -> set[int]:
    """The rows that are nobody, of those ``without`` an address; nobody is at ``foot`` or below.

    ``across`` are the lines in which one cell covers the columns that say who somebody is.
    """
    open_ones = [at for at in without if any(rows[at]) and not any("@" in cell for cell in rows[at])]
    found = set(tables_of_figures(rows, lines, sheet.is_shared, [at for at in open_ones if at >= foot]))
    found.update(sheet.column_notes(open_ones))
    first = next(at for at, row in enumerate(rows) if "@" in row[sheet.email])
    signed = False
    for at in open_ones:
        cells = [cell for cell in rows[at] if cell]
        alone = len(cells) == 1 and at >= foot
        if alone and (is_signature(cells[0]) or (signed and at - 1 in found)):
            signed = True
            found.add(at)
            continue
        signed = False
        if at in found:
            continue
        on_top = at < first and len(cells) == 1
        if ((alone or on_top) and is_lone_word(cells[0])) or (
            len(cells) == 1
            and (is_heading(cells[0]) or sheet.is_index_letter(rows[at]) or _is_across(lines[at], cells[0], across))
        ):
            found.add(at)
            continue
        is_title = any(map(str.isalpha, "".join(cells))) and _words(rows[at]) in titles
        if (
            is_title
            or sheet.is_anywhere(at)
            or ((at >= foot or (on_top and not is_quantity(cells[0]))) and sheet.is_below(at))
        ):
            found.add(at)
    return found


def _is_across(line: int, cell: str, across: Container[int]) -> bool:
    return line in across and not may_be_name(cell)


def _words(row: Cells) -> tuple[str, ...]:
    """The words of a row, without figures: those of a title over each page but the number of the page."""
    return tuple(" ".join(word for word in fold(cell).split() if not word.isdecimal()) for cell in row if cell)


def notice_of(rows: Sequence[Cells], lines: Sequence[int]) -> str:
    """What to say of the lines that were left out."""
    words = [str(quotes([" ".join(filter(None, row))], limit=40)) for row in rows[:_QUOTED]]
    return ngettext(
        "line {lines} is left out, because it is not a person: {words}",
        "{count} lines are left out, because they are not people (lines {lines}): {words}",
        len(lines),
    ).format(
        count=len(lines),
        lines=line_ranges(lines),
        words=listed(words) if len(rows) <= _QUOTED else ", ".join([*words, "…"]),
    )


class _Sheet:
    """The rows of a table, and what has to be known of all of them to judge one."""

    def __init__(
        self,
        rows: Sequence[Cells],
        fields: Sequence[Field],
        columns: Columns,
        places: Sequence[int],
        without: Sequence[int],
    ):
        self._rows = rows
        self._headers = [fold(field.header) for field in fields]
        self._name_columns = {at for at, field in enumerate(fields) if field.name in columns.names}
        self.email = next(at for at, field in enumerate(fields) if field.name == columns.email)
        self.persons = sorted({self.email, *self._name_columns})
        """The columns that say who somebody is."""
        self._places = places
        self._without = frozenset(without)
        self._left = _ADDED
        self._common: dict[int, frozenset[str]] = {}

    def column_notes(self, open_ones: Sequence[int]) -> list[int]:
        """The rows right below the header that say what the columns take."""
        is_survey = {0, 1}.issubset(open_ones) and is_of_a_program(self._rows[1])
        found = [0, 1] if is_survey else []
        names = sorted(self._name_columns)
        while len(found) in open_ones and (
            is_column_notes(self._rows[len(found)], names)
            or is_second_header(self._rows[len(found)], names, self.email)
        ):
            found.append(len(found))
        return found

    def is_index_letter(self, row: Cells) -> bool:
        """Whether a row has only a letter under which names follow, as an address book has."""
        return any(
            len(cell) == 1 and cell.isupper() and (not at or at in self._name_columns) for at, cell in enumerate(row)
        )

    def is_anywhere(self, at: int) -> bool:
        """Whether a row is nobody wherever it is."""
        row = self._rows[at]
        cells = [cell for cell in row if cell]
        return (
            self._is_header(row)
            or not any(character.isalnum() for cell in cells for character in cell)
            or is_page(cells)
            or self._is_total(at, cells)
        )

    def is_below(self, at: int) -> bool:
        """Whether a row below the people is nobody."""
        row = self._rows[at]
        cells = [cell for cell in row if cell]
        said = [(column, cell) for column, cell in enumerate(row) if cell and not is_quantity(cell)]
        if not said:
            return not any(self._may_be_code(at, column) for column, cell in enumerate(row) if cell)
        alone = len(cells) == 1
        notes = {column for column, cell in said if is_certain_note(cell, alone=alone)}
        if alone and self._is_phrase(at, said[0][0], cells[0]):
            return True
        if (
            notes
            and len(said) <= _FEW
            and all(column in notes or column not in (self._name_columns or notes | {column}) for column, _ in said)
        ):
            return not (is_date(cells[0]) and alone and self._holds_dates(at, said[0][0]))
        return self._is_beside(row)

    def _is_header(self, row: Cells) -> bool:
        same = sum(bool(cell) and fold(cell) == header for cell, header in zip(row, self._headers, strict=True))
        return same >= _FEW and same == sum(map(bool, row)) and same >= _SAME * sum(map(bool, self._headers))

    def _is_total(self, at: int, cells: Sequence[str]) -> bool:
        said = [(column, cell) for column, cell in enumerate(self._rows[at]) if cell and not is_quantity(cell)]
        if not said:
            return any(self._is_sum(at, column) for column, cell in enumerate(self._rows[at]) if cell)
        figures = len(said) < len(cells)
        totals = {column for column, cell in said if self._is_label(column, cell, figures=figures)}
        return bool(totals) and all(
            column in totals or (column not in self._name_columns and fold(cell) in self._shared(column))
            for column, cell in said
        )

    def _is_label(self, column: int, cell: str, *, figures: bool) -> bool:
        """Whether a cell is the label of a total."""
        total = total_in(cell)
        if total is None:
            return False
        if not total.of:
            return total.is_clear or column not in self._name_columns or total.has_figure
        groups = (each for each in range(len(self._headers)) if each not in self._name_columns)
        if any(total.of in self._shared(each) for each in groups):
            return True
        return total.is_clear and total.is_first and (figures or total.has_figure)

    def is_shared(self, cell: str) -> bool:
        """Whether several people have this, in some column."""
        return any(fold(cell) in self._shared(column) for column in range(len(self._headers)))

    def _shared(self, column: int) -> frozenset[str]:
        """What the people have in a column in which several have the same: their department, their town."""
        if column not in self._common:
            cells = [row[column] for number, row in enumerate(self._rows) if number not in self._without]
            kept = {cell for cell in cells if cell}
            self._common[column] = frozenset(map(fold, kept)) if len(kept) * 2 <= max(len(cells), 4) else frozenset()
        return self._common[column]

    def _is_sum(self, at: int, column: int) -> bool:
        """Whether a figure is the sum of those above it, back to the first, or to some line with another sum."""
        total, reached, count = amount(self._rows[at][column]), Decimal(0), 0
        for number in range(at - 1, -1, -1) if total else ():
            self._left -= 1
            if self._left < 0:
                return False
            figure = amount(self._rows[number][column])
            if figure is None or (number in self._without and count):
                if number in self._without:
                    continue
                return False
            reached += figure
            count += 1
            if reached == total and count >= _FEW and (number == 0 or number - 1 in self._without):
                return True
        return False

    def _may_be_code(self, at: int, column: int) -> bool:
        """Whether a figure could be the number of somebody, of a phone, or a day of birth."""
        cell = self._rows[at][column]
        digits = "".join(filter(str.isdecimal, cell))
        if digits.startswith("0") and len(digits) > 1 and digits == cell.replace(" ", ""):
            return True
        if self._holds_dates(at, column):
            return is_date(cell)
        above = self._above(at, column)
        return (
            len(cell) > _FEW < len(above)
            and all(map(str.isdecimal, above))
            and len(set(above)) == len(above)
            and {len(each) for each in above} == {len(cell)}
        )

    def _above(self, at: int, column: int) -> list[str]:
        rows = (self._rows[number] for number in range(max(0, at - _SAMPLE), at) if number not in self._without)
        return [row[column] for row in rows if row[column]]

    def _holds_dates(self, at: int, column: int) -> bool:
        above = self._above(at, column)
        return bool(above) and sum(map(is_date, above)) * 2 >= len(above)

    def _is_phrase(self, at: int, column: int, cell: str) -> bool:
        return is_phrase_of_total(cell) or (is_figure_with_words(cell) and not self._holds_figures(at, column))

    def _holds_figures(self, at: int, column: int) -> bool:
        """Whether the cells of people in a column have figures in them: references, streets, days."""
        above = self._above(at, column)
        return sum(any(map(str.isdecimal, cell)) for cell in above) * 4 > len(above)

    def _is_beside(self, row: Cells) -> bool:
        """Whether a row has something only beyond a blank column, which is beyond all that says who people are."""
        if any(map(may_be_name, row)):
            return False
        first = next(column for column, cell in enumerate(row) if cell)
        people = max(self.email, *self._name_columns, 0)
        return any(self._places[at] > self._places[at - 1] + 1 for at in range(people + 1, first + 1))
