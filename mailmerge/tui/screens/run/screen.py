"""Send a run, watch it leave, and hold it: pause, go on, stop between two messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.widgets import Input

from mailmerge.accounts import Account, Secret
from mailmerge.delivery import Control, Lowered, Outcome, Resumed, Waiting, deliver, lowered_in_words
from mailmerge.delivery.policy import SIGN_IN_NEEDED
from mailmerge.delivery.progress import SETTLED
from mailmerge.errors import LoginRefused, MailmergeError
from mailmerge.i18n import N_, _
from mailmerge.model import State
from mailmerge.outbox import Run, RunMessage
from mailmerge.runtime.faults import keep_fault
from mailmerge.tui.content.safe_content import styled
from mailmerge.tui.content.theme import KEY
from mailmerge.tui.dialogs.passwords import NotGiven, login_accepted, not_sent, secret_for, signed_in
from mailmerge.tui.screens.run import keys
from mailmerge.tui.screens.run.holding import Holding
from mailmerge.tui.screens.run.message_list import RunList
from mailmerge.tui.screens.run.resuming import ask_for_number, ask_to_stop, compare_again, left_out_sentence
from mailmerge.tui.screens.run.scheduled import Scheduled
from mailmerge.tui.screens.run.view import RunView
from mailmerge.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import Tokens

_TICK = 0.1
"""Seconds between two drawings while messages leave."""


class RunScreen(RunView):
    """Shows a run, and sends what is left of it."""

    KEYS = keys.KEYS
    BINDINGS: ClassVar[list[BindingType]] = keys.BINDINGS

    def __init__(
        self,
        run: Run,
        account: Account | None = None,
        secret: Secret | Tokens | None = None,
        *,
        send: bool = False,
        resume: bool = False,
        at: datetime | None = None,
        messages: Sequence[RunMessage] = (),
    ) -> None:
        """``messages`` are the run's, where they were read already; ``resume`` asks at once to send what is left."""
        super().__init__(run, messages=messages)
        self.account = account
        self._secret = secret
        self._send = send
        self._resume = resume
        self._leaving = False
        self._asking = False
        self.holding = Holding(self, self.show_message)
        self.scheduled = Scheduled(self, run, self.show_message)
        self._at = at

    def on_mount(self) -> None:
        """Begin to send where that was asked for."""
        self.every(_TICK, self.draw_if_changed)
        if self._send and self.account and self._at:
            self.deliver_at(self.account, self._secret, self._at)
        elif self._send and self.account:
            self.deliver(self.account, self._secret)
        elif self._resume:
            self.call_after_refresh(self.action_continue)
        elif self.tally.left:
            self.scheduled.remind()

    @work(group="schedule", exclusive=True, exit_on_error=False)
    async def deliver_at(self, account: Account, secret: Secret | Tokens | None, at: datetime) -> None:
        """Wait for the time, leave out who got the letter from another run meanwhile, then send."""
        self._secret = None
        try:
            if await self.scheduled.over(at) and await self.leave_out_others() is not None:
                self.deliver(account, secret)
        except MailmergeError as error:
            self.complain(str(error))

    @work(group="send", exclusive=True, exit_on_error=False)
    async def deliver(self, account: Account, secret: Secret | Tokens | None, limit: int | None = None) -> None:
        """Send what is due, ``limit`` at most; each outcome is counted, the screen is drawn ten times a second."""
        if not await self.holding.over():
            self._secret = None
            self.tell(_("Called off: nothing was sent. The run stays sealed; c sends it."))
            return
        self.control, logged_in = Control(), False
        self.tally.begin()
        self.refresh_bindings()
        try:
            run, control, here = self.run_shown, self.control, self.program.environment
            events = deliver(run, account, secret, control, limit=limit, wait=True, environment=here)
            async for event in self.following.with_copies(events, account, secret, control):
                self.tally.take(event)
                if isinstance(event, Lowered):
                    self.tell(lowered_in_words(event))
                if isinstance(event, Waiting | Resumed):
                    self.call_later(self.waits, event)
                logged_in |= isinstance(event, Outcome) and event.state in SETTLED
        except MailmergeError as error:
            self.complain(str(error))
        finally:
            self._secret = None
            self.call_later(self.ended)  # in the page's own turn: it may be being made again in another language
        if self.tally.summary and isinstance(self.tally.summary.error, LoginRefused):
            self.program.passwords.refused(account)
        elif logged_in and not self._leaving:
            await login_accepted(self, account)

    def ended(self) -> None:
        """Draw the last of it, and say how it ended; leave where that was asked for meanwhile."""
        self.draw()
        self.control = None
        self._name_pause()
        summary = self.tally.summary
        if summary and summary.error is not None:
            self.complain(str(summary.error))
        elif summary and summary.stopped:
            self.tell(_(summary.stopped))
        elif self.following.copies_note:
            self.complain(self.following.copies_note)
        rows = self.query_one(RunList)
        if self.tally.to_look_at:
            rows.filter("look", "")
        self.draw()
        self.refresh_bindings()
        if self._leaving:
            self.app.exit(0)

    def waits(self, event: Waiting | Resumed) -> None:
        """Say in full what is awaited where a person has to do it; the line above may be too short for it."""
        self.refresh_bindings()
        if isinstance(event, Resumed):
            self.tell()
        elif event.kind == SIGN_IN_NEEDED:
            said = _("The run is waiting: {reason}. {key} signs in, and the run then continues.")
            self.tell(*styled(said, reason=event.reason, key=("s", KEY)))

    @property
    def wants_sign_in(self) -> bool:
        """Whether the sending waits until somebody has signed in."""
        return self.sending and self.tally.waiting is not None and self.tally.waiting.kind == SIGN_IN_NEEDED

    def draw_if_changed(self) -> None:
        """Draw what came since the last time."""
        if self.sending:
            self.draw()

    def failed(self, group: str, error: BaseException | None) -> None:
        """A sending that broke leaves a record; say where it stands."""
        if group != "send" or isinstance(error, MailmergeError):
            super().failed(group, error)
        else:
            self.complain(
                _("Sending stopped: {fault}. c continues.").format(
                    fault=keep_fault(error or RuntimeError(), self.program.home.state)
                )
            )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that have nothing to do now are not shown."""
        waits = self.holding.active or self.scheduled.waits
        if action == "call_off" or (waits and action in ("continue", "write_again")):
            return action == "call_off" and (waits or (self.scheduled.can_be_called_off and not self.sending))
        if action in ("pause", "stop"):
            return self.sending
        if action == "sign_in":
            return self.wants_sign_in
        if action == "continue" and self.control is not None:
            return self.tally.waiting is not None and not self.control.paused
        if action == "continue":
            return self.tally.left > 0 and not self.approval.waits
        if action == "write_again" and self.is_mounted:
            number = self.query_one(RunList).current
            return not self.sending and number is not None and self.tally.states[number] is State.REJECTED
        return super().check_action(action, parameters)

    @work(group="sign-in", exclusive=True, exit_on_error=False)
    async def action_sign_in(self) -> None:
        """Sign in beside the run, which goes on after it."""
        if self.account is not None and await signed_in(self, self.account) is not None and self.control is not None:
            self.control.resume()

    # --- keys ----------------------------------------------------------------------------------------------------

    def action_pause(self) -> None:
        """Pause between two messages, or go on."""
        if self.control is None:
            return
        if self.control.paused:
            self.control.resume()
        else:
            self.control.pause()
        self._name_pause()
        self.draw()

    def _name_pause(self) -> None:
        """The key that pauses goes on while it is paused, and the footer says so."""
        paused = self.control is not None and self.control.paused
        self.query_one(KeyBar).rename("run.pause", N_("go on") if paused else "")

    def action_call_off(self) -> None:
        """Send nothing after all: nothing has left."""
        (self.holding if self.holding.active else self.scheduled).call_off()

    def action_stop(self) -> None:
        """End after the message in flight."""
        if self.control is not None:
            self.control.stop()
            self.draw()

    def action_continue(self) -> None:
        """Send what is left; end a wait."""
        if self.control is not None:
            self.control.resume()
            self._name_pause()
            return
        if not self.tally.left:
            self.tell(_("Nothing is left to send."))
            return
        if not self.approval.holds_back():
            self.prepare()

    @work(group="prepare", exclusive=True, exit_on_error=False)
    async def prepare(self) -> None:
        """Leave out who got the letter from another run since the sealing, then ask for the number that is left."""
        left_out = await self.leave_out_others()
        if left_out is None:
            return
        if self.tally.left:
            ask_for_number(self, self.run_shown, self.tally.left, left_out, self.go_on)
        else:
            all_sent = _("Nothing is left to send.")
            self.tell(f"{left_out} {all_sent}".strip())

    async def leave_out_others(self) -> str | None:
        """Leave out who got the letter from another run since; a sentence about them, None where nothing may leave."""
        compared = await compare_again(self, self.run_shown, self.action_continue)
        if compared is None:
            return None
        left_out, now = compared
        for message in now:
            if message.state is not self.tally.states[message.record]:
                self.tally.decided(message.record, message.state, message.reply)
        self.query_one(RunList).filter_again()
        self.draw()
        self.tell()
        return left_out_sentence(left_out)

    @work(group="prepare", exclusive=True, exit_on_error=False)
    async def go_on(self, count: int) -> None:
        """Find the account and its password, then send as many messages as were agreed to."""
        account = self.account or self.program.environment.accounts.get(self.run_shown.account)
        try:
            secret = await secret_for(self, account)
        except NotGiven:
            self.tell(not_sent(account))
            return
        self.tell()
        self.account = account
        self.deliver(account, secret, count)

    def action_write_again(self) -> None:
        """Go to the campaign with the person under the cursor alone, to correct the table and write in a new run."""
        number = self.query_one(RunList).current
        if number is None or self.sending or self.tally.states[number] is not State.REJECTED:
            self.tell(_("Only a rejected message needs another one."))
            return
        if not self.program.go.write_again(self.run_shown, self.messages[number]):
            self.tell(_("Open the campaign of this run first: S writes to one person from there."))

    def action_back(self) -> None:
        """End the search, or go back; ask first while messages leave."""
        search = self.query_one("#search", Input)
        if search.display:
            search.value = ""
            search.display = False
            self.query_one(RunList).focus()
        elif self.holding.active:
            self.holding.call_off()
        elif self.scheduled.waits:
            self.scheduled.ask_to_leave(lambda: self.dismiss(self.run_shown))
        elif self.sending:
            self.ask_to_stop()
        else:
            self.dismiss(self.run_shown)

    def may_leave(self) -> bool:
        """Whether the program may end now; asks where messages leave."""
        if self.sending:
            self._leaving = True
            self.ask_to_stop()
        elif self.scheduled.waits:
            self.scheduled.ask_to_leave(lambda: self.app.exit(0))
        return not self.sending and not self.scheduled.waits

    def interrupted(self) -> bool:
        """Ctrl+C asks while messages leave."""
        if self.sending:
            self.ask_to_stop()
        return self.sending

    def leave_soon(self) -> bool:
        """Finish the message in flight, then end the program."""
        self._leaving = self.sending
        self.action_stop()
        return self.sending

    def ask_to_stop(self) -> None:
        """Stop between two messages, or go on sending; asked once at a time."""
        if self._asking:
            return
        self._asking = True

        def answered(stop: bool | None) -> None:
            self._asking = False
            if stop:
                self.action_stop()
            else:
                self._leaving = False

        ask_to_stop(self, answered)
