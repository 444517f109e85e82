"""LST114: names look like names, and addresses like addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.rules.lst.moved_cells import moved_rows
from mailmerge.lint.rules.lst.remarks_in_names import has_remark
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Record, Severity
from mailmerge.text.regex import regex

DOC = RuleDoc(
    title=N_("Names look like names, and addresses like addresses."),
    what=N_(
        "An @, a digit or a remark in a name, or no @ in the e-mail column; a row whose numbers, dates and codes are "
        "all in the next column."
    ),
    why=N_("One cell too many in a row moves every value into the next column."),
    bad=N_('name = "john@x.example", email = "Bridges"'),
    good=N_("Louis II; IUT 2 Grenoble; a column in which most names have a number"),
    fix=N_("Move the cells of the row back."),
)
_CORRECT = N_('Correct the cell in "{header}", or move the cells of this row back into their columns.')
_MOVE = N_("Move the cells of this row back into their columns, or correct them.")
_MANY_NAMES = N_('{count} people have an @ or a digit in "{header}" ({lines})')
AT = Sentence("lst114.at", one=N_('{person} has an @ in "{header}": {cell}'), fix=_CORRECT, many=_MANY_NAMES)
DIGIT = Sentence("lst114.digit", one=N_('{person} has a digit in "{header}": {cell}'), fix=_CORRECT, many=_MANY_NAMES)
REMARK = Sentence(
    "lst114.remark",
    one=N_('{person} has a remark beside the name in "{header}": {cell}'),
    fix=N_('Leave nothing but the name in "{header}"; a remark goes into a column of its own.'),
    many=N_('{count} people have a remark beside the name in "{header}" ({lines})'),
)
NO_AT = Sentence(
    "lst114.no-at",
    one=N_('{person} has no @ in "{header}": {cell}'),
    fix=_CORRECT,
    many=N_('{count} people have no @ in "{header}" ({lines})'),
)
TWO = Sentence(
    "lst114.two",
    one=N_('{person} has values that do not fit their columns: {cell} in "{header}" and {other} in "{other_header}"'),
    fix=_MOVE,
    many=N_('{count} people have values that do not fit the columns "{header}" and "{other_header}" ({lines})'),
)
SEVERAL = Sentence(
    "lst114.several",
    one=N_(
        '{person} has {number} values that do not fit their columns, such as {cell} in "{header}" and {other} in '
        '"{other_header}"'
    ),
    fix=_MOVE,
    many=N_(
        '{count} people each have {number} values that do not fit their columns, the first of them in "{header}" and '
        '"{other_header}" ({lines})'
    ),
)
_BACK = N_("Move the cells of this row back into their columns: often a text has a separator that was not quoted.")
RIGHT = Sentence(
    "lst114.right",
    one=N_('{person}: from "{header}" on, every cell seems to be one column too far to the right'),
    fix=_BACK,
    many=N_('{count} people: from "{header}" on, every cell seems to be one column too far to the right ({lines})'),
)
LEFT = Sentence(
    "lst114.left",
    one=N_('{person}: from "{header}" on, every cell seems to be one column too far to the left'),
    fix=_BACK,
    many=N_('{count} people: from "{header}" on, every cell seems to be one column too far to the left ({lines})'),
)


@rule("LST114", "type-drift", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def type_drift(inspection: Inspection) -> Iterator[RawFinding]:
    """Names look like names, and addresses like addresses."""
    columns = inspection.table.columns
    names = columns.shown_names
    numbered = {name for name in names if _are_numbered(inspection, name)}
    remarked = {name for name in names if _are_remarked(inspection, name)}
    for record in inspection.records:
        problems: list[tuple[str, Sentence]] = []
        for name in names:
            value = inspection.table.value(record, name)
            if value.isalpha():
                continue
            if "@" in value:
                problems.append((name, AT))
            elif name not in numbered and any(c.isdecimal() for c in value) and not _is_organisation(value):
                problems.append((name, DIGIT))
            elif name not in remarked and has_remark(value):
                problems.append((name, REMARK))
        address = inspection.table.value(record, columns.email)
        if address and "@" not in address:
            problems.append((columns.email, NO_AT))
        if problems:
            fields = [field for field, _says in problems]
            yield RawFinding(
                says=problems[0][1] if len(problems) == 1 else TWO if len(problems) == 2 else SEVERAL,
                values={"person": inspection.person(record), **_cells(inspection, record, fields)},
                evidence=tuple(inspection.table.value(record, field) for field in fields),
                record=record,
                field=fields[0],
                excerpt=inspection.table.value(record, fields[0]),
                cause=" ".join(fields),
                fields=tuple(fields[1:]),
            )


@also("LST114", Scope.TABLE)
def moved(inspection: Inspection) -> Iterator[RawFinding]:
    """No row has its cells in the next column, or in the one before."""
    for each in moved_rows(inspection.table):
        if each.record.number in inspection.recipient_numbers:
            field = inspection.table.fields[each.position]
            yield RawFinding(
                says=RIGHT if each.by > 0 else LEFT,
                values={"person": inspection.person(each.record), "header": Quoted(field.label, 40)},
                evidence=("moved", *each.record.values),
                record=each.record,
                field=field.name,
                excerpt=each.record.values[each.position],
                cause=f"moved {each.by} {field.name}",
                whole_row=True,
            )


_ORGANISATION = regex(r"[^\W\d_].*\s\d{1,4}\s+[^\W\d_].*")
"""A number between two words, as in the names of schools and firms: IUT 2 Grenoble."""

_NUMBERED = regex(r"(?:[^\W\d_].*\s)\d{1,6}(?:\s+[^\W\d_].*)?")
"""A number after words: Candidat 12, Garage 2000."""


def _is_organisation(value: str) -> bool:
    return _ORGANISATION.fullmatch(value.strip()) is not None


def _are_numbered(inspection: Inspection, name: str) -> bool:
    """Whether most names of a column have a digit: they are those of firms, or numbers in place of names."""
    values = [value for record in inspection.table.records if (value := inspection.table.value(record, name))]
    return sum(1 for value in values if _NUMBERED.fullmatch(value)) * 2 > len(values)


def _are_remarked(inspection: Inspection, name: str) -> bool:
    """Whether most names of a column are written like one with a remark."""
    values = [value for record in inspection.table.records if (value := inspection.table.value(record, name))]
    return sum(map(has_remark, values)) * 2 > len(values)


def _cells(inspection: Inspection, record: Record, fields: Sequence[str]) -> dict[str, Value]:
    """The first two of the fields that are wrong, with what is in them."""
    values: dict[str, Value] = {"number": len(fields)}
    for field, cell, header in zip(fields, ("cell", "other"), ("header", "other_header"), strict=False):
        values[cell] = Quoted(inspection.table.value(record, field), 40)
        values[header] = Quoted(inspection.table.label(field), 40)
    return values
