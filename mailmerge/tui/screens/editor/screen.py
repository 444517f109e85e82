"""Edit a letter and see, as one types, what the person on screen would get."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.timer import Timer
from textual.widgets import Static, TextArea

from mailmerge.campaign import Campaign
from mailmerge.errors import LetterError, RenderFailed
from mailmerge.i18n import N_, _, pgettext
from mailmerge.letter import LetterFile, open_letter_file
from mailmerge.letter.source.template import KIND_BY_SUFFIX
from mailmerge.model import Recipient
from mailmerge.tui.content.safe_content import line
from mailmerge.tui.content.theme import MUTED, STRONG, WARNING
from mailmerge.tui.jobs.jobs import JobDone
from mailmerge.tui.page import Page
from mailmerge.tui.screens.editor import keys
from mailmerge.tui.screens.editor.additions import Additions
from mailmerge.tui.screens.editor.field_menu import FieldMenu, field_choices
from mailmerge.tui.screens.editor.letter_area import LetterArea
from mailmerge.tui.screens.editor.preview import Preview, PreviewProblem, PreviewRequest, preview
from mailmerge.tui.screens.editor.problem_line import nearest_problem, problem_line, where_to_go, with_found
from mailmerge.tui.screens.editor.saving import Saving
from mailmerge.tui.widgets.bars import Bar, ChoiceBar, Tabs
from mailmerge.tui.widgets.paper import Paper

LARGEST = 300_000
"""Characters that the built-in editor handles without making one wait."""
PAUSE = 0.12
"""Seconds after the last key until the message is drawn anew."""
_FACES = (("letter", N_("Letter")), ("html", N_("HTML")))


class EditorScreen(Page):
    """One letter, and one person's message of it. Answers whether something was saved."""

    HELP = keys.HELP
    KEYS = keys.KEYS
    BINDINGS: ClassVar[list[BindingType]] = keys.BINDINGS

    def __init__(
        self,
        campaign: Campaign,
        recipient: Recipient,
        draft: LetterFile,
        *,
        first_line: int = 0,
        found: Sequence[PreviewProblem] = (),
        on_save: Callable[[Path], None] = lambda _: None,
    ) -> None:
        super().__init__()
        self.saving = Saving(self, draft, on_save, self.show_place)
        self.additions = Additions(self, campaign, draft.path, lambda: self._shown_problem.undeclared)
        self.controllers = {"saving": self.saving, "additions": self.additions}
        self.problems: tuple[PreviewProblem, ...] = ()
        """What stands in the way of the letter as it is now."""
        self._found, self._found_in = tuple(found), draft.text
        self.campaign = campaign
        self.recipient = recipient
        self.first_line = first_line
        self.face = "letter"
        self._made: Preview | None = None
        self._revision = 0
        self._busy = False
        self._pause: Timer | None = None

    @classmethod
    def on_letter(
        cls,
        campaign: Campaign,
        recipient: Recipient,
        *,
        first_line: int = 0,
        found: Sequence[PreviewProblem] = (),
        on_save: Callable[[Path], None] = lambda _: None,
    ) -> EditorScreen:
        """The editor on the letter of one person, the caret on a line of it (from 1; 0 for the letter's first words).

        ``on_save`` is told the file each time it was written.

        Raises:
            LetterError: it cannot be read as text, or is too large to be edited here.
            RenderFailed: the campaign has no letter for this person.
        """
        draft = open_letter_file(campaign.letter_of(recipient).path)
        if len(draft.text) > LARGEST:
            raise LetterError(
                N_("{name} is too large to be edited here: set EDITOR to a program that can"), name=draft.path.name
            )
        return cls(campaign, recipient, draft, first_line=first_line, found=found, on_save=on_save)

    @property
    def draft(self) -> LetterFile:
        """The letter, as it was opened or saved."""
        return self.saving.draft

    @property
    def area(self) -> LetterArea:
        """The letter's source."""
        return self.query_one(LetterArea)

    def may_leave(self) -> bool:
        """Whether the program may end now; asks where something is not saved."""
        return self.saving.may_leave()

    def body(self) -> ComposeResult:
        """The letter, what stands in its way, and the message."""
        menu = FieldMenu(id="fields")
        with Container(id="desk"):
            with Vertical(id="letter-pane", classes="titled"):
                yield Bar(classes="title", id="letter-title")
                yield LetterArea(
                    self.draft.text,
                    menu,
                    markup=KIND_BY_SUFFIX.get(self.draft.path.suffix.lower(), "text"),
                    id="letter",
                )
                yield Static(id="problem")
            with Vertical(id="preview-pane", classes="titled"):
                yield Tabs(classes="title", id="preview-title")
                yield Paper(id="preview")
        yield menu

    def on_mount(self) -> None:
        """Show the letter with the caret where it is wanted, and compose it."""
        if not self.saving.begin():
            self.tell((_("Unusual line separators count as line ends here, and are saved as such."), MUTED))
        self.fill()
        self.area.go_to_line(self.first_line or self.area.first_line_of_body)
        self.show_place()
        self._compose_now()

    def fill(self) -> None:
        """What the letter is called, and whose message is beside it."""
        self.head(_("Edit {file}").format(file=self.draft.path.name), self.campaign.name)
        self._show_person()

    async def speak_again(self) -> None:
        """What was typed stays, the caret where it was."""
        text, caret = self.area.text, self.area.cursor_location
        await super().speak_again()
        if self.area.text != text:
            self.area.text = text
        self.area.move_cursor(caret)
        self._compose_now()

    # --- the message beside it -----------------------------------------------------------------------------------

    @on(TextArea.Changed)
    def typed(self) -> None:
        """Draw the message anew once the keys rest."""
        self.tell()
        self.show_place()
        if self._pause:
            self._pause.stop()
        self._pause = self.after(PAUSE, self._compose_now)

    @on(TextArea.SelectionChanged)
    def caret_moved(self) -> None:
        """Say where the caret is, and what is wrong there."""
        self.show_place()
        if len(self.known_problems) > 1:
            self._show_problem()

    def _compose_now(self) -> None:
        """Compose the text in a thread, one text at a time: a slow letter never piles up."""
        self._revision += 1
        if not self._busy:
            self._busy = True
            request = PreviewRequest(
                revision=self._revision,
                text=self.area.text,
                path=self.draft.path,
                extra_headers=self.campaign.file.headers,
                table=self.campaign.table,
                recipient=self.recipient,
                sender=self.campaign.sender,
                face=self.face,
                signature=self.campaign.signature,
                columns=self.campaign.columns,
            )
            self.jobs.start("preview", partial(preview, request), exclusive=False)

    @on(JobDone)
    def previewed(self, message: JobDone) -> None:
        """Show what came of the text; where it was changed meanwhile, compose again."""
        made = message.event
        if not isinstance(made, Preview):
            return
        self._busy = False
        if made.revision != self._revision:
            self._compose_now()
        self.problems, self.saving.broken = made.problems, bool(made.problems)
        if made.kind:
            self.area.show_reading(made.kind, made.unknown)
        if made.face is not None:
            face = made.face
            self.query_one("#preview", Paper).show(face.content, keep_place=True, head=face.head, names=face.names)
        self._made = made
        self._show_problem()
        self.refresh_bindings()

    def failed(self, group: str, error: BaseException | None) -> None:
        """A composition that failed is over."""
        if group == "preview":
            self._busy = False
        super().failed(group, error)

    @on(FieldMenu.Turned)
    def _show_problem(self) -> None:
        """Say what stands in the way, and not while a field is being named."""
        made, said = self._made, self.query_one("#problem", Static)
        if self.query_one(FieldMenu).is_open:
            said.update(line((_("↑ ↓ choose, Enter inserts it, Escape goes on without."), MUTED)))
            return
        if made is None:
            return
        note = _("as it was before the problem") if made.face is None else ""
        self.query_one("#preview-title", Tabs).say_right((note, WARNING))
        shown = self.query_one("#preview", Paper)
        if made.face is None and not shown.text:
            shown.show(line((_("The preview appears once the letter is valid."), MUTED)))
        checked = self.area.text == self._found_in
        said.update(problem_line(made, self.known_problems, self._shown_problem, checked=checked))

    @property
    def known_problems(self) -> Sequence[PreviewProblem]:
        """What is in the way, and what the check found in the very text that is here."""
        return with_found(self.problems, self._found) if self.area.text == self._found_in else self.problems

    @property
    def _shown_problem(self) -> PreviewProblem:
        """The problem on the caret's line before any other."""
        return nearest_problem(self.known_problems, self.area.cursor_location[0] + 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that have nothing to do now are not shown."""
        if parameters == ("additions.enter_field",):
            return self.is_mounted and bool(self._shown_problem.undeclared)
        return super().check_action(action, parameters)

    def show_place(self) -> None:
        """Say where the caret is, and whether the letter is saved."""
        row, column = self.area.cursor_location
        state = (
            (pgettext("letter", "not saved"), WARNING)
            if self.saving.unsaved
            else (pgettext("letter", "saved"), MUTED)
            if self.saving.saved
            else ("", "")
        )
        bar = self.query_one("#letter-title", Bar)
        bar.say((self.draft.path.name, STRONG), "   ", state)
        bar.say_right((f"{row + 1}:{column + 1}", MUTED))

    def _show_person(self) -> None:
        record = self.recipient.record
        self.area.fields = field_choices(self.campaign, record)
        title = self.query_one("#preview-title", Tabs)
        who = self.recipient.name or self.recipient.address or _("Person {number}").format(number=record.number)
        title.say((who, STRONG))
        title.show_tabs([(key, _(name)) for key, name in _FACES], self.face)

    # --- what one can do -----------------------------------------------------------------------------------------

    @on(FieldMenu.Chosen)
    def field_chosen(self) -> None:
        """A field was clicked."""
        self.area.put_in()

    @on(ChoiceBar.Chosen, "#preview-title")
    def face_chosen(self, event: ChoiceBar.Chosen) -> None:
        """A tab was clicked."""
        event.stop()
        if event.key != self.face:
            self.action_face()

    def action_face(self) -> None:
        """Show the other part of the message."""
        self.face = "letter" if self.face == "html" else "html"
        self._show_person()
        self._compose_now()

    def action_person(self, step: int) -> None:
        """Show the next person who gets this letter."""
        people = self.campaign.recipients
        numbers = [record.number for record in people.records]
        at = numbers.index(self.recipient.record.number) + step
        while 0 <= at < len(people):
            if self._gets_this_letter(people[at]):
                self.recipient = people[at]
                self._show_person()
                self._compose_now()
                return
            at += step
        self.tell((_("No one else gets this letter."), MUTED))

    def _gets_this_letter(self, recipient: Recipient) -> bool:
        try:
            return self.campaign.letter_of(recipient).path == self.draft.path
        except RenderFailed:
            return False

    def action_problem(self) -> None:
        """Put the caret where the problem is."""
        wanted, otherwise = where_to_go(self.known_problems)
        if wanted is None:
            self.tell((otherwise, MUTED))
        else:
            self.area.go_to_line(wanted)
