"""How the approval of a run stands, as the command line says it."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.approval.describe import state_lines
from mailmerge.approval.state import approval_state, recorded_approval
from mailmerge.environment import Environment
from mailmerge.outbox import Run


def approval_document(run: Run) -> dict[str, str] | None:
    """``"approval"`` of ``show --json``."""
    approval = recorded_approval(run)
    if approval is None:
        return None
    return {"approver": approval.approver, "at": approval.at.isoformat(), "kind": approval.kind}


def approval_lines(run: Run, environment: Environment) -> Iterator[str]:
    """What ``show`` says about it."""
    yield from state_lines(approval_state(run, environment))
