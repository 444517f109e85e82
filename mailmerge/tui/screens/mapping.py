"""How the table was read, before anything is done with it: shown, and changed where it is not right."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content

from mailmerge.errors import CampaignError
from mailmerge.model import RecordTable
from mailmerge.text import plural
from mailmerge.tui.mapping import (
    TITLES,
    Choice,
    Look,
    TableSettings,
    choices,
    found_in,
    label,
    name_in_doubt,
    name_problem,
    reason_note,
    remarks,
    sample_name,
    sheet_in_doubt,
)
from mailmerge.tui.reading import Counted, Looked, read
from mailmerge.tui.screens.ask import Ask
from mailmerge.tui.screens.choose import Choose
from mailmerge.tui.screens.page import Page
from mailmerge.tui.show import Piece, line
from mailmerge.tui.theme import CARE, GOOD, QUIET, STRONG
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.paper import Paper
from mailmerge.tui.widgets.rows import Rows
from mailmerge.tui.widgets.settings_list import Setting, SettingsList
from mailmerge.tui.widgets.table_preview import FirstRows, TablePreview

_WRITTEN = "\x00written"
"""Among the choices: a template for the name is typed."""


class MappingScreen(Page):
    """Gives back the :class:`TableSettings` that were agreed to, or nothing."""

    HELP = """\
How the table is read

Nothing in the file is changed: this is how it is understood. Compare the rows below with what your spreadsheet
shows. Wrong accents are the encoding; everything in one column is the delimiter; a title above the names of the
columns is the header line.

What is found by itself stays found; only what you change here is written into campaign.toml.
"""
    KEYS = (
        ("settings.next", "change"),
        ("preview.right", "columns"),
        ("settings.list", "list"),
        ("settings.confirm", "go on"),
        ("preview.confirm", "go on"),
        ("mapping.back", "back"),
        ("mapping.again", "read again"),
        ("page.help", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q", "dismiss(None)", "Back", id="mapping.back", key_display="esc", tooltip="Choose another table"
        ),
        Binding("r", "again", "Read again", id="mapping.again", tooltip="Read the file again, after it was saved"),
        Binding("1", "pane('settings')", "Settings", show=False, id="mapping.settings", tooltip="How it is read"),
        Binding("2", "pane('first-rows')", "Rows", show=False, id="mapping.rows", tooltip="The first rows"),
        Binding("3", "pane('remarks')", "Remarks", show=False, id="mapping.remarks", tooltip="What is worth a look"),
    ]
    DEFAULT_CSS = """
    MappingScreen {
        #how { height: 8; layout: horizontal; margin-top: 1; }
        #settings-pane { width: 3fr; margin-right: 1; background: $surface; }
        #remarks-pane { width: 2fr; background: $surface; }
        #remarks { padding: 0 1 0 2; }
        #rows-pane { height: 1fr; margin-top: 1; background: $surface; }
    }
    MappingScreen.-short { #how { height: 6; margin-top: 0; } #rows-pane { margin-top: 0; } }
    MappingScreen.-narrow {
        #how { layout: vertical; height: auto; margin-top: 0; }
        #settings-pane { width: 1fr; height: 6; margin-right: 0; }
        #remarks-pane { width: 1fr; height: 4; }
        #remarks-pane.-none { display: none; }
    }
    """

    def __init__(self, path: Path, settings: TableSettings | None = None, *, asking: bool = False) -> None:
        """``asking`` is whether the e-mail column cannot be found without being asked for."""
        super().__init__()
        self._asking = asking
        self._name_asked = self._sheet_asked = False
        self.path = path
        self.settings = settings or TableSettings()
        self.seen = Look(self.settings)
        self.whole: RecordTable | None = None
        self.found: dict[str, str] = {}
        self._confirming = False
        self._remarks = Content()

    def body(self) -> ComposeResult:
        """How it is read and what is odd about it, above the rows."""
        with Container(id="how"):
            with Vertical(id="settings-pane"):
                yield Bar(classes="title")
                yield SettingsList(id="settings")
            with Vertical(classes="-none", id="remarks-pane"):
                yield Bar(classes="title")
                yield Paper(id="remarks")
        with Vertical(id="rows-pane"):
            yield Bar(classes="title")
            yield TablePreview(id="preview")

    def on_mount(self) -> None:
        """Read the file."""
        super().on_mount()
        self.query_one("#settings-pane > Bar", Bar).say(("How it is read", STRONG))
        self.query_one("#remarks-pane > Bar", Bar).say(("Worth a look", STRONG))
        self.query_one(SettingsList).focus()
        self.show()
        self.action_again()

    def action_again(self) -> None:
        """Read the file with these settings."""
        self.whole = None
        work = partial(read, self.post_message, self.path, self.settings)
        self.run_worker(work, thread=True, exclusive=True, exit_on_error=False, group="look")

    def action_pane(self, name: str) -> None:
        """Go to a pane."""
        self.query_one(f"#{name}").focus()

    # --- what was read -------------------------------------------------------------------------------------------

    @on(Looked)
    def looked(self, event: Looked) -> None:
        """Show the first people, unless something else was decided meanwhile."""
        if event.look.settings != self.settings:
            return
        self.seen = event.look
        self.found |= found_in(self.seen)
        if self.seen.problem:
            self._confirming = False
            self.complain(self.seen.problem)
        else:
            self.tell()
        self.show()
        if self._asking and self.seen.table and not self.seen.table.columns.email:
            self._ask_for_email()
        if self._confirming:
            self.action_confirm()

    @on(Counted)
    def counted(self, event: Counted) -> None:
        """Say how many there are, and what is odd further down."""
        if event.settings != self.settings or self.seen.table is None:
            return
        self.whole = event.table
        if event.table.columns == self.seen.table.columns:
            self.show_facts()
        else:  # the rows further down say something else about the columns
            self.seen = replace(self.seen, table=replace(event.table, records=self.seen.table.records))
            self.found |= found_in(self.seen)
            self.show()
            if not event.table.columns.email:
                self._ask_for_email()
        if self._confirming:
            self.action_confirm()

    def show(self) -> None:
        """Show everything that is known."""
        settings = self.query_one(SettingsList)
        settings.show([self._setting(key) for key in self.seen.keys])
        self.query_one(TablePreview).show(self.seen.table)
        if self.seen.table:
            self.query_one(FirstRows).show_column(self.seen.table.columns.email)
        self.show_facts()

    def show_facts(self) -> None:
        """The head, the remarks and the title above the rows."""
        table, title = self.whole or self.seen.table, self.query_one("#rows-pane > Bar", Bar)
        if table is None:
            self.head("The table", self.path.name)
            title.say(("Rows", STRONG), ("   nothing can be read like this" if self.seen.problem else "", QUIET))
            title.say_right()
        else:
            count = len(table.records)
            people = plural(count, "{count} person", "{count} people") if self.whole else "…"
            self.head("The table", self.path.name, people)
            title.say(("The first rows", STRONG), ("   cell for cell as they are read", QUIET))
            title.say_right((plural(len(table.fields), "{count} column", "{count} columns"), QUIET))
        told = remarks(self.seen, self.whole)
        self.query_one("#remarks-pane").set_class(not told, "-none")
        self._remarks = remarks_text(told, read=self.whole is not None)
        self.call_after_refresh(self.show_remarks)

    def show_remarks(self) -> None:
        """Show what is odd, in as many lines as it needs where the panes are stacked."""
        pane, paper = self.query_one("#remarks-pane"), self.query_one("#remarks", Paper)
        paper.show(self._remarks)
        lines = max(1, min(3, paper.virtual_size.height))
        pane.styles.height = lines + 1 if self.has_class("-narrow") else None

    def on_resize(self) -> None:
        """Remarks are wrapped for the width."""
        self.call_after_refresh(self.show_remarks)

    def _setting(self, key: str) -> Setting:
        decided, table = self.settings.value(key), self.seen.table
        value = decided or self.found.get(key, "")
        note = "by hand" if decided else "found" if value else ""
        shown = label(key, value, table)
        if key == "name" and table:
            if not value:
                return Setting(key, TITLES[key], "no column holds names")
            try:
                sample = sample_name(value, table)
                why = "by hand" if decided else reason_note(table.names_reason)
                note = f"{sample} · {why}" if why else sample
            except CampaignError as error:
                return Setting(key, TITLES[key], shown, note=str(error), missing=True)
        elif key == "email" and table and not value:
            return Setting(key, TITLES[key], "which column?", missing=True)
        elif key == "email" and table and not decided:
            note = reason_note(table.email_reason)
        return Setting(key, TITLES[key], shown, note=note)

    # --- decisions -----------------------------------------------------------------------------------------------

    def decide(self, key: str, value: str) -> None:
        """Take a decision and read the table like this."""
        settings = self.settings.having(key, value)
        if settings == self.settings:
            return
        self.settings = settings
        if key not in ("email", "name"):
            self.found = {known: self.found[known] for known in self.found if known not in ("email", "name")}
        self.action_again()

    @on(SettingsList.Stepped)
    def stepped(self, event: SettingsList.Stepped) -> None:
        """The next way to decide something."""
        values = [choice.value for choice in self.choices(event.key)]
        decided = self.settings.value(event.key)
        if values:
            at = values.index(decided) if decided in values else -1
            self.decide(event.key, values[(at + event.step) % len(values)])

    @on(Rows.Chosen, "#settings")
    def choose(self) -> None:
        """Show all ways to decide something."""
        key = self.query_one(SettingsList).key
        listed = self.choices(key)
        if key == "name" and self.seen.table:
            listed.append(Choice(_WRITTEN, "Write it …", "{{ prenom }} {{ nom }}"))

        def chosen(value: str | None) -> None:
            if value == _WRITTEN:
                self.write_name()
            elif value is not None:
                self.decide(key, value)

        self.app.push_screen(Choose(TITLES[key], listed, self.settings.value(key)), chosen)

    def choices(self, key: str) -> list[Choice]:
        """The ways to decide something."""
        return choices(key, self.seen, self.found)

    def write_name(self) -> None:
        """Ask for a template for the name."""
        table = self.seen.table
        if table is None:
            return

        def written(template: str | None) -> None:
            if template:
                self.decide("name", template.strip())

        question = Ask(
            "The name of a person",
            "Columns in double braces, and words between them. It stands beside the address in the To line.",
            value=self.settings.name or self.found.get("name", ""),
            problem=lambda template: name_problem(template, table),
        )
        self.app.push_screen(question, written)

    def action_confirm(self) -> None:
        """Give back what was decided, or go to what is missing."""
        waits = self._asking and self.whole is None  # the first people alone may leave no doubt
        unread = self.seen.settings != self.settings or not (self.seen.table or self.seen.problem)
        self._confirming = unread or (waits and not self.seen.problem)
        if self._confirming:
            return
        if self.seen.table is None:
            self.complain(self.seen.problem)
        elif not self.seen.table.columns.email:
            self._ask_for_email()
        elif (doubt := name_in_doubt(self.whole or self.seen.table)) and not (self.settings.name or self._name_asked):
            self._name_asked = True
            self._ask(f"{doubt} Choose it, or press Enter again.", "name")
        elif (doubt := sheet_in_doubt(self.seen.table)) and not (self.settings.sheet or self._sheet_asked):
            self._sheet_asked = True
            self._ask(f"{doubt} Choose it, or press Enter again.", "sheet")
        else:
            sheet = self.settings.sheet or (self.seen.table.dialect.sheet if doubt else "")
            self.dismiss(replace(self.settings, sheet=sheet))

    def _ask_for_email(self) -> None:
        self._ask("Say which column holds the e-mail addresses.", "email")

    def _ask(self, question: str, key: str) -> None:
        self.complain(question)
        settings = self.query_one(SettingsList)
        settings.focus()
        settings.show_key(key)


def remarks_text(told: list[tuple[str, str]], *, read: bool) -> Content:
    """What is odd about a table, one remark a line."""
    if not told:
        return line(("✓ ", GOOD), "Every row fits its columns.") if read else Content()
    marks: dict[str, Piece] = {"!": ("! ", CARE), "i": ("i ", QUIET)}
    return Content("\n").join(line(marks[mark], text) for mark, text in told)
