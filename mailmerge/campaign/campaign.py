"""A campaign in hand: what :mod:`mailmerge.campaign.checked` makes of it can go further."""

from __future__ import annotations

from mailmerge.campaign.checked import Checked, checked
from mailmerge.campaign.mailing import Mailing, Progress


class Campaign(Mailing, frozen=True):
    """A table of people, the letters for them, and what was decided about both.

    Only this knows the check: what is checked holds a :class:`Mailing`, so that neither has to know the other's file.
    """

    def check(self, progress: Progress | None = None) -> Checked:
        """Render every message and lint the whole campaign: only what comes of it can be exported or sealed."""
        return checked(self, progress)
