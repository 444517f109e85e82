"""How many messages of a run are in each state, as the command line says it."""

from __future__ import annotations

from collections.abc import Mapping

from mailmerge.model import State
from mailmerge.model.words import COUNTED as COUNTED
from mailmerge.model.words import all_in_words as all_in_words
from mailmerge.model.words import in_words as in_words


def summary_document(run: str | None, counts: Mapping[State, int]) -> dict[str, object]:
    """The last line of ``send --json``; without a run where there was nothing to seal."""
    return {"event": "summary", "run": run} | {str(state): counts[state] for state in COUNTED}
