"""The vocabulary: what a table, a person, a message and its state are. Values only; nothing here reads or writes.

RecordTable --(letter)--> Message --(seal)--> SealedMessage --(delivery)--> State
Record = Recipient        constants and      exact bytes
                          values apart       and envelope
"""

from mailmerge.model.message import (
    SIGNATURE,
    Attachment,
    Expression,
    FileProblem,
    Gap,
    GapKind,
    Layout,
    Message,
    ProblemKind,
    Recipient,
)
from mailmerge.model.sealed import Envelope, SealedMessage, Stamp
from mailmerge.model.state import MAY_HAVE_ARRIVED, Severity, State
from mailmerge.model.table import (
    Bystanders,
    ColumnEvidence,
    ColumnReason,
    Columns,
    Defect,
    DefectKind,
    Dialect,
    Field,
    Record,
    RecordTable,
)

__all__ = [
    "MAY_HAVE_ARRIVED",
    "SIGNATURE",
    "Attachment",
    "Bystanders",
    "ColumnEvidence",
    "ColumnReason",
    "Columns",
    "Defect",
    "DefectKind",
    "Dialect",
    "Envelope",
    "Expression",
    "Field",
    "FileProblem",
    "Gap",
    "GapKind",
    "Layout",
    "Message",
    "ProblemKind",
    "Recipient",
    "Record",
    "RecordTable",
    "SealedMessage",
    "Severity",
    "Stamp",
    "State",
]
