"""A campaign for some people of a run: those whose message came back, once their addresses are corrected."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mailmerge.campaign.file import save_campaign_file
from mailmerge.delivery import write_records
from mailmerge.errors import UsageError
from mailmerge.i18n import N_
from mailmerge.outbox import known_key, same_folder

if TYPE_CHECKING:
    from mailmerge.campaign.campaign import Campaign
    from mailmerge.outbox import Outbox, Run


def was_sealed_from(run: Run, name: str, source: Path, outbox: Outbox) -> bool:
    """Whether a run was sealed from the campaign of this name, whose file, or letter, ``source`` is."""
    key = known_key(outbox.folder)
    if key is None or run.campaign != name or not run.campaign_key:
        return False
    folder = source if source.is_dir() else source.parent
    return same_folder(run.campaign_key, key.campaign(folder))


def campaign_of_some(campaign: Campaign, run: Run, records: Collection[int]) -> Path:
    """Write a table of these people, in its own columns, and a campaign for it beside the campaign; its path.

    The table is a workbook, whose cells are read as they were: in CSV a phone number has an apostrophe before its +.
    The letters and settings are the campaign's own; nobody is left out by name in it.

    Raises:
        UsageError: the run is of another table, or such a campaign is there already.
        OutboxError: the run was purged or cannot be read, or a file cannot be written.
        CampaignError: the campaign cannot be written.
    """
    if run.table and campaign.table.path.name != run.table:
        raise UsageError(
            N_("run {run} was made from {table}; open the campaign with that table first"),
            run=run.id,
            table=run.table,
        )
    table, path = (campaign.folder / f"{run.id}-again{suffix}" for suffix in (".xlsx", ".toml"))
    for each in (table, path):
        if each.exists():
            raise UsageError(N_("{path} already exists: open it instead, or delete it first"), path=each)
    write_records(run, table, records)
    file = msgspec.structs.replace(
        campaign.file, recipients=table.name, exclusions=(), sheet="", delimiter="", encoding="", header_line=0
    )
    save_campaign_file(path, file)
    return path
