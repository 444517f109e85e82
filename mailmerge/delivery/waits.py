"""The waits of one sending: decided by the policy or by a person, told once, and cut short by hand."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mailmerge.delivery.control import Control
from mailmerge.delivery.events import Event, Resumed, Waiting
from mailmerge.delivery.policy import Hold
from mailmerge.delivery.schedule import LATEST
from mailmerge.i18n import _

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import Tokens

_LOOK_SECONDS = 2.0
"""Between two looks at whether somebody has signed in elsewhere."""


class Waits:
    """Holds every connection of a sending for a time, or for a person."""

    def __init__(
        self,
        control: Control,
        events: asyncio.Queue[Event | None],
        tokens: Tokens | None,
        *,
        over: Callable[[], bool],
        overslept: Callable[[datetime], None],
        signed_in: Callable[[], None],
    ):
        """``over`` is whether nothing more is begun; ``overslept`` is told that the computer slept through the end of
        a wait, and ``signed_in`` that one for a person has ended."""
        self._control = control
        self._events = events
        self._tokens = tokens
        self._over = over
        self._on_overslept = overslept
        self._on_signed_in = signed_in
        self._until = 0.0
        """On the monotonic clock; 0 where nothing waits."""
        self._due: datetime | None = None
        """When a wait is over by the clock on the wall."""
        self._told_until = 0.0
        """What was said last about :attr:`_until`."""
        self._holding: asyncio.Task[None] | None = None
        self._pause_told = False

    @property
    def held(self) -> bool:
        """Whether the sending waits for a time, or for a person to sign in."""
        return self._holding is not None

    @property
    def seconds_left(self) -> float:
        """For which nothing is sent; a clock that stood still while a laptop slept does not prolong them."""
        if self._due is not None:
            return self._due.timestamp() - time.time()
        return self._until - time.monotonic()

    def hold(self, hold: Hold) -> None:
        """Wait, as the policy decided; of several waits the longest counts, and one that is much longer is told."""
        now = time.monotonic()
        worth_telling = self._holding is None or hold.seconds > 2 * (self._told_until - now)
        if now + hold.seconds >= self._until:
            self._until, self._due = now + hold.seconds, hold.until
        if worth_telling:
            self._told_until = self._until
            self._events.put_nowait(Waiting(str(hold.reason), self._end(), hold.kind))
        if self._holding is None:
            self._holding = asyncio.create_task(self._hold(self._control.resumed))

    async def ended(self) -> None:
        """Return when nothing is waited for any more."""
        if self._holding is not None:
            await asyncio.gather(self._holding, return_exceptions=True)

    async def while_paused(self) -> None:
        """Wait for a person to resume."""
        if not self._pause_told:
            self._pause_told = True
            self._events.put_nowait(Waiting(_("paused here"), None))
        await self._control.wait(lambda: self._over() or not self._control.paused)
        if self._pause_told:
            self._pause_told = False
            self._events.put_nowait(Resumed())

    def _end(self) -> datetime | None:
        if self._due is not None:
            return self._due
        seconds = self._until - time.monotonic()
        return None if math.isinf(seconds) else datetime.now().astimezone() + timedelta(seconds=seconds)

    @property
    def _for_a_person(self) -> bool:
        return math.isinf(self._until)

    async def _hold(self, resumed: int) -> None:
        """Hold every connection until the time is over, or a person says "go on" or signs in."""
        before = self._tokens.record if self._tokens else None

        def cut_short() -> bool:
            return self._over() or self._control.resumed != resumed

        def signed_in() -> bool:
            return self._tokens is not None and self._for_a_person and self._tokens.record != before

        while not (cut_short() or signed_in()) and (left := self.seconds_left) > 0:
            looks = math.isinf(left) or self._due is not None
            await self._control.wait(cut_short, min(left, _LOOK_SECONDS) if looks else left)
        if self._tokens is not None and self._for_a_person:
            self._on_signed_in()
        due = self._due
        overslept = due is not None and time.time() - due.timestamp() > LATEST.total_seconds() and not cut_short()
        self._until, self._due, self._told_until, self._holding = 0.0, None, 0.0, None
        if overslept and due is not None:
            self._on_overslept(due)
        if not self._over():
            self._events.put_nowait(Resumed())
        self._control.notify()
