"""How the approval of a run stands, for whoever shows it and for the gate that decides by it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from mailmerge.approval.rule import rule_of, sealed_messages
from mailmerge.approval.signatures.code import expected_code
from mailmerge.approval.signatures.statement import Wrong, parse_approval
from mailmerge.approval.signatures.verdicts import approvals, last_verdict
from mailmerge.approval.signatures.verify import SKEW, require_root, require_time, verify_signed
from mailmerge.errors import ApprovalRefused, InputError
from mailmerge.i18n import N_
from mailmerge.outbox import ApprovalEntry, ApprovalKind, read_entries

if TYPE_CHECKING:
    from mailmerge.environment import Environment
    from mailmerge.outbox import Run
    from mailmerge.settings.approval_rule import ApprovalRule

Kind = Literal["signed", "spoken", "alone"]
_KINDS: dict[ApprovalKind, Kind] = {
    ApprovalKind.SIGNED: "signed",
    ApprovalKind.SPOKEN: "spoken",
    ApprovalKind.ALONE: "alone",
}


class Approval(Struct, frozen=True):
    """Who approved a run."""

    entry: int
    approver: str
    at: datetime.datetime
    expires: datetime.datetime
    kind: Kind
    used: bool
    """Whether a sending began under it."""
    owner: str = ""
    """What the rule calls the owner of the key that signed it; whoever signs chooses ``approver`` themselves."""


class ApprovalState(Struct, frozen=True):
    """How it stands now."""

    required: bool
    """Whether the run may not leave without one."""
    limit: int | None
    """The number above which one is required."""
    approval: Approval | None = None
    """The last one that counts."""
    problem: ApprovalRefused | None = None
    """Why the last one that was given does not count."""
    asked: str = ""
    """For whom the last pack was written."""
    asked_at: datetime.datetime | None = None
    refused_by: str = ""
    """Who found something wrong; empty where the last word was not a refusal."""
    wrong: Sequence[Wrong] = ()
    """What they found."""

    @property
    def clear(self) -> bool:
        """Whether the run may be sent as far as approval goes."""
        return not self.required or self.approval is not None


def approval_state(run: Run, environment: Environment) -> ApprovalState:
    """How the approval of a run stands.

    Raises:
        InputError: ``config.toml`` cannot be read.
        OutboxError: the run cannot be read.
    """
    rule = rule_of(run, environment)
    entries = read_entries(run)
    required = not run.test and rule.requires(sealed_messages(run))
    pack = next((each for each in reversed(entries) if each.kind is ApprovalKind.PACK), None)
    asked = (pack.by, pack.at) if pack else ("", None)
    last = last_verdict(entries)
    if last is None:
        return ApprovalState(required, rule.required_above, asked=asked[0], asked_at=asked[1])
    if last.kind is ApprovalKind.REFUSED:
        return ApprovalState(
            required,
            rule.required_above,
            problem=ApprovalRefused(
                N_("{approver} found something wrong in it: see `mailmerge show {run}`, correct it and seal it again"),
                kind="refused",
                approver=last.by,
                run=run.id,
            ),
            asked=asked[0],
            asked_at=asked[1],
            refused_by=last.by,
            wrong=wrong_of(last),
        )
    problem = None
    for each in approvals(entries):
        try:
            found = _verified(each, entries, run, rule, environment)
        except ApprovalRefused as refused:
            problem = problem or refused  # of the last one that was given
        else:
            return ApprovalState(required, rule.required_above, found, asked=asked[0], asked_at=asked[1])
    return ApprovalState(required, rule.required_above, problem=problem, asked=asked[0], asked_at=asked[1])


def recorded_approval(run: Run) -> Approval | None:
    """The last approval that was given, whether or not it still holds; it was verified when it was recorded.

    Raises:
        OutboxError: the run cannot be read.
    """
    entries = read_entries(run)
    last = last_verdict(entries)
    if last is None or last.kind is ApprovalKind.REFUSED:
        return None
    if last.kind is ApprovalKind.SIGNED:
        statement, _signature = parse_approval(str(last.content["text"]))
        return _approval(last, entries, statement.approver, statement.at, statement.expires)
    return _approval(last, entries, last.by, last.at, last.at)


def wrong_of(entry: ApprovalEntry) -> tuple[Wrong, ...]:
    """What a second person found."""
    return tuple(Wrong(int(record), str(reason)) for record, reason in entry.content.get("wrong", ()))


def _verified(
    entry: ApprovalEntry, entries: Sequence[ApprovalEntry], run: Run, rule: ApprovalRule, environment: Environment
) -> Approval:
    if entry.at > environment.clock() + SKEW:
        raise ApprovalRefused(
            N_("the clock of this computer was set back since the approval was recorded: correct it"), kind="clock"
        )
    if entry.kind is ApprovalKind.SIGNED:
        try:
            verified = verify_signed(str(entry.content.get("text")), run, rule, environment)
        except InputError as error:
            raise ApprovalRefused(
                N_("the recorded approval is damaged: {error}"), kind="damaged", error=error
            ) from None
        signed = verified.statement
        return _approval(entry, entries, signed.approver, signed.at, signed.expires, verified.name)
    require_root(entry.content.get("root"), run)
    if entry.kind is ApprovalKind.SPOKEN:
        _require_code(entry, entries, run, rule)
    elif rule.approvers is not None:
        raise ApprovalRefused(
            N_("the rule names who may approve: a second look of your own does not count"), kind="alone"
        )
    expires = entry.at + datetime.timedelta(hours=rule.hours)
    require_time(entry.at, expires, run, rule, environment)
    return _approval(entry, entries, entry.by, entry.at, expires)


def _require_code(entry: ApprovalEntry, entries: Sequence[ApprovalEntry], run: Run, rule: ApprovalRule) -> None:
    pack = next((each for each in entries if each.id == entry.content.get("pack")), None)
    if pack is None or entry.content.get("code") != expected_code(pack, run):
        raise ApprovalRefused(
            N_("the recorded code does not belong to this run: write a new pack, and have the letters reviewed again"),
            kind="code",
        )
    if rule.approvers is not None and pack.by not in rule.approvers:
        raise ApprovalRefused(
            N_("{name} may not approve this run: the rule names others"), kind="unknown-name", name=pack.by
        )


def _approval(
    entry: ApprovalEntry,
    entries: Sequence[ApprovalEntry],
    approver: str,
    at: datetime.datetime,
    expires: datetime.datetime,
    owner: str = "",
) -> Approval:
    used = any(each.kind is ApprovalKind.USED and each.content.get("approval") == entry.id for each in entries)
    return Approval(entry.id, approver, at, expires, _KINDS[entry.kind], used, owner)
