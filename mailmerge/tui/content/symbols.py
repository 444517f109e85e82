"""The marks and the colours of severities and states, once for every list that shows them."""

from __future__ import annotations

from collections.abc import Mapping

from mailmerge.model import Severity, State
from mailmerge.tui.content.theme import CARE, GOOD, QUIET, WRONG

SEVERITY_MARKS: Mapping[Severity, str] = {Severity.BLOCK: "X", Severity.WARN: "!", Severity.INFO: "i"}
SEVERITY_STYLES: Mapping[Severity, str] = {Severity.BLOCK: WRONG, Severity.WARN: CARE, Severity.INFO: QUIET}
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
    State.ACCEPTED: GOOD,
    State.REJECTED: WRONG,
    State.UNKNOWN: CARE,
    State.DEFERRED: CARE,
    State.EXCLUDED: QUIET,
}
UNSEEN = "•"
