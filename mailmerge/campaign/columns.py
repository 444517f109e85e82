"""What ``campaign.toml`` says about columns of the table, put together with what the table says itself."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from mailmerge.campaign.file import CampaignFile
from mailmerge.errors import CampaignError, TableError
from mailmerge.i18n import N_
from mailmerge.model import ColumnReason, Columns, Evidence, RecordTable
from mailmerge.records import find_field

_FIELDS = re.compile(r"\{\{\s*(\w+)\s*\}\}(?:\s+\{\{\s*(\w+)\s*\}\})?")
"""A template for a name that is one or two fields and nothing else."""


def with_names_set(table: RecordTable, template: str) -> RecordTable:
    """The table with the columns of names that ``[columns] name`` says, so that the linter looks at the same ones.

    A template that is more than one or two fields changes nothing: what it prints is no column.
    """
    found = _FIELDS.fullmatch(template.strip())
    columns = table.columns
    said = [name for name in found.groups() if name] if found else []
    names = [name for name in said if name != columns.civility]
    if not names or not set(names) <= set(table.names):
        return table
    if not set(names) <= set(columns.names):
        columns = _named(columns, names)
    return replace(table, columns=columns, names_reason=ColumnReason(Evidence.SET, tuple(said)))


def _named(columns: Columns, names: list[str]) -> Columns:
    if len(names) == 1:
        return replace(
            columns, full_name=names[0], first_name="", last_name="", usual_first_name="", usual_last_name=""
        )
    first, last = names
    if first in columns.last_names or last in columns.first_names:
        first, last = last, first
    others = tuple(name for name in columns.other_last_names if name != last)
    return replace(
        columns, full_name="", first_name=first, last_name=last, usual_first_name="", usual_last_name="",
        other_last_names=others,
    )  # fmt: skip


def names_of_others(file: CampaignFile, table: RecordTable, path: Path) -> tuple[str, ...]:
    """The identifiers of the columns that ``[lint] names_of_others`` names; ``path`` is the file, for errors.

    Raises:
        CampaignError: there is no such column.
    """
    try:
        return tuple(find_field(table.fields, told).name for told in file.lint.names_of_others)
    except TableError as error:
        raise CampaignError(N_("{path}: [lint] names_of_others: {error}"), path=path, error=error) from None
