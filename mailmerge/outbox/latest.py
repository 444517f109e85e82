"""The run that was sealed last from a campaign."""

from __future__ import annotations

import datetime
from pathlib import Path

from mailmerge.errors import OutboxError
from mailmerge.outbox.comparison.earlier import read_earlier
from mailmerge.outbox.key import find_key, same_folder


def latest_run(folder: Path, campaign: str, campaign_folder: Path, since: datetime.date) -> str:
    """The name of the last run in ``folder`` that was sealed from a campaign since a day; ``""`` where there is none.

    A run that cannot be read is passed over.

    Raises:
        OutboxError: the folder cannot be read.
    """
    earlier, _problems = read_earlier(folder, since=since.isoformat())
    mine = [run for run in earlier if run.campaign == campaign and not run.copy]
    if not mine:
        return ""
    try:
        key = find_key(folder)
    except OutboxError:
        key = None  # the names of the campaigns are all there is to tell them apart
    here = key.campaign(campaign_folder) if key else b""
    own = [run for run in mine if key is None or run.memory_key != key.id or same_folder(run.campaign_key, here)]
    if not own:
        return ""
    newest = [run for run in own if run.created == own[0].created]  # of one second: which was written to last
    return max(newest, key=lambda run: run.path.stat().st_mtime_ns).run
