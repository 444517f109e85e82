"""How many messages of a run are in each state, as the command line says it."""

from __future__ import annotations

from collections.abc import Mapping

from mailmerge.model import State

COUNTED = (State.ACCEPTED, State.REJECTED, State.DEFERRED, State.UNKNOWN, State.PENDING)
"""The states that a summary counts, in its order."""


def summary_document(run: str | None, counts: Mapping[State, int]) -> dict[str, object]:
    """The last line of ``send --json``; without a run where there was nothing to seal."""
    return {"event": "summary", "run": run} | {str(state): counts[state] for state in COUNTED}


def all_in_words(counts: Mapping[State, int]) -> str:
    """Every message and everybody left out: ``10 accepted, 1 in flight, 1 pending; 2 left out``."""
    parts = [in_words(counts)] if any(counts[state] for state in COUNTED) else []
    if counts[State.SUBMITTING]:
        parts.append(f"{counts[State.SUBMITTING]} in flight")
    sent = ", ".join(parts) or "nothing to send"
    return f"{sent}; {counts[State.EXCLUDED]} left out" if counts[State.EXCLUDED] else sent


def in_words(counts: Mapping[State, int]) -> str:
    """``339 accepted, 1 rejected``."""
    return ", ".join(f"{counts[state]} {state}" for state in COUNTED if counts[state]) or "no messages"
