"""The steps of an incident, one a row, and what there is to say about each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from textual.content import Content

from mailmerge.i18n import N_, _, ngettext, number
from mailmerge.incident.draft import Draft, State, Step
from mailmerge.incident.facts import BY_KEY
from mailmerge.incident.mail import Note, Remark
from mailmerge.incident.notes import said
from mailmerge.incident.record import IncidentRecord
from mailmerge.tui.content.safe_content import Piece, fit, line, lines
from mailmerge.tui.content.theme import KEY, MUTED, STRONG, SUCCESS, WARNING
from mailmerge.tui.widgets.rows import Rows

TITLES: Mapping[Step, str] = {
    Step.COPIES: N_("The mail that leaked"),
    Step.TABLE: N_("The table of the people"),
    Step.AWARE: N_("When you became aware"),
    Step.COUNT: N_("Count who saw what"),
    Step.FACTS: N_("The facts that only you know"),
    Step.SHEETS: N_("The report and the forms"),
    Step.APOLOGIES: N_("The apologies"),
}
_TEXTS: Mapping[Step, str] = {
    Step.COPIES: N_(
        "Before anything else: do not reply to all, and do not recall the mail. A recall shows the list again.\n\n"
        "Save the mail as a file: in Outlook drag it out of Sent into a folder (.msg); elsewhere save it as .eml, or"
        " export the mailbox as .mbox. The sender's own copy is the best one, because only it shows who was in Bcc."
    ),
    Step.TABLE: N_(
        "If the people come from a table, choose it: their titles and names are then known for the apologies. Without"
        " one, the names in the mail are used."
    ),
    Step.AWARE: N_(
        "The authority has to be notified within 72 hours after you became aware (GDPR article 33). Write down the"
        " time, with its time zone: the clocks may change in between."
    ),
    Step.COUNT: N_(
        "The copies are read, and a new folder gets the facts, a report, sheets for the forms of the authorities, a row"
        " for the register, a checklist and a campaign of apologies. Nothing is sent."
    ),
    Step.FACTS: N_(
        "No program can know these. Each stays empty until you fill it in; the sheets and the letter follow."
    ),
    Step.SHEETS: N_(
        "Tell the management and the data protection officer. Decide on the level of risk. Then fill in the form of the"
        " authority from the sheet, and check it against the live form."
    ),
    Step.APOLOGIES: N_(
        "Each person gets a letter of their own, with what others could see of theirs. It is checked, looked at and"
        " sent like any other campaign; the letter is yours to change."
    ),
}
_ENTER: Mapping[Step, str] = {
    Step.COPIES: N_(
        "Enter adds a file. Add replies to all and notices of non-delivery too. The files are not changed."
    ),
    Step.TABLE: N_("Enter chooses a table."),
    Step.AWARE: N_("Enter types it."),
    Step.COUNT: N_("Enter asks where."),
    Step.FACTS: N_("Enter chooses one."),
    Step.SHEETS: N_("Enter opens the report in the browser."),
    Step.APOLOGIES: N_("Enter opens the campaign."),
}
_DONE_ONCE = frozenset({Step.COPIES, Step.TABLE, Step.AWARE, Step.COUNT})
"""Steps that an incident which was counted does not take again."""
_MARKS: Mapping[State, Piece] = {
    State.DONE: ("✓ ", SUCCESS),
    State.NOW: ("! ", WARNING),
    State.LATER: "  ",
    State.OPTIONAL: ("· ", MUTED),
}


class StepList(Rows[Step]):
    """One step a row."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(list(Step), id=id)
        self.draft = Draft()
        self.record: IncidentRecord | None = None

    @property
    def step(self) -> Step:
        """The step under the cursor."""
        return self.items[self.cursor]

    def first_open(self) -> int:
        """The row of the first step that waits for somebody."""
        states = [self.draft.state_of(step, self.record) for step in self.items]
        return states.index(State.NOW) if State.NOW in states else 0

    def row(self, index: int, width: int) -> Content:
        """How far it is, and what it is called."""
        step = self.items[index]
        here = "▸ " if index == self.cursor else "  "
        mark = _MARKS[self.draft.state_of(step, self.record)]
        title = f"{index + 1}  {_(TITLES[step])}"
        return line(here, mark, (fit(title, max(0, width - 4)), STRONG if index == self.cursor else ""))


def text_of(step: Step, draft: Draft, record: IncidentRecord | None) -> Content:
    """What a step is for, what Enter does while it does something, and what was done there."""
    blocks = [lines(_(_TEXTS[step]))]
    if record is None or step not in _DONE_ONCE:
        blocks.append(lines(_(_ENTER[step])))
    found = list(_facts(step, draft, record))
    if found:
        blocks.append(Content("\n").join(found))
    return Content("\n\n").join(blocks)


def _facts(step: Step, draft: Draft, record: IncidentRecord | None) -> list[Content]:
    if step is Step.COPIES:
        files = [each.file for each in record.evidence] if record else draft.copies
        return [line(("✓ ", SUCCESS), Path(file).name, (f"   {Path(file).parent}", MUTED)) for file in files]
    if step is Step.TABLE and draft.table:
        return [line(("✓ ", SUCCESS), draft.table)]
    if step is Step.AWARE and (draft.aware or record):
        return [line(("✓ ", SUCCESS), f"{record.aware} ({record.zone})" if record else draft.aware)]
    if record is None:
        return []
    if step is Step.COUNT:
        return [line(("✓ ", SUCCESS), Path(draft.folder).as_posix()), *_counts(record)]
    if step is Step.FACTS:
        return _filled(record)
    if step is Step.SHEETS:
        return [line((fit(name, 24), KEY), (Path(draft.folder).as_posix(), MUTED)) for name in sorted(record.written)]
    return []


def _counts(record: IncidentRecord) -> list[Content]:
    exposed = ngettext("{count} person exposed", "{count} people exposed", record.exposed)
    disclosures = ngettext("{count} disclosure", "{count} disclosures", record.disclosures)
    answers = ngettext("{count} reply to all", "{count} replies to all", len(record.answers))
    returned = ngettext("{count} copy came back", "{count} copies came back", record.bounced)
    counts = (
        (exposed, record.exposed),
        (disclosures, record.disclosures),
        (answers, len(record.answers)),
        (returned, record.bounced),
    )
    rows = [line((sentence.format(count=number(count)), STRONG)) for sentence, count in counts]
    remarks = [Remark(Note(each.note), each.file, each.count) for each in record.remarks if each.note in set(Note)]
    return [*rows, *(line(("! ", WARNING), said(remark)) for remark in remarks)]


def _filled(record: IncidentRecord) -> list[Content]:
    needed = set(record.open)
    rows = []
    for key, fact in BY_KEY.items():
        value = record.facts.get(key, "")
        mark: Piece = ("✓ ", SUCCESS) if value else ("! ", WARNING) if key in needed else "  "
        rows.append(line(mark, _(fact.label), (f"   {value}", MUTED)))
    return rows
