"""One message outside these screens: a test to oneself, the clipboard, the browser, a viewer for its files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.campaign.session import CampaignSession
from mailmerge.errors import LoginRefused, RenderFailed
from mailmerge.i18n import _
from mailmerge.model import Attachment, Message, State
from mailmerge.outbox.remarks import remark
from mailmerge.tui.content.theme import MUTED, SUCCESS
from mailmerge.tui.page import Page
from mailmerge.tui.screens.campaign.selection import Selection

if TYPE_CHECKING:
    from mailmerge.accounts import Account
    from mailmerge.campaign import Campaign
    from mailmerge.model import Recipient
    from mailmerge.tui.screens.campaign.decisions import Decisions


class OpenedElsewhere(Struct, frozen=True):
    """What came of handing something to another program."""

    said: str
    went_wrong: bool = False


class WhichFile(Struct, frozen=True):
    """A message has several files: one of them is to be chosen."""

    attachments: tuple[Attachment, ...]


class MessageActions:
    """The message on screen, handed to something else."""

    def __init__(
        self, page: Page, session: CampaignSession, selected: Callable[[], Selection], decisions: Decisions
    ) -> None:
        self._page = page
        self._session = session
        self._selected = selected
        self._decisions = decisions

    # --- a test --------------------------------------------------------------------------------------------------

    def test(self) -> None:
        """Send the message on screen to the account's own address; it never counts as the person's."""
        person, campaign = self._selected().person, self._session.campaign
        if person is not None and campaign is not None:
            test = self._send_test(campaign, person)
            self._page.run_worker(test, group="test", exclusive=True, exit_on_error=False)

    async def _send_test(self, campaign: Campaign, person: Recipient) -> None:
        from mailmerge.delivery import Control, Outcome, Summary, deliver
        from mailmerge.tui.dialogs.passwords import NotGiven, login_accepted, secret_for

        page = self._page
        account = campaign.signer or await self._choose_account()
        if account is None:
            page.tell(_("No account was chosen; nothing was sent."))
            return
        try:
            secret = await secret_for(page, account)
        except NotGiven:
            return
        page.tell((_("Sending a test to {address} …").format(address=account.address), MUTED))
        run = await asyncio.to_thread(campaign.seal_test, person, account, page.program.environment.outbox)
        accepted = False
        here = page.program.environment
        async for event in deliver(run, account, secret, Control(), environment=here):
            if isinstance(event, Outcome) and event.state is State.ACCEPTED:
                page.tell(
                    ("✓ ", SUCCESS),
                    _("A test of this message is on its way to {address}.").format(address=account.address),
                )
                accepted = True
            elif isinstance(event, Outcome):
                page.complain(_("The test was not accepted: {reply}").format(reply=remark(event.reply)))
            elif isinstance(event, Summary) and event.error is not None:
                page.complain(str(event.error))
                if isinstance(event.error, LoginRefused):
                    page.program.passwords.refused(account)
        if accepted:
            await login_accepted(page, account)

    async def _choose_account(self) -> Account | None:
        account = await self._page.program.go.account()
        self._decisions.use_account(account)
        return account

    # --- elsewhere -----------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the text of the message on screen."""
        person, campaign = self._selected().person, self._session.campaign
        if person is None or campaign is None:
            return
        try:
            self._page.app.copy_to_clipboard(campaign.compose(person).text)
        except RenderFailed as error:
            self._page.complain(str(error))
            return
        self._page.tell(_("The text of this message is in the clipboard."))

    def browser(self) -> None:
        """Open the HTML part as a local page that can neither run nor fetch anything; or the files."""
        self._with_message(_only_file if self._selected().view == "attachments" else _in_browser)

    def open_attachment(self, index: int) -> None:
        """Open one file of the message on screen."""
        self._with_message(partial(_in_viewer, index=index))

    def opened(self, event: OpenedElsewhere | WhichFile) -> None:
        """Say what came of it, or ask which file is meant."""
        if isinstance(event, WhichFile):
            self._ask_which(event.attachments)
        elif event.went_wrong:
            self._page.complain(event.said)
        else:
            self._page.tell(event.said)

    def _with_message(self, then: Callable[[Message, Path], object]) -> None:
        """Compose the message on screen and use it, in a thread."""
        person, campaign = self._selected().person, self._session.campaign
        if person is not None and campaign is not None:
            folder = self._page.program.home.state / "pages"  # for other programs, as long as this one runs
            self._page.jobs.start("elsewhere", lambda: then(campaign.compose(person), folder))

    def _ask_which(self, attachments: tuple[Attachment, ...]) -> None:
        from mailmerge.campaign.setup.table_setup import SettingChoice
        from mailmerge.tui.dialogs.choose import Choose

        choices = [SettingChoice(str(index), each.filename, each.media_type) for index, each in enumerate(attachments)]

        def chosen(index: str | None) -> None:
            if index is not None:
                self.open_attachment(int(index))

        self._page.app.push_screen(Choose(_("Open a file"), choices, "0"), chosen)


def _in_browser(message: Message, folder: Path) -> OpenedElsewhere:
    from mailmerge.tui.desktop import safe_page

    if message.html is None:
        return OpenedElsewhere(_("This letter is plain text: there is no HTML part."))
    page = safe_page.write_safe_page(message, folder)
    opened = safe_page.open_page(page)
    said = _("The message is open in the browser: {path}") if opened else _("No browser found. The page is at {path}")
    return OpenedElsewhere(said.format(path=page))


def _only_file(message: Message, folder: Path) -> OpenedElsewhere | WhichFile:
    if len(message.attachments) > 1:
        return WhichFile(message.attachments)
    if message.attachments:
        return _in_viewer(message, folder, index=0)
    return OpenedElsewhere(_("No files travel with this message."))


def _in_viewer(message: Message, folder: Path, index: int) -> OpenedElsewhere:
    from mailmerge.tui.desktop import file_viewer

    attachment = message.attachments[index]
    reason = file_viewer.why_not_opened(attachment)
    if reason:
        return OpenedElsewhere(
            _("{file} is not opened from here: {reason}.").format(file=attachment.filename, reason=reason),
            went_wrong=True,
        )
    copy = file_viewer.copy_of(attachment, folder)
    opened = file_viewer.open_in_viewer(copy)
    said = _("A copy is open in its viewer: {path}") if opened else _("No viewer found. A copy is at {path}")
    return OpenedElsewhere(said.format(path=copy))
