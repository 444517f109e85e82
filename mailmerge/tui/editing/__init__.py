"""What the letter editor knows about letters: how their source reads, which fields fit, and what comes out of it."""

from mailmerge.tui.editing.completion import Completion, FieldChoice, completion_at, matching
from mailmerge.tui.editing.preview import Preview, PreviewRequest, Problem, preview
from mailmerge.tui.editing.source_marks import SourceMark, source_marks

__all__ = [
    "Completion",
    "FieldChoice",
    "Preview",
    "PreviewRequest",
    "Problem",
    "SourceMark",
    "completion_at",
    "matching",
    "preview",
    "source_marks",
]
