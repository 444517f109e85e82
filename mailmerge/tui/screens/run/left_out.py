"""Who is left out of a run that is sent later: whoever got the letter from another run meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from mailmerge.outbox import Run, RunMessage
from mailmerge.outbox.remarks import remark
from mailmerge.text import plural


def leave_out(run: Run) -> tuple[list[RunMessage], list[RunMessage]]:
    """Who was left out just now, and how all messages are since."""
    return run.leave_out_written(), list(run.messages())


def left_out_sentence(left_out: Sequence[RunMessage]) -> str:
    """How many were left out, and why; ``""`` where nobody was."""
    if not left_out:
        return ""
    reasons = list(dict.fromkeys(message.reply for message in left_out))
    reason = remark(reasons[0])
    if len(reasons) > 1:
        reason = plural(len(reasons) - 1, "{reason} and {count} more", "{reason} and {count} more", reason=reason)
    return plural(
        len(left_out),
        "{count} person is left out ({reason}).",
        "{count} people are left out ({reason}).",
        reason=reason,
    )
