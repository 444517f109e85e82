"""A run: sent here, or looked at later. Each message with its verdict, and what to do where there is none."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Input

from mailmerge.accounts import Account, Accounts, Secret
from mailmerge.delivery import Control, Outcome, Summary, Waiting, deliver
from mailmerge.errors import MailmergeError
from mailmerge.model import State
from mailmerge.outbox import Run
from mailmerge.tui.screens.ask import Ask, Confirm
from mailmerge.tui.screens.credentials import NotGiven, secret_for
from mailmerge.tui.screens.page import Page
from mailmerge.tui.show import line, plural
from mailmerge.tui.tally import Tally, duration_text, end_text, outcome_sentence, rate_text
from mailmerge.tui.theme import QUIET, STRONG
from mailmerge.tui.widgets.bars import Bar, ChoiceBar, Tabs
from mailmerge.tui.widgets.paper import Paper
from mailmerge.tui.widgets.progress import Progress
from mailmerge.tui.widgets.rows import Rows
from mailmerge.tui.widgets.run_list import RunList, message_text

_TICK = 0.1
"""Seconds between two drawings while messages leave."""


class RunScreen(Page):
    """Shows a run, and sends what is left of it."""

    HELP = """\
Run

✓  accepted by the server: it took the message; whether it was read nobody knows
✗  rejected: it will never be sent again as it is
~  put off: the server asked to try again later
?  unknown: the connection was lost before the verdict; only you can find out
–  left out on purpose

A message is sent once. Nothing sends an unknown one again before you say that it was not accepted.
"""
    KEYS = (
        ("run.pause", "pause, go on"),
        ("run.stop", "stop"),
        ("run.continue", "send the rest"),
        ("run.received", "what arrived"),
        ("run.search", "search"),
        ("run.accepted", "was accepted"),
        ("run.not_accepted", "was not"),
        ("run.back", "back"),
        ("page.help", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "pause", "Pause or resume", id="run.pause", tooltip="Between two messages"),
        Binding(
            "S", "stop", "Stop", id="run.stop", tooltip="Finish the message in flight, then end; it can go on later"
        ),
        Binding("c", "continue", "Continue sending", id="run.continue", tooltip="Send what is pending or put off"),
        Binding("A", "resolve(True)", "It was accepted", id="run.accepted", tooltip="Decide about an unknown message"),
        Binding(
            "N", "resolve(False)", "It was not accepted", id="run.not_accepted", tooltip="It goes with the next sending"
        ),
        Binding("slash", "search", "Search", id="run.search", tooltip="In names, addresses, replies and states"),
        Binding("w", "received", "What arrived", id="run.received", tooltip="What the demo's server received"),
        Binding("left,h,right,l", "list", "Other list", id="run.list", tooltip="Everybody, or those to look at"),
        Binding("escape,q", "back", "Back", id="run.back", tooltip="Back; asks first while messages leave"),
    ]

    def __init__(
        self, run: Run, account: Account | None = None, secret: Secret | None = None, *, send: bool = False
    ) -> None:
        super().__init__()
        self.run_shown = run
        self.account = account
        self.control: Control | None = None
        self._secret = secret
        self._send = send
        self._leaving = False
        self.messages = {message.record: message for message in run.messages()}
        self.tally = Tally({number: message.state for number, message in self.messages.items()})
        self._drawn = -1

    def body(self) -> ComposeResult:
        """Progress above, the list and one message below."""
        with Vertical(id="progress-pane"):
            yield Bar(id="progress-said")
            yield Progress(id="progress")
            yield Bar(id="progress-facts")
        with Container(id="run-panes"):
            with Vertical(id="run-list", classes="pane"):
                yield Tabs(classes="title", id="run-tabs")
                search = Input(placeholder="name, address, reply, rejected …", id="search", compact=True)
                search.display = False
                yield search
                yield RunList(self.messages, self.tally, id="run")
            with Vertical(id="run-side", classes="pane"):
                yield Bar(classes="title", id="run-title")
                yield Paper(id="run-text")

    def on_mount(self) -> None:
        """Show the run, and begin to send where that was asked for."""
        run = self.run_shown
        self.head(f"Run {run.id}", run.campaign, self.account.address if self.account else run.account)
        rows = self.query_one(RunList)
        rows.filter("all", "")
        rows.focus()
        self.draw()
        self.set_interval(_TICK, self.draw_if_changed)
        if self._send and self.account:
            self.deliver(self.account, self._secret)

    # --- sending -------------------------------------------------------------------------------------------------

    @property
    def sending(self) -> bool:
        """Whether messages leave right now."""
        return self.control is not None

    @work(group="send", exclusive=True, exit_on_error=False)
    async def deliver(self, account: Account, secret: Secret | None) -> None:
        """Send what is due; every outcome goes into the tally, the screen is drawn ten times a second."""
        self.control = Control()
        self.tally.begin()
        self.refresh_bindings()
        try:
            async for event in deliver(self.run_shown, account, secret, self.control):
                self.tally.take(event)
        except MailmergeError as error:
            self.complain(str(error))
        finally:
            self.draw()
            self.control = None
            self._secret = None
        self.ended()

    def ended(self) -> None:
        """Say how it ended; leave where that was asked for meanwhile."""
        summary = self.tally.summary
        if summary and summary.error is not None:
            self.complain(str(summary.error))
        elif summary and summary.stopped:
            self.tell(summary.stopped)
        rows = self.query_one(RunList)
        if self.tally.to_look_at:
            rows.filter("look", "")
        self.draw()
        self.refresh_bindings()
        if self._leaving:
            self.app.exit(0)

    def draw_if_changed(self) -> None:
        """Draw what came since the last time."""
        if self.sending:
            self.draw()

    def draw(self) -> None:
        """Draw the progress and the list."""
        tally = self.tally
        counts = tally.counts
        self.query_one(Progress).parts = (
            counts[State.ACCEPTED],
            counts[State.REJECTED],
            counts[State.UNKNOWN] + counts[State.DEFERRED],
            tally.total,
        )
        self.query_one("#progress-said", Bar).left = self._said()
        self.query_one("#progress-said", Bar).right = line((self._pace(), QUIET))
        self.query_one("#progress-facts", Bar).left = self._facts()
        rows = self.query_one(RunList)
        rows.follow(self.sending)
        look = tally.to_look_at
        tabs = [("all", f"Everybody {tally.total}"), ("look", f"To look at {look}" if look else "Nothing to look at")]
        self.query_one("#run-tabs", Tabs).show_tabs(tabs, rows.which)
        self.show_message()

    def _said(self) -> Content:
        tally = self.tally
        if self.sending:
            waiting: Waiting | None = tally.waiting
            if waiting:
                until = f" until {waiting.until.astimezone():%H:%M}" if waiting.until else ""
                return line((f"Waiting{until}. ", STRONG), waiting.reason)
            word = "Stopping" if self.control and self.control.stopping else "Sending"
            word = "Paused" if self.control and self.control.paused else word
            return line((f"{word}   {tally.counts[State.ACCEPTED]} of {tally.total} accepted", STRONG))
        if isinstance(tally.summary, Summary):
            return line((outcome_sentence(tally.summary), STRONG))
        accepted = tally.counts[State.ACCEPTED]
        said = (
            f"{accepted} of {tally.total} accepted"
            if accepted
            else plural(
                tally.total, "{count} message is sealed, not sent yet", "{count} messages are sealed, not sent yet"
            )
        )
        return line((said, STRONG))

    def _pace(self) -> str:
        if not self.sending or not self.tally.left:
            return ""
        seconds = self.tally.seconds_left()
        rate = rate_text(self.tally.rate)
        if seconds is None:
            return rate
        return f"{rate}   {duration_text(seconds)} left, until {end_text(seconds)}"

    def _facts(self) -> Content:
        counts = self.tally.counts
        words = (
            (State.REJECTED, "rejected"),
            (State.UNKNOWN, "unknown"),
            (State.DEFERRED, "put off"),
            (State.PENDING, "to send"),
            (State.EXCLUDED, "left out"),
        )
        facts = [f"{counts[state]} {word}" for state, word in words if counts[state]]
        return line(("   ".join(facts), QUIET))

    def failed(self, group: str, error: BaseException | None) -> None:
        """A sending that broke leaves a record; say where it stands."""
        if group != "send" or isinstance(error, MailmergeError):
            super().failed(group, error)
        else:
            self.complain(f"Sending stopped ({type(error).__name__}: {error}). What was sent is recorded; c continues.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that have nothing to do now are not shown."""
        if not self.is_mounted:
            return True
        if action in ("pause", "stop"):
            return self.sending
        if action == "continue":
            return not self.sending and self.tally.left > 0
        if action == "resolve":
            number = self.query_one(RunList).number
            return number is not None and self.tally.states[number] is State.UNKNOWN
        if action == "received":
            return self.program.demo is not None
        return True

    # --- one message ---------------------------------------------------------------------------------------------

    @on(Rows.Moved, "#run")
    def show_message(self) -> None:
        """Show the verdict about the message under the cursor."""
        number = self.query_one(RunList).number
        title, paper = self.query_one("#run-title", Bar), self.query_one("#run-text", Paper)
        if number is None:
            title.say(("Message", STRONG))
            paper.show(line(("Nothing here.", QUIET)))
            return
        key = number * 16 + list(State).index(self.tally.states[number])
        if key == self._drawn:
            return
        self._drawn = key
        self.refresh_bindings()
        message = self.messages[number]
        title.say((f"Message {number}", STRONG), (f"  {self.tally.states[number]}", QUIET))
        paper.show(message_text(message, self.tally, self.run_shown))

    def action_resolve(self, accepted: bool) -> None:
        """Ask who decides about an unknown message."""
        number = self.query_one(RunList).number
        if number is None or self.tally.states[number] is not State.UNKNOWN:
            self.tell("Only an unknown message needs a decision.")
            return
        what = "was accepted" if accepted else "was not accepted, and goes with the next sending"
        explanation = (
            f"You say that the message to {self.messages[number].address} {what}. This is recorded with your name."
        )
        question = Ask(
            "Decide about this message",
            explanation,
            label="Your name",
            problem=lambda a: "" if a.strip() else "Type your name.",
        )

        def decided(name: str | None) -> None:
            if name:
                self.resolve(number, accepted=accepted, by=name)

        self.app.push_screen(question, decided)

    def resolve(self, number: int, *, accepted: bool, by: str) -> None:
        """Record a decision."""
        try:
            self.run_shown.resolve(number, accepted=accepted, by=by)
        except MailmergeError as error:
            self.complain(str(error))
            return
        verdict = "it was accepted" if accepted else "it was not accepted"
        self.tally.decided(number, State.ACCEPTED if accepted else State.PENDING, f"{by}: {verdict}")
        self.query_one(RunList).filter_again()
        self.draw()

    # --- keys ----------------------------------------------------------------------------------------------------

    def action_pause(self) -> None:
        """Pause between two messages, or go on."""
        if self.control is None:
            return
        if self.control.paused:
            self.control.resume()
        else:
            self.control.pause()
        self.draw()

    def action_stop(self) -> None:
        """End after the message in flight."""
        if self.control is not None:
            self.control.stop()
            self.draw()

    def action_continue(self) -> None:
        """Send what is left."""
        if self.sending:
            return
        if not self.tally.left:
            self.tell("Nothing is left to send.")
            return
        count = self.tally.left
        messages = plural(count, "{count} message", "{count} messages")

        def agreed(answer: str | None) -> None:
            if answer is not None:
                self.go_on()

        explanation = f"{messages} of run {self.run_shown.id} will leave, as sealed. Type {count} to send them."
        problem = lambda answer: "" if answer == str(count) else f"That is not {count}."  # noqa: E731
        self.app.push_screen(Ask("Continue sending", explanation, problem=problem), agreed)

    @work(group="prepare", exclusive=True, exit_on_error=False)
    async def go_on(self) -> None:
        """Find the account and its password, then send."""
        account = self.account or Accounts(self.program.home.config).get(self.run_shown.account)
        try:
            secret = await secret_for(self, account)
        except NotGiven:
            self.tell("No password: nothing was sent.")
            return
        self.tell()
        self.account = account
        self.deliver(account, secret)

    def action_list(self) -> None:
        """Everybody, or those to look at."""
        rows = self.query_one(RunList)
        rows.filter("look" if rows.which == "all" else "all", rows.query_text)
        self.draw()

    @on(ChoiceBar.Chosen, "#run-tabs")
    def list_chosen(self, event: ChoiceBar.Chosen) -> None:
        """A tab was clicked."""
        self.query_one(RunList).filter(event.key, self.query_one(RunList).query_text)
        self.draw()

    def action_search(self) -> None:
        """Open the search line."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    @on(Input.Changed, "#search")
    def searched(self, event: Input.Changed) -> None:
        """Search as one types."""
        rows = self.query_one(RunList)
        rows.filter(rows.which, event.value)
        self.show_message()

    @on(Input.Submitted, "#search")
    def search_submitted(self) -> None:
        """Go to what was found."""
        self.query_one(RunList).focus()

    def action_back(self) -> None:
        """End the search, or go back; ask first while messages leave."""
        search = self.query_one("#search", Input)
        if search.display:
            search.value = ""
            search.display = False
            self.query_one(RunList).focus()
        elif self.sending:
            self.ask_to_stop()
        else:
            self.dismiss(self.run_shown)

    def action_received(self) -> None:
        """Show what the demo's server received."""
        from mailmerge.tui.screens.received import ReceivedScreen

        if self.program.demo is not None:
            self.app.push_screen(ReceivedScreen(self.program.demo))

    def may_leave(self) -> bool:
        """Whether the program may end now; asks where messages leave."""
        if self.sending:
            self._leaving = True
            self.ask_to_stop()
        return not self.sending

    def ask_to_stop(self) -> None:
        """Stop between two messages, or go on sending."""

        def answered(stop: bool | None) -> None:
            if stop:
                self.action_stop()
            else:
                self._leaving = False

        explanation = "The message in flight is finished, the rest stays sealed and can be sent later."
        self.app.push_screen(
            Confirm("Stop sending?", explanation, yes="Stop between messages", no="Go on sending"), answered
        )


__all__ = ["Outcome", "RunScreen"]
