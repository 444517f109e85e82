"""Where a column stands against the addresses, in words."""

from __future__ import annotations

from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Record
from mailmerge.text import shorten


def address_of(inspection: Inspection, record: Record) -> str:
    return shorten(inspection.table.value(record, inspection.table.columns.email))
