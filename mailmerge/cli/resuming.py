"""``mailmerge send --resume``: what is left of a sealed run, from this home or from another."""

from __future__ import annotations

from mailmerge.cli.agreement import agree, take_over
from mailmerge.cli.context import environment
from mailmerge.cli.output import OK, SOME_UNKNOWN, print_json, say
from mailmerge.cli.secret import secret_for
from mailmerge.cli.sending import blocked, leave_out_written, submit, why_not_approved
from mailmerge.cli.summary import decide_first, summary_document
from mailmerge.cli.waiting import wait_for
from mailmerge.delivery import read_moment
from mailmerge.errors import UsageError
from mailmerge.i18n import N_, _
from mailmerge.model import State
from mailmerge.model.words import in_words
from mailmerge.outbox import Run
from mailmerge.outbox.titles import KeptPlace


def resumed(
    run_id: str,
    account_name: str,
    agreed: int | None,
    limit: int | None,
    *,
    moment: str | None,
    wait: bool,
    taken_over: bool,
    as_json: bool,
) -> int:
    """Send what is pending or deferred of a run; the documented exit code.

    Raises:
        UsageError: another number was agreed to than is left, or nobody says that the run goes on here.
        StillToSend: the run cannot be opened for sending.
    """
    run = environment().outbox.open(run_id)
    account = environment().accounts.get(account_name or run.account)
    at = read_moment(moment, account) if moment else None
    if place := run.begun_elsewhere():
        say(_(_ELSEWHERE[place.sent]).format(run=run.id, place=KeptPlace(place.where), at=place.at))
    if run.unfinished:
        if error := why_not_approved(run, account):
            return blocked(run, error, as_json=as_json)
        if place:
            take_over(run, agreed=taken_over)
        leave_out_written(run, as_json=as_json)
    count = _due(run, limit)
    if count == 0:
        if agreed:
            raise UsageError(_NOTHING[bool(run.counts()[State.UNKNOWN])], agreed=agreed, run=run.id)
        return _nothing_to_do(run, as_json=as_json)
    agree(count, agreed, account)
    secret = secret_for(account)
    if at and (code := wait_for(run, at, as_json=as_json)) is not None:
        return code
    return submit(run, account, secret, limit=limit, wait=wait, as_json=as_json)


_NOTHING = {
    False: N_("you confirmed {agreed}, but run {run} is complete: nothing is left to send"),
    True: N_(
        "you confirmed {agreed}, but nothing is left to send of run {run}, and some outcomes are unknown: `mailmerge"
        " show {run}` lists them"
    ),
}
"""By whether an outcome is unknown."""
_ELSEWHERE = {
    True: N_("run {run} was begun in {place} on {at}, and may have been sent there since."),
    False: N_("run {run} was sealed in {place} on {at}, and may have been sent there since."),
}


def _due(run: Run, limit: int | None) -> int:
    counts = run.counts()
    due = counts[State.PENDING] + counts[State.DEFERRED]
    return due if limit is None else min(limit, due)


def _nothing_to_do(run: Run, *, as_json: bool) -> int:
    counts = run.counts()
    if as_json:
        print_json(summary_document(run.id, counts))
    if counts[State.UNKNOWN]:
        say(_("nothing is left to send of run {run}: {states}").format(run=run.id, states=in_words(counts)))
        say(decide_first(run.id))
        return SOME_UNKNOWN
    say(_("run {run} is complete: nothing is left to send").format(run=run.id))
    return OK
