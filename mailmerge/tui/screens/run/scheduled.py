"""A run that was sealed to leave at a time: it waits here with a countdown, and one key calls it off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mailmerge.delivery import Arrival, Control, wait_until_due
from mailmerge.errors import OutboxError
from mailmerge.i18n import N_, _, clock, day
from mailmerge.outbox import Run, schedule, scheduled
from mailmerge.tui.content.durations import countdown
from mailmerge.tui.content.safe_content import styled
from mailmerge.tui.content.theme import KEY
from mailmerge.tui.dialogs.ask import Confirm
from mailmerge.tui.page import Page

_LATE = N_(
    "It was to leave on {day} at {time}, when this computer was asleep: nothing was sent. {key} sends it now after all."
)
_ELSEWHERE = N_("It is no longer scheduled: it was called off or sent from elsewhere. Nothing was sent from here.")
_CALLED_OFF = N_("Called off: nothing was sent. The run stays sealed; {key} sends it.")
_MISSED = N_("It was to leave on {day} at {time}, and was not sent. {key} sends it now; {off} takes the time away.")
_TO_COME = N_(
    "It is scheduled for {day} at {time}, and leaves only from the program in which it waits. {key} sends it now;"
    " {off} takes the time away."
)


class Scheduled:
    """Waits for the time of one run."""

    def __init__(self, page: Page, run: Run, show: Callable[[], None]) -> None:
        """``show`` shows the message under the cursor, and with it what can be done now."""
        self._page = page
        self._show = show
        self._run = run
        self._control: Control | None = None
        self._at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether it waits here for its time."""
        return self._control is not None

    @property
    def can_be_called_off(self) -> bool:
        """Whether it has a time."""
        return self._at is not None

    async def over(self, at: datetime) -> bool:
        """Wait for the time; False where nothing is to be sent now.

        Raises:
            OutboxError: the time cannot be written into the run, or read.
        """
        schedule(self._run, at)
        self._at, self._control = at, Control()
        self._page.refresh_bindings()
        self._page.call_later(self._show)
        ticking = self._page.every(1, self._count_down)
        try:
            self._count_down()
            arrival = await wait_until_due(self._run, self._control, now=self._now)
        finally:
            ticking.stop()
            self._control = None
            self._page.refresh_bindings()
            self._page.call_later(self._show)
        values = {"day": day(at), "time": clock(at)}
        match arrival:
            case Arrival.DUE:
                self._at = None
                self._page.tell()
                return True
            case Arrival.LATE:
                self._page.tell(*styled(_(_LATE), **values, key=("c", KEY)))
            case Arrival.CALLED_OFF:
                self._at = None
                self._page.tell(_(_ELSEWHERE))
            case Arrival.STOPPED:
                self._say_called_off()
        return False

    def call_off(self) -> None:
        """Take its time away; it stays sealed."""
        try:
            schedule(self._run, None)
        except OutboxError as error:
            self._page.complain(str(error))
            return
        self._at = None
        if self._control is not None:
            self._control.stop()
        else:
            self._say_called_off()
        self._page.refresh_bindings()

    def remind(self) -> None:
        """Say that it has a time, where it was scheduled before and is only shown."""
        try:
            at = scheduled(self._run)
        except OutboxError:
            return  # the run's own reading says so
        if at is not None:
            self._at = at = at.astimezone()
            sentence = _TO_COME if at > self._now() else _MISSED
            values = {"day": day(at), "time": clock(at)}
            self._page.tell(*styled(_(sentence), **values, key=("c", KEY), off=("x", KEY)))
            self._page.refresh_bindings()

    def ask_to_leave(self, leave: Callable[[], object]) -> None:
        """Leave the run while it waits, or go on waiting; it stays sealed and scheduled."""
        explanation = _("At its time nothing leaves without this page. The run stays sealed, and says that it is due.")

        def answered(agreed: bool | None) -> None:
            if agreed:
                leave()

        question = Confirm(_("Wait no longer?"), explanation, yes=_("Leave it unsent"), no=_("Go on waiting"))
        self._page.app.push_screen(question, answered)

    def _now(self) -> datetime:
        return self._page.program.environment.clock().astimezone()

    def _say_called_off(self) -> None:
        self._page.tell(*styled(_(_CALLED_OFF), key=("c", KEY)))

    def _count_down(self) -> None:
        at = self._at
        if at is not None and self.waits:
            said = _("It leaves on {day} at {time}, in {left}, from this open program. {key} calls it off.")
            left = countdown((at - self._now()).total_seconds())
            self._page.tell(*styled(said, day=day(at), time=clock(at), left=left, key=("x", KEY)))
