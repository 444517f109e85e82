"""LST124: a cell that is used has a value."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Record, Severity
from mailmerge.records.no_value import NoValue

DOC = RuleDoc(
    title=N_("A cell that is used has a value."),
    what=N_(
        "A cell that says there is no value, such as -, N/A, unknown, TBD, to be completed or [first"
        " name], or that contains only invisible characters, if the letter prints it, greets with it or"
        " depends on it. What it means is judged by the other cells of its column; where it could be a"
        " value, it is a warning."
    ),
    why=N_('A blank cell stops the letter; "Dear N/A," and "the position of -" would be sent.'),
    bad=N_('position = "-", in a column with Accountant and Lawyer'),
    good=N_("NA in a column of country codes; 0 in a column of numbers; - in a column that no letter uses"),
    fix=N_("Fill in the cell; or empty it, and put a condition around the field in the letter."),
)
_FILL_IN = N_('Fill in "{header}"; or empty the cell, and put a condition around the field in the letter.')
SAID = Sentence(
    "lst124.said",
    one=N_('{person} has no value in "{header}": the cell says {cell}'),
    fix=_FILL_IN,
    many=N_('{count} people have no value in "{header}": their cells say {cell} or the like ({lines})'),
)
UNSEEN = Sentence(
    "lst124.unseen",
    one=N_('{person} has no value in "{header}": the cell contains only invisible characters'),
    fix=_FILL_IN,
    many=N_('{count} people have no value in "{header}": their cells contain only invisible characters ({lines})'),
)
LIKELY = Sentence(
    "lst124.likely",
    one=N_('{person} has {cell} in "{header}": this could mean that there is no value'),
    fix=N_('If there is no value, fill in "{header}" or empty the cell; if {cell} is right, no action is needed.'),
    many=N_('{count} people have {cell} or the like in "{header}": this could mean that there is no value ({lines})'),
)
TESTED = Sentence(
    "lst124.tested",
    one=N_('{person}: a condition in the letter depends on "{header}", where the cell says {cell}'),
    fix=N_('Check which text this person would get; then fill in "{header}", or empty the cell.'),
    many=N_(
        'for {count} people a condition in the letter depends on "{header}", where their cells say {cell} or the like '
        "({lines})"
    ),
)
_SAYS = {NoValue.SAID: SAID, NoValue.UNSEEN: UNSEEN, NoValue.LIKELY: LIKELY}


@rule("LST124", "no-value", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def no_value(inspection: Inspection) -> Iterator[RawFinding]:
    """Names, and columns that decide about the letter, have values."""
    uses = inspection.cell_uses
    for name, meanings in inspection.no_values.items():
        decides = name in uses.decides
        if not decides and (name in uses.printed or name not in uses.compared):
            continue
        position = inspection.table.names.index(name)
        for record in inspection.records:
            meaning = meanings.get(record.values[position])
            if meaning is not None and decides:
                yield _found(inspection, record, name, meaning, _SAYS[meaning])
            elif meaning in (NoValue.SAID, NoValue.UNSEEN):
                yield _found(inspection, record, name, meaning, TESTED)


@also("LST124", Scope.MESSAGE)
def printed_no_value(view: MessageView) -> Iterator[RawFinding]:
    """What a message prints is a value."""
    inspection = view.inspection
    if not inspection.no_values:
        return
    done = set(inspection.cell_uses.decides)
    for value, expression in zip(view.message.values, view.message.shape.expressions, strict=True):
        for name in expression.fields.difference(done):
            meanings = inspection.no_values.get(name)
            if meanings is None:
                continue
            cell = inspection.table.value(view.record, name)
            if cell in meanings and cell.casefold() in value.casefold():
                done.add(name)
                yield _found(inspection, view.record, name, meanings[cell], _SAYS[meanings[cell]])


def _found(inspection: Inspection, record: Record, name: str, meaning: NoValue, says: Sentence) -> RawFinding:
    cell = inspection.table.value(record, name)
    is_certain = says in (SAID, UNSEEN)
    return RawFinding(
        says=says,
        values={
            "person": inspection.person(record),
            "header": Quoted(inspection.table.header(name) or name, 40),
            "cell": Quoted(cell, 40),
        },
        evidence=(name, cell, says.id, *inspection.who(record)),
        record=record,
        field=name,
        excerpt=cell if meaning is not NoValue.UNSEEN else "",
        severity=None if is_certain else Severity.WARN,
        cause=f"{says.id}\x1f{name}",
    )
