"""The table as a whole: rows, headers, and what a stray quotation mark swallowed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.inspection import Inspection
from mailmerge.lint.registry import Scope, rule
from mailmerge.lint.vocabulary import words
from mailmerge.model import Defect, Record, Severity
from mailmerge.text import fold, shorten

_MAIL = words("mail mails email emails courriel messagerie contact linkedin twitter skype teams cc")
_FREE_TEXT = words(
    "adresse address commentaire commentaires comment comments remarque remarques note notes observation observations "
    "texte text message description motif feedback avis detail details paragraphe"
)


@rule("LST101", "structure", Severity.BLOCK, Suppression.NEVER, Scope.TABLE)
def structure(inspection: Inspection) -> Iterator[Found]:
    """The table has one header for each column and one cell for each header.

    What: rows that are longer or shorter than the header, headers that are empty or stand twice, no e-mail column,
    two readings of the file that are equally good.
    Why: a row with a cell too many puts every following value under the wrong header: the next person's score
    is printed as this person's first name.
    Bad: nom;email and then a row with three cells
    Good: every row has as many cells as the header has names
    Fix: open the file, go to the line named, and move the cells back; name every column once.
    """
    for defect, record in _defects(inspection):
        if defect.kind not in ("swallowed-row", "never-calculated"):
            yield Found(
                message=_with_line(defect),
                fix=_STRUCTURE_FIXES.get(defect.kind, "Repair the file where the message says, and save it again."),
                evidence=(defect.kind, defect.message if defect.line is None else _without_numbers(defect.message)),
                record=record,
                line=defect.line,
                field=defect.field,
                cause=defect.kind,
            )


_STRUCTURE_FIXES = {
    "ragged": "Open the file at this line: a cell is missing or too many. Often a text holds the delimiter unquoted.",
    "duplicate-header": "Give each column a name of its own, so that a letter cannot print the wrong one.",
    "empty-header": "Give the column a name, or delete it.",
    "no-email-column": "Add a column with one e-mail address a person, or name it: [columns] email = ...",
    "ambiguous-email-column": "Say which column is meant: [columns] email = ... in campaign.toml.",
    "foreign-email-column": "Add the recipients' own addresses, or name the column: [columns] email = ...",
    "ambiguous-delimiter": "Say which delimiter is meant: delimiter = ... in campaign.toml.",
}


@rule("LST102", "swallowed-row", Severity.BLOCK, Suppression.NEVER, Scope.TABLE)
def swallowed_row(inspection: Inspection) -> Iterator[Found]:
    """No cell holds the rest of a row, or the next person.

    What: a line break, the file's delimiter or an @ inside a short field such as a name or a town.
    Why: one stray quotation mark swallows everything up to the next one: a whole other person, address and all,
    becomes part of this person's cell, and is printed in the letter.
    Bad: nom = "Petit;jean@x.example⏎Durand"
    Good: nom = "Petit". Columns of free text may hold several lines.
    Fix: open the file in a text editor at the line named, and delete the stray quotation mark.
    """
    told: set[int] = set()
    for defect, swallower in _defects(inspection):
        if defect.kind == "swallowed-row":
            if swallower is not None:
                told.add(swallower.number)
            yield Found(
                message=_with_line(defect),
                fix=_SWALLOWED_FIX,
                evidence=(defect.kind, defect.message),
                record=swallower,
                line=defect.line,
                field=defect.field,
            )
    for position, field in enumerate(inspection.table.fields):
        if field.name == inspection.table.columns.email:
            continue
        short = _short_field(inspection, position)
        for record in inspection.records:
            value = record.values[position]
            reason = _swallowed(inspection, field.name, value, short) if value and record.number not in told else ""
            if reason:
                yield Found(
                    message=f'{inspection.person(record)} has {reason} in "{field.header}": {shorten(value, 80)}',
                    fix=_SWALLOWED_FIX,
                    evidence=(field.name, value),
                    record=record,
                    field=field.name,
                    excerpt=value,
                )


_SWALLOWED_FIX = (
    "Open the file in a text editor at this line: a stray quotation mark made the cell swallow what follows. "
    "Delete it, and check that nobody is missing."
)


@rule("LST119", "never-calculated", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE)
def never_calculated(inspection: Inspection) -> Iterator[Found]:
    """Every formula of the workbook has a result.

    What: a column with formulas that no spreadsheet has calculated yet, as programs write them. It blocks where a
    letter uses the column, and is listed otherwise.
    Why: a formula without a result is read as a blank, or as 0: the sentence that depends on it is missing from every
    letter, and nothing else tells.
    Bad: prime holds =B2*2, written by a program and never opened in a spreadsheet
    Good: prime holds =B2*2 with its result, as Excel and LibreOffice save it
    Fix: open the workbook in Excel or LibreOffice, save it, and open the campaign again.
    """
    for defect, _ in _defects(inspection):
        if defect.kind == "never-calculated" and defect.field:
            yield Found(
                message=defect.message,
                fix="Open the workbook in Excel or LibreOffice and save it: that calculates its formulas.",
                evidence=(defect.kind, defect.field),
                field=defect.field,
                severity=Severity.BLOCK if defect.field in inspection.used_fields else Severity.INFO,
            )


def _short_field(inspection: Inspection, position: int) -> Counter[str]:
    """How often a column holds each of the three signs; empty where it is a column of free text."""
    header = inspection.table.fields[position].header
    values = [record.values[position] for record in inspection.table.records if record.values[position]]
    if not values:
        return Counter()
    lengths = sorted(map(len, values))
    if lengths[len(lengths) // 2] > 60 or _FREE_TEXT & set(fold(header).split()):
        return Counter()
    signs = Counter[str](short=1)
    delimiter = inspection.table.dialect.delimiter
    for value in values:
        signs["@"] += "@" in value
        signs["\n"] += "\n" in value
        signs["delimiter"] += bool(delimiter) and delimiter in value
    for sign in ("@", "\n", "delimiter"):
        often = signs[sign] > max(2, len(values) // 20) or signs[sign] * 2 > len(values)
        if often or (sign == "@" and _MAIL & set(fold(header).split())):  # the column is like that
            signs[f"usual {sign}"] = 1
    return signs


def _swallowed(inspection: Inspection, field: str, value: str, signs: Counter[str]) -> str:
    """What shows that a cell swallowed something, in words; ``""`` where nothing does."""
    delimiter = inspection.table.dialect.delimiter
    cells = value.count(delimiter) if delimiter else 0
    if "\n" in value and "@" in value and cells >= 2:
        return "another row"
    if not signs:
        return ""
    if "@" in value and "usual @" not in signs:
        return "an @"
    if "\n" in value and "usual \n" not in signs:
        return "a line break"
    if cells and "usual delimiter" not in signs and (delimiter in ";\t|" or cells >= 2):
        return "the file's own delimiter"
    return ""


def _defects(inspection: Inspection) -> Iterator[tuple[Defect, Record | None]]:
    """The reader's defects with the person they are about, less those of people who are not written to."""
    for defect in inspection.table.defects:
        if defect.record is None:
            yield defect, None
        elif defect.record in inspection.recipient_numbers:
            yield defect, inspection.table.record(defect.record)


def _with_line(defect: Defect) -> str:
    return (
        defect.message if defect.line is None or "line" in defect.message else f"line {defect.line}: {defect.message}"
    )


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "#", text)
