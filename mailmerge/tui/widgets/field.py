"""One field of a form: its label, what is filled in, and what is wrong with it, beside it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from mailmerge.tui.content.safe_content import line
from mailmerge.tui.content.theme import MUTED, WARNING


class FormField(Vertical):
    """A label, a widget, and below it a line that is there only when there is something to say."""

    DEFAULT_CSS = """
    FormField { height: auto; margin: 0 0 1 0; }
    FormField Horizontal { height: auto; }
    FormField .label { width: 18; }
    FormField .said { display: none; padding-left: 19; height: auto; }
    FormField.-said .said { display: block; }
    """

    def __init__(self, label: str, widget: Widget, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._label = label
        self._widget = widget

    def compose(self) -> ComposeResult:
        """Label and widget side by side."""
        with Horizontal():
            yield Static(line((self._label, MUTED)), classes="label")
            yield self._widget
        yield Static(classes="said")

    def hint(self, said: str) -> None:
        """Say something helpful below the field."""
        self._say(said, wrong=False)

    def complain(self, problem: str) -> None:
        """Say what is wrong, and go to the field."""
        self._say(problem, wrong=True)
        self._widget.focus()
        self.call_after_refresh(self.scroll_visible, animate=False)

    def _say(self, said: str, *, wrong: bool) -> None:
        self.set_class(bool(said), "-said")
        self.set_class(wrong, "-wrong")
        self.query_one(".said", Static).update(line(("! ", WARNING), said) if wrong else line((said, MUTED)))
