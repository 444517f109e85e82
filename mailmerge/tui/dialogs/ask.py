"""Small questions in front of a screen: a text, a password, yes or no."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Button, Input, Static

from mailmerge.accounts import Secret
from mailmerge.i18n import N_, _
from mailmerge.tui.content.safe_content import line, lines
from mailmerge.tui.content.theme import MUTED, STRONG, WARNING
from mailmerge.tui.widgets.buttons import Buttons

CANCEL: BindingType = Binding("escape", "dismiss(None)", N_("Cancel"), id="ask.cancel", tooltip=N_("Change nothing"))


class QuestionBox(ModalScreen[ScreenResultType]):
    """A box in front of a screen, with a title and an explanation."""

    DEFAULT_CLASSES = "question"

    def __init__(self, title: str, explanation: str) -> None:
        super().__init__()
        self._title = title
        self._explanation = explanation

    def heading(self) -> ComposeResult:
        """What the box begins with."""
        yield Static(line((self._title, STRONG)))
        yield Static(lines(self._explanation), classes="explanation")


class Ask(QuestionBox[str | None]):
    """Ask for a line of text; None where the person thinks better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [CANCEL]

    def __init__(
        self,
        title: str,
        explanation: str,
        *,
        label: str = "",
        value: str = "",
        problem: Callable[[str], str] = lambda _: "",
    ) -> None:
        super().__init__(title, explanation)
        self._label = label
        self._value = value
        self._problem = problem

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical(classes="box"):
            yield from self.heading()
            if self._label:
                yield Static(line((self._label, MUTED)))
            yield Input(self._value, id="answer", compact=True)
            yield Static(line((_("Enter agrees, Escape changes nothing."), MUTED)), id="problem")
            with Buttons(classes="buttons"):  # for whoever works with the mouse alone
                yield Button(_("OK"), id="agree", compact=True)
                yield Button(_("Cancel"), id="cancel", compact=True)

    @on(Input.Submitted)
    @on(Button.Pressed, "#agree")
    def answered(self) -> None:
        """Take the answer, or say what is wrong with it."""
        answer = self.query_one("#answer", Input).value
        problem = self._problem(answer)
        if problem:
            self.query_one("#problem", Static).update(line(("! ", WARNING), problem))
        else:
            self.dismiss(answer)

    @on(Button.Pressed, "#cancel")
    def cancelled(self) -> None:
        """Change nothing."""
        self.dismiss(None)


class AskSecret(QuestionBox[Secret | None]):
    """Ask for a password: never shown, never kept as text."""

    BINDINGS: ClassVar[list[BindingType]] = [CANCEL]

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical(classes="box"):
            yield from self.heading()
            yield Input(password=True, id="answer", compact=True)
            yield Static(line((_("Enter goes on, Escape changes nothing."), MUTED)))

    @on(Input.Submitted)
    def answered(self, event: Input.Submitted) -> None:
        """Take the password out of the screen."""
        secret = Secret(event.value)
        event.input.clear()
        self.dismiss(secret if secret else None)


class Confirm(QuestionBox[bool]):
    """Ask yes or no; the careful answer has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "dismiss(False)", N_("No"), id="confirm.no", tooltip=N_("Stay as it is")),
        Binding("y", "dismiss(True)", N_("Yes"), id="confirm.yes", tooltip=N_("Do it")),
    ]

    def __init__(self, title: str, explanation: str, *, yes: str, no: str) -> None:
        super().__init__(title, explanation)
        self._yes, self._no = yes, no

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical(classes="box"):
            yield from self.heading()
            with Buttons(classes="buttons"):
                yield Button(Content(self._no), id="no", compact=True)
                yield Button(Content(self._yes), id="yes", compact=True)

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Take the answer."""
        self.dismiss(event.button.id == "yes")
