"""The steps of an incident, one a row, and what there is to say about each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from textual.content import Content

from mailmerge.i18n import N_, _, ngettext, number
from mailmerge.incident.draft import IncidentDraft, IncidentStep, StepState
from mailmerge.incident.facts import BY_KEY
from mailmerge.incident.mail import CopyNote, FileRemark
from mailmerge.incident.notes import said
from mailmerge.incident.record import IncidentRecord
from mailmerge.tui.content.safe_content import Piece, fit, line, lines
from mailmerge.tui.content.theme import KEY, MUTED, STRONG, SUCCESS, WARNING
from mailmerge.tui.widgets.rows import Rows

TITLES: Mapping[IncidentStep, str] = {
    IncidentStep.COPIES: N_("The mail that leaked"),
    IncidentStep.TABLE: N_("The table of the people"),
    IncidentStep.AWARE: N_("When you became aware"),
    IncidentStep.COUNT: N_("Count who saw what"),
    IncidentStep.FACTS: N_("The facts that only you know"),
    IncidentStep.SHEETS: N_("The report and the forms"),
    IncidentStep.APOLOGIES: N_("The apologies"),
}
_TEXTS: Mapping[IncidentStep, str] = {
    IncidentStep.COPIES: N_(
        "Before anything else: do not reply to all, and do not recall the mail. A recall shows the list again.\n\n"
        "Save the mail as a file: in Outlook drag it out of Sent into a folder (.msg); elsewhere save it as .eml, or"
        " export the mailbox as .mbox. The sender's own copy is the best one, because only it shows who was in Bcc."
    ),
    IncidentStep.TABLE: N_(
        "If the people come from a table, choose it: their titles and names are then known for the apologies. Without"
        " one, the names in the mail are used."
    ),
    IncidentStep.AWARE: N_(
        "The authority has to be notified within 72 hours after you became aware (GDPR article 33). Write down the"
        " time, with its time zone: the clocks may change in between."
    ),
    IncidentStep.COUNT: N_(
        "The copies are read, and a new folder gets the facts, a report, sheets for the forms of the authorities, a row"
        " for the register, a checklist and a campaign of apologies. Nothing is sent."
    ),
    IncidentStep.FACTS: N_(
        "No program can know these. Each stays empty until you fill it in; the sheets and the letter follow."
    ),
    IncidentStep.SHEETS: N_(
        "Tell the management and the data protection officer. Decide on the level of risk. Then fill in the form of the"
        " authority from the sheet, and check it against the live form."
    ),
    IncidentStep.APOLOGIES: N_(
        "Each person gets a letter of their own, with what others could see of theirs. It is checked, looked at and"
        " sent like any other campaign; the letter is yours to change."
    ),
}
_ENTER: Mapping[IncidentStep, str] = {
    IncidentStep.COPIES: N_(
        "Enter adds a file. Add replies to all and notices of non-delivery too. The files are not changed."
    ),
    IncidentStep.TABLE: N_("Enter chooses a table."),
    IncidentStep.AWARE: N_("Enter types it."),
    IncidentStep.COUNT: N_("Enter asks where."),
    IncidentStep.FACTS: N_("Enter chooses one."),
    IncidentStep.SHEETS: N_("Enter opens the report in the browser."),
    IncidentStep.APOLOGIES: N_("Enter opens the campaign."),
}
_DONE_ONCE = frozenset({IncidentStep.COPIES, IncidentStep.TABLE, IncidentStep.AWARE, IncidentStep.COUNT})
"""Steps that an incident which was counted does not take again."""
_MARKS: Mapping[StepState, Piece] = {
    StepState.DONE: ("✓ ", SUCCESS),
    StepState.NOW: ("! ", WARNING),
    StepState.LATER: "  ",
    StepState.OPTIONAL: ("· ", MUTED),
}


class StepList(Rows[IncidentStep]):
    """One step a row."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(list(IncidentStep), id=id)
        self.draft = IncidentDraft()
        self.record: IncidentRecord | None = None

    @property
    def step(self) -> IncidentStep:
        """The step under the cursor."""
        return self.items[self.cursor]

    def first_open(self) -> int:
        """The row of the first step that waits for somebody."""
        states = [self.draft.state_of(step, self.record) for step in self.items]
        return states.index(StepState.NOW) if StepState.NOW in states else 0

    def row(self, index: int, width: int) -> Content:
        """How far it is, and what it is called."""
        step = self.items[index]
        here = "▸ " if index == self.cursor else "  "
        mark = _MARKS[self.draft.state_of(step, self.record)]
        title = f"{index + 1}  {_(TITLES[step])}"
        return line(here, mark, (fit(title, max(0, width - 4)), STRONG if index == self.cursor else ""))


def text_of(step: IncidentStep, draft: IncidentDraft, record: IncidentRecord | None) -> Content:
    """What a step is for, what Enter does while it does something, and what was done there."""
    blocks = [lines(_(_TEXTS[step]))]
    if record is None or step not in _DONE_ONCE:
        blocks.append(lines(_(_ENTER[step])))
    found = list(_facts(step, draft, record))
    if found:
        blocks.append(Content("\n").join(found))
    return Content("\n\n").join(blocks)


def _facts(step: IncidentStep, draft: IncidentDraft, record: IncidentRecord | None) -> list[Content]:
    if step is IncidentStep.COPIES:
        files = [each.file for each in record.evidence] if record else draft.copies
        return [line(("✓ ", SUCCESS), Path(file).name, (f"   {Path(file).parent}", MUTED)) for file in files]
    if step is IncidentStep.TABLE and draft.table:
        return [line(("✓ ", SUCCESS), draft.table)]
    if step is IncidentStep.AWARE and (draft.aware or record):
        return [line(("✓ ", SUCCESS), f"{record.aware} ({record.zone})" if record else draft.aware)]
    if record is None:
        return []
    if step is IncidentStep.COUNT:
        return [line(("✓ ", SUCCESS), Path(draft.folder).as_posix()), *_counts(record)]
    if step is IncidentStep.FACTS:
        return [row for _key, row in _rows(record)]
    if step is IncidentStep.SHEETS:
        return [line((fit(name, 24), KEY), (Path(draft.folder).as_posix(), MUTED)) for name in sorted(record.written)]
    if step is IncidentStep.APOLOGIES:
        return [row for key, row in _rows(record) if key == "signatory"]
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
    remarks = [
        FileRemark(CopyNote(each.note), each.file, each.count) for each in record.remarks if each.note in set(CopyNote)
    ]
    return [*rows, *(line(("! ", WARNING), said(remark)) for remark in remarks)]


def _rows(record: IncidentRecord) -> Iterator[tuple[str, Content]]:
    """Each fact, and whether it is still to be filled in."""
    needed = set(record.open)
    for key, fact in BY_KEY.items():
        value = record.facts.get(key, "")
        mark: Piece = ("✓ ", SUCCESS) if value else ("! ", WARNING) if key in needed else "  "
        yield key, line(mark, _(fact.label), (f"   {value}", MUTED))
