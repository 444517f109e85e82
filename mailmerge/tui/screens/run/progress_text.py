"""A send in words: where it is, how fast it goes, and what is to be done about the rest."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from mailmerge.delivery import Control, Summary
from mailmerge.delivery.progress import RunProgress
from mailmerge.model import State
from mailmerge.text import plural
from mailmerge.tui.content.durations import duration_text, end_text, rate_text
from mailmerge.tui.content.safe_content import line
from mailmerge.tui.content.theme import QUIET, STRONG

_ADVICE: Mapping[State, str] = {
    State.REJECTED: "The server refused this message for good; sending it again as it is would be refused again."
    " Correct the address in the table: r goes there, and writes to this person alone, in a new run.",
    State.UNKNOWN: "The connection was lost before the server's verdict. The message may or may not have arrived. Look"
    " for its Message-ID in the Sent folder, look for a bounce, or ask; then say what happened: A accepted,"
    " N not accepted (it goes with the next sending).",
    State.DEFERRED: "The server asked to try again later. Nothing is lost: c continues, now or another day.",
    State.PENDING: "Not sent yet. c continues.",
    State.EXCLUDED: "Left out of this run.",
    State.SUBMITTING: "On its way right now; after a crash, the next sending marks it unknown.",
    State.ACCEPTED: "The server accepted this message.",
}


def advice(state: State) -> str:
    """What a state means for the person who sends, and what to do."""
    return _ADVICE[state]


def outcome_sentence(summary: Summary) -> str:
    """How a sending ended, in one sentence."""
    total = summary.accepted + summary.rejected + summary.deferred + summary.unknown + summary.pending
    if summary.accepted == total:
        return plural(total, "The message was accepted.", "All {count} messages were accepted.")
    facts = [
        f"{count} {word}"
        for count, word in (
            (summary.accepted, "accepted"),
            (summary.rejected, "rejected"),
            (summary.unknown, "unknown"),
            (summary.deferred, "put off by the server"),
            (summary.pending, "not sent yet"),
        )
        if count
    ]
    return f"Of {total} messages: {', '.join(facts)}."


def said(progress: RunProgress, control: Control | None) -> Content:
    """Where a run stands, in one line; ``control`` is that of the sending, where there is one."""
    counts = progress.counts
    if control is not None:
        if progress.waiting and not control.paused and not control.stopping:
            until = f" until {progress.waiting.until.astimezone():%H:%M}" if progress.waiting.until else ""
            return line((f"Waiting{until}. ", STRONG), progress.waiting.reason)
        word = "Stopping" if control.stopping else "Paused" if control.paused else "Sending"
        return line((f"{word}   {counts[State.ACCEPTED]} of {progress.total} accepted", STRONG))
    if progress.summary is not None:
        return line((outcome_sentence(progress.summary), STRONG))
    if counts[State.ACCEPTED]:
        return line((f"{counts[State.ACCEPTED]} of {progress.total} accepted", STRONG))
    sealed = plural(
        progress.total, "{count} message is sealed, not sent yet", "{count} messages are sealed, not sent yet"
    )
    return line((sealed, STRONG))


def pace(progress: RunProgress) -> str:
    """How fast it goes, and until when."""
    if not progress.left or progress.waiting:
        return ""
    seconds, rate = progress.seconds_left(), rate_text(progress.rate)
    return rate if seconds is None else f"{rate}   {duration_text(seconds)} left, until {end_text(seconds)}"


def facts(progress: RunProgress) -> Content:
    """What is not accepted, in numbers."""
    words = (
        (State.REJECTED, "rejected"),
        (State.UNKNOWN, "unknown"),
        (State.DEFERRED, "put off"),
        (State.PENDING, "to send"),
        (State.EXCLUDED, "left out"),
    )
    shown = [f"{progress.counts[state]} {word}" for state, word in words if progress.counts[state]]
    return line(("   ".join(shown), QUIET))
