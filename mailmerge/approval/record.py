"""Everything that is written down about the approval of a run: packs, verdicts, codes, and the second look alone."""

from __future__ import annotations

import datetime
import hmac
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.approval.moments import shown_moment
from mailmerge.approval.packs.pack import new_lock, write_pack
from mailmerge.approval.packs.page import write_page
from mailmerge.approval.packs.places import PACK_SUFFIX, PAGE_SUFFIX
from mailmerge.approval.reviewing.contents import contents_of
from mailmerge.approval.reviewing.selection import questions
from mailmerge.approval.rule import left_to_send, rule_of
from mailmerge.approval.signatures.code import expected_code, shown_code, typed_code
from mailmerge.approval.signatures.keys import full_name
from mailmerge.approval.signatures.sshsig import read_signature
from mailmerge.approval.signatures.statement import Wrong, parse_approval, plain_name
from mailmerge.approval.signatures.verdicts import last_verdict, require_not_refused, verdicts
from mailmerge.approval.signatures.verify import Verified, verify_signed
from mailmerge.approval.state import Approval, approval_state
from mailmerge.errors import ApprovalRefused, InputError, UsageError, os_cause
from mailmerge.files.home import make_shared
from mailmerge.i18n import N_
from mailmerge.outbox import ApprovalEntry, ApprovalKind, note_approval, read_entries

if TYPE_CHECKING:
    from mailmerge.environment import Environment
    from mailmerge.outbox import Run

ALONE_WAIT = datetime.timedelta(minutes=10)
"""How long somebody who has nobody to ask waits before the second look."""


class Packed(Struct, frozen=True):
    """A pack that was written for somebody."""

    asked: str
    words: str
    """To be read out on the telephone; written down nowhere."""
    pack: Path
    page: Path


def write_for(run: Run, asked: str, folder: Path, environment: Environment) -> Packed:
    """Write the pack and the page of a run for somebody, who opens both with the same five words.

    Raises:
        UsageError: the rule names others, the run was sealed by an older program, or nothing of it is left to send.
        InputError: the folder cannot be written.
        OutboxError: the run was purged, or cannot be written.
    """
    rule = rule_of(run, environment)
    if rule.approvers is not None and asked not in rule.approvers:
        raise UsageError(
            N_("{name} may not approve run {run}: the rule names {known}"),
            name=asked,
            run=run.id,
            known=", ".join(sorted(rule.approvers)) or "-",
        )
    run.refuse_if_purged()
    if not left_to_send(run):
        raise UsageError(N_("run {run} is complete: there is nothing left to approve"), run=run.id)
    contents = contents_of(run, asked, environment)
    lock = new_lock()
    try:
        make_shared(folder)
    except OSError as error:
        raise InputError(
            N_("cannot make the folder {path}: {why}; choose another folder"), path=folder, why=os_cause(error)
        ) from None
    pack, page = folder / f"{run.id}{PACK_SUFFIX}", folder / f"{run.id}{PAGE_SUFFIX}"
    write_pack(pack, contents, lock)
    write_page(page, contents, lock)
    answers = [str(len(contents.letters)), *(question.answers[0] for question in questions(contents))]
    known = {"key": lock.key.hex(), "answers": answers, "files": [str(path.absolute()) for path in (pack, page)]}
    note_approval(run, ApprovalKind.PACK, asked, known, at=environment.clock())
    return Packed(asked, lock.words, pack, page)


def add_signed(run: Run, text: str, environment: Environment) -> Verified:
    """Record what a second person's program wrote: an approval, or a refusal.

    Raises:
        InputError: there is no whole approval in it.
        ApprovalRefused: it does not count, or it was used already.
        OutboxError: the run cannot be written.
    """
    parsed, body = parse_approval(text)
    key = read_signature(body).key
    entries = read_entries(run)
    same = (each.entry for each in verdicts(entries) if (each.key, each.text) == (key, parsed.text))
    earlier = next(same, None)
    if earlier and (used := _used(earlier, entries)):
        raise ApprovalRefused(
            N_("this approval was used already, for the sending that began at {at}: it cannot be used again"),
            kind="used",
            at=shown_moment(used.at),
        )
    verified = verify_signed(text, run, rule_of(run, environment), environment)
    if earlier and earlier is last_verdict(entries):
        return verified
    if earlier:
        raise ApprovalRefused(
            N_("this approval was recorded earlier, and a later decision has replaced it: ask for a new one"),
            kind="replayed",
        )
    statement = verified.statement
    refused = statement.verdict == "refused"
    if not refused:
        require_not_refused(entries, statement.at, run.id, key)
    content: dict[str, object] = {
        "text": _armoured(verified),
        "signature": verified.signature,
        "name": verified.name,
        "wrong": [[each.record, each.reason] for each in statement.wrong],
    }
    kind = ApprovalKind.REFUSED if refused else ApprovalKind.SIGNED
    note_approval(run, kind, statement.approver, content, at=environment.clock())
    return verified


def _used(approval: ApprovalEntry, entries: Sequence[ApprovalEntry]) -> ApprovalEntry | None:
    """The sending that began under an approval."""
    used = (each for each in entries if each.kind is ApprovalKind.USED)
    return next((each for each in used if each.content.get("approval") == approval.id), None)


def _armoured(verified: Verified) -> str:
    return (
        f"{verified.statement.text}-----BEGIN SSH SIGNATURE-----\n{verified.signature}\n-----END SSH SIGNATURE-----\n"
    )


def add_spoken(run: Run, typed: str, by: str, environment: Environment) -> Approval:
    """Record that somebody opened the page of the last pack, and read its code out. A code counts once.

    Raises:
        UsageError: no pack was written, or nobody is named.
        ApprovalRefused: the code is not that of the page, was entered before, or somebody found something wrong.
        OutboxError: the run cannot be written.
    """
    entries = read_entries(run)
    pack = next((each for each in reversed(entries) if each.kind is ApprovalKind.PACK), None)
    if pack is None:
        raise UsageError(
            N_("no pack was written for run {run}: mailmerge pack {run} --for NAME --out FOLDER"), run=run.id
        )
    if not by.strip():
        raise UsageError(N_("say who read the code out: --by NAME"))
    expected = expected_code(pack, run)
    if not expected or not hmac.compare_digest(typed_code(typed), expected):
        raise ApprovalRefused(
            N_(
                "this is not the code of the last page that was written for run {run}: have it read out again, and see"
                " that the page belongs to the last five words"
            ),
            kind="code",
            run=run.id,
        )
    spoken = (each for each in entries if each.kind is ApprovalKind.SPOKEN and each.content.get("pack") == pack.id)
    if earlier := next(spoken, None):
        if earlier is last_verdict(entries):
            return _recorded(run, environment)
        raise ApprovalRefused(
            N_(
                "this code was used before, and a later decision has replaced it: write a new pack, and have the"
                " letters reviewed again"
            ),
            kind="replayed",
        )
    require_not_refused(entries, environment.clock(), run.id)
    content = {"root": run.sealed, "code": expected, "shown": shown_code(expected), "pack": pack.id}
    note_approval(run, ApprovalKind.SPOKEN, plain_name(by), content, at=environment.clock())
    return _recorded(run, environment)


def begin_alone(run: Run, environment: Environment) -> datetime.datetime:
    """Begin to wait for a second look of one's own; returns when it may begin. A wait that began goes on.

    Raises:
        ApprovalRefused: the rule names who approves.
        UsageError: nothing of the run is left to send.
        OutboxError: the run was purged, or cannot be written.
    """
    if rule_of(run, environment).approvers is not None:
        raise ApprovalRefused(
            N_("the rule names who may approve: a second look of your own does not count"), kind="alone"
        )
    run.refuse_if_purged()
    if not left_to_send(run):
        raise UsageError(N_("run {run} is complete: there is nothing left to approve"), run=run.id)
    waiting = _waiting(run)
    now = environment.clock()
    if waiting is None or waiting.at > now + datetime.timedelta(minutes=1):
        note_approval(run, ApprovalKind.WAITING, full_name(), {"nonce": secrets.token_hex(8)}, at=now)
        return now + ALONE_WAIT
    return waiting.at.astimezone(now.tzinfo) + ALONE_WAIT


def add_alone(run: Run, looked_at: int, decoys: int, environment: Environment) -> Approval:
    """Record the second look of somebody who has nobody to ask.

    Raises:
        ApprovalRefused: they did not wait long enough before it, or the rule names who approves.
        OutboxError: the run cannot be written.
    """
    if environment.clock() < begin_alone(run, environment):
        raise ApprovalRefused(N_("a second look of your own begins ten minutes after the first"), kind="too-soon")
    content = {"root": run.sealed, "looked": looked_at, "decoys": decoys}
    note_approval(run, ApprovalKind.ALONE, full_name(), content, at=environment.clock())
    return _recorded(run, environment)


def add_refusal(run: Run, wrong: Sequence[Wrong], environment: Environment) -> None:
    """Record that a second look of one's own found something wrong.

    Raises:
        OutboxError: the run cannot be written.
    """
    content = {"wrong": [[each.record, each.reason] for each in wrong]}
    note_approval(run, ApprovalKind.REFUSED, full_name(), content, at=environment.clock())


def _waiting(run: Run) -> ApprovalEntry | None:
    """The wait that began last, and led to nothing yet."""
    for entry in reversed(read_entries(run)):
        if entry.kind is ApprovalKind.WAITING:
            return entry
        if entry.kind in (ApprovalKind.ALONE, ApprovalKind.REFUSED):
            return None
    return None


def _recorded(run: Run, environment: Environment) -> Approval:
    state = approval_state(run, environment)
    if state.approval is None:
        raise state.problem or ApprovalRefused(N_("the approval was not recorded: try again"), kind="lost")
    return state.approval
