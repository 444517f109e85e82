"""``[fields]``: a field of the letters is a column of the table that is called otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from mailmerge.campaign.file import CampaignFile
from mailmerge.errors import CampaignError
from mailmerge.model import RecordTable
from mailmerge.records.likely import likely_field, listed, named_field
from mailmerge.text import identifier, shorten


def field_columns(file: CampaignFile, table: RecordTable, where: str = "campaign.toml") -> Mapping[str, str]:
    """The fields that the table calls otherwise, and their columns, both by identifier; ``where`` names the file.

    Raises:
        CampaignError: a field has no name, or is named twice; or the table does not have its column.
    """
    columns: dict[str, str] = {}
    for key, called in file.fields.items():
        name = identifier(key)
        place = f'{where}: [fields] "{shorten(key, 40)}" = "{shorten(called, 40)}"'
        if not name:
            raise CampaignError(f"{place}: the name of a field has letters, digits and _")
        if name in columns:
            raise CampaignError(f"{place}: the field {name} is there a second time; keep one")
        field = named_field(table.fields, called)
        if field is None:
            near = likely_field(table, called)
            meant = f'did you mean "{shorten(near.header, 40)}"? ' if near else ""
            raise CampaignError(
                f"{place}: {table.path.name} has no such column; {meant}its columns are {listed(table.fields, 40)}"
            )
        columns[name] = field.name
    return columns
