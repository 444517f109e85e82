"""How the states of messages and the severities of findings are said; the values themselves are never translated."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from mailmerge.i18n import N_, _, language, pgettext, plural
from mailmerge.model.state import Severity, State

COUNTED = (State.ACCEPTED, State.REJECTED, State.DEFERRED, State.UNKNOWN, State.PENDING)
"""The states that a summary counts, in its order."""


def state_word(state: State) -> str:
    """A state, said of a message."""
    match state:
        case State.PENDING:
            return pgettext("message", "pending")
        case State.SUBMITTING:
            return pgettext("message", "submitting")
        case State.ACCEPTED:
            return pgettext("message", "accepted")
        case State.DEFERRED:
            return pgettext("message", "deferred")
        case State.REJECTED:
            return pgettext("message", "rejected")
        case State.UNKNOWN:
            return pgettext("message", "unknown")
        case State.EXCLUDED:
            return pgettext("message", "excluded")


_MEANINGS: Mapping[State, str] = {
    State.PENDING: N_("Not sent yet."),
    State.SUBMITTING: N_("On its way right now; after a crash, the next sending marks it unknown."),
    State.ACCEPTED: N_("The server accepted this message."),
    State.DEFERRED: N_("The server asked to try again later."),
    State.REJECTED: N_("The server permanently refused this message; unchanged, it would be refused again."),
    State.UNKNOWN: N_(
        "The server's verdict was lost: the message may or may not have arrived. Look for its Message-ID in the Sent"
        " folder, look for a bounce, or ask the recipient."
    ),
    State.EXCLUDED: N_("Left out of this run."),
}


def state_meaning(state: State) -> str:
    """What a state says about a message, for whoever sends: whole sentences."""
    return _(_MEANINGS[state])


class StateWord(Struct, frozen=True):
    """A state in a sentence about a message."""

    state: State

    def __str__(self) -> str:
        return state_word(self.state)


def severity_word(severity: Severity) -> str:
    """A severity, said of a finding."""
    words = {
        Severity.BLOCK: pgettext("finding", "block"),
        Severity.WARN: pgettext("finding", "warn"),
        Severity.INFO: pgettext("finding", "info"),
    }
    return words[severity]


def state_column(state: State) -> str:
    """A state, as wide as the widest of them."""
    return _state_columns(language())[state]


@cache
def _state_columns(_language: str) -> Mapping[State, str]:
    width = max(len(state_word(state)) for state in State)
    return {state: state_word(state).ljust(width) for state in State}


def severity_column(severity: Severity) -> str:
    """A severity, as wide as the widest of them."""
    return severity_word(severity).ljust(_severity_width())


def waived_column() -> str:
    """What stands in the place of a severity where somebody has waived the finding, as wide as any."""
    return pgettext("finding", "waived").ljust(_severity_width())


def _severity_width() -> int:
    return max(len(pgettext("finding", "waived")), *(len(severity_word(each)) for each in Severity))


def counted_state(state: State, count: int) -> str:
    """How many messages are in a state: ``339 accepted``."""
    match state:
        case State.ACCEPTED:
            return plural(count, "{count} accepted", "{count} accepted")
        case State.REJECTED:
            return plural(count, "{count} rejected", "{count} rejected")
        case State.DEFERRED:
            return plural(count, "{count} deferred", "{count} deferred")
        case State.UNKNOWN:
            return plural(count, "{count} unknown", "{count} unknown")
        case State.PENDING:
            return plural(count, "{count} pending", "{count} pending")
        case State.SUBMITTING:
            return plural(count, "{count} in flight", "{count} in flight")
        case State.EXCLUDED:
            return plural(count, "{count} left out", "{count} left out")


def counted_severity(severity: Severity, count: int) -> str:
    """How many findings are of a severity: ``1 block``."""
    match severity:
        case Severity.BLOCK:
            return plural(count, "{count} block", "{count} block")
        case Severity.WARN:
            return plural(count, "{count} warn", "{count} warn")
        case Severity.INFO:
            return plural(count, "{count} info", "{count} info")


def in_words(counts: Mapping[State, int]) -> str:
    """``339 accepted, 1 rejected``."""
    said = [counted_state(state, counts[state]) for state in COUNTED if counts[state]]
    return ", ".join(said) or _("no messages")


def all_in_words(counts: Mapping[State, int]) -> str:
    """Every message and everybody left out: ``10 accepted, 1 pending, 1 in flight; 2 left out``."""
    shown = [state for state in (*COUNTED, State.SUBMITTING) if counts[state]]
    sent = ", ".join(counted_state(state, counts[state]) for state in shown) or _("nothing to send")
    if not counts[State.EXCLUDED]:
        return sent
    return plural(counts[State.EXCLUDED], "{sent}; {count} left out", "{sent}; {count} left out", sent=sent)
