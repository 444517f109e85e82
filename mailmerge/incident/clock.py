"""When somebody became aware, and until when the authority has to be notified: GDPR article 33(1)."""

from __future__ import annotations

import datetime
import os
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from mailmerge.delivery import read_dated
from mailmerge.errors import UsageError
from mailmerge.i18n import N_
from mailmerge.text.regex import regex
from mailmerge.text.shown import shorten

HOURS = 72
"""GDPR article 33(1), as in force on :data:`LAW_READ`. COM(2025) 837 would make it 96: a proposal only."""
LAW_READ = datetime.date(2026, 9, 1)
"""The month in which the law was last looked up. Look again before each release."""
FORMS_READ = datetime.date(2026, 9, 1)
"""The month in which the forms of the authorities were last looked up: in guides to them, not in the live forms."""

_ZONED = regex(r"(?P<when>.*\w)(?:\s*(?P<offset>[+-]\d{2}:?\d{2}|(?<=\d)Z)|\s+(?P<name>\S+))")
_OFFSET = regex(r"(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})")

_FORM = N_('"{text}" is not a time with its zone: write it as in "2026-09-01 10:15 Europe/Paris"')
_NO_ZONE = N_('"{text}" has no time zone: add that of the clock; with the one of this computer, it is "{text} {zone}"')
_NO_SUCH_ZONE = N_('there is no time zone "{zone}" here: write it as in "Europe/Paris", or as "+02:00"')
_NO_SUCH_TIME = N_('"{text}" did not exist: the clocks went forward that night; give the time that the clock showed')


class Awareness(Struct, frozen=True):
    """A moment, with its zone, and the deadline that follows from it."""

    at: datetime.datetime
    zone: str
    """As it was given: ``Europe/Paris``, ``+02:00``."""
    ambiguous: bool = False
    """Whether the clock showed this time twice: the earlier one is meant, which leaves less time."""

    @property
    def latest(self) -> datetime.datetime:
        """The later one of both moments that an ambiguous time may be."""
        return self.at.replace(fold=1) if self.ambiguous else self.at

    @property
    def deadline(self) -> datetime.datetime:
        """So many hours later as the law gives, by the clock of the same zone."""
        later = self.at.astimezone(datetime.UTC) + datetime.timedelta(hours=HOURS)
        return later.astimezone(self.at.tzinfo)


def aware(text: str) -> Awareness:
    """The moment that ``2026-09-01 10:15 Europe/Paris`` names, its date and time in any way of :func:`read_dated`.

    Raises:
        UsageError: it is no time, has no zone, or never was.
    """
    text = " ".join(text.split())
    if local := read_dated(text):
        raise UsageError(_NO_ZONE, text=shorten(text), zone=zone_here(local.astimezone()))
    found = _ZONED.fullmatch(text)
    local = read_dated(found["when"]) if found else None
    if found is None or local is None:
        raise UsageError(_FORM, text=shorten(text))
    told = found["offset"] or found["name"]
    zone = _zone(told)
    at = local.replace(tzinfo=zone)
    if at.astimezone(datetime.UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise UsageError(_NO_SUCH_TIME, text=shorten(text))
    return Awareness(at, told, at.utcoffset() != at.replace(fold=1).utcoffset())


def again(stamp: str, zone: str) -> Awareness:
    """The same moment, from how it was written down."""
    return Awareness(datetime.datetime.fromisoformat(stamp).astimezone(_zone(zone)), zone)


def written(moment: datetime.datetime) -> str:
    """A moment to the minute, as ``incident.json`` has it: ``2026-09-04T10:15+02:00``."""
    return moment.isoformat(timespec="minutes")


def zone_here(now: datetime.datetime) -> str:
    """The name of the zone of this machine, where the system says it (``Europe/Paris``); else its offset now."""
    wishes = [os.environ.get("TZ", ""), os.path.realpath("/etc/localtime").rpartition("zoneinfo/")[2]]
    for name in wishes:
        try:
            if name and ZoneInfo(name).utcoffset(now.replace(tzinfo=None)) == now.utcoffset():
                return name
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    offset = now.strftime("%z")
    return f"{offset[:3]}:{offset[3:5]}" if offset else "UTC"


def _zone(name: str) -> datetime.tzinfo:
    offset = _OFFSET.fullmatch(name)
    if offset:
        minutes = int(offset["hours"]) * 60 + int(offset["minutes"])
        if minutes >= 24 * 60:
            raise UsageError(_NO_SUCH_ZONE, zone=shorten(name))
        return datetime.timezone(datetime.timedelta(minutes=-minutes if offset["sign"] == "-" else minutes))
    if name.upper() in ("Z", "UTC", "GMT"):
        return datetime.UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(_NO_SUCH_ZONE, zone=shorten(name)) from None
