"""What was sealed and sent before."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from mailmerge.errors import MailmergeError
from mailmerge.i18n import N_, _
from mailmerge.model import State
from mailmerge.model.words import counted_state
from mailmerge.outbox import RunSummary, Unreadable, cannot_be_read
from mailmerge.text import plural
from mailmerge.tui.content.safe_content import fit, line
from mailmerge.tui.content.theme import CARE, GOOD, QUIET, STRONG, WRONG
from mailmerge.tui.page import Page
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.rows import Rows


class RunTable(Rows):
    """One run per row, the newest first; at the end those that cannot be read."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.runs: Sequence[RunSummary] = ()
        self.unreadable: Sequence[Unreadable] = ()

    @property
    def count(self) -> int:
        """How many runs there are."""
        return len(self.runs) + len(self.unreadable)

    def row(self, index: int, width: int) -> Content:
        """When, what, and how it stands."""
        marker = "▸ " if index == self.cursor else "  "
        if index >= len(self.runs):
            damaged = self.unreadable[index - len(self.runs)]
            return line(
                marker, (f"{damaged.run}  ", STRONG), (_("cannot be read"), WRONG), (f"  {damaged.reason}", QUIET)
            )
        run = self.runs[index]
        created = datetime.datetime.fromisoformat(run.created).astimezone()
        campaign = max(10, width - 62)
        left = run.deferred + run.pending
        open_ends = [
            (run.rejected, counted_state(State.REJECTED, run.rejected), WRONG),
            (run.unknown + run.submitting, counted_state(State.UNKNOWN, run.unknown + run.submitting), CARE),
            (left, plural(left, "{count} left", "{count} left"), CARE),
        ]
        pieces = [(said, style) for count, said, style in open_ends if count]
        accepted = _("{count} of {total} accepted").format(count=f"{run.accepted:>5}", total=f"{run.messages:<5}")
        stands: list[tuple[str, str]] = []
        for piece in pieces:
            stands += [piece, ("  ", "")]
        return line(
            marker,
            (f"{created:%Y-%m-%d %H:%M}  ", QUIET),
            (fit(run.campaign, campaign), STRONG),
            "  ",
            (f"{accepted} ", GOOD if run.accepted == run.messages else ""),
            " ",
            *stands,
        )


class RunsScreen(Page):
    """All runs; Enter opens one."""

    HELP = N_("""\
Earlier runs

Each run is a sealed set of messages with the record of every attempt. Enter shows it; what is left can be sent from
there, and what is unknown decided. A run that cannot be read is at the end of the list; Enter says why.
""")
    KEYS = (("rows.down", N_("run")), ("rows.choose", N_("open")), ("runs.back", N_("back")), ("page.help", N_("help")))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", N_("Back"), id="runs.back", tooltip=N_("Back to where you were")),
    ]

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
        self.query_one(".alone > Bar", Bar).say((_("Runs"), STRONG), ("  " + _("the newest first"), QUIET))
        self.list_runs()

    def list_runs(self) -> None:
        """Read the outbox."""
        table = self.query_one(RunTable)
        try:
            table.runs, table.unreadable = self.program.environment.outbox.read_all()
        except MailmergeError as error:
            self.complain(str(error))
        table.rows_changed()
        if table.unreadable:
            self.complain(cannot_be_read(table.unreadable))
        elif not table.runs:
            self.tell((_("Nothing was sealed yet."), QUIET))

    @on(Rows.Chosen, "#runs")
    @work(group="open", exclusive=True, exit_on_error=False)
    async def open_run(self) -> None:
        """Show the run under the cursor; its messages are read in a thread."""
        table = self.query_one(RunTable)
        if table.cursor >= len(table.runs):
            self.complain(table.unreadable[table.cursor - len(table.runs)].reason)
            return
        name = table.runs[table.cursor].run
        self.tell((_("Reading run {name} …").format(name=name), QUIET))
        run = await asyncio.to_thread(self.program.environment.outbox.open, name)
        messages = await asyncio.to_thread(lambda: list(run.messages()))
        self.tell()
        self.program.go.run(run, messages, then=self.list_runs)
