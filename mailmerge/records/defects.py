"""What the reader of a table met and did not repair, in words: put together only where somebody reads them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from mailmerge.i18n import N_, _
from mailmerge.model import Defect, DefectKind
from mailmerge.records.grid import column_letters
from mailmerge.text.shown import shorten

DELIMITERS: Mapping[str, str] = {
    ";": N_("a semicolon"),
    ",": N_("a comma"),
    "\t": N_("a tab"),
    "|": N_("a vertical bar"),
}
"""What the usual delimiters are called in a sentence."""
DELIMITER_NAMES: Mapping[str, str] = {
    ";": N_("semicolon"),
    ",": N_("comma"),
    "\t": N_("tab"),
    "|": N_("vertical bar"),
}
"""What they are called by themselves; a person may name them so."""


class Wording(StrEnum):
    """Each sentence that a defect can need: several for a kind whose numbers change more than a word."""

    ROW_TOO_LONG = "row-too-long"
    ROW_TOO_SHORT = "row-too-short"
    DUPLICATE_HEADER = "duplicate-header"
    EMPTY_HEADER = "empty-header"
    NO_EMAIL_COLUMN = "no-email-column"
    TWO_EMAIL_COLUMNS = "two-email-columns"
    THREE_EMAIL_COLUMNS = "three-email-columns"
    MANY_EMAIL_COLUMNS = "many-email-columns"
    FOREIGN_EMAIL_COLUMN = "foreign-email-column"
    FOREIGN_EMAIL_COLUMNS = "foreign-email-columns"
    SAME_EMAIL_COLUMN = "same-email-column"
    EMAIL_COLUMN_OF_OTHERS = "email-column-of-others"
    OUTDATED_EMAIL_COLUMN = "outdated-email-column"
    UNCLEAR_EMAIL_COLUMN = "unclear-email-column"
    TWO_SHEETS = "two-sheets"
    MANY_SHEETS = "many-sheets"
    AMBIGUOUS_DELIMITER = "ambiguous-delimiter"
    ABSORBED_LINE = "absorbed-line"
    ABSORBED_LINES = "absorbed-lines"
    ABSORBED_MUCH = "absorbed-much"
    NEVER_CALCULATED = "never-calculated"
    UNLOCALISED = "unlocalised"
    SECOND_HEADER = "second-header"
    BEYOND_BLANK_COLUMN = "beyond-blank-column"
    BELOW_THE_PEOPLE = "below-the-people"


SENTENCES: Mapping[Wording, str] = {
    Wording.ROW_TOO_LONG: N_("line {line} has {cells} cells, but the header has only {columns}"),
    Wording.ROW_TOO_SHORT: N_("line {line} has only {cells} of {columns} cells"),
    Wording.DUPLICATE_HEADER: N_('two columns are called "{header}" (columns {first} and {second} on line {line})'),
    Wording.EMPTY_HEADER: N_("column {column} has values but no header on line {line}"),
    Wording.NO_EMAIL_COLUMN: N_("no column contains e-mail addresses"),
    Wording.TWO_EMAIL_COLUMNS: N_('two columns could be the e-mail column: "{first}" and "{second}"'),
    Wording.THREE_EMAIL_COLUMNS: N_('three columns could be the e-mail column: "{first}", "{second}" and "{third}"'),
    Wording.MANY_EMAIL_COLUMNS: N_(
        '{columns} columns could be the e-mail column, among them "{first}", "{second}" and "{third}"'
    ),
    Wording.FOREIGN_EMAIL_COLUMN: N_(
        "the only e-mail addresses are in \"{first}\", which seems to be somebody else's address, not the recipient's"
    ),
    Wording.FOREIGN_EMAIL_COLUMNS: N_(
        'the only e-mail addresses are in {columns} columns, among them "{first}" and "{second}", which seem to be '
        "other people's addresses, not the recipient's"
    ),
    Wording.SAME_EMAIL_COLUMN: N_(
        'columns {first} and {second} are both called "{header}" and contain different e-mail addresses'
    ),
    Wording.EMAIL_COLUMN_OF_OTHERS: N_(
        'the e-mail addresses in "{first}" seem to be those of the people in "{owner}", not the recipients\' own'
    ),
    Wording.OUTDATED_EMAIL_COLUMN: N_(
        'the e-mail addresses in "{first}" seem to be old ones: its header says so, and no other column contains '
        "addresses of the recipients"
    ),
    Wording.UNCLEAR_EMAIL_COLUMN: N_(
        'it is not clear whether the e-mail addresses in "{first}" are the recipients\' own: its header does not say '
        "so, and they do not resemble the recipients' names"
    ),
    Wording.TWO_SHEETS: N_('the sheets "{first}" and "{second}" have the same columns, and both contain people'),
    Wording.MANY_SHEETS: N_(
        '{sheets} sheets have the same columns and contain people, among them "{first}" and "{second}"'
    ),
    Wording.AMBIGUOUS_DELIMITER: N_(
        "the delimiter could be {best} ({columns} columns) or {other} ({other_columns} columns)"
    ),
    Wording.ABSORBED_LINE: N_(
        "an unclosed quotation mark on line {line}, column {column} has absorbed the next line of the table"
    ),
    Wording.ABSORBED_LINES: N_(
        "an unclosed quotation mark on line {line}, column {column} has absorbed the next {absorbed} lines of the table"
    ),
    Wording.ABSORBED_MUCH: N_(
        "an unclosed quotation mark on line {line}, column {column} has absorbed at least the next {absorbed} lines of "
        "the table"
    ),
    Wording.NEVER_CALCULATED: N_('the column "{header}" contains formulas that were never calculated'),
    Wording.UNLOCALISED: N_(
        'the dates in "{header}" are read as year-month-day, because the workbook does not say in which language it '
        "shows them"
    ),
    Wording.SECOND_HEADER: N_(
        'line {at} has "{header}" in the place of an e-mail address, and people below it: another table seems to begin '
        "there"
    ),
    Wording.BEYOND_BLANK_COLUMN: N_(
        'a blank column separates the column "{header}" from the people, and {filled} of {people} people have a value '
        "in it: it may belong to another table"
    ),
    Wording.BELOW_THE_PEOPLE: N_(
        'a blank column separates the column "{header}" from the people, and it goes on below the last of them: it may '
        "belong to another table"
    ),
}
"""What is wrong, and where, with the values of :attr:`Defect.values` and ``line``."""


def wording(defect: Defect) -> Wording:
    """Which sentence a defect needs."""
    values = defect.values
    match defect.kind:
        case DefectKind.RAGGED:
            return Wording.ROW_TOO_LONG if int(values["cells"]) > int(values["columns"]) else Wording.ROW_TOO_SHORT
        case DefectKind.AMBIGUOUS_EMAIL_COLUMN:
            return _EMAIL_COLUMNS.get(values["columns"], Wording.MANY_EMAIL_COLUMNS)
        case DefectKind.FOREIGN_EMAIL_COLUMN:
            return Wording.FOREIGN_EMAIL_COLUMNS if "second" in values else Wording.FOREIGN_EMAIL_COLUMN
        case DefectKind.AMBIGUOUS_SHEET:
            return Wording.TWO_SHEETS if values["sheets"] == 2 else Wording.MANY_SHEETS
        case DefectKind.SWALLOWED_ROW if values["at_least"]:
            return Wording.ABSORBED_MUCH
        case DefectKind.SWALLOWED_ROW:
            return Wording.ABSORBED_LINE if values["absorbed"] == 1 else Wording.ABSORBED_LINES
        case DefectKind.BEYOND_BLANK_COLUMN if int(values["filled"]) > int(values["people"]):
            return Wording.BELOW_THE_PEOPLE
    return Wording(defect.kind)


_EMAIL_COLUMNS: Mapping[str | int, Wording] = {2: Wording.TWO_EMAIL_COLUMNS, 3: Wording.THREE_EMAIL_COLUMNS}


def is_delimiter(defect: Defect, value: str | int) -> bool:
    """Whether a value of a defect is a delimiter, which :data:`DELIMITERS` names."""
    return defect.kind is DefectKind.AMBIGUOUS_DELIMITER and isinstance(value, str)


def described(defect: Defect) -> str:
    """What is wrong, and where, for a person: a clause without a full stop."""
    values = {name: _shown(defect, name, value) for name, value in defect.values.items()}
    return _(SENTENCES[wording(defect)]).format_map({**values, "line": defect.line})


def column_of(defect: Defect, name: str, value: str | int) -> str:
    """The letters of a column, where a value of a defect is the number of one of two that are called alike."""
    if defect.kind is DefectKind.DUPLICATE_HEADER and isinstance(value, int) and name in ("first", "second"):
        return column_letters(value - 1)
    return ""


def _shown(defect: Defect, name: str, value: str | int) -> str | int:
    if isinstance(value, int):
        return column_of(defect, name, value) or value
    return _(DELIMITERS[value]) if is_delimiter(defect, value) else shorten(value)
