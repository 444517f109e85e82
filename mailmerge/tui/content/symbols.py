"""The marks and the colours of severities and states, once for every list that shows them."""

from __future__ import annotations

from collections.abc import Mapping

from mailmerge.model import Severity, State
from mailmerge.tui.content.theme import ERROR, MUTED, SUCCESS, WARNING

SEVERITY_MARKS: Mapping[Severity, str] = {Severity.BLOCK: "X", Severity.WARN: "!", Severity.INFO: "i"}
SEVERITY_STYLES: Mapping[Severity, str] = {Severity.BLOCK: ERROR, Severity.WARN: WARNING, Severity.INFO: MUTED}
STATE_MARKS: Mapping[State, str] = {
    State.PENDING: " ",
    State.SUBMITTING: "›",
    State.ACCEPTED: "✓",
    State.DEFERRED: "~",
    State.REJECTED: "✗",
    State.UNKNOWN: "?",
    State.EXCLUDED: "–",
}
STATE_STYLES: Mapping[State, str] = {
    State.ACCEPTED: SUCCESS,
    State.REJECTED: ERROR,
    State.UNKNOWN: WARNING,
    State.DEFERRED: WARNING,
    State.EXCLUDED: MUTED,
}
UNSEEN = "•"
