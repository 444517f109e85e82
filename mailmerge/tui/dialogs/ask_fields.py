"""Ask what fills the fields of a letter that the table lacks: a column, one text for everybody, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from mailmerge.campaign.setup.filling import Filled, text_problem
from mailmerge.i18n import N_, _
from mailmerge.letter import Letter
from mailmerge.model import RecordTable
from mailmerge.records.columns.likely import named_field
from mailmerge.text.shown import shorten
from mailmerge.tui.content.safe_content import line, lines
from mailmerge.tui.content.theme import MUTED, STRONG
from mailmerge.tui.dialogs.ask import Ask
from mailmerge.tui.dialogs.choose import Choose
from mailmerge.tui.dialogs.filling import COLUMN, LATER, TEXT, Filling
from mailmerge.tui.widgets.rows import Rows
from mailmerge.tui.widgets.settings_list import SettingsList

_MOST = 10
"""Rows that are shown at once."""


class AskFields(ModalScreen[Filled | None]):
    """Gives back what was decided; None where the person thinks better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", N_("Back"), id="fields.back", tooltip=N_("Decide nothing")),
        Binding("t", "text", N_("A text"), id="fields.text", tooltip=N_("The same text for everybody")),
        Binding("ctrl+s", "confirm", N_("Go on"), id="fields.agree", tooltip=N_("Take these decisions"), priority=True),
    ]

    def __init__(
        self, letters: Sequence[Letter], table: RecordTable, fields: Sequence[str], note: str, signer: str = ""
    ) -> None:
        super().__init__()
        self.filling = Filling.begin(letters, table, fields, signer)
        self._note = note

    def compose(self) -> ComposeResult:
        """One row a field."""
        table = self.filling.table.path.name
        explanation = _("The letter uses these fields, and {table} has no columns of these names.").format(table=table)
        explanation = f"{explanation} {_(self._note)}"
        with Vertical(classes="box"):
            yield Static(line((_("What fills these fields?"), STRONG)))
            yield Static(lines(explanation), classes="explanation")
            yield SettingsList(id="fields", title=18)
            keys = _("◂ ▸ change, Space lists the columns, t a text for everybody, Enter goes on, Escape goes back.")
            yield Static(line((keys, MUTED)))

    def on_mount(self) -> None:
        """Show what is likely."""
        rows = self.query_one(SettingsList)
        rows.styles.height = min(len(self.filling.decisions), _MOST if self.app.size.height > 30 else 6)
        self._show()
        rows.focus()

    def _show(self) -> None:
        filling = self.filling
        self.query_one(SettingsList).show([filling.setting(name) for name in filling.decisions])

    def _decide(self, name: str, decision: str) -> None:
        self.filling = self.filling.having(name, decision)
        self._show()

    @on(SettingsList.Stepped)
    def stepped(self, event: SettingsList.Stepped) -> None:
        """The next way to fill a field; a text is typed, and so is not among them."""
        decided = self.filling.decisions[event.key]
        values = [choice.value for choice in self.filling.choices(event.key) if choice.value != TEXT]
        at = values.index(decided) if decided in values else values.index(LATER)
        self._decide(event.key, values[(at + event.step) % len(values)])

    @on(Rows.Chosen)
    def choose(self) -> None:
        """Show all ways to fill a field."""
        name = self.query_one(SettingsList).key

        def chosen(value: str | None) -> None:
            if value == TEXT:
                self.action_text()
            elif value is not None:
                self._decide(name, value)

        title = _("What fills {name}?").format(name=name)
        self.app.push_screen(Choose(title, self.filling.choices(name), self.filling.decisions[name]), chosen)

    def action_text(self) -> None:
        """Ask for a text that is the same for everybody; the name of a column is that column."""
        name, filling = self.query_one(SettingsList).key, self.filling
        before = filling.decisions[name]

        def typed(text: str | None) -> None:
            if text is None:
                return
            column = named_field(filling.table.fields, text)
            self._decide(name, f"{COLUMN}{column.name}" if column else f"{TEXT}{text.strip()}")

        def problem(text: str) -> str:
            if not text.strip():
                return _("Type a text, or press Escape.")
            if named_field(filling.table.fields, text):
                return ""
            return text_problem(filling.letters, name, text.strip())

        question = Ask(
            _("The same {field} for everybody").format(field=shorten(name, 40)),
            _("It is written into the letter. The name of a column is taken for that column."),
            value=before.removeprefix(TEXT) if before.startswith(TEXT) else "",
            problem=problem,
        )
        self.app.push_screen(question, typed)

    def action_confirm(self) -> None:
        """Give back what was decided."""
        self.dismiss(self.filling.filled())
