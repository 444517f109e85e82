"""Where the runs of this user are, and how long they stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailmerge.home import find_home
from mailmerge.preferences import read_preferences

if TYPE_CHECKING:
    from mailmerge.outbox import Outbox


def open_outbox() -> Outbox:
    """The runs of this user."""
    from mailmerge.outbox import Outbox

    return Outbox(find_home().data / "runs")


def forget_old_runs() -> list[str]:
    """Purge the runs that are older than this user keeps them; returns their names. Done whenever a send begins.

    Raises:
        InputError: ``config.toml`` cannot be read.
    """
    home = find_home()
    return open_outbox().purge(read_preferences(home.config).retention)
