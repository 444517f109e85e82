"""LST126: every date is a day of the calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import words
from mailmerge.model import Severity
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

DOC = RuleDoc(
    title=N_("Every date is a day of the calendar."),
    what=N_(
        "In a column of dates that the letter uses: a date that does not exist, or whose year cannot be right, and a"
        " number such as 46093, by which a spreadsheet counts the days."
    ),
    why=N_('"Your interview is on 31/02/2026", or "on 46093", sends somebody to no day at all.'),
    bad=N_("31/04/2026 or 46093 in a column with 12/03/2026 and 14/03/2026"),
    good=N_("12/03/2026; 2026-03-12; 46093 in a column of references"),
    fix=N_("Correct the date, or give the cell a date format in the spreadsheet and save the table again."),
)
NO_DAY = Sentence(
    "lst126.no-day",
    one=N_('{person} has a date in "{header}" that cannot be right: {cell}'),
    fix=N_('Correct the date in "{header}".'),
    many=N_('{count} people have a date in "{header}" that cannot be right, such as {cell} ({lines})'),
)
SERIAL = Sentence(
    "lst126.serial",
    one=N_('{person} has a number in "{header}" instead of a date: {cell}'),
    fix=N_("Give the cell a date format in the spreadsheet and save the table again, or type the date."),
    many=N_('{count} people have a number in "{header}" instead of a date, such as {cell} ({lines})'),
)
_SHAPE = regex(r"(?:\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}([/.-])\d{1,2}\2\d{1,2})(?:[ T].*)?")
_YEAR = regex(r"\d{4}")
_SERIAL = regex(r"[2-6]\d{4}(?:[.,]\d+)?")
"""The days since 1900 of the years 1954 to 2091."""
_DATE_WORDS = words("date dates datum fecha data jour tag day termin echeance deadline dia giorno dzien")


@rule("LST126", "no-such-day", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def no_such_day(inspection: Inspection) -> Iterator[RawFinding]:
    """Every date is a day of the calendar."""
    for position, field in enumerate(inspection.table.fields):
        if field.name not in inspection.used_fields:
            continue
        problems = _problems(_counted(inspection, position), field.header)
        absent = inspection.no_values.get(field.name, {})
        for record in inspection.records if problems else ():
            cell = record.values[position]
            if (says := problems.get(cell)) and cell not in absent:
                yield inspection.cell_finding(says, record, field, cause=f"{says.id}\x1f{field.name}")


def _counted(inspection: Inspection, position: int) -> Counter[str]:
    """The filled cells of a column; none where most do not begin with a digit, and so are no dates."""
    cells = [cell for record in inspection.table.records if (cell := record.values[position])]
    return Counter(cells) if 2 * sum(cell[0].isdecimal() for cell in cells) > len(cells) else Counter()


def _problems(cells: Mapping[str, int], header: str) -> dict[str, Sentence]:
    """What is wrong with each cell of a column of dates; nothing in any other column."""
    from mailmerge.letter.values.dates import is_date

    shaped = {cell for cell in cells if _SHAPE.fullmatch(cell)}
    right = {cell for cell in shaped if is_date(cell) and _is_near(cell)}
    total = sum(cells.values())
    serials = {cell for cell in cells if _SERIAL.fullmatch(cell)}
    of_dates = sum(cells[cell] for cell in right)
    if not 2 * of_dates > total - sum(cells[cell] for cell in serials):
        only_serials = not shaped and 2 * sum(cells[cell] for cell in serials) > total
        return (
            dict.fromkeys(serials, SERIAL) if only_serials and not _DATE_WORDS.isdisjoint(fold(header).split()) else {}
        )
    found = dict.fromkeys(shaped - right, NO_DAY)
    return found | (dict.fromkeys(serials, SERIAL) if of_dates else {})


def _is_near(cell: str) -> bool:
    """Whether the year of a date, if it has four digits, is one of which letters speak."""
    year = _YEAR.search(cell)
    return year is None or 1900 <= int(year[0]) <= 2100
