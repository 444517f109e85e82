"""Where the messages of a run stand, as the last line of ``send --json`` has it."""

from __future__ import annotations

from collections.abc import Mapping

from mailmerge.model import State
from mailmerge.model.words import COUNTED


def summary_document(run: str | None, counts: Mapping[State, int]) -> dict[str, object]:
    """The document; without a run where there was nothing to seal."""
    return {"event": "summary", "run": run} | {str(state): counts[state] for state in COUNTED}
