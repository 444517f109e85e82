"""A run as it stands: each message with its verdict, and what to do where there is none."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.widgets import Input

from mailmerge.delivery import Control, write_lists
from mailmerge.delivery.progress import RunProgress
from mailmerge.errors import MailmergeError
from mailmerge.i18n import N_, _
from mailmerge.i18n import number as written
from mailmerge.model import State
from mailmerge.model.words import state_word
from mailmerge.outbox import Run, RunMessage
from mailmerge.tui.content.safe_content import line
from mailmerge.tui.content.theme import QUIET, STRONG
from mailmerge.tui.dialogs.ask import Ask
from mailmerge.tui.page import Page
from mailmerge.tui.screens.run.message_list import RunList, message_text
from mailmerge.tui.screens.run.progress_text import facts, pace, said
from mailmerge.tui.widgets.bars import Bar, ChoiceBar, Tabs
from mailmerge.tui.widgets.paper import Paper
from mailmerge.tui.widgets.progress import Progress
from mailmerge.tui.widgets.rows import Rows


class RunView(Page):
    """Shows a run and takes decisions about it; sends nothing."""

    HELP = N_("""\
Run

✓  accepted by the server: it took the message; whether it was read nobody knows
✗  rejected: it will never be sent again as it is
~  deferred: the server asked to try again later
?  unknown: the connection was lost before the verdict; only you can find out
–  left out: on purpose, or because this letter was already sent in another run

A message is sent once. Nothing sends an unknown one again before you say that it was not accepted.

r writes to a person whose message was rejected once more: alone, in a new run, after the table was corrected.

e writes the lists: the status of everybody as a workbook, and separately the people to correct and write to again,
those whom continuing will reach, and those about whom you decide first.
""")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "A",
            "resolve(True)",
            N_("It was accepted"),
            id="run.accepted",
            tooltip=N_("Decide about an unknown message"),
        ),
        Binding(
            "N", "resolve(False)", N_("It was not accepted"), id="run.not_accepted", tooltip=N_("It can be sent again")
        ),
        Binding(
            "slash", "search", N_("Search"), id="run.search", tooltip=N_("In names, addresses, replies and states")
        ),
        Binding("w", "received", N_("What arrived"), id="run.received", tooltip=N_("What the demo's server received")),
        Binding(
            "e", "lists", N_("Write the lists"), id="run.lists", tooltip=N_("Status, and what is left to do, as files")
        ),
        Binding(
            "left,h,right,l", "list", N_("Other list"), id="run.list", tooltip=N_("Everybody, or those to look at")
        ),
    ]

    def __init__(self, run: Run, *, messages: Sequence[RunMessage] = ()) -> None:
        super().__init__()
        self.run_shown = run
        self.control: Control | None = None
        """Of the sending that goes on, None where none does."""
        self.messages = {message.record: message for message in messages or run.messages()}
        self.tally = RunProgress({record: message.state for record, message in self.messages.items()})
        self._drawn: tuple[int, State] | None = None

    def body(self) -> ComposeResult:
        """Progress above, the list and one message below."""
        with Vertical(id="progress-pane"):
            yield Bar(id="progress-said")
            yield Progress(id="progress")
            yield Bar(id="progress-facts")
        with Container(id="run-panes"):
            with Vertical(id="run-list", classes="pane"):
                yield Tabs(classes="title", id="run-tabs")
                search = Input(placeholder=_("name, address, reply, rejected …"), id="search", compact=True)
                search.display = False
                yield search
                yield RunList(self.messages, self.tally, id="run")
            with Vertical(id="run-side", classes="pane"):
                yield Bar(classes="title", id="run-title")
                yield Paper(id="run-text")

    def on_mount(self) -> None:
        """Show the run."""
        self.fill()
        self.query_one(RunList).focus()

    def fill(self) -> None:
        """The run, everybody in it."""
        self.head(_("Run {run}").format(run=self.run_shown.id), self.run_shown.campaign, self.run_shown.account)
        self.query_one(RunList).filter("all", "")
        self._drawn = None
        self.draw()

    @property
    def sending(self) -> bool:
        """Whether messages leave right now."""
        return self.control is not None

    def draw(self) -> None:
        """Draw the progress and the list."""
        tally = self.tally
        counts = tally.counts
        self.query_one(Progress).parts = (
            counts[State.ACCEPTED],
            counts[State.REJECTED],
            counts[State.UNKNOWN],
            counts[State.DEFERRED],
            tally.total,
        )
        self.query_one("#progress-said", Bar).left = said(tally, self.control)
        self.query_one("#progress-said", Bar).right = line((pace(tally) if self.sending else "", QUIET))
        self.query_one("#progress-facts", Bar).left = facts(tally)
        rows = self.query_one(RunList)
        rows.follow(self.sending)
        look = tally.to_look_at
        tabs = [
            ("all", _("Everybody {count}").format(count=written(tally.total))),
            ("look", _("To look at {count}").format(count=written(look)) if look else _("Nothing to look at")),
        ]
        self.query_one("#run-tabs", Tabs).show_tabs(tabs, rows.which)
        self.show_message()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that have nothing to do now are not shown."""
        if action == "resolve" and self.is_mounted:
            number = self.query_one(RunList).number
            return number is not None and self.tally.states[number] is State.UNKNOWN
        if action == "received":
            return self.program.demo is not None
        return True

    # --- one message ---------------------------------------------------------------------------------------------

    @on(Rows.Moved, "#run")
    def show_message(self) -> None:
        """Show the verdict about the message under the cursor."""
        record = self.query_one(RunList).number
        title, paper = self.query_one("#run-title", Bar), self.query_one("#run-text", Paper)
        if record is None:
            title.say((_("Message"), STRONG))
            paper.show(line((_("Nothing here."), QUIET)))
            return
        key = (record, self.tally.states[record])
        if key == self._drawn:
            return
        self._drawn = key
        self.refresh_bindings()
        message = self.messages[record]
        state = self.tally.states[record]
        title.say((_("Message {number}").format(number=record), STRONG), (f"  {state_word(state)}", QUIET))
        paper.show(message_text(message, self.tally, self.run_shown))

    def action_resolve(self, accepted: bool) -> None:
        """Ask who decides about an unknown message."""
        number = self.query_one(RunList).number
        if number is None or self.tally.states[number] is not State.UNKNOWN:
            self.tell(_("Only an unknown message needs a decision."))
            return
        explanation = (
            _("You say that the message to {address} was accepted. This is recorded with your name.")
            if accepted
            else _(
                "You say that the message to {address} was not accepted: it goes with the next send. This is"
                " recorded with"
                " your name."
            )
        ).format(address=self.messages[number].address)
        question = Ask(
            _("Decide about this message"),
            explanation,
            label=_("Your name"),
            problem=lambda a: "" if a.strip() else _("Type your name."),
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
        verdict = _("{by}: it was accepted") if accepted else _("{by}: it was not accepted")
        self.tally.decided(number, State.ACCEPTED if accepted else State.PENDING, verdict.format(by=by))
        self.query_one(RunList).filter_again()
        self.draw()

    # --- lists ---------------------------------------------------------------------------------------------------

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

    def action_lists(self) -> None:
        """Ask where the lists go, and write them."""

        def chosen(folder: str | None) -> None:
            if folder and folder.strip():
                self.write_lists(Path(folder.strip()).expanduser().absolute())

        explanation = _(
            "The status of everybody goes into this folder as a workbook, with a list each of the people to correct and"
            " write to again, of those whom continuing will reach, and of those about whom you decide first. Only you"
            " can read the files."
        )
        value = str(Path.cwd() / f"lists-{self.run_shown.id}")
        self.app.push_screen(Ask(_("Write the lists"), explanation, value=value, label=_("Folder")), chosen)

    @work(group="lists", exclusive=True, exit_on_error=False)
    async def write_lists(self, folder: Path) -> None:
        """Write the lists in a thread, and say where they are."""
        self.tell((_("Writing to {folder} …").format(folder=folder), QUIET))
        lists = await asyncio.to_thread(write_lists, self.run_shown, folder)
        names = ", ".join(
            _("{file} ({count})").format(file=each.path.name, count=written(each.people)) for each in lists
        )
        self.tell(_("Written to {folder}: {names}").format(folder=folder, names=names))

    def action_received(self) -> None:
        """Show what the demo's server received."""
        if self.program.demo is not None:
            self.program.go.received(self.program.demo)
