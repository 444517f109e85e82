"""A send in numbers: how many, how fast, until when, and what is to be done about the rest. No widgets here."""

from __future__ import annotations

import datetime
import time
from collections import deque
from collections.abc import Callable, Mapping

from textual.content import Content

from mailmerge.delivery import Control, Event, Outcome, Resumed, Summary, Waiting
from mailmerge.model import State
from mailmerge.text import plural
from mailmerge.tui.show import line
from mailmerge.tui.theme import QUIET, STRONG

_WINDOW = 10.0
"""Seconds over which the rate is taken."""
SETTLED = (State.ACCEPTED, State.REJECTED, State.UNKNOWN)
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


class Tally:
    """Counts what a sending tells; every outcome counts, none is merged with another."""

    def __init__(self, states: dict[int, State], clock: Callable[[], float] = time.monotonic):
        self.states = states
        """Of every message of the run, by record number."""
        self.replies: dict[int, str] = {}
        self.log: list[Outcome] = []
        self.summary: Summary | None = None
        self.waiting: Waiting | None = None
        self.counts = dict.fromkeys(State, 0)
        for state in states.values():
            self.counts[state] += 1
        self._clock = clock
        self._recent: deque[float] = deque()
        self._started = clock()

    @property
    def total(self) -> int:
        """Messages of the run."""
        return len(self.states) - self.counts[State.EXCLUDED]

    @property
    def settled(self) -> int:
        """Messages with a verdict that stands."""
        return sum(self.counts[state] for state in SETTLED)

    @property
    def left(self) -> int:
        """Messages left to send."""
        return self.counts[State.PENDING] + self.counts[State.DEFERRED]

    @property
    def to_look_at(self) -> int:
        """Messages that somebody has to do something about."""
        return self.counts[State.REJECTED] + self.counts[State.UNKNOWN] + self.counts[State.DEFERRED]

    def take(self, event: Event) -> None:
        """Take in what a sending tells."""
        match event:
            case Outcome():
                self._set(event.record, event.state)
                self.replies[event.record] = event.reply
                self.log.append(event)
                self._recent.append(self._clock())
            case Waiting():
                self.waiting = event
            case Resumed():
                self.waiting = None
            case Summary():
                self.summary, self.waiting = event, None

    def decided(self, record: int, state: State, reply: str) -> None:
        """A person decided about an unknown message."""
        self._set(record, state)
        self.replies[record] = reply

    def begin(self) -> None:
        """Another sending of the same run begins."""
        self.summary = self.waiting = None
        self._recent.clear()
        self._started = self._clock()

    def _set(self, record: int, state: State) -> None:
        self.counts[self.states[record]] -= 1
        self.states[record] = state
        self.counts[state] += 1

    @property
    def rate(self) -> float:
        """Messages a second, lately."""
        now = self._clock()
        while self._recent and now - self._recent[0] > _WINDOW:
            self._recent.popleft()
        span = min(_WINDOW, now - self._started)
        return len(self._recent) / span if span > 0.5 else 0.0

    def seconds_left(self) -> float | None:
        """Seconds to the end at this rate; None where it cannot be said yet."""
        rate = self.rate
        return self.left / rate if rate and len(self._recent) >= 5 else None


def rate_text(rate: float) -> str:
    """A rate as a person says it."""
    if rate >= 1:
        return f"{rate:.0f} a second"
    return f"{rate * 60:.0f} a minute" if rate else ""


def duration_text(seconds: float) -> str:
    """A duration as a person says it."""
    if seconds < 60:
        return "less than a minute"
    minutes = round(seconds / 60)
    if minutes < 100:
        return plural(minutes, "about a minute", "about {count} minutes")
    hours = seconds / 3600
    if hours < 30:
        return plural(round(hours), "about an hour", "about {count} hours")
    return plural(round(hours / 24), "about a day", "about {count} days")


def end_text(seconds: float, now: datetime.datetime | None = None) -> str:
    """When it will be over: the time of day, with the date where that is another day."""
    now = now or datetime.datetime.now().astimezone()
    end = now + datetime.timedelta(seconds=seconds)
    return f"{end:%H:%M}" if end.date() == now.date() else f"{end:%d %B, %H:%M}".lstrip("0")


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


def said(tally: Tally, control: Control | None) -> Content:
    """Where a run stands, in one line; ``control`` is that of the sending, where there is one."""
    counts = tally.counts
    if control is not None:
        if tally.waiting and not control.paused and not control.stopping:
            until = f" until {tally.waiting.until.astimezone():%H:%M}" if tally.waiting.until else ""
            return line((f"Waiting{until}. ", STRONG), tally.waiting.reason)
        word = "Stopping" if control.stopping else "Paused" if control.paused else "Sending"
        return line((f"{word}   {counts[State.ACCEPTED]} of {tally.total} accepted", STRONG))
    if tally.summary is not None:
        return line((outcome_sentence(tally.summary), STRONG))
    if counts[State.ACCEPTED]:
        return line((f"{counts[State.ACCEPTED]} of {tally.total} accepted", STRONG))
    sealed = plural(tally.total, "{count} message is sealed, not sent yet", "{count} messages are sealed, not sent yet")
    return line((sealed, STRONG))


def pace(tally: Tally) -> str:
    """How fast it goes, and until when."""
    if not tally.left or tally.waiting:
        return ""
    seconds, rate = tally.seconds_left(), rate_text(tally.rate)
    return rate if seconds is None else f"{rate}   {duration_text(seconds)} left, until {end_text(seconds)}"


def facts(tally: Tally) -> Content:
    """What is not accepted, in numbers."""
    words = (
        (State.REJECTED, "rejected"),
        (State.UNKNOWN, "unknown"),
        (State.DEFERRED, "put off"),
        (State.PENDING, "to send"),
        (State.EXCLUDED, "left out"),
    )
    shown = [f"{tally.counts[state]} {word}" for state, word in words if tally.counts[state]]
    return line(("   ".join(shown), QUIET))
