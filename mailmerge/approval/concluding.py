"""What follows from a verdict: a signed statement beside the pack, or a line in one's own run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.approval.approve import write_verdict
from mailmerge.approval.describe import approved
from mailmerge.approval.record import add_alone, add_refusal
from mailmerge.i18n import N_, _

if TYPE_CHECKING:
    from mailmerge.approval.reviewing.contents import Contents
    from mailmerge.approval.reviewing.review import Verdict
    from mailmerge.approval.signatures.keys import OwnKey
    from mailmerge.environment import Environment
    from mailmerge.outbox import Run


class Conclusion(Struct, frozen=True):
    """How a review ended, for the person."""

    sentence: str
    text: str = ""
    """The signed statement, to be pasted where the file cannot be reached."""
    path: Path | None = None


Conclude = Callable[["Verdict"], Conclusion]
"""Does what follows from a verdict that missed no decoy."""

_APPROVED = N_("Approved. The approval is in {path}; the author's program finds it there, or you can paste its text.")
_REFUSED = N_("Refused. The reasons are in {path}; the author's program finds them there, or you can paste its text.")
_NOT_ALONE = N_("Noted: run {run} is not sent. Correct it and seal it again.")


def signing(pack: Path, contents: Contents, key: OwnKey, environment: Environment, approver: str) -> Conclude:
    """What a second person's program does."""

    def conclude(verdict: Verdict) -> Conclusion:
        path, text = write_verdict(pack, contents, verdict, key, environment, approver)
        return Conclusion(_(_APPROVED if verdict.approved else _REFUSED).format(path=path), text, path)

    return conclude


def noting(run: Run, environment: Environment) -> Conclude:
    """What the author's own program does after a second look alone."""

    def conclude(verdict: Verdict) -> Conclusion:
        if not verdict.approved:
            add_refusal(run, verdict.wrong, environment)
            return Conclusion(_(_NOT_ALONE).format(run=run.id))
        return Conclusion(approved(add_alone(run, verdict.looked_at, verdict.decoys_found, environment)))

    return conclude
