"""Who is written to: a filter that is chosen from what the table holds, and all that was decided, to take back."""

from __future__ import annotations

from mailmerge.campaign.session import CampaignSession, Decided, DecidedKind, Decision, FilterBy, decisions_of
from mailmerge.errors import MailmergeError
from mailmerge.i18n import _, number, plural
from mailmerge.tui.page import Page
from mailmerge.tui.screens.campaign.decisions import Decisions

_OWN, _NONE = "=", "-"
"""Choices that are no column: no identifier looks like these."""


class Filtering:
    """The filter becomes ``where`` in ``campaign.toml``; nothing is written for one that matches nobody."""

    def __init__(self, page: Page, session: CampaignSession, decisions: Decisions) -> None:
        self._page = page
        self._session = session
        self._decisions = decisions

    def ask(self) -> None:
        """Ask which people are written to."""
        if self._session.campaign is not None:
            self._page.run_worker(self._ask(), group="filter", exclusive=True, exit_on_error=False)

    async def _ask(self) -> None:
        from mailmerge.campaign.setup.table_setup import SettingChoice
        from mailmerge.tui.dialogs.choose import Choose

        campaign = self._session.campaign
        assert campaign is not None  # noqa: S101
        where = campaign.file.where
        choices = [SettingChoice(_NONE, _("No filter: write to everybody"))] if where else []
        choices.append(SettingChoice(_OWN, _("A condition of your own"), where))
        choices += [SettingChoice(field.name, field.header) for field in campaign.table.fields]
        column = await self._page.app.push_screen_wait(Choose(_("Write only to people with"), choices, ""))
        if column is None:
            return
        if column == _NONE:
            wanted: str | None = ""
        elif column == _OWN:
            wanted = await self._ask_condition(where)
        else:
            wanted = await self._ask_value(column)
        if wanted is not None and wanted != where:
            self._set(wanted)

    async def _ask_value(self, column: str) -> str | None:
        from mailmerge.campaign.setup.filters import values_of, where_value
        from mailmerge.campaign.setup.table_setup import SettingChoice
        from mailmerge.tui.dialogs.choose import Choose

        campaign = self._session.campaign
        assert campaign is not None  # noqa: S101
        found = values_of(campaign.table, column)
        choices = [
            SettingChoice(
                str(index), each.value or _("(blank)"), plural(each.people, "{count} person", "{count} people")
            )
            for index, each in enumerate(found)
        ]
        chosen = await self._page.app.push_screen_wait(Choose(campaign.table.header(column), choices, ""))
        return None if chosen is None else where_value(column, found[int(chosen)].value)

    async def _ask_condition(self, where: str) -> str | None:
        from mailmerge.tui.dialogs.ask import Ask

        explanation = _("A condition over the columns of the table, for example: status == 'declined' and town != ''")
        question = Ask(_("Filter"), explanation, value=where, problem=self._problem)
        answer: str | None = await self._page.app.push_screen_wait(question)
        return None if answer is None else answer.strip()

    def _problem(self, where: str) -> str:
        """Why a condition cannot be used; one that nobody meets is none."""
        from mailmerge.campaign.setup.filters import people_where

        campaign = self._session.campaign
        if campaign is None or not where.strip():
            return ""
        try:
            people = people_where(campaign, where.strip())
        except MailmergeError as error:
            return str(error)
        return "" if people else _("This filter matches nobody.")

    def _set(self, where: str) -> None:
        from mailmerge.campaign.setup.filters import people_where

        campaign = self._session.campaign
        assert campaign is not None  # noqa: S101
        try:
            people = people_where(campaign, where)
        except MailmergeError as error:
            self._page.complain(str(error))
            return
        if not people:
            self._page.complain(_("This filter matches nobody. Nothing was changed."))
            return
        self._decisions.decide(FilterBy(where))
        total = len(campaign.table.records)
        if where:
            said = plural(
                people,
                "{count} of {total} people gets a message: {where}. {key} changes the filter.",
                "{count} of {total} people get a message: {where}. {key} changes the filter.",
                total=number(total),
                where=where,
                key="w",
            )
        else:
            said = _("There is no filter any more: everybody in the table gets a message.")
        self._page.tell(said)

    # --- all that was decided ------------------------------------------------------------------------------------

    def show(self) -> None:
        """Show all that was decided, and carry out what is changed or taken back."""
        campaign, review = self._session.campaign, self._session.review
        if campaign is not None:
            decided = decisions_of(campaign, review.report if review else None)
            self._page.program.go.decisions(decided, self._answered)

    def _answered(self, answer: Decided | Decision | None) -> None:
        if not isinstance(answer, Decided):
            if answer is not None:
                self._decisions.decide(answer)
                self._page.tell(_("The decision was changed in campaign.toml; everything is checked again."))
        elif answer.kind is DecidedKind.FILTER:
            self.ask()
        elif answer.kind is DecidedKind.COLUMN:
            self._decisions.mapping()
        else:
            self._page.program.go.accounts(self._decisions.use_account, chosen=self._session.account_name)
