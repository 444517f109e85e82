"""The campaign: everybody at the left, one message at the right, what was found below, the steps above.

The screen owns a session and the controllers that keys are about. Work behind it gives events: the session takes them
in, then the panes concerned are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from mailmerge.campaign.session import (
    CampaignSession,
    CheckDone,
    CheckFailed,
    Compared,
    Exported,
    FilesChanged,
    Opened,
    OpenFailed,
    Ordered,
    RemarksRead,
    RunRead,
    Searched,
    StatesRead,
    ViewedRecalled,
)
from mailmerge.environment import Environment
from mailmerge.errors import MailmergeError, TableUnclear
from mailmerge.i18n import _, listed
from mailmerge.runtime.garbage import settle
from mailmerge.tui.content.message_views import FaceReady
from mailmerge.tui.content.theme import MUTED
from mailmerge.tui.jobs.jobs import JobDone, JobProgress
from mailmerge.tui.page import Page
from mailmerge.tui.screens.campaign import keys
from mailmerge.tui.screens.campaign.decisions import Decisions
from mailmerge.tui.screens.campaign.files import Files
from mailmerge.tui.screens.campaign.filtering import Filtering
from mailmerge.tui.screens.campaign.findings import Findings
from mailmerge.tui.screens.campaign.findings_pane import FindingsPane
from mailmerge.tui.screens.campaign.message_actions import MessageActions, OpenedElsewhere, WhichFile
from mailmerge.tui.screens.campaign.message_pane import MessagePane
from mailmerge.tui.screens.campaign.moving import Moving
from mailmerge.tui.screens.campaign.people_pane import PeoplePane
from mailmerge.tui.screens.campaign.selection import Selection
from mailmerge.tui.screens.campaign.sending import Sending
from mailmerge.tui.screens.campaign.steps import steps
from mailmerge.tui.screens.campaign.viewing import Viewing
from mailmerge.tui.widgets.bars import ChoiceBar, StageStrip
from mailmerge.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from mailmerge.campaign import Campaign


class CampaignScreen(Page):
    """Review every message of a campaign."""

    KEYS = keys.KEYS
    BINDINGS: ClassVar[list[BindingType]] = keys.BINDINGS

    def __init__(self, environment: Environment, sources: Sequence[Path], *, fields_asked: bool = False) -> None:
        """``fields_asked`` is whether what fills missing fields was asked for already."""
        super().__init__()
        self.session = session = CampaignSession(environment, sources)
        self.files = Files(self, session, self.selection)
        self.decisions = Decisions(self, session, self.selection, fields_asked=fields_asked)
        self.message = MessageActions(self, session, self.selection, self.decisions)
        self.viewing = Viewing(self, session, self.show_view, self.one_more_seen)
        self.found = Findings(self, session, self.viewing, self.files)
        self.sending = Sending(self, session, self.selection, self.decisions)
        self.controllers = {
            "files": self.files,
            "filtering": Filtering(self, session, self.decisions),
            "findings": self.found,
            "decisions": self.decisions,
            "message": self.message,
            "moving": Moving(self, session),
            "sending": self.sending,
        }
        self._linted: Campaign | None = None
        self._remembered = self.session.sources
        self._face = "letter"

    def body(self) -> ComposeResult:
        """The strip and three panes."""
        yield StageStrip(id="stages")
        with Container(id="panes"):
            yield PeoplePane(self.session, self.jobs, id="people-pane")
            yield MessagePane(id="message-pane")
        yield FindingsPane(id="findings-pane")

    def on_mount(self) -> None:
        """Read the files behind an empty desk."""
        names = listed(source.name for source in self.session.sources)
        self.head(names)
        self.people.show_reading(names)
        self.query_one(MessagePane).show_title()
        self.findings.show_for(None, None)
        self.show_steps()
        self.people.table.focus()
        self.watch(self.people.table, "cursor", self.other_message, init=False)  # a message would come a frame later
        self.session.watch(lambda event: self.post_message(JobDone("files", event)))
        self.files.read_again()

    def fill(self) -> None:
        """Everything that is known, the same person on screen."""
        review = self.session.review
        number, face = self.viewing.number, self._face
        self.watch(self.people.table, "cursor", self.other_message, init=False)
        self.sending.show_head()
        if review is not None:
            self.people.show_review(review, number)
            self.people.show_search(review.query)
            self.query_one(MessagePane).face = face
            self.viewing.show_person()
        self.show_steps()

    async def speak_again(self) -> None:
        """Keep the face of the message, too."""
        self._face = self.query_one(MessagePane).face
        await super().speak_again()

    def on_unmount(self) -> None:
        """Watch nothing any more, and write down what was seen."""
        self.session.close()

    def offers(self, identifier: str) -> bool:
        """A waiver is offered for what somebody may answer for."""
        return identifier != "campaign.waive" or self.decisions.may_waive(self.findings.rows.current)

    @property
    def people(self) -> PeoplePane:
        """The people and the way among them."""
        return self.query_one(PeoplePane)

    @property
    def findings(self) -> FindingsPane:
        """What the linter found."""
        return self.query_one(FindingsPane)

    @property
    def number(self) -> int:
        """The record on screen; 0 for none."""
        return self.viewing.number

    def selection(self) -> Selection:
        """What keys are about now."""
        view = self.query_one(MessagePane).face
        return Selection(self.people.current, self.number, self.findings.rows.current, view)

    # --- what came from behind the screen ------------------------------------------------------------------------

    @on(JobDone)
    def job_done(self, message: JobDone) -> None:
        """Let the session take it in, and draw what it changes."""
        match message.event:
            case FaceReady() as view:
                self.show_view(view)
            case OpenedElsewhere() | WhichFile() as opened:
                self.message.opened(opened)
            case Opened() | OpenFailed() as event:
                if not self.session.apply(event):  # the campaign became another one meanwhile: the files say which
                    self.files.read_again()
                elif isinstance(event, Opened):
                    self.opened(event)
                else:
                    self.open_failed(event)
            case Searched() as event if event.query != self.people.query_text:
                pass
            case event:
                if self.session.apply(event):  # type: ignore[arg-type]
                    self.draw(event)

    def draw(self, event: object) -> None:
        """Draw what an event changed."""
        match event:
            case CheckDone():
                self.check_done()
            case Searched():
                self.people.show_found(self.number)
            case Ordered():
                self.people.show_ordered()
            case ViewedRecalled():
                self.people.table.rows_changed()
                self.show_steps()
            case StatesRead():
                self.show_steps()
                self.people.marks_changed()
            case Compared():
                self.people.marks_changed()
                self.show_steps()
                self.sending.compared(event)
            case Exported():
                self.sending.exported(event)
            case RunRead():
                self.sending.show_run(event)
            case RemarksRead():
                self.lint(again=True)
            case FilesChanged():
                self.files.changed(event)

    @on(JobProgress)
    def progressed(self, event: JobProgress) -> None:
        """Say how far the linter, or a dry run, is."""
        if event.group == "check":
            self.findings.show_progress(event.done, event.total)
        elif event.group == "export":
            self.tell((_("Writing {done} of {total} …").format(done=event.done, total=event.total), MUTED))

    def failed(self, group: str, error: BaseException | None) -> None:
        """Say calmly what did not work. Without a check nothing can leave, and the screen says so."""
        if group in ("open", "decide") and isinstance(error, MailmergeError):
            self.files.cannot_read(error)
        else:
            super().failed(group, error)
        self.sending.seal_when_checked = False
        if group == "check" and self.session.apply(CheckFailed(self.session.campaign, str(error))):
            self.findings.show_for(self.session.review, self.number)
        elif group == "order":
            self.people.show_title()

    # --- opening and checking ------------------------------------------------------------------------------------

    def opened(self, event: Opened) -> None:
        """Show the first message at once, or the same person after a change; lint behind it."""
        review = self.session.review
        self.sending.show_head()
        self.decisions.opened(event)
        if review is None or event.campaign is event.before:
            return
        self.people.show_review(review, self.number)
        self.show_steps()
        self.viewing.show_person()
        sources = self.session.sources
        self.program.memory.keep_recent(event.campaign.name, sources, review.total, self._remembered)
        self._remembered = sources
        if self.people.current is None:
            self.lint()
        self.sending.leave_seal_page()

    def open_failed(self, event: OpenFailed) -> None:
        """Say why at the start screen, or here where there is something to look at."""
        if self.session.campaign is not None:
            self.files.cannot_read(event.error)
        elif isinstance(event.error, TableUnclear):
            asking = self.program.go.ask_for_column(self.session.sources, event.reason)
            self.run_worker(asking, exclusive=True, exit_on_error=False, group="ask")
        else:
            self.program.go.start(event.reason)

    def lint(self, *, again: bool = False) -> None:
        """Check the campaign behind the screen, once; the first message on screen does not wait for it."""
        campaign = self.session.campaign
        if campaign is not None and (again or campaign is not self._linted):
            self._linted = campaign
            self.jobs.start_long("check", self.session.check)
            self.jobs.start("recall", self.session.recall_viewed)

    def check_done(self) -> None:
        """Mark who has findings."""
        self.sending.compare()
        self.people.table.rows_changed()
        self.show_steps()
        self.found.checked()
        self.sending.go_on_sealing()

    def show_steps(self) -> None:
        """Draw the strip anew."""
        self.query_one(StageStrip).show_stages(steps(self.session))

    # --- the person on screen ------------------------------------------------------------------------------------

    @on(MessagePane.FaceChanged)
    def other_message(self) -> None:
        """Another person, or another face of the same message."""
        self.viewing.show_person()

    @on(PeoplePane.Rearranged)
    def rearranged(self, event: PeoplePane.Rearranged) -> None:
        """Other people are shown."""
        self.tell(event.said)
        self.viewing.show_person()

    def one_more_seen(self) -> None:
        """The message on screen counts as seen."""
        self.people.table.row_changed(self.people.row)
        self.show_steps()

    def show_view(self, view: FaceReady) -> None:
        """Show a message that was composed; the first one is followed by the linter."""
        if self.session.campaign is not self._linted:
            self.call_after_refresh(self.lint)  # not with each message: waiting for the drawing delays it
        if self.viewing.show(view):
            settle()

    # --- findings, and elsewhere ---------------------------------------------------------------------------------

    @on(Rows.Moved, "#findings")
    def finding_moved(self) -> None:
        """Another finding is under the cursor."""
        self.found.show()

    @on(Rows.Chosen, "#findings")
    def finding_chosen(self) -> None:
        """A finding was chosen."""
        self.found.open()

    def action_start(self) -> None:
        """Go to the start screen."""
        self.program.go.start()

    def action_open_attachment(self, index: int) -> None:
        """Open one file of the message on screen: a click on its name."""
        self.message.open_attachment(index)

    @on(ChoiceBar.Chosen, "#stages")
    def step_chosen(self, event: ChoiceBar.Chosen) -> None:
        """A step was clicked."""
        if event.key in "123":
            self.action_pane(("people", "paper", "findings")[int(event.key) - 1])
        else:
            self.sending.send()
