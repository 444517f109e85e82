"""The vocabulary: what a table, a person, a message and its state are. Values only; nothing here reads or writes.

RecordTable --(letter)--> Message --(seal)--> SealedMessage --(delivery)--> State
Record = Recipient        constants and      exact bytes
                          values apart       and envelope
"""

from mailmerge.model.message import (
    SIGNATURE,
    Attachment,
    Expression,
    Gap,
    GapKind,
    Layout,
    Message,
    Problem,
    ProblemKind,
    Recipient,
)
from mailmerge.model.sealed import Envelope, SealedMessage, Stamp
from mailmerge.model.state import Severity, State
from mailmerge.model.table import (
    Bystanders,
    ColumnReason,
    Columns,
    Defect,
    DefectKind,
    Dialect,
    Evidence,
    Field,
    Record,
    RecordTable,
)

__all__ = [
    "SIGNATURE",
    "Attachment",
    "Bystanders",
    "ColumnReason",
    "Columns",
    "Defect",
    "DefectKind",
    "Dialect",
    "Envelope",
    "Evidence",
    "Expression",
    "Field",
    "Gap",
    "GapKind",
    "Layout",
    "Message",
    "Problem",
    "ProblemKind",
    "Recipient",
    "Record",
    "RecordTable",
    "SealedMessage",
    "Severity",
    "Stamp",
    "State",
]
