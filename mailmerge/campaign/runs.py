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
    """Purge the runs that are older than this user keeps them; returns their names. Sealing does it first.

    A run with something left to send is kept.

    Raises:
        InputError: ``config.toml`` cannot be read.
    """
    return purge_due(open_outbox())


def purge_due(outbox: Outbox) -> list[str]:
    """Purge what is older than this user keeps it.

    Raises:
        InputError: ``config.toml`` cannot be read.
    """
    return outbox.purge(read_preferences(find_home().config).retention)
