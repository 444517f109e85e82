"""When the messages leave: at once, or at a time that a person gives."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from mailmerge.accounts import Account
from mailmerge.accounts.hours import read_hours
from mailmerge.delivery import comes_twice, read_moment, require_possible
from mailmerge.errors import UsageError
from mailmerge.i18n import _, clock, day, pgettext, plural
from mailmerge.tui.content.sealing import Plan
from mailmerge.tui.dialogs.ask import Ask
from mailmerge.tui.page import Page

_MORNING = 9


class Departure:
    """The time of one sealing."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._typed = ""
        """As it was typed; ``""`` for at once."""
        self._at: datetime | None = None
        """What it meant then: "tomorrow" is another day after midnight."""

    def ask(self, account: Account, changed: Callable[[], None]) -> None:
        """Choose the time; ``changed`` is called once it is another one."""

        def chosen(text: str | None) -> None:
            if text is not None:
                self._typed = text.strip()
                self._at = None
                with suppress(UsageError):
                    self._at = read_moment(self._typed, account, now=self._now) if self._typed else None
                changed()
            self._page.query_one("#count").focus()

        def problem(text: str) -> str:
            try:
                if text.strip():
                    read_moment(text, account, now=self._now)
            except UsageError as error:
                return str(error)
            return ""

        explanation = _(
            "The messages are sealed now and leave at this time, by the clock of this computer, while mailmerge stays"
            " open. Write tomorrow 9:00, Monday 8:30, 30 November 14:00 or year-month-day hour:minute; empty it to"
            " send at once."
        )
        offered = self._typed or _next_morning(account, self._now())
        self._page.app.push_screen(Ask(_("Send at a time"), explanation, value=offered, problem=problem), chosen)

    def moment(self, plan: Plan, account: Account) -> datetime | None:
        """When the messages leave; None for at once, and for a run that has to be approved first.

        Raises:
            UsageError: the time is past by now, or the account does not send then.
        """
        if self._at is None or plan.waits_for_approval:
            return None
        require_possible(self._at, self._typed, account, self._now())
        return self._at

    @property
    def first_at(self) -> datetime:
        """When the first message would leave, if the account sends then."""
        return max(self._at or self._now(), self._now())

    def question(self, plan: Plan, account: Account) -> str:
        """What is to be typed, with the time at which the messages leave."""
        with suppress(UsageError):
            at = self.moment(plan, account) if plan.ready else None
            if at is not None:
                return _typed_for(plan.count, at)
        return plan.question

    def _now(self) -> datetime:
        return self._page.program.environment.clock().astimezone()


def _next_morning(account: Account, now: datetime) -> str:
    """Tomorrow at nine, or the next time from then on at which the account sends; as a person would write it."""
    following = (now + timedelta(days=1)).date()
    at = datetime(following.year, following.month, following.day, _MORNING).astimezone()
    hours = read_hours(account.hours) if account.hours else None
    if hours is None or hours.admits(at):
        return pgettext("time to send at", "tomorrow 9:00")
    return f"{hours.next_opening(at):%Y-%m-%d %H:%M}"


def _typed_for(count: int, at: datetime) -> str:
    """What is to be typed, with the time at which the messages leave."""
    said = plural(
        count,
        "Type {count} and press Enter to seal the message now and send it on {day} at {time}.",
        "Type {count} and press Enter to seal the messages now and send them on {day} at {time}.",
        day=day(at),
        time=clock(at),
    )
    if not comes_twice(at):
        return said
    first = _("{time} comes twice on {day}, when the clock is put back: the first of the two is meant")
    return f"{said}\n{first.format(time=clock(at), day=day(at))}"
