"""TPL222: a letter says what the table says was decided."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from typing import TYPE_CHECKING

from mailmerge.errors import RenderFailed
from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.rules.tpl.verdicts import LetterVerdict, rank, verdict_of_cell, verdict_of_letter
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.deciding import Deciding
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text.quotes import quotes

if TYPE_CHECKING:
    from mailmerge.letter import Letter
    from mailmerge.model import Recipient

DOC = RuleDoc(
    title=N_("A letter says what the table says was decided."),
    what=N_(
        "A refusal for somebody whose column of decisions says yes, interview, hired or accepted, or good news for "
        "somebody who was refused there. Only a column that says both is read, and only a letter that says one of "
        "them to everybody, or chooses between them by that column."
    ),
    why=N_("The person who was chosen would read that they were not: the filter was forgotten, or turned round."),
    bad=N_('a rejection for everybody in a table whose column "Decision" has Hired for one of them'),
    good=N_("where = \"decision == 'Rejected'\" in campaign.toml"),
    fix=N_("Choose by where who gets this letter, or exclude the people whom it does not concern."),
)
REFUSED = Sentence(
    "tpl222.refused",
    one=N_('{letter} reads as a refusal, but "{header}" says {texts} for {people}'),
    fix=N_(
        'Choose who gets this letter, such as where = "{where}" in campaign.toml; if the column means something else, '
        "no action is needed."
    ),
)
ACCEPTED = Sentence(
    "tpl222.accepted",
    one=N_('{letter} reads as good news, but "{header}" says {texts} for {people}'),
    fix=REFUSED.fix,
)
_SAYS = {LetterVerdict.REFUSED: REFUSED, LetterVerdict.ACCEPTED: ACCEPTED}
CHOSEN_REFUSED = Sentence(
    "tpl222.chosen-refused",
    one=N_('where "{header}" says {texts}, {letter} reads as a refusal: {people} would get it'),
    fix=N_('Check the conditions on "{header}" in {letter}: their texts may have been swapped.'),
)
CHOSEN_ACCEPTED = Sentence(
    "tpl222.chosen-accepted",
    one=N_('where "{header}" says {texts}, {letter} reads as good news: {people} would get it'),
    fix=CHOSEN_REFUSED.fix,
)
_CHOOSES = {LetterVerdict.REFUSED: CHOSEN_REFUSED, LetterVerdict.ACCEPTED: CHOSEN_ACCEPTED}


@rule("TPL222", "against-decision", Severity.WARN, Suppression.WAIVER, Scope.LETTER, DOC)
def against_decision(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """People of whom the table says the contrary of what their letter says."""
    tested = {comparison.field for comparison in letter.comparisons}
    columns = {field: said for field, said in _decided(inspection).items() if field not in tested}
    meant = verdict_of_letter(unescape(" ".join(constant.text for constant in letter.constants))) if columns else None
    if meant is None:
        return
    last = max(columns, key=lambda field: (rank(inspection.table.header(field)), inspection.table.names.index(field)))
    deciding = Deciding(inspection, letter)
    wrong: dict[str, list[int]] = {}
    for record in deciding.records:
        cell = inspection.table.value(record, last)
        said = {columns[field].get(inspection.table.value(record, field)) for field in columns}
        if columns[last].get(cell) not in (None, meant) and meant not in said:
            wrong.setdefault(cell, []).append(record.number)
    if not wrong:
        return
    numbers = tuple(sorted(number for several in wrong.values() for number in several))
    right = [cell for cell, verdict in columns[last].items() if verdict is meant]
    yield RawFinding(
        says=_SAYS[meant],
        values={
            "letter": Quoted(letter.name),
            "header": Quoted(inspection.table.header(last), 40),
            "texts": quotes(wrong),
            "people": inspection.people(numbers),
            "where": Quoted(f"{last} == {right[0]!r}" if len(right) == 1 else f"{last} in {right!r}", 120),
        },
        evidence=(letter.name, last, meant, *sorted(wrong)),
        record=deciding.first(numbers),
        field=last,
        others=numbers[1:],
        affected=numbers,
        letter=letter.name,
        excerpt=next(iter(wrong)),
    )


@also("TPL222", Scope.LETTER)
def against_decision_by_condition(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """The same where the letter chooses its words by a column of decisions: the branches may be exchanged."""
    tested = {comparison.field for comparison in letter.comparisons}
    columns = _decided(inspection) if tested else {}
    wrong: dict[tuple[str, LetterVerdict], dict[str, list[int]]] = {}
    for cells, readers in _readers_by(inspection, letter, tuple(columns)).items():
        said = {field: columns[field].get(cell) for field, cell in zip(columns, cells, strict=True)}
        field = next((field for field in said if field in tested and said[field]), None)
        meant = _read_by(inspection, readers[0]) if field else None
        if field and meant and meant not in said.values():
            known = wrong.setdefault((field, meant), {})
            known.setdefault(cells[tuple(columns).index(field)], []).extend(each.record.number for each in readers)
    for (field, meant), found in wrong.items():
        numbers = tuple(sorted(number for several in found.values() for number in several))
        yield RawFinding(
            says=_CHOOSES[meant],
            values={
                "letter": Quoted(letter.name),
                "header": Quoted(inspection.table.header(field), 40),
                "texts": quotes(found),
                "people": inspection.people(numbers),
            },
            evidence=(letter.name, field, "chosen", meant, *sorted(found)),
            record=inspection.table.record(numbers[0]),
            field=field,
            others=numbers[1:],
            affected=numbers,
            letter=letter.name,
            excerpt=next(iter(found)),
        )


def _readers_by(
    inspection: Inspection, letter: Letter, fields: tuple[str, ...]
) -> dict[tuple[str, ...], list[Recipient]]:
    """Those who get this letter, by their cells of some columns."""
    found: dict[tuple[str, ...], list[Recipient]] = {}
    for recipient in inspection.recipients if fields else ():
        with suppress(RenderFailed):
            if len(inspection.letters) == 1 or inspection.letter_of(recipient) is letter:
                cells = tuple(inspection.table.value(recipient.record, field) for field in fields)
                found.setdefault(cells, []).append(recipient)
    return found


def _read_by(inspection: Inspection, recipient: Recipient) -> LetterVerdict | None:
    """What the letter says to one person."""
    with suppress(RenderFailed):
        return verdict_of_letter(" ".join(inspection.compose(recipient).shape.text.constants))
    return None


def _decided(inspection: Inspection) -> dict[str, dict[str, LetterVerdict]]:
    """The columns of decisions that say both yes and no, and what each of their cells says."""
    found: dict[str, dict[str, LetterVerdict]] = {}
    for position, field in enumerate(inspection.table.names):
        header = inspection.table.header(field)
        if not rank(header):
            continue
        cells = [cell for record in inspection.table.records if (cell := record.values[position]).strip()]
        said = {cell: verdict for cell in dict.fromkeys(cells) if (verdict := verdict_of_cell(cell, header))}
        if len(set(said.values())) == len(LetterVerdict) and 2 * sum(cell in said for cell in cells) >= len(cells):
            found[field] = said
    return found
