"""Build a recipient table from a grid: find the header, name the fields, and report what does not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from mailmerge.errors import TableError
from mailmerge.i18n import N_, Term, _, number
from mailmerge.model import Defect, DefectKind, RecordTable
from mailmerge.records.columns.choice import choose_columns
from mailmerge.records.columns.fields import (
    columns_kept,
    defects_of_columns,
    header_defects,
    make_fields,
    second_headers,
)
from mailmerge.records.columns.header_lines import header_of_lines
from mailmerge.records.columns.headers import AddressClue, header_is_email, header_is_known, mail_grade
from mailmerge.records.file_kinds.file_type import TableFile, damaged, empty
from mailmerge.records.file_kinds.foreign_files import named
from mailmerge.records.grid import MAX_COLUMNS, Cells, Grid, Records, column_letters
from mailmerge.records.lines.beside import end_of_table, notice_beside
from mailmerge.records.lines.neighbours import Belonging, doubts_of, neighbours_of, notice_of_neighbour, without
from mailmerge.records.lines.set_aside import lines_of_nobody, notice_of
from mailmerge.records.lines.stray_quotes import swallowed_rows
from mailmerge.records.options import HEADER_SEARCH_ROWS, ReadOptions
from mailmerge.records.workbooks.hidden import left_out, unhide
from mailmerge.records.workbooks.merged import (
    Overlapping,
    as_seen,
    covered_columns,
    header_below,
    notice,
    notice_of_hidden,
    spread,
    with_titles,
)
from mailmerge.text.addresses import find_addresses, is_from_a_list, is_one_address
from mailmerge.text.shown import shorten

_BLOCK = 16
_LONG = 100_000
_SEVERAL = 2
_LIST = N_(
    "{name} is a list of addresses, not a table: write each person on a line of their own, below a line with the names"
    " of the columns"
)
_UNCALCULATED = N_(
    "{name} shows nothing on line {line}, because its formulas were never calculated: open it in Excel or LibreOffice"
    " and save it again"
)


class TableReading(Struct, frozen=True):
    """A table, and why it cannot be used as it is (``""`` where it can): no e-mail column, or several."""

    table: RecordTable
    advice: str


def build_table(
    source: TableFile,
    grid: Grid,
    options: ReadOptions,
    *,
    first_rows: int | None = None,
    longer: frozenset[int] = frozenset(),
) -> TableReading:
    """The table that a grid holds.

    ``longer`` are the positions of columns that went on below the people, in rows that are left out by now.

    Raises:
        TableError: there is no header line, nobody below it, too many columns, or no column ``options.email``.
    """
    name = named(source.path)
    if not grid.rows:
        raise empty(source.path)
    if grid.merged:
        grid = _as_seen(source, grid)
    head = with_titles(grid.rows[:HEADER_SEARCH_ROWS], grid.lines, grid.merged) if grid.merged else grid.rows
    at = _header_position(head[:HEADER_SEARCH_ROWS], grid.lines, options.header_line, name)
    header = head[at] if at < len(head) else grid.rows[at]
    if grid.merged and not options.header_line:
        at, header = header_below(head, grid.lines, at, grid.merged, lambda row: any(map(is_one_address, row)))
    elif not options.header_line:
        at, header = header_of_lines(grid.rows[: at + 2], grid.lines, at, header)
    line = grid.lines[at]
    rows, lines = grid.rows[at + 1 :], grid.lines[at + 1 :]
    if not rows:
        raise TableError(
            N_("no people in {name}: there are no rows below the header (line {line}); add one row per person"),
            name=name,
            line=line,
        )
    if first_rows is not None:
        rows, lines = rows[:first_rows], lines[:first_rows]
    hidden = [each for each in grid.hidden_lines if each > line]
    notices = (*left_out(hidden), *grid.notices)
    if grid.merged:
        try:
            rows, filled = spread(rows, lines, header, grid.merged)
        except Overlapping:
            raise damaged(source.path, Term(N_("merged cells overlap"))) from None
        notices += (notice(filled, header),) if filled else ()
    if not all(header) and (end := end_of_table(header, rows)) < len(header):
        notices += (notice_beside(rows, end),)
        header, rows, lines = header[:end], *_filled([row[:end] for row in rows], lines, grid)
    widths = Counter(map(len, rows))
    kept = columns_kept(header, rows, widths)
    if len(kept) > MAX_COLUMNS:
        raise TableError(
            N_("{name} has {count} columns, more than {limit}: keep only those that a letter needs"),
            name=name,
            count=number(len(kept)),
            limit=number(MAX_COLUMNS),
        )
    width = len(kept)
    defects = [*grid.defects, *header_defects(header, kept, line, rows)]
    if grid.multiline and grid.dialect.delimiter:
        defects += swallowed_rows(rows, lines, grid.dialect.delimiter, width)
    even = list(widths) == [kept[-1] + 1]
    if not even:
        defects += _ragged(rows, lines, kept, told={defect.line for defect in defects})
    cut = rows if even and len(kept) == kept[-1] + 1 else _cut(rows, kept)
    fields = make_fields(header, kept)
    for kind, found in ((DefectKind.NEVER_CALCULATED, grid.uncalculated), (DefectKind.UNLOCALISED, grid.unlocalised)):
        defects += defects_of_columns(kind, found, fields, kept, lines)
    letters = [column_letters(position) for position in kept]
    chosen = choose_columns(fields, _beginnings(cut) if grid.multiline else cut, options.email, letters)
    unseen = grid.hidden_columns | covered_columns(grid.merged, line)
    beside = neighbours_of(fields, cut, chosen.columns, kept, unseen, grid.rows[:at], longer)
    longer |= {kept[each] for found in beside if found.belonging is Belonging.LONGER for each in found.at}
    told = tuple(notice_of_neighbour(each, fields, kept, cut) for each in beside)
    if own := {kept[each] for found in beside if found.belonging is Belonging.OWN for each in found.at}:
        left = [one for one, found in zip(told, beside, strict=True) if found.belonging is Belonging.OWN]
        apart = _without_columns(grid, own, left)
        return build_table(source, apart, options, first_rows=first_rows, longer=longer)
    notices += told
    defects += doubts_of(beside, fields)
    if nobody := lines_of_nobody(cut, lines, fields, chosen.columns, kept, grid.rows[:at], grid.merged):
        people = _without(grid, {lines[each] for each in nobody})
        return build_table(source, people, options, first_rows=first_rows, longer=longer)
    if chosen.defect:
        defects.append(replace(chosen.defect, line=line))
    if chosen.columns.email:
        email = [field.name for field in fields].index(chosen.columns.email)
        defects += second_headers(cut, lines, email)
    table = RecordTable(
        path=source.path,
        dialect=replace(grid.dialect, header_line=line),
        fields=fields,
        records=Records(cut, lines),
        columns=chosen.columns,
        defects=tuple(_numbered(defects, lines)),
        notices=notices,
        hidden_lines=tuple(hidden),
        other_sheets=grid.other_sheets,
        email_reason=chosen.email_reason,
        names_reason=chosen.names_reason,
        date_orders={
            field.name: grid.date_orders[position]
            for field, position in zip(fields, kept, strict=True)
            if position in grid.date_orders
        },
    )
    advice = _("{file}: {remark}").format(file=name, remark=f"{chosen.advice}{unhide(grid)}") if chosen.advice else ""
    return TableReading(table, advice)


def _filled(rows: Sequence[Cells], lines: Sequence[int], grid: Grid) -> tuple[list[Cells], list[int]]:
    """The rows that hold something, or a formula that was never calculated, and their lines."""
    open_lines = {line for each in grid.uncalculated.values() for line in each}
    kept = [at for at, row in enumerate(rows) if any(row) or lines[at] in open_lines]
    return [rows[at] for at in kept], [lines[at] for at in kept]


def _without(grid: Grid, nobody: Collection[int]) -> Grid:
    """The grid without these lines, which are no people, and with a notice that says so."""
    out = [at for at, line in enumerate(grid.lines) if line in nobody]
    kept = [at for at, line in enumerate(grid.lines) if line not in nobody]
    told = notice_of([grid.rows[at] for at in out], [grid.lines[at] for at in out])
    return replace(
        grid,
        rows=[grid.rows[at] for at in kept],
        lines=[grid.lines[at] for at in kept],
        notices=(*grid.notices, told),
    )


def _without_columns(grid: Grid, positions: Collection[int], told: Sequence[str]) -> Grid:
    """The grid with nothing in the columns at these positions, and with notices that say so."""
    rows, lines = _filled(without(grid.rows, positions), grid.lines, grid)
    return replace(grid, rows=rows, lines=lines, notices=(*grid.notices, *told))


def _as_seen(source: TableFile, grid: Grid) -> Grid:
    """The grid without what is under merged cells.

    Raises:
        TableError: cells are merged twice, or nothing is left.
    """
    try:
        rows, lines, hidden = as_seen(grid.rows, grid.lines, grid.merged)
    except Overlapping:
        raise damaged(source.path, Term(N_("merged cells overlap"))) from None
    if not rows:
        raise empty(source.path)
    told = (notice_of_hidden(hidden),) if hidden else ()
    return replace(grid, rows=rows, lines=lines, notices=(*grid.notices, *told))


def _is_address(cell: str) -> bool:
    """Whether a cell is an address, also with a name before it: ``Zoé Faure <zoe@x.example>``."""
    return is_one_address(cell) or (cell.endswith(">") and "<" in cell and any(find_addresses(cell)))


def _header_position(head: Sequence[Cells], lines: Sequence[int], told: int, name: str) -> int:
    if told:
        if told in lines:
            return lines.index(told)
        raise TableError(
            N_("{name} is empty on line {told}: give the line that has the column names"),
            name=name,
            told=told,
        )
    first_address = next((i for i, row in enumerate(head) if any(map(_is_address, row))), len(head))
    known = [sum(map(header_is_known, row)) for row in head]
    with_email = [
        position
        for position, row in enumerate(head)
        if any(map(header_is_email, row))
        and (position < first_address or known[position] > 1)
        and not _is_title(row, head[position + 1 : first_address + 1])
    ]
    if (
        not with_email
        and 0 < first_address < len(head)
        and _is_about_mail(head[first_address - 1], head[first_address])
    ):
        return first_address - 1
    if with_email:  # a title such as "E-mails des candidats" has fewer of the usual words than the header below it
        best = max(with_email, key=lambda position: (known[position], sum(map(bool, head[position]))))
        found = _first_over_people(head, best, with_email)
        if (above := _person_above(head, found)) is not None:
            raise _no_header(name, lines[above], head[above])
        return found
    if first_address == 0:
        is_list = any(map(is_from_a_list, head[0])) and not any(map(is_one_address, head[0]))
        raise TableError(_LIST, name=name) if is_list else _no_header(name, lines[0], head[0])
    filled = [sum(map(bool, row)) for row in head[:first_address]]
    if not any(filled):
        raise TableError(_UNCALCULATED, name=name, line=lines[0])
    first = next(i for i, number in enumerate(filled) if number * 2 > max(filled))
    best = max(range(first_address), key=lambda at: (known[at], filled[at]))
    at = best if known[best] > 1 or (known[best] and best < first) else first
    if any(map(is_from_a_list, head[at])):
        raise TableError(_LIST, name=name)
    return at


def _is_title(row: Cells, below: Sequence[Cells]) -> bool:
    """Whether a line is the title of a table with its header below: "E-mails des candidats" over "Nom;Prénom".

    The last of the lines below is that of the first address.
    """
    filled = [at for at, cell in enumerate(row) if cell]
    if len(filled) != 1 or len(below) < _SEVERAL:
        return False
    *between, first = below
    is_over_addresses = filled[0] < len(first) and _is_address(first[filled[0]])
    said = header_is_known if is_over_addresses else bool
    return any(sum(map(said, each)) > 1 for each in between)


def _is_about_mail(row: Cells, below: Cells) -> bool:
    """Whether a line of several titles says mail over the address in the line below it: "cand_nom;cand_mail"."""
    if sum(map(bool, row)) < _SEVERAL or any(find_addresses(cell) for cell in row if "@" in cell):
        return False
    titled = [title for title, cell in zip(row, below, strict=False) if title and _is_address(cell)]
    return any(mail_grade(title) is not AddressClue.UNKNOWN for title in titled)


def _no_header(name: str, line: int, row: Cells) -> TableError:
    return TableError(
        N_(
            '{name} has no header: line {line} already holds the address "{address}"; write the names'
            " of the columns on a line above it"
        ),
        name=name,
        line=line,
        address=shorten(next(filter(_is_address, row))),
    )


def _person_above(head: Sequence[Cells], header: int) -> int | None:
    """The first of the people above a header, who would be lost without a word.

    One line may as well say whom to ask; it is somebody's where it is filled as those below are.
    """
    emails = [at for at, cell in enumerate(head[header]) if header_is_email(cell)]
    width = sum(map(bool, head[header]))
    people = [
        at for at, row in enumerate(head[:header]) if any(each < len(row) and _is_address(row[each]) for each in emails)
    ]
    if len(people) > 1 or any(sum(map(bool, head[at])) >= max(width, 3) for at in people):
        return people[0]
    return None


def _first_over_people(head: Sequence[Cells], best: int, with_email: Sequence[int]) -> int:
    """The header over the first of the people, where the ``best`` line repeats it among them."""
    columns = [at for at, cell in enumerate(head[best]) if header_is_email(cell)]
    for position in with_email:
        below = head[position + 1 : best]
        if any(
            at < len(head[position]) and header_is_email(head[position][at])
            and any(at < len(row) and _is_address(row[at]) for row in below)
            for at in columns
        ):  # fmt: skip
            return position
    return best


def _ragged(
    rows: Sequence[Cells], lines: Sequence[int], kept: Sequence[int], *, told: set[int | None]
) -> Iterator[Defect]:
    """Rows with more or fewer cells than the header, less those that differ by empty cells only."""
    needed = kept[-1] + 1
    shortened = _blocks_cut_by_excel(rows, lines, needed)
    for row, line in zip(rows, lines, strict=True):
        if line in told:
            continue
        if len(row) > needed and any(row[needed:]):
            filled = max(i for i, cell in enumerate(row) if cell) + 1
            yield Defect(DefectKind.RAGGED, {"cells": filled, "columns": needed}, line=line)
        elif len(row) < needed and line not in shortened:
            yield Defect(DefectKind.RAGGED, {"cells": len(row), "columns": needed}, line=line)


def _blocks_cut_by_excel(rows: Sequence[Cells], lines: Sequence[int], needed: int) -> set[int]:
    """Lines that lack only trailing empty cells, as Excel writes them.

    Excel leaves out the last delimiters of 16 lines at a time where the last columns are empty in all of them
    (Microsoft knowledge base 77295). A block cut alike is that; one short line among full ones is damage.
    """
    blocks: dict[int, set[int]] = {}
    sizes: Counter[int] = Counter()
    for row, line in zip(rows, lines, strict=True):
        block = (line - 1) // _BLOCK
        blocks.setdefault(block, set()).add(len(row))
        sizes[block] += 1
    cut = {block for block, widths in blocks.items() if len(widths) == 1 and max(widths) < needed}
    alone = {b for b in cut if sizes[b] == 1 and not (b - 1 in cut and blocks[b - 1] == blocks[b])}
    return {line for line in lines if (line - 1) // _BLOCK in cut - alone}


def _cut(rows: list[Cells], kept: Sequence[int]) -> list[Cells]:
    """Every row with exactly the columns kept; missing cells are blank."""
    width = len(kept)
    if kept[-1] + 1 == width:
        blank = ("",) * width
        return [row if len(row) == width else (row + blank)[:width] for row in rows]
    blank = ("",) * (kept[-1] + 1)
    return [tuple(map((row + blank).__getitem__, kept)) for row in rows]


def _beginnings(rows: Sequence[Cells]) -> Sequence[Cells]:
    """The rows with no more than the beginning of a cell that swallowed much of the file."""
    if max(map(len, chain.from_iterable(rows)), default=0) <= _LONG:
        return rows
    return [tuple(cell[:_LONG] for cell in row) for row in rows]


def _numbered(defects: Sequence[Defect], lines: Sequence[int]) -> Iterator[Defect]:
    """The defects in the order of the lines, each with the record that is there."""
    numbers = {line: number for number, line in enumerate(lines, 1)} if defects else {}
    for defect in sorted(defects, key=lambda each: each.line or 0):
        yield replace(defect, record=numbers.get(defect.line)) if defect.line else defect
