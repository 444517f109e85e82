"""What the reader of the table met and did not repair."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.lint.sentence import Quoted, Term, Value
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Defect, Record
from mailmerge.records.defects import DELIMITERS, column_of, is_delimiter


def defects_of(inspection: Inspection) -> Iterator[tuple[Defect, Record | None]]:
    """The reader's defects with the person they are about, less those of people who are left out."""
    for defect in inspection.table.defects:
        if defect.record is None:
            yield defect, None
        elif defect.record in inspection.recipient_numbers:
            yield defect, inspection.table.record(defect.record)


def values_of(defect: Defect) -> dict[str, Value]:
    """What goes into the sentence of a defect."""
    values = {name: _value(defect, name, value) for name, value in defect.values.items()}
    return values if defect.line is None else {**values, "line": defect.line}


def evidence_of(defect: Defect, record: Record | None) -> tuple[str, ...]:
    """What makes it this defect, wherever its row is: its kind, its values, and the cells of the row."""
    values = (str(value) for _, value in sorted(defect.values.items()))
    return (defect.kind, *values, *(record.values if record else ()))


def _value(defect: Defect, name: str, value: str | int) -> Value:
    if isinstance(value, int):
        return column_of(defect, name, value) or value
    return Term(DELIMITERS[value]) if is_delimiter(defect, value) else Quoted(value)
