"""How the table was read, before anything is done with it: shown, and changed where it is not right."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content

from mailmerge.campaign.setup.table_setup import (
    TITLES,
    CountedTable,
    SettingChoice,
    TableLook,
    TableSettings,
    choices,
    count,
    found_in,
    look,
    name_in_doubt,
    name_problem,
    remarks,
    sheet_in_doubt,
)
from mailmerge.i18n import N_, _, plural
from mailmerge.model import RecordTable
from mailmerge.tui.content.theme import MUTED, STRONG
from mailmerge.tui.dialogs.ask import Ask
from mailmerge.tui.dialogs.choose import Choose
from mailmerge.tui.jobs.jobs import JobDone
from mailmerge.tui.page import Page
from mailmerge.tui.screens.table.first_rows import FirstRows, TablePreview
from mailmerge.tui.screens.table.table_text import remarks_text, setting
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.paper import Paper
from mailmerge.tui.widgets.rows import Rows
from mailmerge.tui.widgets.settings_list import SettingsList

_WRITTEN = "\x00written"
"""Among the choices: a template for the name is typed."""


class TableScreen(Page):
    """Gives back the :class:`TableSettings` that were agreed to, or nothing."""

    HELP = N_("""\
How the table is read

Nothing in the file is changed: this is how it is understood. Compare the rows below with what your spreadsheet
shows. Wrong accents are the encoding; everything in one column is the delimiter; a title above the names of the
columns is the header line.

What is found by itself stays found; only what you change here is written into campaign.toml.
""")
    KEYS = (
        ("settings.next", N_("change")),
        ("preview.right", N_("columns")),
        ("settings.list", N_("list")),
        ("settings.confirm", N_("go on")),
        ("preview.confirm", N_("go on")),
        ("mapping.back", N_("back")),
        ("mapping.again", N_("read again")),
        ("page.help", N_("help")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q",
            "dismiss(None)",
            N_("Back"),
            id="mapping.back",
            key_display="esc",
            tooltip=N_("Choose another table"),
        ),
        Binding(
            "r", "again", N_("Read again"), id="mapping.again", tooltip=N_("Read the file again, after it was saved")
        ),
        Binding(
            "1", "pane('settings')", N_("Settings"), show=False, id="mapping.settings", tooltip=N_("How it is read")
        ),
        Binding("2", "pane('first-rows')", N_("Rows"), show=False, id="mapping.rows", tooltip=N_("The first rows")),
        Binding(
            "3", "pane('remarks')", N_("Remarks"), show=False, id="mapping.remarks", tooltip=N_("What is worth a look")
        ),
    ]

    def __init__(self, path: Path, settings: TableSettings | None = None, *, asking: bool = False) -> None:
        """``asking`` is whether the e-mail column cannot be found without being asked for."""
        super().__init__()
        self._asking = asking
        self._name_asked = self._sheet_asked = False
        self.path = path
        self.settings = settings or TableSettings()
        self.seen = TableLook(self.settings)
        self.whole: RecordTable | None = None
        self.found: dict[str, str] = {}
        self._confirming = False
        self._remarks = Content()

    def body(self) -> ComposeResult:
        """How it is read and what is odd about it, above the rows."""
        with Container(id="how"):
            with Vertical(id="settings-pane", classes="titled"):
                yield Bar(classes="title")
                yield SettingsList(id="settings")
            with Vertical(classes="titled -none", id="remarks-pane"):
                yield Bar(classes="title")
                yield Paper(id="remarks")
        with Vertical(id="rows-pane", classes="titled"):
            yield Bar(classes="title")
            yield TablePreview(id="preview")

    def on_mount(self) -> None:
        """Read the file."""
        self.fill()
        self.query_one(SettingsList).focus()
        self.action_again()

    def fill(self) -> None:
        """The titles, and what is known."""
        self.query_one("#settings-pane > Bar", Bar).say((_("How it is read"), STRONG))
        self.query_one("#remarks-pane > Bar", Bar).say((_("Worth a look"), STRONG))
        self.show()

    def action_again(self) -> None:
        """Read the file with these settings."""
        self.whole = None
        self.jobs.start("look", partial(look, self.path, self.settings))

    # --- what was read -------------------------------------------------------------------------------------------

    @on(JobDone)
    def job_done(self, message: JobDone) -> None:
        """Show what was read: the first people at once, then everybody."""
        match message.event:
            case TableLook() as seen:
                self.looked(seen)
            case CountedTable() as event:
                self.counted(event)

    def looked(self, seen: TableLook) -> None:
        """Show the first people, unless something else was decided meanwhile."""
        if seen.settings != self.settings:
            return
        self.seen = seen
        if seen.table:
            self.jobs.start("look", partial(count, self.path, seen))
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

    def counted(self, event: CountedTable) -> None:
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
        settings.show([setting(key, self.settings, self.seen, self.found) for key in self.seen.keys])
        self.query_one(TablePreview).show(self.seen.table)
        if self.seen.table:
            self.query_one(FirstRows).show_column(self.seen.table.columns.email)
        self.show_facts()

    def show_facts(self) -> None:
        """The head, the remarks and the title above the rows."""
        table, title = self.whole or self.seen.table, self.query_one("#rows-pane > Bar", Bar)
        if table is None:
            self.head(_("The table"), self.path.name)
            title.say(
                (_("Rows"), STRONG),
                ("   " + _("cannot be read with these settings") if self.seen.problem else "", MUTED),
            )
            title.say_right()
        else:
            total = len(table.records)
            people = plural(total, "{count} person", "{count} people") if self.whole else "…"
            self.head(_("The table"), self.path.name, people)
            title.say((_("The first rows"), STRONG), ("   " + _("cell for cell as they are read"), MUTED))
            title.say_right((plural(len(table.fields), "{count} column", "{count} columns"), MUTED))
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
            listed.append(SettingChoice(_WRITTEN, _("Write it …"), "{{ prenom }} {{ nom }}"))

        def chosen(value: str | None) -> None:
            if value == _WRITTEN:
                self.write_name()
            elif value is not None:
                self.decide(key, value)

        self.app.push_screen(Choose(_(TITLES[key]), listed, self.settings.value(key)), chosen)

    def choices(self, key: str) -> list[SettingChoice]:
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
            _("The name of a person"),
            _("Columns in double braces, and words between them. It is shown beside the address in the To line."),
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
            self._ask(_("{doubt} Choose it, or press Enter again.").format(doubt=doubt), "name")
        elif (doubt := sheet_in_doubt(self.seen.table)) and not (self.settings.sheet or self._sheet_asked):
            self._sheet_asked = True
            self._ask(_("{doubt} Choose it, or press Enter again.").format(doubt=doubt), "sheet")
        else:
            sheet = self.settings.sheet or (self.seen.table.dialect.sheet if doubt else "")
            self.dismiss(replace(self.settings, sheet=sheet))

    def _ask_for_email(self) -> None:
        self._ask(_("Say which column holds the e-mail addresses."), "email")

    def _ask(self, question: str, key: str) -> None:
        self.complain(question)
        settings = self.query_one(SettingsList)
        settings.focus()
        settings.show_key(key)
