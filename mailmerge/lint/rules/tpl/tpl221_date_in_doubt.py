"""TPL221: no date is read with day and month exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.deciding import Deciding
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity

if TYPE_CHECKING:
    from mailmerge.letter import Letter
    from mailmerge.letter.decisions.deciding import DateRead
    from mailmerge.letter.values.dates import DateDoubt


DOC = RuleDoc(
    title=N_("No date is read with day and month exchanged."),
    what=N_(
        "A column of dates that the letter reads with |date or |day, the day first, although some of its dates have "
        "the month first. It is a warning if all of them can be read in both orders, and no other column of the table "
        "shows which is meant."
    ),
    why=N_("Of 03/04/2026, people would come a month early or late."),
    bad=N_("{{ start|date }} for a column with 03/04/2026 and 03/25/2026"),
    good=N_("{{ start|date('long', 'month first') }}; or dates written as 2026-03-04"),
    fix=N_("Say in the letter which comes first, or write the dates as year-month-day."),
)
_FIX = N_("Write {first} if the day comes first, {second} if the month does; or write the dates as 2026-01-31.")
MONTH_FIRST = Sentence(
    "tpl221.month-first",
    one=N_(
        '{letter}, line {line}: the dates in "{header}" have the month first, but would be read with the day first: '
        "{text} as {day}, not as {month}; this concerns {people}"
    ),
    fix=_FIX,
)
MIXED = Sentence(
    "tpl221.mixed",
    one=N_(
        '{letter}, line {line}: some dates in "{header}" have the day first, others the month, so that {text} may be '
        "{day} or {month}; this concerns {people}"
    ),
    fix=N_("Write all dates of the column in one order, best as 2026-01-31."),
)
EITHER = Sentence(
    "tpl221.either",
    one=N_(
        '{letter}, line {line}: the dates in "{header}" can be read in both orders of day and month: {text} would be '
        "read as {day}, not as {month}; this concerns {people}"
    ),
    fix=_FIX,
)
_DAY_FIRST_DELIMITER = ";"
"""Spreadsheets write it where the decimal mark is a comma, and there nobody puts the month first."""
_SAMPLE = 200
"""Rows in which another column may tell the order of day and month."""


@rule("TPL221", "date-in-doubt", Severity.BLOCK, Suppression.WAIVER, Scope.LETTER, DOC)
def date_in_doubt(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """No date is read with day and month exchanged."""
    from mailmerge.letter.decisions.deciding import DateRead
    from mailmerge.letter.values.dates import DateDoubt, two_readings

    deciding = Deciding(inspection, letter)
    says = {DateDoubt.MONTH_FIRST: MONTH_FIRST, DateDoubt.MIXED: MIXED, DateDoubt.EITHER: EITHER}
    for read in {each.field: each for each in letter.decisions if isinstance(each, DateRead)}.values():
        if not deciding.has(read.field) or (doubt := _doubt(deciding, read)) is None:
            continue
        cells = deciding.cells(read)
        doubtful = [cell for cell in cells if two_readings(cell)]
        day, month = two_readings(doubtful[0]) or ("", "")
        numbers = tuple(sorted(number for cell in doubtful for number in cells[cell]))
        yield RawFinding(
            says=says[doubt],
            values={
                **deciding.values(read, numbers),
                "text": Quoted(doubtful[0], 40),
                "day": day,
                "month": month,
                "first": Quoted(_with_order(read, "day first"), 80),
                "second": Quoted(_with_order(read, "month first"), 80),
            },
            evidence=(letter.name, read.field, doubt),
            record=deciding.first(numbers),
            field=read.field,
            others=numbers[1:],
            affected=numbers,
            letter=letter.name,
            letter_line=read.line,
            excerpt=read.written,
            severity=Severity.WARN if doubt is DateDoubt.EITHER else None,
        )


def _doubt(deciding: Deciding, read: DateRead) -> DateDoubt | None:
    """What is in doubt about a column, whatever its number format and the other columns of the table tell."""
    from mailmerge.letter.values.dates import DateDoubt, DayOrder, doubt_about

    doubt = doubt_about(deciding.cells(read))
    table = deciding.inspection.table
    if doubt is not DateDoubt.EITHER:
        return doubt
    orders = {table.date_orders[read.field]} if read.field in table.date_orders else _orders_beside(deciding)
    if not orders and table.dialect.delimiter == _DAY_FIRST_DELIMITER:
        return None
    if orders == {DayOrder.DAY_FIRST}:
        return None
    return DateDoubt.MONTH_FIRST if orders == {DayOrder.MONTH_FIRST} else doubt


def _orders_beside(deciding: Deciding) -> set[str]:
    """The orders in which dates of the table can only be read."""
    from mailmerge.letter.values.dates import order_of

    cells = {cell for record in islice(deciding.records, _SAMPLE) for cell in record.values if cell[:1].isdecimal()}
    return {order for cell in cells if (order := order_of(cell))}


def _with_order(read: DateRead, order: str) -> str:
    """The filter with the order in which it should read."""
    written, bar, name = read.written.rpartition("|")
    filter_name, _, style = name.partition("(")
    style = style.removesuffix(")") or ("'long'" if filter_name == "date" else "")
    return f"{written}{bar}{filter_name}({', '.join(filter(None, (style, repr(order))))})"
