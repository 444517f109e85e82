"""Write the letter here: the message is drawn again as one types, for the person that was on screen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from mailmerge.addresses import Mailbox
from mailmerge.campaign import Campaign
from mailmerge.errors import LetterError, RenderFailed
from mailmerge.letter import Draft, open_draft, parse_letter, save_draft
from mailmerge.model import Recipient
from mailmerge.tui.screens.ask import Confirm
from mailmerge.tui.screens.page import Page
from mailmerge.tui.theme import CARE, GOOD, QUIET, STRONG
from mailmerge.tui.widgets.bars import Bar
from mailmerge.tui.widgets.faces import Face, failed_face, letter_face
from mailmerge.tui.widgets.letter_area import LetterArea
from mailmerge.tui.widgets.paper import Paper

_PAUSE = 0.12
"""Seconds without a key before the message is drawn again."""


@dataclass
class Redrawn(Message):
    """The message as the text would make it."""

    text: str
    face: Face | None
    """None where the text is no letter now; the last message stays then."""
    problem: str


class EditorScreen(Page):
    """Gives back whether the letter was saved."""

    KEYS = (
        ("editor.save", "save"),
        ("editor.leave", "back"),
        ("page.help", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="editor.save", tooltip="Save the letter", priority=True),
        Binding("escape", "leave", "Back", id="editor.leave", tooltip="To the review; asks first where not saved"),
        Binding("f1", "help", "Help", id="page.help", tooltip="How a letter is written"),
    ]

    def __init__(self, campaign: Campaign, recipient: Recipient, draft: Draft, sender: Mailbox | None) -> None:
        super().__init__()
        self.campaign = campaign
        self.recipient = recipient
        self.draft = draft
        self.sender = sender
        self._saved = False
        self._timer: Timer | None = None

    @classmethod
    def on_letter(cls, campaign: Campaign, recipient: Recipient, sender: Mailbox | None) -> EditorScreen:
        """The editor on the letter of one person.

        Raises:
            LetterError: it cannot be read as text.
        """
        return cls(campaign, recipient, open_draft(campaign.letter_of(recipient).path), sender)

    def body(self) -> ComposeResult:
        """The letter at the left, the message at the right."""
        with Container(classes="two-panes editor"):
            with Vertical(classes="pane"):
                yield Bar(classes="title", id="letter-title")
                yield LetterArea(self.draft.text, self.campaign.table.names)
            with Vertical(classes="pane"):
                yield Bar(classes="title", id="message-title")
                yield Paper(id="preview")
        yield Bar(id="editor-state")

    def on_mount(self) -> None:
        """Draw the message as it is."""
        self.head(self.draft.path.name, self.campaign.name)
        self.query_one("#letter-title", Bar).say(("Letter", STRONG), (f"  {self.draft.path.name}", QUIET))
        name = self.recipient.name or self.recipient.address
        self.query_one("#message-title", Bar).say(("Message", STRONG), (f"  to {name}", QUIET))
        self.query_one(LetterArea).focus()
        self.redraw()

    @on(TextArea.Changed)
    def typed(self) -> None:
        """Draw the message again, once the person pauses."""
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(_PAUSE, self.redraw)
        self._say(("not saved", CARE) if self.changed else ("saved", QUIET))

    @property
    def changed(self) -> bool:
        """Whether there is something to save."""
        return self.query_one(LetterArea).text != self.draft.text

    def redraw(self) -> None:
        """Make the message in a thread."""
        text = self.query_one(LetterArea).text
        self.run_worker(partial(self._redraw, text), group="draw", thread=True, exclusive=True, exit_on_error=False)

    def _redraw(self, text: str) -> None:
        face: Face | None = None
        problem = ""
        try:
            letter = parse_letter(text, self.draft.path, extra_headers=self.campaign.file.headers)
            values = self.campaign.table.values(self.recipient.record)
            face = letter_face(letter.compose(self.recipient, values), self.sender)
        except LetterError as error:
            problem = str(error).removeprefix(f"{self.draft.path}, ").removeprefix(f"{self.draft.path}: ")
        except RenderFailed as error:
            problem = str(error)
            face = failed_face(problem, error.line, error.expression)
        self.post_message(Redrawn(text, face, problem))

    @on(Redrawn)
    def redrawn(self, event: Redrawn) -> None:
        """Show it, unless more was typed meanwhile."""
        if event.text != self.query_one(LetterArea).text:
            return
        if event.face is not None:
            self.query_one("#preview", Paper).show(event.face.content, keep_place=True)
        if event.problem:
            self._say(("! ", CARE), event.problem)
        else:
            self._say(("not saved", CARE) if self.changed else ("saved", QUIET))

    def _say(self, *pieces: tuple[str, str] | str) -> None:
        self.query_one("#editor-state", Bar).say(*pieces)

    def action_save(self) -> None:
        """Save, unless somebody else changed the file meanwhile."""
        if self.draft.changed_on_disk:
            question = Confirm(
                "The file changed on disk",
                f"{self.draft.path} holds something else now than when it was opened here.",
                yes="Save mine over it",
                no="Keep editing",
            )
            self.app.push_screen(question, lambda yes: self.save() if yes else None)
        else:
            self.save()

    def save(self) -> None:
        """Write the file, in its own encoding."""
        try:
            self.draft = save_draft(self.draft, self.query_one(LetterArea).text)
        except LetterError as error:
            self.complain(str(error))
            return
        self._saved = True
        self._say(("✓ ", GOOD), "saved")

    def action_leave(self) -> None:
        """Back to the review; ask first where something would be lost."""
        if not self.changed:
            self.dismiss(self._saved)
            return
        question = Confirm(
            "Leave without saving?", "What you typed would be lost.", yes="Leave without saving", no="Keep editing"
        )

        def answered(leave: bool | None) -> None:
            if leave:
                self.dismiss(self._saved)

        self.app.push_screen(question, answered)

    def may_leave(self) -> bool:
        """Whether the program may end now; asks where something would be lost."""
        if self.changed:
            self.action_leave()
        return not self.changed
