"""A day and a time of day, as a sentence about an approval has them."""

from __future__ import annotations

import datetime

from mailmerge.i18n import N_, _, clock, day

_MOMENT = N_("{day}, {time}")


def shown_moment(moment: datetime.datetime) -> str:
    """A moment in the time of this computer, in the language of whoever reads it."""
    local = moment.astimezone()
    return _(_MOMENT).format(day=day(local), time=clock(local))
