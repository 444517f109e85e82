"""Answering for one finding: who, and why."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from mailmerge.i18n import _
from mailmerge.lint import Finding
from mailmerge.tui.content.finding_text import whole_finding
from mailmerge.tui.content.safe_content import line
from mailmerge.tui.content.theme import MUTED, STRONG, WARNING
from mailmerge.tui.dialogs.ask import CANCEL


class WaiveForm(ModalScreen[tuple[str, str] | None]):
    """Gives back the reason and the name, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [CANCEL]

    def __init__(self, finding: Finding, shortest: int, reason: str = "", by: str = "") -> None:
        super().__init__()
        self._reason, self._by = reason, by
        self._finding = finding
        self._shortest = shortest

    def compose(self) -> ComposeResult:
        """The finding, and two lines to fill in."""
        with Vertical(classes="box"):
            yield Static(line((_("Waive this finding"), STRONG)))
            yield Static(whole_finding(self._finding), classes="explanation")
            yield Static(line((_("Why this is acceptable, for the colleague who approves"), MUTED)))
            example = _("couple sharing one mailbox, confirmed by phone")
            yield Input(self._reason, placeholder=example, id="reason", compact=True)
            yield Static(line((_("Your name"), MUTED)))
            yield Input(self._by, id="by", compact=True)
            yield Static(line((_("Enter goes on, Escape changes nothing."), MUTED)), id="problem")

    @on(Input.Submitted)
    def answered(self, event: Input.Submitted) -> None:
        """Go on to what is missing, or give the answer back."""
        reason = " ".join(self.query_one("#reason", Input).value.split())
        by = " ".join(self.query_one("#by", Input).value.split())
        if len(reason) < self._shortest:
            self._ask("#reason", _("Say a little more: at least {least} characters.").format(least=self._shortest))
        elif not by:
            self._ask("#by", _("Who answers for it?") if event.input.id == "by" else "")
        else:
            self.dismiss((reason, by))

    def _ask(self, where: str, said: str) -> None:
        self.query_one(where).focus()
        if said:
            self.query_one("#problem", Static).update(line(("! ", WARNING), said))
