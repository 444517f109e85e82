"""LST124: no text lists other people of the table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Record, Severity
from mailmerge.text import fold

_LEAST = 4
"""Surnames of other rows from which on a text is a list."""
_SHORTEST = 3
_NAME = re.compile(r"\b[^\W\d_a-zà-öø-ÿ][\w'’-]{2,}")
_BETWEEN = re.compile(r"[,;/|\n\t]|\b(?:et|and|und|y|e|en)\b")

DOC = RuleDoc(
    title=N_("No text lists other people of the table."),
    what=N_("A cell that the letter uses and that contains the surnames of four or more people in other rows."),
    why=N_("A list of those who were invited, pasted into one cell, shows one candidate all the others."),
    bad=N_("Feedback: seen with Petit, Dupont, Lefèvre, Nguyen and Benali"),
    good=N_("one colleague's surname; surnames that are everyday words, written without a capital"),
    fix=N_("Remove the names from the cell."),
)
LISTED = Sentence(
    "lst124.listed",
    one=N_('{person}: the cell "{header}" names {number} other people of the table, {people}: {cell}'),
    fix=N_('Remove the names from "{header}": each recipient may only read about themselves.'),
)


@rule("LST124", "list-in-cell", Severity.WARN, Suppression.WAIVER, Scope.TABLE, DOC)
def list_in_cell(inspection: Inspection) -> Iterator[Found]:
    """No text lists other people of the table."""
    table = inspection.table
    known: dict[str, tuple[int, ...]] = {}
    for position, field in enumerate(table.fields):
        if field.name not in inspection.used_fields or field.name in (*table.columns.names, *table.columns.emails):
            continue
        for record in inspection.records:
            value = record.values[position]
            if len(value) < 4 * _LEAST or len(_BETWEEN.findall(value)) < _LEAST - 1:
                continue
            numbers = known.get(value)
            if numbers is None:
                numbers = known[value] = _named(inspection, value)
            others = tuple(number for number in numbers if number != record.number)
            if len(others) >= _LEAST:
                yield _found(inspection, record, position, others)


def _found(inspection: Inspection, record: Record, position: int, others: tuple[int, ...]) -> Found:
    field, value = inspection.table.fields[position], record.values[position]
    return Found(
        says=LISTED,
        values={
            "person": inspection.person(record),
            "header": Quoted(field.header or field.name, 40),
            "number": len(others),
            "people": inspection.people(others),
            "cell": Quoted(value),
        },
        evidence=(field.name, value, *inspection.who(record)),
        record=record,
        field=field.name,
        others=others,
        excerpt=value,
        cause=field.name,
    )


def _named(inspection: Inspection, value: str) -> tuple[int, ...]:
    """One row for each surname of the table that a text has with a capital letter."""
    owners: dict[str, int] = {}
    for word in _NAME.findall(value):
        letters = fold(word).replace(" ", "")
        if len(letters) >= _SHORTEST and letters not in owners:
            rows = inspection.identities.surname_owners(letters)
            if rows and not inspection.identities.is_first_name(letters):
                owners[letters] = rows[0]
    return tuple(dict.fromkeys(owners.values()))
