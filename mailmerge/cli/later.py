"""What came back about a message, for programs and in a line."""

from __future__ import annotations

from mailmerge.i18n import N_, _
from mailmerge.outbox import Later, LaterKind


def later_document(later: Later | None) -> dict[str, object] | None:
    """What came back, as ``show --json`` has it."""
    if later is None:
        return None
    return {"kind": later.kind, "status": later.status, "reason": later.reason, "at": later.at.isoformat()}


def later_line(later: Later) -> str:
    """What came back, in one line with its day."""
    said = " ".join(filter(None, (later.status, later.reason)))
    return _(_LATER[later.kind]).format(day=f"{later.at.astimezone():%Y-%m-%d %H:%M}", said=said)


_LATER = {
    LaterKind.BOUNCED: N_("came back on {day}: {said}"),
    LaterKind.EXPIRED: N_("came back on {day}, after it was tried until the time was up: {said}"),
    LaterKind.DELAYED: N_("was still being tried on {day}: {said}"),
    LaterKind.AUTO_REPLIED: N_("a program answered on {day}: {said}"),
}
