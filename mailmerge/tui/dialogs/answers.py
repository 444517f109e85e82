"""Several answers at once, in front of a screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from mailmerge.tui.content.safe_content import line, lines
from mailmerge.tui.content.theme import MUTED, WARNING
from mailmerge.tui.dialogs.ask import CANCEL, QuestionBox


class Answers(QuestionBox[Sequence[str] | None]):
    """Ask several questions; None where the person goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [CANCEL]

    def __init__(
        self,
        title: str,
        explanation: str,
        questions: Sequence[str],
        problem: Callable[[Sequence[str]], str],
        *,
        keys: str,
    ) -> None:
        """``keys`` says what Enter and Escape do."""
        super().__init__(title, explanation)
        self._keys = keys
        self._questions = questions
        self._problem = problem

    def compose(self) -> ComposeResult:
        """The box."""
        with VerticalScroll(classes="box", can_focus=False):
            yield from self.heading()
            for number, question in enumerate(self._questions):
                yield Static(lines(question))
                yield Input(id=f"answer-{number}", compact=True)
            yield Static(line((self._keys, MUTED)), id="problem")

    @on(Input.Submitted)
    def answered(self, event: Input.Submitted) -> None:
        """Go to the next question, or take the answers where they are right."""
        inputs = list(self.query(Input))
        position = inputs.index(event.input)
        if position + 1 < len(inputs):
            inputs[position + 1].focus()
            return
        answers = [each.value for each in inputs]
        if problem := self._problem(answers):
            self.query_one("#problem", Static).update(line(("! ", WARNING), problem))
        else:
            self.dismiss(answers)
