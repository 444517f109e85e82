"""Where the messages of a run stand, as the last line of ``send --json`` has it."""

from __future__ import annotations

from collections.abc import Mapping

from mailmerge.i18n import _
from mailmerge.model import State
from mailmerge.model.words import COUNTED


def summary_document(run: str | None, counts: Mapping[State, int]) -> dict[str, object]:
    """The document; without a run where there was nothing to seal."""
    return {"event": "summary", "run": run} | {str(state): counts[state] for state in COUNTED}


def decide_first(run: str) -> str:
    """What a person does about the messages of a run that nobody knows the verdict of."""
    said = _(
        "unknown: the server's verdict was lost; `mailmerge show {run}` lists them, and `mailmerge resolve {run}"
        " RECORD` records what you found: --accepted or --not-accepted"
    )
    return said.format(run=run)
