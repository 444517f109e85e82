"""What came back, in words: one line for the run, one for a message."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from mailmerge.i18n import N_, _
from mailmerge.imap import AcceptanceEvidence
from mailmerge.outbox import Afterwards, Later, LaterKind
from mailmerge.outbox.afterwards import CAME_BACK


def later_text(later: Later) -> str:
    """What came back about one message."""
    said = " ".join(filter(None, (later.status, later.reason)))
    return _(_LATER[later.kind]).format(said=said)


_LATER: Mapping[LaterKind, str] = {
    LaterKind.BOUNCED: N_("came back: {said}"),
    LaterKind.EXPIRED: N_("came back, as it could not be delivered in time: {said}"),
    LaterKind.DELAYED: N_("delayed: {said}"),
    LaterKind.AUTO_REPLIED: N_("automatic answer: {said}"),
}


def run_line(afterwards: Afterwards, now: datetime.datetime) -> str:
    """What came back about a run, and when that was looked for."""
    if afterwards.looked_at is None:
        return _("f looks for what came back")
    unit, number = _since((now - afterwards.looked_at).total_seconds())
    values = {
        "back": afterwards.count(CAME_BACK),
        "delayed": afterwards.count({LaterKind.DELAYED}),
        "number": number,
    }
    return _((_LINES if afterwards.later else _NOTHING)[unit]).format_map(values)


def _since(seconds: float) -> tuple[str, int]:
    """How long ago, in the unit that people would use."""
    if seconds < 60:
        return "now", 0
    if seconds < 100 * 60:
        return "minutes", round(seconds / 60)
    if seconds < 36 * 3600:
        return "hours", round(seconds / 3600)
    return "days", round(seconds / 86400)


_LINES: Mapping[str, str] = {
    "now": N_("{back} came back, {delayed} delayed, looked just now (f: look again)"),
    "minutes": N_("{back} came back, {delayed} delayed, looked {number} min ago (f: look again)"),
    "hours": N_("{back} came back, {delayed} delayed, looked {number} h ago (f: look again)"),
    "days": N_("{back} came back, {delayed} delayed, looked {number} days ago (f: look again)"),
}
_NOTHING: Mapping[str, str] = {
    "now": N_("nothing came back, looked just now (f: look again)"),
    "minutes": N_("nothing came back, looked {number} min ago (f: look again)"),
    "hours": N_("nothing came back, looked {number} h ago (f: look again)"),
    "days": N_("nothing came back, looked {number} days ago (f: look again)"),
}
"""By the unit of how long ago it was; the first where anything came back."""
EVIDENCE: Mapping[AcceptanceEvidence, str] = {
    AcceptanceEvidence.SENT: N_("The message is in Sent, so the server accepted it: A confirms that."),
    AcceptanceEvidence.RETURNED: N_("A returned mail quotes the message, so the server accepted it: A confirms that."),
    AcceptanceEvidence.ANSWERED: N_("An answer quotes the message, so the server accepted it: A confirms that."),
}
"""What shows that an unknown message was accepted."""
