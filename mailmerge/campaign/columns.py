"""What ``campaign.toml`` says about columns of the table, put together with what the table says itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from mailmerge.campaign.file import CampaignFile
from mailmerge.errors import CampaignError, TableError
from mailmerge.i18n import N_
from mailmerge.letter import fields_of_value
from mailmerge.letter.jinja.syntax import NO_COLUMNS
from mailmerge.model import ColumnEvidence, ColumnReason, Columns, RecordTable
from mailmerge.records import find_field
from mailmerge.records.columns.likely import named_field
from mailmerge.records.columns.own_names import NotTheirs, why_not_theirs
from mailmerge.text.folding import identifier
from mailmerge.text.regex import regex
from mailmerge.text.shown import shorten

_FIELDS = regex(r"\{\{\s*(\w+)\s*\}\}(?:\s+\{\{\s*(\w+)\s*\}\})?")
"""A template for a name that is one or two fields and nothing else."""


def with_names_set(table: RecordTable, template: str, called: Mapping[str, str] = NO_COLUMNS) -> RecordTable:
    """The table with the columns of names that ``[columns] name`` says, so that the linter looks at the same ones.

    A template that is more than one or two fields changes nothing: what it prints is no column. ``called`` are the
    fields that the table calls otherwise.
    """
    found = _FIELDS.fullmatch(template.strip())
    columns = table.columns
    written = [identifier(name) for name in found.groups() if name] if found else []
    said = [called.get(name, name) for name in written]
    names = [name for name in said if name != columns.title]
    if not names or not set(names) <= set(table.names):
        return table
    if not set(names) <= set(columns.names):
        columns = _named(columns, names)
    return replace(table, columns=columns, names_reason=ColumnReason(ColumnEvidence.SET, tuple(said)))


def _named(columns: Columns, names: list[str]) -> Columns:
    if len(names) == 1:
        return replace(
            columns,
            full_name=names[0],
            first_name="",
            last_name="",
            usual_first_name="",
            usual_last_name="",
            surname_prefix="",
        )
    first, last = names
    if first in columns.last_names or last in columns.first_names:
        first, last = last, first
    others = tuple(name for name in columns.other_last_names if name != last)
    return replace(
        columns, full_name="", first_name=first, last_name=last, usual_first_name="", usual_last_name="",
        other_last_names=others, surname_prefix="",
    )  # fmt: skip


_AS_TEXT = N_(
    '{path}: [columns] name = "{template}": everybody would be called "{text}"; for the column "{header}", write '
    'name = "{{{{ {name} }}}}"'
)
_SAME_FOR_ALL = N_(
    '{path}: [columns] name = "{template}": everybody would have this name; name the columns that hold the '
    'recipients\' own names, as in "{{{{ first_name }}}} {{{{ last_name }}}}"'
)
_NOT_THEIRS = {
    NotTheirs.ADDRESSES: N_(
        '{path}: [columns] name = "{template}": "{header}" contains e-mail addresses, not names; name the columns that '
        "hold the recipients' names"
    ),
    NotTheirs.OTHERS: N_(
        '{path}: [columns] name = "{template}": "{header}" names somebody else; name the columns that hold the '
        "recipients' own names"
    ),
    NotTheirs.NO_NAMES: N_(
        '{path}: [columns] name = "{template}": "{header}" does not contain names of people; name the columns that '
        "hold the recipients' own names"
    ),
}


def check_name(template: str, table: RecordTable, columns: Mapping[str, str], path: Path | str) -> None:
    """Hold ``[columns] name`` to the person's own name columns; ``path`` is the file, for errors.

    ``columns`` are the fields that the table calls otherwise.

    Raises:
        CampaignError: it is the same for everybody, or made of another column.
    """
    if not template.strip():
        return
    place: dict[str, Any] = {"path": path, "template": shorten(template)}
    names = fields_of_value(template, columns)
    if not names:
        field = named_field(table.fields, template)
        if field is None:
            raise CampaignError(_SAME_FOR_ALL, **place)
        header = shorten(field.label, 40)
        raise CampaignError(_AS_TEXT, **place, text=shorten(template), header=header, name=field.name)
    for name in sorted(names & set(table.names)):
        why = why_not_theirs(table, name)
        if why is not None:
            raise CampaignError(_NOT_THEIRS[why], **place, header=shorten(table.label(name), 40))


_CONTRADICTION = N_(
    '{path}: [lint] names_of_others: "{header}" holds the recipients\' own names, not those of colleagues; remove it '
    "from the list"
)


def names_of_others(file: CampaignFile, table: RecordTable, path: Path) -> tuple[str, ...]:
    """The identifiers of the columns that ``[lint] names_of_others`` names; ``path`` is the file, for errors.

    Raises:
        CampaignError: there is no such column, or it holds the people's own names.
    """
    try:
        named = tuple(find_field(table.fields, told).name for told in file.lint.names_of_others)
    except TableError as error:
        raise CampaignError(N_("{path}: [lint] names_of_others: {error}"), path=path, error=error) from None
    for name in named:
        if name in table.columns.names:
            header = shorten(table.label(name), 40)
            raise CampaignError(_CONTRADICTION, path=path, header=header)
    return named
