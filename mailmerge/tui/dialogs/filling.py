"""How the fields of a letter that the table lacks are filled: the choices for each, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from mailmerge.campaign.setup.filling import SIGNATORY, Filled, can_be_left_out, text_problem
from mailmerge.campaign.setup.table_setup import SettingChoice
from mailmerge.i18n import _, pgettext
from mailmerge.letter import Letter
from mailmerge.model import RecordTable
from mailmerge.records.columns.likely import likely_field, likely_fields
from mailmerge.tui.widgets.settings_list import Setting

LATER, NOTHING, TEXT, COLUMN = "later", "nothing", "text:", "column:"
"""What a decision begins with."""


class Filling(Struct, frozen=True):
    """Decisions about missing fields; changed by :meth:`having`."""

    letters: Sequence[Letter]
    table: RecordTable
    decisions: dict[str, str]

    @classmethod
    def begin(cls, letters: Sequence[Letter], table: RecordTable, fields: Sequence[str], signer: str) -> Filling:
        """The likely column for each field, where one is likely; ``signer`` is who signs, where that is known."""
        decisions = {}
        for name in fields:
            near = likely_field(table, name)
            signs = f"{TEXT}{signer}" if signer and name in SIGNATORY else LATER
            decisions[name] = f"{COLUMN}{near.name}" if near else signs
        return cls(letters, table, decisions)

    def having(self, name: str, decision: str) -> Filling:
        """With another decision about a field."""
        return Filling(self.letters, self.table, {**self.decisions, name: decision})

    def choices(self, name: str) -> list[SettingChoice]:
        """The ways to fill a field: columns, the likely ones first, then a text, then without."""
        columns = [
            SettingChoice(f"{COLUMN}{field.name}", self.table.label(field.name), self._first(field.name))
            for field, _grade in likely_fields(self.table, name)
        ]
        others = [SettingChoice(TEXT, _("The same text for everybody …"), _("you type it"))]
        if can_be_left_out(self.letters, name):
            others.append(SettingChoice(NOTHING, _("Leave it out"), _("the letter does without it")))
        return [
            *columns,
            *others,
            SettingChoice(LATER, _("Decide later"), _("it stays a field: add a column of that name")),
        ]

    def setting(self, name: str) -> Setting:
        """One field as a row: what fills it, and the first person's value."""
        decision = self.decisions[name]
        if decision.startswith(COLUMN):
            column = decision.removeprefix(COLUMN)
            value = self._first(column)
            problem = text_problem(self.letters, name, value) if value else ""
            return Setting(
                name,
                name,
                _("column {column}").format(column=self.table.label(column)),
                problem or value,
                missing=bool(problem),
            )
        if decision.startswith(TEXT):
            return Setting(name, name, _("“{text}”").format(text=decision.removeprefix(TEXT)), _("for everybody"))
        if decision == NOTHING:
            return Setting(name, name, pgettext("field", "left out"), _("the letter does without it"))
        return Setting(name, name, _("decide later"), _("not in the table"), missing=True)

    def filled(self) -> Filled:
        """What was decided."""
        columns = {
            name: self.table.label(decision.removeprefix(COLUMN))
            for name, decision in self.decisions.items()
            if decision.startswith(COLUMN)
        }
        texts = {
            name: "" if decision == NOTHING else decision.removeprefix(TEXT)
            for name, decision in self.decisions.items()
            if decision == NOTHING or decision.startswith(TEXT)
        }
        return Filled(columns, texts)

    def _first(self, column: str) -> str:
        return self.table.value(self.table.records[0], column) if self.table.records else ""
