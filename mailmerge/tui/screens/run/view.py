"""A run as it stands: each message with its verdict, and what to do where there is none."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Input

from mailmerge.delivery import Control, write_lists
from mailmerge.delivery.progress import RunProgress
from mailmerge.errors import MailmergeError
from mailmerge.i18n import _, ngettext
from mailmerge.i18n import number as written
from mailmerge.imap import MailboxLook
from mailmerge.model import State
from mailmerge.model.words import state_word
from mailmerge.outbox import Run, RunMessage
from mailmerge.outbox.titles import run_title
from mailmerge.tui.content.safe_content import line, lines
from mailmerge.tui.content.theme import MUTED, STRONG
from mailmerge.tui.content.typed_path import typed_path
from mailmerge.tui.dialogs.ask import Ask
from mailmerge.tui.jobs.jobs import JobDone
from mailmerge.tui.page import Page
from mailmerge.tui.screens.run import keys
from mailmerge.tui.screens.run.approval import ApprovalPart
from mailmerge.tui.screens.run.came_back import EVIDENCE, run_line
from mailmerge.tui.screens.run.following import Following, Holders, Listed
from mailmerge.tui.screens.run.message_list import RunList, message_text
from mailmerge.tui.screens.run.progress_text import facts, pace, said
from mailmerge.tui.widgets.bars import Bar, ChoiceBar, Tabs
from mailmerge.tui.widgets.paper import Paper
from mailmerge.tui.widgets.progress import Progress
from mailmerge.tui.widgets.rows import Rows


class RunView(Page):
    """Shows a run and takes decisions about it; sends nothing."""

    HELP = keys.HELP
    BINDINGS: ClassVar[list[BindingType]] = keys.VIEWING

    def __init__(self, run: Run, *, messages: Sequence[RunMessage] = ()) -> None:
        super().__init__()
        self.run_shown = run
        self.approval = self.controllers["approval"] = ApprovalPart(self, run)
        self.control: Control | None = None
        """Of the sending that goes on, None where none does."""
        self.messages = {message.record: message for message in messages or run.messages()}
        self.tally = RunProgress({record: message.state for record, message in self.messages.items()})
        self._drawn: tuple[object, ...] | None = None
        self._listed = "all", ""
        """Which messages are listed when the page is filled, and what is searched for among them."""
        self.following = Following(self, run)
        self.controllers["following"] = self.following
        self.looks_back = False
        """Whether the mailbox of the account is looked into."""

    def body(self) -> ComposeResult:
        """Progress above, the list and one message below."""
        with Vertical(id="progress-pane"):
            yield Bar(id="progress-said")
            yield Progress(id="progress")
            yield Bar(id="progress-facts")
            yield self.approval.place()
            yield Bar(id="progress-back")
        with Container(id="run-panes"):
            with Vertical(id="run-list", classes="pane"):
                yield Tabs(classes="title", id="run-tabs")
                query = self._listed[1]
                search = Input(query, placeholder=_("name, address, reply, rejected …"), id="search", compact=True)
                search.display = bool(query)
                yield search
                yield RunList(self.messages, self.tally, id="run")
            with Vertical(id="run-side", classes="pane"):
                yield Bar(classes="title", id="run-title")
                yield Paper(id="run-text")

    def on_mount(self) -> None:
        """Show the run."""
        self.fill()
        self.query_one(RunList).focus()
        self.approval.watch()

    def fill(self) -> None:
        """The run, everybody in it."""
        self.head(
            _("Run {run}").format(run=self.run_shown.id), run_title(self.run_shown.campaign), self.run_shown.account
        )
        self.looks_back = self.following.possible
        rows = self.query_one(RunList)
        rows.holders = self.following.holders.records if self.following.holders else ()
        rows.filter(*self._listed)
        self._drawn = None
        self.draw()
        self.approval.look()

    async def speak_again(self) -> None:
        """The same messages stay listed."""
        rows = self.query_one(RunList)
        self._listed = rows.which, rows.query_text
        await super().speak_again()

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
        self.query_one("#progress-said", Bar).say_right((pace(tally) if self.sending else "", MUTED))
        self.query_one("#progress-facts", Bar).left = facts(tally)
        rows = self.query_one(RunList)
        rows.follow(keep_newest=self.sending)
        self.query_one("#run-tabs", Tabs).show_tabs(self.tabs(), rows.which)
        self.draw_came_back()
        self.show_message()

    def tabs(self) -> list[tuple[str, str]]:
        """The lists that there are, by their tokens."""
        look, back, holders = self.tally.to_look_at, self.following.came_back, self.following.holders
        tabs = [
            ("all", _("Everybody {count}").format(count=written(self.tally.total))),
            ("look", _("To look at {count}").format(count=written(look)) if look else _("Nothing to look at")),
        ]
        if back:
            tabs.append(("back", _("Came back {count}").format(count=written(len(back)))))
        if holders:
            tabs.append(("holders", _("Data of {who} {count}").format(who=holders.who, count=len(holders.records))))
        return tabs

    def draw_came_back(self) -> None:
        """Draw what came back, once nothing leaves any more."""
        following, rows = self.following, self.query_one(RunList)
        line_of_it = self.query_one("#progress-back", Bar)
        accepted = self.tally.counts[State.ACCEPTED] or self.tally.counts[State.UNKNOWN]
        line_of_it.display = bool(accepted) and not self.sending and self.looks_back
        line_of_it.say((run_line(following.afterwards, datetime.datetime.now(datetime.UTC)), MUTED))
        if rows.later is not following.afterwards.later:
            rows.later, rows.hints = following.afterwards.later, following.afterwards.hints
            rows.filter_again()

    @on(JobDone)
    def job_done(self, event: JobDone) -> None:
        """Apply what was found behind the screen, then draw."""
        self.approval.take(event.event)
        rows = self.query_one(RunList)
        match event.event:
            case MailboxLook() as found:
                self.following.looked(found)
                if self.following.came_back:
                    rows.filter("back", "")
            case Holders() as holders:
                self.following.found_holders(holders)
                rows.holders = holders.records
                rows.filter("holders", "")
            case Listed() as listed:
                sentence = ngettext(
                    "{count} person is listed in {path}", "{count} people are listed in {path}", listed.people
                )
                self.tell(sentence.format(count=listed.people, path=listed.path))
        self.draw()

    def action_whose(self) -> None:
        """Every message that holds anything of the person under the cursor."""
        number = self.query_one(RunList).current
        if number is not None:
            message = self.messages[number]
            self.following.whose(number, message.name or message.address)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that have nothing to do now are not shown."""
        if action == "resolve" and self.is_mounted:
            number = self.query_one(RunList).current
            return number is not None and self.tally.states[number] is State.UNKNOWN
        if action == "received":
            return self.program.demo is not None
        if action == "do" and self.is_mounted:
            if str(parameters[0]).startswith("approval."):
                return self.approval.is_asked_for and self.tally.left > 0
            if parameters == ("following.look",):
                return self.looks_back and not self.sending
            return bool(self.following.came_back)
        return True

    # --- one message ---------------------------------------------------------------------------------------------

    @on(Rows.Moved, "#run")
    def show_message(self) -> None:
        """Show the verdict about the message under the cursor."""
        record = self.query_one(RunList).current
        title, paper = self.query_one("#run-title", Bar), self.query_one("#run-text", Paper)
        if record is None:
            title.say((_("Message"), STRONG))
            paper.show(line((_("Nothing here."), MUTED)))
            return
        later, evidence = self.following.afterwards.later.get(record), self.following.evidence.get(record)
        hint = self.following.afterwards.hints.get(record)
        can_continue = bool(self.check_action("continue", ()))
        key = (record, self.tally.states[record], later, hint, evidence, can_continue)
        if key == self._drawn:
            return
        self._drawn = key
        self.refresh_bindings()
        message = self.messages[record]
        state = self.tally.states[record]
        title.say((_("Message {number}").format(number=record), STRONG), (f"  {state_word(state)}", MUTED))
        shown = message_text(message, self.tally, self.run_shown, later, hint, can_continue=can_continue)
        if evidence is not None and state is State.UNKNOWN:
            shown = lines(_(EVIDENCE[evidence])) + Content("\n\n") + shown
        paper.show(shown)

    def action_resolve(self, accepted: bool) -> None:
        """Ask who decides about an unknown message."""
        number = self.query_one(RunList).current
        if number is None or self.tally.states[number] is not State.UNKNOWN:
            self.tell(_("Only an unknown message needs a decision."))
            return
        explanation = (
            _("You say that the message to {address} was accepted. This is recorded with your name.")
            if accepted
            else _(
                "You say that the message to {address} was not accepted: it goes with the next send. This is recorded "
                "with your name."
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
        """The next of the lists."""
        rows = self.query_one(RunList)
        there = [key for key, _title in self.tabs()]
        following = there.index(rows.which) + 1 if rows.which in there else 0
        rows.filter(there[following % len(there)], rows.query_text)
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
                self.write_lists(typed_path(folder).absolute())

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
        self.tell((_("Writing to {folder} …").format(folder=folder), MUTED))
        lists = await asyncio.to_thread(write_lists, self.run_shown, folder)
        names = ", ".join(
            _("{file} ({count})").format(file=each.path.name, count=written(each.people)) for each in lists
        )
        self.tell(_("Written to {folder}: {names}").format(folder=folder, names=names))

    def action_received(self) -> None:
        """Show what the demo's server received."""
        if self.program.demo is not None:
            self.program.go.received(self.program.demo)
