"""``[fields]``: a field of the letters is a column of the table that is called otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from mailmerge.campaign.file import CampaignFile
from mailmerge.errors import CampaignError
from mailmerge.i18n import N_
from mailmerge.model import RecordTable
from mailmerge.records.columns.likely import headers, likely_field, named_field
from mailmerge.text.folding import identifier
from mailmerge.text.shown import shorten


def field_columns(file: CampaignFile, table: RecordTable, where: str = "campaign.toml") -> Mapping[str, str]:
    """The fields that the table calls otherwise, and their columns, both by identifier; ``where`` names the file.

    Raises:
        CampaignError: a field has no name, or is named twice; or the table does not have its column.
    """
    columns: dict[str, str] = {}
    for key, called in file.fields.items():
        name = identifier(key)
        place = {"where": where, "key": shorten(key, 40), "column": shorten(called, 40)}
        if not name:
            raise CampaignError(_SAYS["no-name"], **place)
        if name in columns:
            raise CampaignError(_SAYS["twice"], **place, name=name)
        field = named_field(table.fields, called)
        if field is None:
            near = likely_field(table, called)
            raise CampaignError(
                _SAYS["no-column-but" if near else "no-column"],
                **place,
                table=table.path.name,
                near=shorten(near.header, 40) if near else "",
                columns=headers(table.fields, 40),
            )
        columns[name] = field.name
    return columns


_SAYS: Mapping[str, str] = {
    "no-name": N_('{where}: [fields] "{key}" = "{column}": the name of a field has letters, digits and _'),
    "twice": N_('{where}: [fields] "{key}" = "{column}": the field {name} is there a second time; keep one'),
    "no-column": N_('{where}: [fields] "{key}" = "{column}": {table} has no such column; its columns are {columns}'),
    "no-column-but": N_(
        '{where}: [fields] "{key}" = "{column}": {table} has no such column; did you mean "{near}"? its columns are'
        " {columns}"
    ),
}
