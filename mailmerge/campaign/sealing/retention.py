"""Where the runs of this user are, and how long they stay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mailmerge.environment import Environment
from mailmerge.files import working_files

if TYPE_CHECKING:
    from mailmerge.campaign.mailing import Mailing
    from mailmerge.outbox import Outbox, Run


def open_outbox(environment: Environment | None = None) -> Outbox:
    """The runs of this user."""
    return (environment or Environment.here()).outbox


def unfinished_runs(campaign: Mailing, outbox: Outbox) -> list[tuple[Run, int]]:
    """The runs of a campaign that have messages left to send, the newest first, each with how many.

    Raises:
        OutboxError: the folder of the runs, or one of them, cannot be read.
    """
    from mailmerge.outbox import known_key, same_folder

    key = known_key(outbox.folder)
    here = key.campaign(campaign.folder) if key else b""
    found: list[tuple[Run, int]] = []
    for summary in outbox.runs():
        left = summary.pending + summary.deferred
        if not left or summary.purged or summary.campaign != campaign.name:
            continue
        run = outbox.open(summary.run)
        if not run.test and (not run.campaign_key or same_folder(run.campaign_key, here)):
            found.append((run, left))
    return found


def purge_due(outbox: Outbox, environment: Environment, *, in_use: Path | None = None) -> list[str]:
    """Purge what is older than this user keeps it; the table that is ``in_use`` stays.

    Raises:
        InputError: ``config.toml`` cannot be read.
    """
    retention = environment.preferences.retention
    working_files.purge(environment.home.data, retention, environment.clock(), in_use=in_use)
    return list(outbox.purge(retention).runs)
