"""A send in words: where it is, how fast it goes, and what is to be done about the rest."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from mailmerge.delivery import Control, Summary
from mailmerge.delivery.progress import RunProgress
from mailmerge.i18n import N_, _, clock, number, plural
from mailmerge.model import State
from mailmerge.model.words import counted_state, state_meaning
from mailmerge.tui.content.durations import duration_text, end_text, rate_text
from mailmerge.tui.content.safe_content import line, styled
from mailmerge.tui.content.theme import MUTED, STRONG

_WHAT_TO_DO: Mapping[State, str] = {
    State.REJECTED: N_(
        "Correct the address in the table: r goes there, and writes to this person alone, in a new run."
    ),
    State.UNKNOWN: N_("Then say what happened: A accepted, N not accepted (it goes with the next sending)."),
    State.DEFERRED: N_("Nothing is lost: press c to continue, now or later."),
    State.PENDING: N_("Press c to continue."),
}


def advice(state: State, *, can_continue: bool) -> str:
    """What a state means for the person who sends, and which key to press, where it does something now."""
    has_key = state in _WHAT_TO_DO and (can_continue or state not in (State.PENDING, State.DEFERRED))
    return " ".join([state_meaning(state), *([_(_WHAT_TO_DO[state])] if has_key else [])])


def outcome_sentence(summary: Summary) -> str:
    """How a sending ended, in one sentence."""
    total = summary.accepted + summary.rejected + summary.deferred + summary.unknown + summary.pending
    if summary.accepted == total:
        return plural(total, "The message was accepted.", "All {count} messages were accepted.")
    order = (State.ACCEPTED, State.REJECTED, State.UNKNOWN, State.DEFERRED, State.PENDING)
    counts = [(state, getattr(summary, state)) for state in order]
    said = ", ".join(counted_state(state, count) for state, count in counts if count)
    return plural(total, "Of {count} message: {states}.", "Of {count} messages: {states}.", states=said)


def said(progress: RunProgress, control: Control | None) -> Content:
    """Where a run stands, in one line; ``control`` is that of the sending, where there is one."""
    counts = progress.counts
    if control is not None:
        if progress.waiting and not control.paused and not control.stopping:
            until, reason = progress.waiting.until, progress.waiting.reason
            if until is None:
                return line(_("Waiting: {reason}").format(reason=reason))
            at = clock(until.astimezone())
            return line(*styled(_("Waiting until {time}: {reason}"), time=(at, STRONG), reason=reason))
        word = _("Stopping") if control.stopping else _("Paused") if control.paused else _("Sending")
        return line((f"{word}   {_accepted(progress)}", STRONG))
    if progress.summary is not None:
        return line((outcome_sentence(progress.summary), STRONG))
    if counts[State.ACCEPTED]:
        return line((_accepted(progress), STRONG))
    sealed = plural(
        progress.total, "{count} message is sealed, not sent yet", "{count} messages are sealed, not sent yet"
    )
    return line((sealed, STRONG))


def _accepted(progress: RunProgress) -> str:
    accepted = progress.counts[State.ACCEPTED]
    return plural(accepted, "{count} of {total} accepted", "{count} of {total} accepted", total=number(progress.total))


def pace(progress: RunProgress) -> str:
    """How fast it goes, and until when."""
    if not progress.left or progress.waiting:
        return ""
    seconds, rate = progress.seconds_left(), rate_text(progress.rate)
    if seconds is None:
        return rate
    left = _("{duration} left, until {time}").format(duration=duration_text(seconds), time=end_text(seconds))
    return f"{rate}   {left}"


def facts(progress: RunProgress) -> Content:
    """What is not accepted, in numbers; while it waits also what is, since the line above says for what."""
    order = (State.REJECTED, State.UNKNOWN, State.DEFERRED, State.PENDING, State.EXCLUDED)
    states = (State.ACCEPTED, *order) if progress.waiting else order
    shown = [counted_state(state, progress.counts[state]) for state in states if progress.counts[state]]
    return line(("   ".join(shown), MUTED))
