"""When the messages leave: at once, or at a time that a person gives."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from mailmerge.accounts import Account
from mailmerge.delivery import read_moment
from mailmerge.errors import UsageError
from mailmerge.i18n import _, clock, day
from mailmerge.text import plural
from mailmerge.tui.content.scheduling import next_morning, problem_with
from mailmerge.tui.content.sealing import Plan
from mailmerge.tui.dialogs.ask import Ask
from mailmerge.tui.page import Page


class Departure:
    """The time of one sealing."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._typed = ""
        """As it was typed; ``""`` for at once."""

    def ask(self, account: Account, changed: Callable[[], None]) -> None:
        """Choose the time; ``changed`` is called once it is another one."""

        def chosen(text: str | None) -> None:
            if text is not None:
                self._typed = text.strip()
                changed()
            self._page.query_one("#count").focus()

        def problem(text: str) -> str:
            return problem_with(text, account, self._now) if text.strip() else ""

        explanation = _(
            "The messages are sealed now and leave at this time, by the clock of this computer, while mailmerge stays"
            " open. Write year-month-day hour:minute; empty it to send at once."
        )
        offered = self._typed or next_morning(account, self._now())
        self._page.app.push_screen(Ask(_("Send at a time"), explanation, value=offered, problem=problem), chosen)

    def moment(self, plan: Plan, account: Account) -> datetime | None:
        """When the messages leave; None for at once, and for a run that has to be approved first.

        Raises:
            UsageError: the time is past by now, or the account does not send then.
        """
        if not self._typed or plan.waits_for_approval:
            return None
        return read_moment(self._typed, account, now=self._now)

    def question(self, plan: Plan, account: Account) -> str:
        """What is to be typed, with the time at which the messages leave."""
        with suppress(UsageError):
            at = self.moment(plan, account) if plan.ready else None
            if at is not None:
                return plural(
                    plan.count,
                    "Type {count} and press Enter to seal the message now and send it on {day} at {time}.",
                    "Type {count} and press Enter to seal the messages now and send them on {day} at {time}.",
                    day=day(at),
                    time=clock(at),
                )
        return plan.question

    def _now(self) -> datetime:
        return self._page.program.environment.clock().astimezone()
