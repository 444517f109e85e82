"""Sentences about an incident, in the language of whoever reads them: for both faces."""

from __future__ import annotations

from collections.abc import Mapping

from mailmerge.environment import Environment
from mailmerge.i18n import N_, _, language, ngettext, number
from mailmerge.incident.mail import CopyNote, FileRemark
from mailmerge.incident.opening import hours_left
from mailmerge.incident.record import IncidentRecord
from mailmerge.incident.words import words_of
from mailmerge.text.shown import visible

_NOTES: Mapping[CopyNote, str] = {
    CopyNote.NO_DATE: N_("the mail has no date: when it was sent is still to be filled in"),
    CopyNote.RECEIVED_COPY: N_(
        "this is a received copy, which does not show who was in Bcc: ask for the sender's copy"
    ),
    CopyNote.WINMAIL: N_("{file} could not be read: only Outlook reads it"),
    CopyNote.UNREAD_FILE: N_("the attachment {file} could not be read completely: look into it yourself"),
    CopyNote.NO_ADDRESS: N_("people known by name only, without an address: {count}"),
    CopyNote.UNRELATED: N_("mails in {file} that have nothing to do with it: {count}"),
    CopyNote.AMBIGUOUS_TIME: N_(
        "the given time occurred twice that night: the first one is used, which leaves less time"
    ),
    CopyNote.FUTURE: N_("the given time is in the future: check it"),
    CopyNote.BEFORE_SENT: N_("the given time is before the mail was sent: check the day, the hour and the time zone"),
    CopyNote.SAME_NAME: N_(
        "people who share a name but not an address: {count}; each address is counted as one person and gets its own"
        " apology"
    ),
    CopyNote.NAMES_DIFFER: N_("people whose names differ between the mail and the table: {count}; neither is used"),
    CopyNote.OWN_DOMAIN: N_("people at the sender's own domain: {count}; they are counted, but may be colleagues"),
    CopyNote.TOO_MANY: N_("a mail has more than {count} parts: the rest was not read"),
}


def said(remark: FileRemark) -> str:
    """What a copy could not show."""
    return _(_NOTES[remark.note]).format(file=visible(remark.file), count=number(remark.count))


def hours_said(record: IncidentRecord, environment: Environment) -> str:
    """How many hours are left to notify the authority, as short as can be; or that it was."""
    if record.facts.get("notified_at"):
        return _("authority notified")
    left = hours_left(record, environment)
    if left < 0:
        return _("the deadline has passed")
    return ngettext("{hours} hour left", "{hours} hours left", int(left)).format(hours=number(int(left)))


def time_left(record: IncidentRecord, environment: Environment) -> str:
    """How much time is left until the authority has to be notified, or when it was, in one sentence."""
    if when := record.facts.get("notified_at"):
        return _("The authority was notified: {when}").format(when=visible(when))
    left = hours_left(record, environment)
    deadline = words_of(language()).moment(record.deadline, record.zone)
    hours = int(abs(left))
    if left < 0:
        return ngettext(
            "The deadline passed {hours} hour ago: {deadline}.",
            "The deadline passed {hours} hours ago: {deadline}.",
            hours,
        ).format(hours=number(hours), deadline=deadline)
    return ngettext(
        "{hours} hour left to notify the authority: until {deadline}.",
        "{hours} hours left to notify the authority: until {deadline}.",
        hours,
    ).format(hours=number(hours), deadline=deadline)
