"""A send in numbers: how many, how fast, and what is left."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from msgspec.structs import replace

from mailmerge.delivery.events import Event, Outcome, Resumed, Summary, Waiting
from mailmerge.model import State
from mailmerge.model.words import COUNTED

_WINDOW = 10.0
"""Seconds over which the rate is taken."""
SETTLED = (State.ACCEPTED, State.REJECTED, State.UNKNOWN)


class RunProgress:
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
        """The state of one message was decided outside a sending, by a person or by what another run has sent."""
        self._set(record, state)
        self.replies[record] = reply
        if self.summary is not None:
            self.summary = replace(self.summary, **{each: self.counts[each] for each in COUNTED})

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
