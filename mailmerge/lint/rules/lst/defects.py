"""What the reader of the table met and did not repair."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Defect, Record


def defects_of(inspection: Inspection) -> Iterator[tuple[Defect, Record | None]]:
    """The reader's defects with the person they are about, less those of people who are not written to."""
    for defect in inspection.table.defects:
        if defect.record is None:
            yield defect, None
        elif defect.record in inspection.recipient_numbers:
            yield defect, inspection.table.record(defect.record)


def with_line(defect: Defect) -> str:
    """What is wrong, and the line where the sentence does not say it."""
    return (
        defect.message if defect.line is None or "line" in defect.message else f"line {defect.line}: {defect.message}"
    )
