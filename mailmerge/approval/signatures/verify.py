"""Whether an approval counts for a run: every reason why it does not has a sentence of its own."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.approval.moments import shown_moment
from mailmerge.approval.rule import sealed_messages
from mailmerge.approval.signatures.keys import keys_made_here
from mailmerge.approval.signatures.statement import Statement, parse_approval
from mailmerge.errors import ApprovalRefused
from mailmerge.i18n import N_

if TYPE_CHECKING:
    from mailmerge.environment import Environment
    from mailmerge.outbox import Run
    from mailmerge.settings.approval_rule import ApprovalRule

SKEW = datetime.timedelta(minutes=5)
"""By how much the clocks of two computers may differ."""
DECOYS = 2
"""Letters that are not part of the run, among those that are looked at."""


class Verified(Struct, frozen=True):
    """A statement that was signed by somebody who may approve this run."""

    statement: Statement
    name: str
    """What the rule calls the owner of the key."""
    signature: str


def verify_signed(text: str, run: Run, rule: ApprovalRule, environment: Environment) -> Verified:
    """Read an approval, and see that it is somebody else's verdict on exactly this run, and holds now.

    Raises:
        InputError: there is no whole approval in it.
        ApprovalRefused: it does not count; ``kind`` is the token of why.
    """
    from mailmerge.approval.signatures.sshsig import read_signature, verify

    statement, body = parse_approval(text)
    signature = read_signature(body)
    verify(statement.text, signature)
    _about_this_run(statement, run)
    if signature.key in keys_made_here(environment):
        raise ApprovalRefused(
            N_(
                "the approval was signed with a key of this computer: a second person has to approve the run, on"
                " their own computer"
            ),
            kind="own-key",
        )
    name = rule.name_of(signature.key)
    if not name:
        raise ApprovalRefused(
            N_(
                "{approver} signed with a key that nobody here trusts, or that may not approve this run: compare its"
                " six words on the telephone, then `mailmerge approval trust`"
            ),
            kind="unknown-key",
            approver=statement.approver,
        )
    if statement.verdict == "approved":  # what was found wrong is wrong on any day, and by any clock
        _complete(statement)
        require_time(statement.at, statement.expires, run, rule, environment)
    return Verified(statement, name, body)


def require_root(root: object, run: Run) -> None:
    """See that what was approved is what is sealed.

    Raises:
        ApprovalRefused: it is not.
    """
    if root != run.sealed:
        raise ApprovalRefused(
            N_(
                "run {run} is not what was approved: a message, a person or a waiver was changed; have it approved"
                " again"
            ),
            kind="other-root",
            run=run.id,
        )


def _about_this_run(statement: Statement, run: Run) -> None:
    if statement.run != run.id:
        raise ApprovalRefused(
            N_("the approval is for run {other}, not for run {run}"), kind="other-run", other=statement.run, run=run.id
        )
    require_root(statement.root, run)
    if statement.messages != sealed_messages(run):
        raise ApprovalRefused(
            N_(
                "{count} messages were approved, but run {run} has a different number of messages: have it approved"
                " again"
            ),
            kind="other-number",
            count=statement.messages,
            run=run.id,
        )


def _complete(statement: Statement) -> None:
    """See that the review was gone through to its end."""
    shown = DECOYS if statement.messages > 1 else 0
    if statement.decoys_found != statement.decoys_shown or statement.decoys_shown < shown:
        raise ApprovalRefused(
            N_("the review missed a decoy, so it proves nothing: it has to be done again"), kind="decoys"
        )
    if not 0 < statement.looked_at <= statement.messages:
        raise ApprovalRefused(
            N_("the approval does not say that letters were looked at: the review has to be done again"), kind="looked"
        )


def require_time(
    at: datetime.datetime, expires: datetime.datetime, run: Run, rule: ApprovalRule, environment: Environment
) -> None:
    """See that an approval holds now.

    Raises:
        ApprovalRefused: it does not, or one of the clocks is wrong.
    """
    now = environment.clock()
    if at > now + SKEW:
        raise ApprovalRefused(
            N_(
                "the approval was given at {at}, which is still to come: check the clock of this computer and of theirs"
            ),
            kind="future",
            at=shown_moment(at),
        )
    if at < run.created - SKEW:
        raise ApprovalRefused(
            N_("the approval was given at {at}, before the run was sealed: check the clocks of both computers"),
            kind="too-early",
            at=shown_moment(at),
        )
    if expires - at > datetime.timedelta(hours=rule.hours):
        raise ApprovalRefused(
            N_("the approval would hold for more than {hours} hours, which the rule does not allow"),
            kind="too-long",
            hours=rule.hours,
        )
    if now >= expires:
        raise ApprovalRefused(
            N_("the approval expired at {expires}: have the run approved again"),
            kind="expired",
            expires=shown_moment(expires),
        )
