"""One message outside these screens: a test to oneself, the clipboard, the browser, a viewer for its files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import work as in_background
from textual.binding import Binding, BindingType

from mailmerge.errors import LoginRefused, RenderFailed
from mailmerge.model import Attachment, Message, State
from mailmerge.tui.screens.campaign_steps import CampaignSteps
from mailmerge.tui.theme import GOOD, QUIET


class CampaignElsewhere(CampaignSteps):
    """The message on screen, handed to something else."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "test", "Test to me", id="campaign.test", tooltip="This message, to the account's own address"),
        Binding("y", "copy", "Copy the message", id="campaign.copy", tooltip="To the clipboard of the terminal"),
        Binding(
            "o", "browser", "Open elsewhere", id="campaign.browser",
            tooltip="A safe page in the browser; from Attachments, the file in its viewer",
        ),
    ]  # fmt: skip

    @property
    def face(self) -> str:
        """The face of the message on screen."""
        raise NotImplementedError

    @in_background(group="test", exclusive=True, exit_on_error=False)
    async def action_test(self) -> None:
        """Send the message on screen to the account's own address; it never counts as the person's."""
        from mailmerge.delivery import Control, Outcome, Summary, deliver
        from mailmerge.tui.screens.accounts import AccountsScreen
        from mailmerge.tui.screens.credentials import NotGiven, login_accepted, secret_for

        person, campaign = self.person, self.campaign
        if person is None or campaign is None:
            return
        account = campaign.signer
        if account is None:
            account = await self.app.push_screen_wait(AccountsScreen(choosing=True))
            if account is None:
                self.tell("No account was chosen; nothing was sent.")
                return
            self.use_account(account)
        try:
            secret = await secret_for(self, account)
        except NotGiven:
            return
        self.tell((f"Sending a test to {account.address} …", QUIET))
        run = await asyncio.to_thread(campaign.seal_test, person, account, self.program.environment.outbox)
        accepted = False
        async for event in deliver(run, account, secret, Control(), state=self.program.home.state):
            if isinstance(event, Outcome) and event.state is State.ACCEPTED:
                self.tell(("✓ ", GOOD), f"A test of this message is on its way to {account.address}.")
                accepted = True
            elif isinstance(event, Outcome):
                self.complain(f"The test was not accepted: {event.reply}")
            elif isinstance(event, Summary) and event.error is not None:
                self.complain(str(event.error))
                if isinstance(event.error, LoginRefused):
                    self.program.passwords.refused(account)
        if accepted:
            await login_accepted(self, account)

    def action_copy(self) -> None:
        """Copy the text of the message on screen."""
        person, campaign = self.person, self.campaign
        if person is None or campaign is None:
            return
        try:
            self.app.copy_to_clipboard(campaign.compose(person).text)
        except RenderFailed as error:
            self.complain(str(error))
            return
        self.tell("The text of this message is in the clipboard.")

    def action_browser(self) -> None:
        """Open the HTML part as a local page that can neither run nor fetch anything; or the files."""
        if self.face == "attachments":
            self._with_message(self._choose_attachment)
        else:
            self._with_message(self._open_page)

    def action_open_attachment(self, index: int) -> None:
        """Open one file of the message on screen."""
        self._with_message(partial(self._open_attachment, index=index))

    def _with_message(self, then: Callable[[Message], None]) -> None:
        """Compose the message on screen and use it, in a thread."""
        person, campaign = self.person, self.campaign
        if person is not None and campaign is not None:
            self.behind(lambda: then(campaign.compose(person)), "elsewhere")

    def _open_page(self, message: Message) -> None:
        from mailmerge.tui.safepage import open_page, write_safe_page

        if message.html is None:
            said = "This letter is plain text: there is no HTML part."
        else:
            page = write_safe_page(message, self._pages)
            where = "The message is open in the browser" if open_page(page) else "No browser answers here; the page is"
            said = f"{where}: {page}"
        self.app.call_from_thread(self.tell, said)

    def _choose_attachment(self, message: Message) -> None:
        if len(message.attachments) > 1:
            self.app.call_from_thread(self._ask_which, message.attachments)
        elif message.attachments:
            self._open_attachment(message, index=0)
        else:
            self.app.call_from_thread(self.tell, "No files travel with this message.")

    def _ask_which(self, attachments: tuple[Attachment, ...]) -> None:
        from mailmerge.tui.mapping import Choice
        from mailmerge.tui.screens.choose import Choose

        choices = [Choice(str(index), each.filename, each.media_type) for index, each in enumerate(attachments)]

        def chosen(index: str | None) -> None:
            if index is not None:
                self.action_open_attachment(int(index))

        self.app.push_screen(Choose("Open a file", choices, "0"), chosen)

    def _open_attachment(self, message: Message, index: int) -> None:
        from mailmerge.tui.viewer import copy_of, open_in_viewer, why_not_opened

        attachment = message.attachments[index]
        reason = why_not_opened(attachment)
        if reason:
            self.app.call_from_thread(self.complain, f"{attachment.filename} is not opened from here: {reason}.")
            return
        copy = copy_of(attachment, self._pages)
        where = "A copy is open in its viewer" if open_in_viewer(copy) else "No viewer answers here; a copy is"
        self.app.call_from_thread(self.tell, f"{where}: {copy}")

    @property
    def _pages(self) -> Path:
        """Where files for other programs are, as long as this one runs."""
        return self.program.home.state / "pages"
