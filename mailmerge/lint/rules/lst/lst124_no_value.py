"""LST124: a cell that is used has a value."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.lint.views.inspection import Inspection, Undecided
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Record, Severity
from mailmerge.records.cells.no_value import NoValue

DOC = RuleDoc(
    title=N_("A cell that is used has a value."),
    what=N_(
        "A cell that says there is no value, such as -, N/A, unknown, TBD, to be completed or [first"
        " name], or that contains only invisible characters, if the letter prints it, greets with it or"
        " depends on it, or if the campaign includes or leaves out somebody by it (where = ...); there a"
        " blank among filled cells counts as well. What it means is judged by the other cells of its column;"
        " where it could be a value, it is a warning."
    ),
    why=N_('A blank cell stops the letter; "Dear N/A," and "the position of -" would be sent.'),
    bad=N_('position = "-", in a column with Accountant and Lawyer'),
    good=N_("NA in a column of country codes; 0 in a column of numbers; - in a column that no letter uses"),
    fix=N_("Fill in the cell; or empty it, and put a condition around the field in the letter."),
)
_FILL_IN = N_('Fill in "{header}"; or empty the cell, and put a condition around the field in the letter.')
SAID = Sentence(
    "lst124.said",
    one=N_('{person} has no value in "{header}": the cell says "{cell}"'),
    fix=_FILL_IN,
    many=N_('{count} people have no value in "{header}": their cells say "{cell}" or the like ({lines})'),
)
UNSEEN = Sentence(
    "lst124.unseen",
    one=N_('{person} has no value in "{header}": the cell contains only invisible characters'),
    fix=_FILL_IN,
    many=N_('{count} people have no value in "{header}": their cells contain only invisible characters ({lines})'),
)
LIKELY = Sentence(
    "lst124.likely",
    one=N_('{person} has "{cell}" in "{header}": this could mean that there is no value'),
    fix=N_('If there is no value, fill in "{header}" or empty the cell; if "{cell}" is right, no action is needed.'),
    many=N_('{count} people have "{cell}" or the like in "{header}": this could mean that there is no value ({lines})'),
)
TESTED = Sentence(
    "lst124.tested",
    one=N_('{person}: a condition in the letter depends on "{header}", where the cell says "{cell}"'),
    fix=N_('Check which text this person would get; then fill in "{header}", or empty the cell.'),
    many=N_(
        'for {count} people a condition in the letter depends on "{header}", where their cells say "{cell}" or the '
        "like ({lines})"
    ),
)
_DECIDED = N_('Fill in "{header}"; or name in the condition what the cell says, if it is right for this person.')
INCLUDED = Sentence(
    "lst124.included",
    one=N_('{person}: where = "{where}" includes them although "{header}" has no value: the cell says "{cell}"'),
    fix=_DECIDED,
    many=N_(
        'where = "{where}" includes {count} people although "{header}" has no value: their cells say "{cell}" or the '
        "like ({lines})"
    ),
)
INCLUDED_BLANK = Sentence(
    "lst124.included-blank",
    one=N_('{person}: where = "{where}" includes them although "{header}" is blank, unlike nearly all other cells'),
    fix=_DECIDED,
    many=N_(
        'where = "{where}" includes {count} people although "{header}" is blank, unlike nearly all other cells '
        "({lines})"
    ),
)
LEFT_OUT = Sentence(
    "lst124.left-out",
    one=N_('where = "{where}" leaves out {people}, although "{header}" has no value: the cell says "{cell}"'),
    fix=N_('Fill in "{header}"; if these people should get no letter, no action is needed.'),
)
LEFT_OUT_BLANK = Sentence(
    "lst124.left-out-blank",
    one=N_('where = "{where}" leaves out {people}, although "{header}" is blank, unlike nearly all other cells'),
    fix=LEFT_OUT.fix,
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


@also("LST124", Scope.TABLE)
def undecided(inspection: Inspection) -> Iterator[RawFinding]:
    """Nobody is included or left out for a cell without a value."""
    left_out: dict[tuple[str, bool], list[Undecided]] = {}
    for each in inspection.settings.undecided:
        if not each.written:
            left_out.setdefault((each.field, each.meaning is None), []).append(each)
            continue
        record = inspection.table.record(each.record)
        cell = inspection.table.value(record, each.field)
        says = INCLUDED_BLANK if each.meaning is None else INCLUDED
        yield RawFinding(
            says=says,
            values=_decided(inspection, each) | {"person": inspection.person(record)},
            evidence=(each.field, cell, says.id, *inspection.who(record)),
            record=record,
            field=each.field,
            excerpt=cell if each.meaning is NoValue.SAID else "",
            severity=None if each.exceptional and each.meaning is not None else Severity.WARN,
            cause=f"{says.id}\x1f{each.field}",
        )
    for (field, is_blank), several in left_out.items():
        numbers = tuple(each.record for each in several)
        people = [inspection.table.record(number) for number in numbers]
        says = LEFT_OUT_BLANK if is_blank else LEFT_OUT
        yield RawFinding(
            says=says,
            values=_decided(inspection, several[0]) | {"people": inspection.people(numbers)},
            evidence=(field, says.id, *sorted("\x1f".join(inspection.who(record)) for record in people)),
            field=field,
            others=numbers,
            severity=Severity.WARN if any(any(map(_says_something, each.cell)) for each in several) else Severity.INFO,
        )


def _says_something(sign: str) -> bool:
    """Whether a sign is more than a line in place of an answer: in a column of crosses "-" is as good as a blank."""
    return sign.isalpha() or sign in "?¿#"


def _decided(inspection: Inspection, each: Undecided) -> dict[str, Value]:
    cell = inspection.table.value(inspection.table.record(each.record), each.field)
    header = Quoted(inspection.table.header(each.field), 40)
    return {"where": Quoted(each.where, 120), "header": header, "cell": Quoted(cell, 40)}


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
            "header": Quoted(inspection.table.label(name), 40),
            "cell": Quoted(cell, 40),
        },
        evidence=(name, cell, says.id, *inspection.who(record)),
        record=record,
        field=name,
        excerpt=cell if meaning is not NoValue.UNSEEN else "",
        severity=None if is_certain else Severity.WARN,
        cause=f"{says.id}\x1f{name}",
    )
