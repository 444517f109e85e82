"""What was sealed and sent before."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Sequence
from functools import partial
from typing import ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from mailmerge.campaign.runs.due_runs import Due, due_of
from mailmerge.environment import login_name
from mailmerge.i18n import N_, _, ngettext, plural
from mailmerge.model import State
from mailmerge.model.words import counted_state
from mailmerge.outbox import Run, RunMessage, RunSummary, Unreadable, cannot_be_read
from mailmerge.outbox.titles import run_title
from mailmerge.tui.content.due_text import due_note, due_sentence
from mailmerge.tui.content.run_lines import RunKind, RunLine, run_lines
from mailmerge.tui.content.safe_content import Piece, fit, line
from mailmerge.tui.content.theme import ERROR, MUTED, STRONG, SUCCESS, WARNING
from mailmerge.tui.dialogs.ask import Confirm
from mailmerge.tui.jobs.jobs import JobDone
from mailmerge.tui.page import Page
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.rows import Rows

_WORDS = {
    RunKind.ELSEWHERE: (N_("begun elsewhere"), WARNING),
    RunKind.SET_ASIDE: (N_("set aside"), WARNING),
    RunKind.COPY: (N_("a copy"), WARNING),
    RunKind.RENAMED: (N_("under another name"), WARNING),
    RunKind.UNREADABLE: (N_("cannot be read"), ERROR),
}


class RunTable(Rows[RunLine]):
    """One file per row: the runs, the newest first, then what is set aside, copies, and what cannot be read."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.now = datetime.datetime.now().astimezone()

    def row(self, index: int, width: int) -> Content:
        """When, what, and how it stands."""
        marker = "▸ " if index == self.cursor else "  "
        one = self.items[index]
        if one.kind is RunKind.RUN and one.summary is not None:
            return line(marker, *_as_run(one.summary, width, due_of(one.summary, self.now)))
        word, style = _WORDS[one.kind]
        said = _(word)
        when = () if one.summary is None else (_when(one.summary), (f"{run_title(one.summary.campaign)}  ", STRONG))
        return line(marker, *when, (f"{one.run}  ", STRONG), (said, style), (f"  {one.why or ''}", MUTED))


def _when(run: RunSummary) -> Piece:
    created = datetime.datetime.fromisoformat(run.created).astimezone()
    return f"{created:%Y-%m-%d %H:%M}  ", MUTED


def _as_run(run: RunSummary, width: int, due: Due | None) -> list[Piece]:
    left, unknown = run.deferred + run.pending, run.unknown + run.submitting
    open_ends = [
        (run.rejected, counted_state(State.REJECTED, run.rejected), ERROR),
        (unknown, counted_state(State.UNKNOWN, unknown), WARNING),
        (left, plural(left, "{count} left", "{count} left"), WARNING),
    ]
    stands: list[Piece] = []
    for count, said, style in open_ends:
        stands += [(said, style), ("  ", "")] if count else []
    told = ngettext("{count} of {total} accepted", "{count} of {total} accepted", run.accepted)
    accepted = told.format(count=f"{run.accepted:>5}", total=f"{run.messages:<5}")
    if due:
        stands = [due_note(due), "  ", *stands]
    begun: list[Piece] = []
    if run.accepted or not due:
        begun = [(f"{accepted} ", SUCCESS if run.accepted == run.messages else ""), " "]
    room = width - 62 - (26 if due and run.accepted else 0)
    return [_when(run), (fit(run_title(run.campaign), max(10, room)), STRONG), "  ", *begun, *stands]


class RunsScreen(Page):
    """All runs; Enter opens one."""

    HELP = N_("""\
Earlier runs

Each run is a sealed set of messages with the record of every attempt. Enter shows it; what is left can be sent from
there, and what is unknown decided. c sends what is left of a run, once you have typed the number.

A run that was sealed to leave at a time says when. It leaves only from the program in which it waits: if that was
closed, or the computer slept, it says that it was due, and nothing was sent.

A run that was begun on another computer, or in another home, is marked: it is sent from one place only. t says that it
goes on here. A run that was set aside is compared with nothing; b brings it back. Copies are never sent, and a run that
cannot be read is at the end of the list; Enter says why, and what to do.
""")
    KEYS = (
        ("rows.down", N_("run")),
        ("rows.choose", N_("open")),
        ("runs.go_on", N_("send the rest")),
        ("runs.bring_back", N_("bring back")),
        ("runs.take_over", N_("go on here")),
        ("runs.back", N_("back")),
        ("page.help", N_("help")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "c", "open_run(True)", N_("Go on with it"), id="runs.go_on", tooltip=N_("Send what is left; asks first")
        ),
        Binding(
            "b", "bring_back", N_("Bring back"), id="runs.bring_back", tooltip=N_("Bring back a run that was set aside")
        ),
        Binding(
            "t",
            "take_over",
            N_("Go on here"),
            id="runs.take_over",
            tooltip=N_("Send a run here that was begun elsewhere"),
        ),
        Binding(
            "escape,q",
            "dismiss(None)",
            N_("Back"),
            id="runs.back",
            key_display="esc",
            tooltip=N_("Back to where you were"),
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[RunLine] | None = None
        """What was read; None before it was."""
        self._said = ""

    def body(self) -> ComposeResult:
        """The list."""
        with Vertical(classes="pane alone"):
            yield Bar(classes="title")
            yield RunTable(id="runs")

    def on_mount(self) -> None:
        """List the runs."""
        self.fill()
        self.query_one(RunTable).focus()

    def fill(self) -> None:
        """The title, and the runs."""
        self.head(_("Earlier runs"))
        self.query_one(".alone > Bar", Bar).say((_("Runs"), STRONG), ("  " + _("the newest first"), MUTED))
        self.show_lines()
        self.list_runs()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was set aside can be brought back, and what was begun elsewhere goes on here."""
        current = self.query_one(RunTable).current if self.is_mounted else None
        if action == "bring_back":
            return current is not None and current.kind is RunKind.SET_ASIDE
        if action == "open_run":
            left = current.summary.pending + current.summary.deferred if current and current.summary else 0
            return current is not None and current.kind is RunKind.RUN and left > 0
        if action == "take_over":
            return current is not None and current.kind is RunKind.ELSEWHERE
        return True

    def list_runs(self, said: str = "") -> None:
        """Read the runs in a thread; ``said`` is told once they are listed."""
        outbox, self._said = self.program.environment.outbox, said
        self.jobs.start("list", partial(run_lines, outbox))

    @on(JobDone)
    def listed(self, message: JobDone) -> None:
        """List the runs that were read."""
        self._lines = cast("Sequence[RunLine]", message.event)
        self.show_lines()
        unreadable = [each for each in self._lines if each.kind is RunKind.UNREADABLE]
        if self._said:
            self.tell(self._said)
        elif unreadable:
            self.complain(cannot_be_read([Unreadable(each.run, str(each.why)) for each in unreadable]))
        else:
            self.moved()

    def failed(self, group: str, error: BaseException | None) -> None:
        """Where the runs cannot be read, none is listed."""
        if group == "list":
            self._lines = ()
            self.show_lines()
        super().failed(group, error)

    def show_lines(self) -> None:
        """Show what was read, the cursor where it was."""
        table = self.query_one(RunTable)
        table.when_empty = _("Nothing was sealed yet.") if self._lines is not None else ""
        table.items = self._lines or ()
        table.now = self.program.environment.clock().astimezone()
        table.rows_changed()
        self.refresh_bindings()

    @on(Rows.Moved, "#runs")
    def moved(self) -> None:
        """Say what the line under the cursor is, and which keys it has."""
        current = self.query_one(RunTable).current
        due = due_of(current.summary, self.query_one(RunTable).now) if current and current.summary else None
        if current and due and current.kind is RunKind.RUN:
            self.tell(*due_sentence(current.run, due, "⏎"))
        elif current and current.why:
            self.tell((_("{heading}: {text}").format(heading=current.run, text=current.why), ""))
        else:
            self.tell()
        self.refresh_bindings()

    @on(Rows.Chosen, "#runs")
    def chosen(self) -> None:
        """Show the run under the cursor."""
        self.action_open_run()

    @work(group="open", exclusive=True, exit_on_error=False)
    async def action_open_run(self, resume: bool = False) -> None:
        """Show the run under the cursor, or ask to send what is left of it; its messages are read in a thread."""
        current = self.query_one(RunTable).current
        if current is None:
            return
        if current.kind not in (RunKind.RUN, RunKind.ELSEWHERE):
            self.complain(str(current.why))
            return
        self.tell((_("Reading run {name} …").format(name=current.run), MUTED))
        run = await asyncio.to_thread(self.program.environment.outbox.open, current.run)
        messages = await asyncio.to_thread(_messages_of, run)
        self.tell()
        self.program.go.run(run, messages, resume=resume, then=self.list_runs)

    @work(group="bring back", exclusive=True, exit_on_error=False)
    async def action_bring_back(self) -> None:
        """Move a run that was set aside back among the others."""
        current = self.query_one(RunTable).current
        if current is not None:
            await asyncio.to_thread(self.program.environment.outbox.bring_back, current.run)
            self.list_runs(_("Run {run} is back: later runs are compared with it again.").format(run=current.run))

    @work(group="take over", exclusive=True, exit_on_error=False)
    async def action_take_over(self) -> None:
        """Go on here with a run that was begun elsewhere, once a person has said that nothing is sent there."""
        current = self.query_one(RunTable).current
        if current is None:
            return
        question = Confirm(
            _("Go on here with run {run}?").format(run=current.run),
            _(
                "Whatever was sent in the other place since this copy was made is not known here: those people could "
                "get the message a second time. Go on here only if nothing is sent there any more."
            ),
            yes=_("Go on here"),
            no=_("Leave it"),
        )
        if await self.app.push_screen_wait(question):
            run = await asyncio.to_thread(self.program.environment.outbox.open, current.run)
            await asyncio.to_thread(lambda: run.take_over(by=login_name()))
            self.list_runs(_("Run {run} goes on here: Enter opens it.").format(run=current.run))


def _messages_of(run: Run) -> list[RunMessage]:
    """The messages of a run; what a sender that died left in flight is unknown from now on."""
    run.recover_abandoned()
    return list(run.messages())
