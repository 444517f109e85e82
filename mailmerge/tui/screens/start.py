"""The start: campaigns that were open before, and files to open."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Grid, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static

from mailmerge.i18n import N_, _, plural
from mailmerge.runtime.garbage import settle
from mailmerge.tui.content.help_wanted import HELP_WANTED
from mailmerge.tui.content.safe_content import fit, line, lines
from mailmerge.tui.content.theme import MUTED, STRONG
from mailmerge.tui.content.typed_path import as_typed, is_there, typed_path, where_looked
from mailmerge.tui.jobs.jobs import JobDone
from mailmerge.tui.page import Page
from mailmerge.tui.ui_state import Recent
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.rows import Rows

_FIRST_TIME = N_("""\
Nothing was opened here yet.

Give the table of recipients in the form, or choose it with Ctrl+F, and press Enter. You will see how it is read, \
choose your letter, a Word document or one of the starter letters, and look at the message of each person.

Nothing is sent on the way. Escape leaves the form; then o opens a table, l starts from a letter, and d tries the demo.
""")


class _Found(Enum):
    FILE = auto()
    FOLDER = auto()


def _looked_up(typed: str) -> tuple[Path, _Found | None]:
    """The path that was meant, and what is there; None where nothing is."""
    path = typed_path(typed)
    if not is_there(path):
        return path, None
    return path, _Found.FOLDER if path.is_dir() else _Found.FILE


def _still_there(recent: Sequence[Recent]) -> list[Recent]:
    """Those whose files are there."""
    return [each for each in recent if all(is_there(source) for source in each.sources)]


class RecentList(Rows[Recent]):
    """One campaign a row."""

    def row(self, index: int, width: int) -> Content:
        """Name, people, folder."""
        entry = self.items[index]
        name = max(12, width // 2)
        people = plural(entry.people, "{count} person", "{count} people")
        folder = str(entry.sources[0].parent).replace(str(Path.home()), "~", 1)
        return line(
            "▸ " if index == self.cursor else "  ",
            (fit(entry.name, name), STRONG),
            f" {people:>14}  ",
            (fit(folder, max(0, width - name - 19)), MUTED),
        )


class StartScreen(Page):
    """Where the program begins without a campaign."""

    HELP = N_("""\
Start

Recipients is a table of people: CSV as your spreadsheet writes it, or a workbook. The letter is a text with
{{ fields }} in it. A campaign.toml holds both, and what was decided about them.

Nothing is sent before you have seen it, sealed it, and typed the number of messages.
""")
    KEYS = (
        ("rows.choose", N_("open")),
        ("start.files", N_("files")),
        ("start.browse", N_("browse")),
        ("start.letter", N_("from a letter")),
        ("start.demo", N_("demo")),
        ("start.runs", N_("earlier runs")),
        ("start.accounts", N_("accounts")),
        ("page.help", N_("help")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "files", N_("Open files"), id="start.files", tooltip=N_("Type or choose a table and a letter")),
        Binding(
            "ctrl+f,b",
            "browse",
            N_("Browse"),
            id="start.browse",
            tooltip=N_("Choose a file in a tree"),
            key_display="^f",
        ),
        Binding(
            "l",
            "letter",
            N_("Start from a letter"),
            id="start.letter",
            tooltip=N_("Choose the letter first, then the table"),
        ),
        Binding(
            "d",
            "demo",
            N_("Try the demo"),
            id="start.demo",
            tooltip=N_("The whole job on invented people; nothing leaves this machine"),
        ),
        Binding("v", "runs", N_("Earlier runs"), id="start.runs", tooltip=N_("What was sealed and sent before")),
        Binding("a", "accounts", N_("Accounts"), id="start.accounts", tooltip=N_("The mailboxes to send from")),
        Binding("h", "app.incident", HELP_WANTED, id="start.incident", tooltip=N_("What to do now, step by step")),
        Binding("r", "rules", N_("Rules"), id="start.rules", tooltip=N_("What the linter looks for, and why")),
        Binding(
            "escape", "recent", N_("Recent campaigns"), id="start.recent", tooltip=N_("Go to the recent campaigns")
        ),
        Binding("q", "app.quit", N_("Quit"), id="start.quit", tooltip=N_("Leave mailmerge")),
    ]

    def __init__(self, notice: str = "", *, letter: str = "") -> None:
        """``letter`` is a letter that was given already."""
        super().__init__()
        self._notice = notice
        self._letter = letter
        self._recent: list[Recent] = []

    def body(self) -> ComposeResult:
        """Recent campaigns, and a form."""
        with Container(classes="two-panes", id="start"):
            with Vertical(classes="pane", id="recent-pane"):
                yield Bar(classes="title")
                yield Static(lines(_(_FIRST_TIME)), id="first-time")
                yield RecentList(self._recent, id="recent")
            with Vertical(classes="pane", id="open-pane"):
                yield Bar(classes="title")
                with VerticalScroll(id="open", can_focus=False):
                    with Grid(id="form"):
                        yield Static(line((_("Recipients"), MUTED)))
                        yield Input(placeholder=_("candidates.xlsx"), id="recipients", compact=True)
                        yield Static(line((_("Letter"), MUTED)))
                        yield Input(self._letter, placeholder=_("rejection.docx"), id="letter", compact=True)
                    yield Button(_("Open"), id="open-files", compact=True)
                    yield Button(_("Start from a letter"), id="from-letter", compact=True)
                    yield Button(_("Try the demo"), id="try-demo", compact=True)
                    yield Static(
                        lines(
                            _(
                                "Each person gets one message of their own. You look at every message before it "
                                "leaves, the linter looks for what would expose one person to another, and what you "
                                "reviewed is byte for byte what is sent, once."
                            )
                        ),
                        id="promise",
                    )
                    yield Button(_(HELP_WANTED), id="incident", compact=True)

    def fill(self) -> None:
        """Titles, and the campaigns that were open before."""
        self.head(_("Start"))
        self.query_one("#recent-pane > Bar", Bar).say((_("Recent campaigns"), STRONG))
        self.query_one("#open-pane > Bar", Bar).say((_("Open files"), STRONG))
        self.query_one("#first-time").display = not self._recent
        self.query_one(RecentList).rows_changed()

    def on_mount(self) -> None:
        """Begin with what is likely wanted."""
        self._recent = remembered = self.program.memory.recent()
        self.query_one(RecentList).items = remembered
        self.fill()
        if remembered:
            self.jobs.start("recent", partial(_still_there, remembered))
        recent = self.query_one(RecentList)
        if recent.items:
            recent.focus()
        else:
            self.query_one("#recipients").focus()
        if self._notice:
            self.complain(self._notice)
        else:
            self.remind_of_runs()
        settle()

    @on(JobDone)
    def looked(self, message: JobDone) -> None:
        """List the campaigns that are still there."""
        recent = self.query_one(RecentList)
        if message.event != self._recent:
            self._recent = cast("list[Recent]", message.event)
            recent.items = self._recent
            self.fill()
            if not self._recent and recent.has_focus:
                self.action_files()

    @work(group="runs", exclusive=True, exit_on_error=False)
    async def remind_of_runs(self) -> None:
        """Say that a run waits for its time, or was to leave and was not sent; the runs are read in a thread."""
        environment = self.program.environment
        if not environment.runs.is_dir():
            return
        from mailmerge.campaign.runs.due_runs import most_pressing
        from mailmerge.tui.content.due_text import due_sentence

        runs = await asyncio.to_thread(lambda: environment.outbox.listing().runs)
        found = most_pressing(runs, environment.clock())
        if found and not self.said_something:
            run, due = found
            self.tell(*due_sentence(run.run, due, _("Esc v")))

    @on(Rows.Chosen, "#recent")
    def recent_chosen(self) -> None:
        """Open a campaign again."""
        recent = self.query_one(RecentList).current
        if recent is not None:
            self.program.go.campaign(recent.sources)

    @on(Input.Submitted)
    @on(Button.Pressed, "#open-files")
    def open_files(self) -> None:
        """Open what was typed; ask for what is missing."""
        recipients, letter = (self.query_one(name, Input).value for name in ("#recipients", "#letter"))
        if recipients.strip():
            self.run_worker(self._open(recipients, letter), exclusive=True, exit_on_error=False, group="new")
        else:
            self.query_one("#recipients").focus()
            self.tell(_("Say which file holds the recipients."))

    async def _open(self, recipients: str, letter: str) -> None:
        """Open files; the disk is asked in a thread, as a folder in the network may take long to answer."""
        from mailmerge.drafts import is_document

        path, path_is = await asyncio.to_thread(_looked_up, recipients)
        own, own_is = await asyncio.to_thread(_looked_up, letter)
        await self.made()
        self.tell()
        if path_is is None:
            self._not_there("#recipients", path)
        elif path.suffix.lower() == ".toml" or path_is is _Found.FOLDER:
            self.program.go.campaign((path,))
        elif not letter.strip():
            await self.program.go.new_campaign(path)
        elif own_is is not _Found.FILE:
            self._not_there("#letter", own)
        elif is_document(own):
            await self.program.go.new_campaign(path, own)
        else:
            self.program.go.campaign((path, own))

    def _not_there(self, field: str, path: Path) -> None:
        self.query_one(field).focus()
        self.complain(_("The file {path} does not exist. Ctrl+F chooses one.").format(path=where_looked(path)))

    @on(Button.Pressed, "#incident")
    def help_wanted(self) -> None:
        """Lead through what has to be done."""
        self.program.go.incident()

    def action_files(self) -> None:
        """Go to the form."""
        self.query_one("#recipients").focus()

    @on(Button.Pressed, "#from-letter")
    def action_letter(self) -> None:
        """Choose the letter first."""
        self._browse("letter")

    @on(Button.Pressed, "#try-demo")
    def action_demo(self) -> None:
        """Begin again with the sample campaign and its own server."""
        self.program.start_demo()

    def action_recent(self) -> None:
        """Go to the recent campaigns."""
        self.query_one(RecentList).focus()

    def action_browse(self) -> None:
        """Choose a file for the field one is in."""
        self._browse("letter" if self.query_one("#letter").has_focus else "recipients")

    def _browse(self, field: str) -> None:
        given = self.query_one(f"#{field}", Input).value or self.query_one("#recipients", Input).value
        self.run_worker(self._choose(field, given), exclusive=True, exit_on_error=False, group="browse")

    async def _choose(self, field: str, given: str) -> None:
        from mailmerge.tui.dialogs.file_picker import LETTERS, TABLES, FilePicker

        path, path_is = await asyncio.to_thread(_looked_up, given)
        folder = path if path_is is _Found.FOLDER else path.parent

        def chosen(path: Path | None) -> None:
            if path is not None:
                self.query_one(f"#{field}", Input).value = as_typed(path)
                following = "#open-files" if self.query_one("#recipients", Input).value else "#recipients"
                self.query_one("#letter" if field == "recipients" else following).focus()

        title, suffixes = (_("The letter"), LETTERS) if field == "letter" else (_("The table of recipients"), TABLES)
        self.app.push_screen(FilePicker(title, folder.absolute(), suffixes), chosen)

    def action_runs(self) -> None:
        """Show what was sealed and sent before."""
        self.program.go.runs()

    def action_accounts(self) -> None:
        """Show the mailboxes to send from."""
        self.program.go.accounts()

    def action_rules(self) -> None:
        """Show what the linter looks for."""
        self.program.go.rules()
