"""A list was sent to everybody: what to do, step by step. Each step can be left, and is found again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical

from mailmerge.campaign.setup.table_setup import SettingChoice
from mailmerge.errors import MailmergeError
from mailmerge.i18n import N_, _, language
from mailmerge.incident import clock
from mailmerge.incident.draft import IncidentDraft, IncidentStep, keep_draft, load_draft, opened_from
from mailmerge.incident.notes import hours_said
from mailmerge.incident.opening import incidents, set_facts
from mailmerge.incident.read.copies import MAIL_SUFFIXES
from mailmerge.incident.record import IncidentRecord
from mailmerge.incident.words import words_of
from mailmerge.tui.content.help_wanted import HELP_WANTED
from mailmerge.tui.content.theme import MUTED, STRONG
from mailmerge.tui.desktop.safe_page import open_page
from mailmerge.tui.dialogs.choose import Choose
from mailmerge.tui.dialogs.file_picker import TABLES
from mailmerge.tui.jobs.jobs import JobDone
from mailmerge.tui.page import Page
from mailmerge.tui.screens.incident.asking import ask_aware, ask_fact, ask_file, ask_folder
from mailmerge.tui.screens.incident.steps import TITLES, StepList, text_of
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.paper import Paper
from mailmerge.tui.widgets.rows import Rows


class IncidentScreen(Page):
    """The steps at the left, one of them at the right; the hours left in the head."""

    HELP = N_("""\
Help, I sent a list to everybody

✓  done      !  now      ·  if there is one

Go through the steps from top to bottom. Everything is kept: leave at any time, and come back from the start page or the
palette. Nothing is sent from here, and the copies of the mail are not changed.

This is not legal advice. Every field that is a judgement stays yours.
""")
    KEYS = (
        ("rows.choose", N_("do it")),
        ("rows.down", N_("step")),
        ("incident.undo", N_("undo")),
        ("incident.others", N_("others")),
        ("incident.new", N_("new")),
        ("incident.back", N_("back")),
        ("page.help", N_("help")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q", "dismiss(None)", N_("Back"), id="incident.back", key_display="esc", tooltip=N_("All is kept")
        ),
        Binding(
            "x",
            "undo",
            N_("Undo the step"),
            id="incident.undo",
            tooltip=N_("Take back the file, the table or the time"),
        ),
        Binding(
            "n", "new", N_("Another incident"), id="incident.new", tooltip=N_("Begin again; what was opened stays")
        ),
        Binding(
            "i", "others", N_("Earlier incidents"), id="incident.others", tooltip=N_("Go on with one opened before")
        ),
        Binding("1", "pane('steps')", N_("Steps"), show=False, id="incident.steps", tooltip=N_("The steps")),
        Binding("2", "pane('step')", N_("Step"), show=False, id="incident.step", tooltip=N_("The text of the step")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.draft = IncidentDraft()

    def body(self) -> ComposeResult:
        """The steps, and one of them."""
        with Container(classes="two-panes"):
            with Vertical(classes="pane list-pane"):
                yield Bar(classes="title", id="steps-title")
                yield StepList(id="steps")
            with Vertical(classes="pane text-pane"):
                yield Bar(classes="title", id="step-title")
                yield Paper(id="step")

    def on_mount(self) -> None:
        """Go on where it was left."""
        self.draft = load_draft(self.program.environment)
        self.fill()
        steps = self.query_one(StepList)
        steps.show_row(steps.first_open())
        steps.focus()
        self.every(60, self.show_time)

    def fill(self) -> None:
        """Show the steps, and one of them."""
        self.query_one("#steps-title", Bar).say((_("Step by step"), STRONG))
        self.show_draft()

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_draft(self) -> None:
        """Show how far everything is."""
        steps = self.query_one(StepList)
        steps.draft = self.draft
        try:
            steps.record = self.draft.record()
        except MailmergeError as error:
            steps.record = None
            self.complain(str(error))
        steps.rows_changed()
        self.show_time()
        self.show_step()

    def show_time(self) -> None:
        """Say in the head how many hours are left, and beside the step until when."""
        record = self.query_one(StepList).record
        self.head(_(HELP_WANTED), hours_said(record, self.program.environment) if record else "")
        deadline = self._deadline(record)
        self.query_one("#step-title", Bar).say_right((deadline, MUTED))

    def _deadline(self, record: IncidentRecord | None) -> str:
        """Until when the authority has to be notified; before the incident is opened, by the time that was typed."""
        words = words_of(language())
        if record is not None:
            return _("until {deadline}").format(deadline=words.moment(record.deadline))
        if not self.draft.aware:
            return ""
        try:
            deadline = clock.aware(self.draft.aware).deadline
        except MailmergeError:
            return ""
        return _("until {deadline}").format(deadline=words.date_time(deadline))

    @on(Rows.Moved, "#steps")
    def show_step(self) -> None:
        """Show the step under the cursor."""
        steps = self.query_one(StepList)
        self.query_one("#step-title", Bar).say((_(TITLES[steps.step]), STRONG))
        self.query_one("#step", Paper).show(text_of(steps.step, self.draft, steps.record))
        self.refresh_bindings()

    # --- what can be done ----------------------------------------------------------------------------------------

    def keep(self, draft: IncidentDraft) -> None:
        """Keep what was gathered, and show it."""
        self.draft = keep_draft(self.program.environment, draft)
        self.tell()
        self.show_draft()

    @on(Rows.Chosen, "#steps")
    @work(group="step", exclusive=True, exit_on_error=False)
    async def chosen(self) -> None:
        """Do the step under the cursor."""
        steps = self.query_one(StepList)
        record = steps.record
        opened = record is not None
        match steps.step:
            case IncidentStep.COPIES | IncidentStep.TABLE | IncidentStep.AWARE | IncidentStep.COUNT if opened:
                self.tell(_("This incident is counted already. n begins another one, with other files."))
            case IncidentStep.COPIES:
                await self._add_copy()
            case IncidentStep.TABLE:
                path = await ask_file(self.app, _("The table of the people"), self.draft, TABLES)
                if path is not None:
                    self.keep(replace(self.draft, table=str(path)))
            case IncidentStep.AWARE:
                aware = await ask_aware(self.app, self.draft, self.program.environment.clock())
                if aware is not None:
                    self.keep(replace(self.draft, aware=aware))
            case IncidentStep.COUNT:
                await self._count()
            case IncidentStep.FACTS if record is not None:
                await self._fill_in(record)
            case IncidentStep.SHEETS if opened:
                self._open_report()
            case IncidentStep.APOLOGIES if opened:
                self.program.go.campaign((Path(self.draft.folder) / "apology" / "campaign.toml",))
            case IncidentStep.FACTS | IncidentStep.SHEETS | IncidentStep.APOLOGIES:
                self.tell(_("First count who saw what (step 4)."))

    async def _add_copy(self) -> None:
        path = await ask_file(self.app, _("The mail that leaked, as .eml, .msg or .mbox"), self.draft, MAIL_SUFFIXES)
        if path is not None:
            self.keep(replace(self.draft, copies=tuple(dict.fromkeys((*self.draft.copies, str(path))))))

    async def _count(self) -> None:
        if not (self.draft.copies and self.draft.aware):
            self.tell(_("First choose the mail (step 1) and say when you became aware of it (step 3)."))
            return
        folder = await ask_folder(self.app, self.draft)
        if folder is not None:
            self.tell((_("Counting …"), MUTED))
            arguments = (self.draft, folder, language(), self.program.environment)
            self.jobs.start_long("count", lambda job: job.run(opened_from, *arguments))

    @on(JobDone)
    def job_done(self, message: JobDone) -> None:
        """Show what was counted, or what the facts have changed."""
        if isinstance(message.event, IncidentDraft):
            self.keep(message.event)
            steps = self.query_one(StepList)
            steps.show_row(steps.items.index(IncidentStep.COUNT))
        else:
            self.show_draft()

    async def _fill_in(self, record: IncidentRecord) -> None:
        facts = await ask_fact(self.app, record)
        if facts is not None:
            folder = Path(self.draft.folder)
            fill_in = partial(set_facts, language=language(), environment=self.program.environment)
            self.jobs.start("facts", partial(fill_in, folder, facts), exclusive=False)

    def _open_report(self) -> None:
        page = (Path(self.draft.folder) / "report.html").absolute()
        self.tell(_("The report is {path}").format(path=page))
        self.jobs.start("report", partial(open_page, page))

    def action_undo(self) -> None:
        """Take back what the step under the cursor has gathered."""
        match self.query_one(StepList).step:
            case IncidentStep.COPIES:
                self.keep(replace(self.draft, copies=self.draft.copies[:-1]))
            case IncidentStep.TABLE:
                self.keep(replace(self.draft, table=""))
            case IncidentStep.AWARE:
                self.keep(replace(self.draft, aware=""))

    def action_new(self) -> None:
        """Begin with another incident."""
        self.keep(IncidentDraft())
        self.query_one(StepList).show_row(0)

    @work(group="others", exclusive=True, exit_on_error=False)
    async def action_others(self) -> None:
        """Go on with an incident that was opened before."""
        folders = incidents(self.program.environment)
        if not folders:
            self.tell(_("No incident was opened here before."))
            return
        choices = [SettingChoice(str(folder), folder.name, str(folder.parent)) for folder in folders]
        folder = await self.app.push_screen_wait(Choose(_("Earlier incidents"), choices, self.draft.folder))
        if folder is not None:
            self.keep(IncidentDraft(folder=folder))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was counted is not taken back."""
        if action == "undo" and self.is_mounted:
            steps = self.query_one(StepList)
            return steps.record is None and steps.step in (IncidentStep.COPIES, IncidentStep.TABLE, IncidentStep.AWARE)
        return super().check_action(action, parameters)

    def on_screen_resume(self) -> None:
        """The campaign may have been gone on with elsewhere."""
        if self.is_mounted:
            self.show_time()
