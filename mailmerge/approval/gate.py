"""The one gate between a sealed run and its server: without the approval it needs, no byte leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailmerge.approval.packs.places import retire_packs
from mailmerge.approval.state import Approval, approval_state
from mailmerge.errors import ApprovalNeeded, ApprovalRefused
from mailmerge.i18n import N_
from mailmerge.outbox import ApprovalKind, note_approval
from mailmerge.text.addresses import same_mailbox_key

if TYPE_CHECKING:
    from mailmerge.accounts import Account
    from mailmerge.environment import Environment
    from mailmerge.outbox import Run


def cleared(run: Run, account: Account, environment: Environment) -> Approval | None:
    """See that a run may be sent from this account; the approval that it needs, None where it needs none.

    Raises:
        ApprovalNeeded: it needs an approval and has none that counts.
        InputError: ``config.toml`` cannot be read.
        OutboxError: the run cannot be read.
    """
    state = approval_state(run, environment)
    if run.test and state.limit is not None and not _to_oneself(run, account):
        raise ApprovalNeeded(
            N_("a test goes to {address} only, the address of the account: nothing was sent"),
            kind="test",
            address=account.address,
        )
    if not state.required:
        return None
    if state.approval is None:
        if state.problem is not None and state.problem.kind == "expired":
            retire_packs(run)
        raise _needed(run, state.limit or 0, state.problem)
    sealed_for = run.sealed_facts().get("account", "")
    sent_by = account_fact(account)
    if sealed_for != sent_by:
        raise ApprovalNeeded(
            N_("run {run} was approved for {sealed_for}, not for {sent_by}: nothing was sent"),
            kind="other-account",
            run=run.id,
            sealed_for=sealed_for,
            sent_by=sent_by,
        )
    return state.approval


def account_fact(account: Account) -> str:
    """Which server an account submits to, and in whose name: as it is sealed, and compared before anything leaves."""
    return f"{account.host}:{account.port} {account.address}"


def enter(run: Run, account: Account, environment: Environment) -> None:
    """As :func:`cleared`, and write down that a sending begins under the approval.

    Raises:
        As :func:`cleared`.
    """
    approval = cleared(run, account, environment)
    if approval is not None and not approval.used:
        note_approval(run, ApprovalKind.USED, approval.approver, {"approval": approval.entry}, at=environment.clock())


def _needed(run: Run, limit: int, problem: ApprovalRefused | None) -> ApprovalNeeded:
    if problem is not None:
        return ApprovalNeeded(
            N_("run {run} needs an approval, and the one it has does not count: {problem}"),
            kind=problem.kind,
            run=run.id,
            problem=problem,
        )
    return ApprovalNeeded(
        N_(
            "run {run} has more than {limit} messages, so a second person approves it before anything is sent:"
            " mailmerge pack {run} --for NAME --out FOLDER"
        ),
        kind="missing",
        run=run.id,
        limit=limit,
    )


def _to_oneself(run: Run, account: Account) -> bool:
    own = same_mailbox_key(account.address)
    return all(same_mailbox_key(message.address) == own for message in run.messages() if message.message_id)
