"""Edit a letter and see, as one types, what the person on screen would get."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static, TextArea

from mailmerge.campaign import Campaign
from mailmerge.errors import LetterError, RenderFailed
from mailmerge.letter import Draft, open_draft
from mailmerge.letter.template import KIND_BY_SUFFIX
from mailmerge.model import SIGNATURE, Recipient
from mailmerge.text import one_line, plural
from mailmerge.tui.editing import FieldChoice, Preview, PreviewRequest, preview
from mailmerge.tui.screens.letter_saving import LetterSaving
from mailmerge.tui.show import line
from mailmerge.tui.theme import CARE, GOOD, QUIET, STRONG
from mailmerge.tui.widgets.bars import Bar, ChoiceBar, Tabs
from mailmerge.tui.widgets.field_menu import FieldMenu
from mailmerge.tui.widgets.letter_area import LetterArea
from mailmerge.tui.widgets.paper import Paper

LARGEST = 300_000
"""Characters that the built-in editor handles without making one wait."""
PAUSE = 0.12
"""Seconds after the last key until the message is drawn anew."""
_FACES = (("letter", "Letter"), ("html", "HTML"))


@dataclass
class Previewed(Message):
    """A text was composed."""

    preview: Preview


class EditorScreen(LetterSaving):
    """One letter, and one person's message of it. Answers whether something was saved."""

    KEYS = (
        ("editor.save", "save"),
        ("editor.fields", "fields"),
        ("editor.problem", "problem"),
        ("editor.next_person", "person"),
        ("editor.leave", "back"),
        ("editor.help", "help"),
    )
    DEFAULT_CSS = """
    EditorScreen #desk { height: 1fr; layout: horizontal; margin-top: 1; }
    EditorScreen.-short #desk { margin-top: 0; }
    EditorScreen #letter-pane { width: 1fr; background: $surface; margin-right: 1; }
    EditorScreen #preview-pane { width: 1fr; background: $surface; }
    EditorScreen #letter { padding: 0 1 0 0; background: $surface; }
    EditorScreen #problem { height: auto; max-height: 3; background: $panel; padding: 0 1; }
    EditorScreen #preview { padding: 0 0 0 2; }
    EditorScreen.-narrow #desk { layout: vertical; }
    EditorScreen.-narrow #letter-pane { height: 3fr; margin-right: 0; }
    EditorScreen.-narrow #preview-pane { height: 2fr; }
    EditorScreen.-narrow #preview { padding: 0 0 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "problem", "Go to the problem", id="editor.problem", tooltip="Put the caret where it is"),
        Binding(
            "f3,alt+down", "person(1)", "Next person", id="editor.next_person", key_display="F2/F3",
            tooltip="The message of the next person who gets this letter",
        ),
        Binding("f2,alt+up", "person(-1)", "Person before", id="editor.person_before", tooltip="The one before"),
        Binding("f4", "face", "Letter or HTML", id="editor.face", tooltip="The other part of the message"),
        Binding("f1", "help", "Help", id="editor.help", key_display="F1", tooltip="Keys and marks of this screen"),
    ]  # fmt: skip

    def __init__(
        self,
        campaign: Campaign,
        recipient: Recipient,
        draft: Draft,
        *,
        first_line: int = 0,
        on_save: Callable[[Path], None] = lambda _: None,
    ) -> None:
        super().__init__(draft, on_save)
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
        on_save: Callable[[Path], None] = lambda _: None,
    ) -> EditorScreen:
        """The editor on the letter of one person, the caret on a line of it (from 1; 0 for the letter's first words).

        ``on_save`` is told the file each time it was written.

        Raises:
            LetterError: it cannot be read as text, or is too large to be edited here.
            RenderFailed: the campaign has no letter for this person.
        """
        draft = open_draft(campaign.letter_of(recipient).path)
        if len(draft.text) > LARGEST:
            raise LetterError(f"{draft.path.name} is too large to be edited here: set EDITOR to a program that can")
        return cls(campaign, recipient, draft, first_line=first_line, on_save=on_save)

    def body(self) -> ComposeResult:
        """The letter, what stands in its way, and the message."""
        menu = FieldMenu(id="fields")
        with Container(id="desk"):
            with Vertical(id="letter-pane"):
                yield Bar(classes="title", id="letter-title")
                yield LetterArea(
                    self.draft.text,
                    menu,
                    markup=KIND_BY_SUFFIX.get(self.draft.path.suffix.lower(), "text"),
                    id="letter",
                )
                yield Static(id="problem")
            with Vertical(id="preview-pane"):
                yield Tabs(classes="title", id="preview-title")
                yield Paper(id="preview")
        yield menu

    def on_mount(self) -> None:
        """Show the letter with the caret where it is wanted, and compose it."""
        self.head(f"Edit {self.draft.path.name}", self.campaign.name)
        self._unchanged = self.area.text
        if self._unchanged != self.draft.text:
            self.tell(("Unusual line separators count as line ends here, and are saved as such.", QUIET))
        self._show_person()
        self.area.go_to_line(self.first_line or self._first_line_of_body())
        self.show_place()
        self._compose_now()

    # --- the message beside it -----------------------------------------------------------------------------------

    @on(TextArea.Changed)
    def typed(self) -> None:
        """Draw the message anew once the keys rest."""
        self.tell()
        self.show_place()
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._compose_now)

    @on(TextArea.SelectionChanged)
    def caret_moved(self) -> None:
        """Say where the caret is."""
        self.show_place()

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
            job = partial(self._compose_behind, request)
            self.run_worker(job, group="preview", thread=True, exit_on_error=False)

    def _compose_behind(self, request: PreviewRequest) -> None:
        self.post_message(Previewed(preview(request)))

    @on(Previewed)
    def previewed(self, event: Previewed) -> None:
        """Show what came of the text; where it was changed meanwhile, compose again."""
        made = event.preview
        self._busy = False
        if made.revision != self._revision:
            self._compose_now()
        self.problems = made.problems
        if made.kind:
            self.area.show_reading(made.kind, made.unknown)
        if made.face is not None:
            self.query_one("#preview", Paper).show(made.face.content, keep_place=True)
        self._made = made
        self._show_problem()

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
            said.update(line(("↑ ↓ choose, Enter puts it in, Escape goes on without.", QUIET)))
            return
        if made is None:
            return
        title = self.query_one("#preview-title", Tabs)
        title.right = line(("as it was before the problem", CARE)) if made.face is None else line()
        shown = self.query_one("#preview", Paper)
        if made.face is None and not shown.text:
            shown.show(line(("The message stands here as soon as the letter can be read.", QUIET)))
        if not made.problems:
            name = made.recipient.name or made.recipient.address
            said.update(line(("✓ ", GOOD), (f"This makes a message for {name}.", QUIET)))
            return
        first, more = made.problems[0], len(made.problems) - 1
        where = f"line {first.line}: " if first.line else ""
        rest = plural(more, "   and {count} more", "   and {count} more") if more else ""
        said.update(line(("! ", CARE), (where, STRONG), first.said, (rest, QUIET)))

    def show_place(self) -> None:
        """Say where the caret is, and whether the letter is saved."""
        row, column = self.area.cursor_location
        state = ("not saved", CARE) if self.unsaved else ("saved", QUIET) if self.saved else ("", "")
        bar = self.query_one("#letter-title", Bar)
        bar.say((self.draft.path.name, STRONG), "   ", state)
        bar.say_right((f"{row + 1}:{column + 1}", QUIET))

    def _show_person(self) -> None:
        table, record = self.campaign.table, self.recipient.record
        signature, columns = self.campaign.signature, self.campaign.columns
        named = [(each, table.header(column), table.value(record, column)) for each, column in columns.items()]
        self.area.fields = [
            *(FieldChoice(*each) for each in named),
            *(FieldChoice(each.name, each.header, table.value(record, each.name)) for each in table.fields),
            *([FieldChoice(SIGNATURE, "the account's", one_line(signature))] if signature else []),
        ]
        title = self.query_one("#preview-title", Tabs)
        title.left = line((self.recipient.name or self.recipient.address or f"Person {record.number}", STRONG))
        title.show_tabs(_FACES, self.face)

    def _first_line_of_body(self) -> int:
        lines = self.area.document.lines
        blank = next((index for index, text in enumerate(lines) if not text.strip()), -1)
        return min(blank + 2, len(lines))

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
        self.tell(("Nobody further gets this letter.", QUIET))

    def _gets_this_letter(self, recipient: Recipient) -> bool:
        try:
            return self.campaign.letter_of(recipient).path == self.draft.path
        except RenderFailed:
            return False

    def action_problem(self) -> None:
        """Put the caret where the problem is."""
        wanted = next((problem.line for problem in self.problems if problem.line), None)
        if wanted is None:
            self.tell(("There is no problem with a line of its own.", QUIET))
        else:
            self.area.go_to_line(wanted)
