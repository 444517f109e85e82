"""When the messages leave: at once, or at a time that a person gives."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from mailmerge.accounts import Account
from mailmerge.delivery import read_moment, require_possible
from mailmerge.errors import UsageError
from mailmerge.i18n import _
from mailmerge.tui.content.scheduling import next_morning, typed_for
from mailmerge.tui.content.sealing import Plan
from mailmerge.tui.dialogs.ask import Ask
from mailmerge.tui.page import Page


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
        offered = self._typed or next_morning(account, self._now())
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
                return typed_for(plan.count, at)
        return plan.question

    def _now(self) -> datetime:
        return self._page.program.environment.clock().astimezone()
