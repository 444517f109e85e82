"""How a table of recipients is read, and what a person may decide about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import fields, replace
from msgspec.structs import replace as with_changes

from mailmerge.campaign.file import CampaignFile
from mailmerge.campaign.telling import columns_in_doubt
from mailmerge.errors import CampaignError, TableError
from mailmerge.i18n import N_, _, plural
from mailmerge.letter import compile_value
from mailmerge.model import ColumnEvidence, ColumnReason, Columns, DefectKind, RecordTable
from mailmerge.records import HEADER_SEARCH_ROWS, ReadOptions, preview_table, sheet_names
from mailmerge.records.columns.email_age import Age, age_of
from mailmerge.records.defects import DELIMITER_NAMES, described
from mailmerge.records.delimited.encoding_guess import LABELS
from mailmerge.records.grid import MAX_ROWS
from mailmerge.text.addresses import find_addresses
from mailmerge.text.regex import regex
from mailmerge.text.shown import shorten

QUICK_ROWS = 50
"""People who are read at once, before the whole table is."""
_TOLD = 8
_ENCODINGS = ("utf-8", "cp1252", "mac-roman", "utf-16")
TITLES = {
    "sheet": N_("Sheet"),
    "encoding": N_("Encoding"),
    "delimiter": N_("Delimiter"),
    "header_line": N_("Header line"),
    "email": N_("E-mail"),
    "name": N_("Name"),
}
"""What can be decided, in the order in which one thing follows from another."""


class TableSettings(Struct, frozen=True):
    """What was decided by hand about reading a table, as ``campaign.toml`` says it; the rest is found by evidence."""

    sheet: str = ""
    delimiter: str = ""
    encoding: str = ""
    header_line: int = 0
    email: str = ""
    """A header or an identifier."""
    name: str = ""
    """A template over one record: ``{{ prenom }} {{ nom }}``."""

    def value(self, key: str) -> str:
        """What was decided about one of :data:`TITLES`, ``""`` for nothing."""
        value = getattr(self, key)
        return str(value) if value else ""

    def having(self, key: str, value: str) -> TableSettings:
        """With another decision; what was decided about columns of a table read otherwise is forgotten."""
        decided: dict[str, str | int] = {key: int(value or 0) if key == "header_line" else value}
        if key not in ("email", "name"):
            decided |= {"email": "", "name": ""}
        if key == "sheet":
            decided["header_line"] = 0
        return replace(self, **decided)

    @property
    def options(self) -> ReadOptions:
        """How the table is read."""
        return ReadOptions(**{each.name: getattr(self, each.name) for each in fields(ReadOptions)})

    def read(self, path: Path, first_rows: int = QUICK_ROWS) -> RecordTable:
        """The first people of a table, read like this.

        Raises:
            TableError: it cannot be read like this.
        """
        return preview_table(path, self.options, first_rows=first_rows)

    def read_whole(self, path: Path) -> RecordTable:
        """Everybody in a table, read like this.

        Raises:
            TableError: it cannot be read like this.
        """
        return self.read(path, MAX_ROWS)


def settings_of(file: CampaignFile) -> TableSettings:
    """How a campaign's table is read, as its file says it."""
    columns = file.columns
    return TableSettings(file.sheet, file.delimiter, file.encoding, file.header_line, columns.email, columns.name)


def having_settings(file: CampaignFile, settings: TableSettings) -> CampaignFile:
    """A campaign file that says how its table is read."""
    columns = with_changes(file.columns, email=settings.email, name=settings.name)
    reading = {key: getattr(settings, key) for key in ("sheet", "delimiter", "encoding", "header_line")}
    return with_changes(file, columns=columns, **reading)


class TableLook(Struct, frozen=True):
    """A table as it is read with some settings, or why it is not."""

    settings: TableSettings
    table: RecordTable | None = None
    problem: str = ""
    sheets: tuple[str, ...] = ()
    lines: Sequence[tuple[int, str]] = ()
    """Lines on which the header may stand, and what stands there."""

    @property
    def keys(self) -> list[str]:
        """What can be decided about a file of this kind."""
        without = ("encoding", "delimiter") if self.sheets else ("sheet",)
        return [key for key in TITLES if key not in without]


class SettingChoice(Struct, frozen=True):
    """One of the ways to decide something."""

    value: str
    """As :meth:`TableSettings.having` takes it; ``""`` leaves it to the evidence."""
    label: str
    note: str = ""


def look(path: Path, settings: TableSettings) -> TableLook:
    """Read the first people; what is wrong with the file is said, never raised."""
    try:
        sheets = sheet_names(path)
    except TableError as error:
        return TableLook(settings, problem=str(error))
    lines = _first_lines(path, settings)
    try:
        return TableLook(settings, settings.read(path), sheets=sheets, lines=lines)
    except TableError as error:
        return TableLook(settings, problem=str(error), sheets=sheets, lines=lines)


class CountedTable(Struct, frozen=True):
    """Everybody in a table is read."""

    settings: TableSettings
    table: RecordTable


def count(path: Path, seen: TableLook) -> CountedTable | TableLook:
    """Read everybody, as the first people were; what is wrong further down is said, never raised."""
    try:
        return CountedTable(seen.settings, seen.settings.read_whole(path))
    except TableError as error:
        return TableLook(seen.settings, problem=str(error), sheets=seen.sheets, lines=seen.lines)


def _first_lines(path: Path, settings: TableSettings) -> list[tuple[int, str]]:
    for line in range(1, HEADER_SEARCH_ROWS + 1):
        try:
            table = replace(settings, header_line=line, email="").read(path, HEADER_SEARCH_ROWS)
        except TableError:
            continue
        rows = [(line, [field.header for field in table.fields])]
        rows += [(record.line, list(record.values)) for record in table.records]
        return [(number, " · ".join(cell for cell in cells[:20] if cell)) for number, cells in rows][
            :HEADER_SEARCH_ROWS
        ]
    return []


def found_in(seen: TableLook) -> dict[str, str]:
    """What the evidence says about everything that was not decided by hand."""
    table, settings = seen.table, seen.settings
    if table is None:
        return {}
    dialect, columns = table.dialect, table.columns
    found = {
        "sheet": dialect.sheet,
        "encoding": dialect.encoding,
        "delimiter": dialect.delimiter,
        "header_line": str(dialect.header_line),
        "email": columns.email,
        "name": _name_template(columns),
    }
    return {key: value for key, value in found.items() if not settings.value(key)}


def _name_template(columns: Columns) -> str:
    """The expression for the name that a table's columns give by themselves (:meth:`RecordTable.name_of`)."""
    groups = [(columns.full_name,)] if columns.full_name else [columns.first_names, columns.last_names]
    groups = [tuple(name for name in group if name in columns.shown_names) for group in groups]
    return " ".join(f"{{{{ {' or '.join(group)} }}}}" for group in groups if group)


def reason_note(reason: ColumnReason | None) -> str:
    """In a few words why a column was chosen; ``""`` where there is none."""
    return _(_REASONS[reason.evidence]) if reason else ""


_REASONS = {
    ColumnEvidence.SET: N_("set here"),
    ColumnEvidence.HEADER: N_("by its header"),
    ColumnEvidence.CONTENT: N_("by its content"),
}


def choices(key: str, seen: TableLook, found: Mapping[str, str]) -> list[SettingChoice]:
    """The ways to decide one thing; the one that the evidence speaks for is among them, or comes first."""
    known = _known(key, seen)
    best = found.get(key, "")
    if key == "encoding" and best == "utf-8-sig":
        known = [choice for choice in known if choice.value != "utf-8"]
    by_itself = (
        SettingChoice("", label(key, best, seen.table), _("as found"))
        if best
        else SettingChoice("", _(_UNDECIDED.get(key, _GUESS)))
    )
    if best and best in [choice.value for choice in known]:
        return [_by_itself(choice) if choice.value == best else choice for choice in known]
    return [by_itself, *known]


_GUESS = N_("as the file suggests")
_UNDECIDED = {"sheet": N_("the first with people in it"), "email": N_("no column found"), "name": N_("no name")}


def _by_itself(choice: SettingChoice) -> SettingChoice:
    return SettingChoice(
        "", choice.label, _("as found: {note}").format(note=choice.note) if choice.note else _("as found")
    )


def _known(key: str, seen: TableLook) -> list[SettingChoice]:
    table = seen.table
    if key == "sheet":
        return [SettingChoice(sheet, sheet) for sheet in seen.sheets]
    if key == "encoding":
        return [SettingChoice(codec, _(LABELS[codec])) for codec in _ENCODINGS]
    if key == "delimiter":
        return [SettingChoice(character, label("delimiter", character, table)) for character in DELIMITER_NAMES]
    if key == "header_line":
        return [SettingChoice(str(line), str(line), text) for line, text in seen.lines]
    if table is None:
        return []
    if key == "email":
        doubts = (each for each in table.defects if each.kind is DefectKind.AMBIGUOUS_EMAIL_COLUMN)
        offered = {first for each in doubts if age_of(first := str(each.values["first"])) > Age.UNSAID}
        listed = [SettingChoice(name, label("email", name, table), first_value(table, name)) for name in table.names]
        return sorted(listed, key=lambda each: (each.label not in offered, not any(find_addresses(each.note))))
    return [SettingChoice(template, label("name", template, table)) for template in _name_templates(table)]


def _name_templates(table: RecordTable) -> list[str]:
    columns = table.columns
    pairs = [(columns.first_name, columns.last_name), (columns.last_name, columns.first_name)]
    templates = [f"{{{{ {first} }}}} {{{{ {last} }}}}" for first, last in pairs if first and last]
    return templates + [f"{{{{ {name} }}}}" for name in table.names if name != columns.email]


def label(key: str, value: str, table: RecordTable | None) -> str:
    """A decision in words."""
    if key == "encoding":
        return _(LABELS.get(value, value))
    if key == "delimiter":
        name = _(DELIMITER_NAMES.get(value, value))
        return f"{name}  {value}" if value in DELIMITER_NAMES and value != "\t" else name
    if key == "email" and table and value in table.names:
        return table.label(value)
    if key == "name" and table:
        return _FIELD.sub(lambda found: _in_headers(found, table), value)
    return value


_FIELD = regex(r"\{\{\s*(\w+(?: or \w+)*)\s*\}\}")


def _in_headers(found: re.Match[str], table: RecordTable) -> str:
    names = found[1].split(" or ")
    return "/".join(table.label(name) for name in names) if set(names) <= set(table.names) else found[0]


def first_value(table: RecordTable, name: str) -> str:
    """What the first person has in a column who has something there."""
    return next((value for record in table.records[:QUICK_ROWS] if (value := table.value(record, name))), "")


def sample_name(template: str, table: RecordTable) -> str:
    """What a template makes of the first person.

    Raises:
        CampaignError: it cannot be computed.
    """
    render = compile_value(template)
    return " ".join(render(table.values(table.records[0])).split()) if template and table.records else ""


def name_problem(template: str, table: RecordTable) -> str:
    """What is wrong with a template for names, ``""`` for nothing."""
    try:
        return "" if sample_name(template, table) else _("The first person would have no name.")
    except CampaignError as error:
        known = ", ".join(table.names[:8]) + (" …" if len(table.names) > 8 else "")
        return _("{error}. These are the columns: {names}").format(error=error, names=known)


def name_in_doubt(table: RecordTable) -> str:
    """Which column could be the name in place of the one found, in a sentence; ``""`` where none could."""
    reason = table.names_reason
    if reason is None or not reason.instead_of:
        return ""
    column = shorten(label("email", reason.instead_of[0], table), 40)
    return _('The name could also be in "{column}".').format(column=column)


def sheet_in_doubt(table: RecordTable) -> str:
    """Which other sheet could be meant, in a sentence; ``""`` where none could."""
    return next((_sentence(described(each)) for each in table.defects if each.kind is DefectKind.AMBIGUOUS_SHEET), "")


def remarks(seen: TableLook, whole: RecordTable | None) -> list[tuple[str, str]]:
    """What is worth a look before going on, each with its mark; of the whole table as soon as it is read."""
    table = whole or seen.table
    if table is None:
        return []
    told = [("i", _sentence(table.dialect.alternative))] if table.dialect.alternative else []
    told += [("i", _sentence(note)) for note in columns_in_doubt(table)]
    told += [("i", _sentence(notice)) for notice in table.notices]
    told += [("!", _sentence(described(defect))) for defect in table.defects[:_TOLD]]
    more = len(table.defects) - _TOLD
    if more > 0:
        told.append(("!", plural(more, "{count} more; the check lists it", "{count} more; the check lists them all")))
    return told


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
