"""``mailmerge seal`` and ``mailmerge send``: freeze the messages of a campaign, and submit each of them once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from msgspec import Struct

from mailmerge.accounts import Account
from mailmerge.campaign import Campaign, Checked, IfWritten
from mailmerge.campaign.runs.waiting_run import waiting_run
from mailmerge.campaign.telling import run_day
from mailmerge.cli.agreement import agree, require_agreed
from mailmerge.cli.commands.check import describe
from mailmerge.cli.context import environment
from mailmerge.cli.output import OK, json_option, print_json, progress, put, say
from mailmerge.cli.resuming import resumed
from mailmerge.cli.secret import secret_for
from mailmerge.cli.sending import blocked, submit, why_not_approved
from mailmerge.cli.source import account_option, only_option, opened, source_argument, tell_reading
from mailmerge.cli.summary import summary_document
from mailmerge.cli.waiting import wait_for
from mailmerge.cli.written import compared, if_written, left, nobody_left, written_options
from mailmerge.delivery import read_moment
from mailmerge.errors import AlreadyWritten, Blocked, UsageError
from mailmerge.i18n import N_, _, ngettext, number, plural
from mailmerge.model import State
from mailmerge.outbox import Run, WrittenComparison


@click.command()
@source_argument()
@account_option
@written_options
@only_option
@json_option
def seal(source: tuple[Path, ...], account_name: str, skip: bool, again: bool, only: str, as_json: bool) -> int:
    """Freeze the messages as a run, and send nothing. `send --resume RUN` sends it later.

    \b
    Example: mailmerge seal candidates.csv letter.md --account rh
    """
    written = if_written(skip=skip, again=again)
    campaign, account = _opened(source, account_name, only)
    found = checked(campaign)
    comparison = compared(found, written)
    if comparison.written and not left(found, comparison, written):
        if as_json:
            print_json({"run": None, "sealed": None, "messages": 0})
        return nobody_left(comparison)
    run = _sealed(found, account, written, comparison)
    messages = sum(run.counts().values()) - run.counts()[State.EXCLUDED]
    if as_json:
        print_json({"run": run.id, "sealed": run.sealed, "messages": messages})
    else:
        put(run.id)
    said = plural(
        messages,
        "{count} message is sealed as run {run} ({digest})",
        "{count} messages are sealed as run {run} ({digest})",
        run=run.id,
        digest=run.sealed,
    )
    say(said)
    return OK


@click.command()
@source_argument(required=False)
@account_option
@click.option("--resume", "run_id", metavar="RUN", help="Send what is pending or deferred of this sealed run.")
@click.option("--yes", "agreed", type=click.IntRange(min=0), metavar="COUNT", help="Agree to sending COUNT messages.")
@click.option("--limit", type=click.IntRange(1, 1_000_000_000), metavar="N", help="Send at most N messages now.")
@click.option(
    "--take-over",
    is_flag=True,
    help="With --resume: the run was sealed or begun elsewhere, and goes on here and nowhere else.",
)
@click.option(
    "--at",
    "moment",
    metavar="TIME",
    help='Send at this time, such as "2026-11-30 09:00", "tomorrow 9:00" or "Monday 8:30", and wait for it.',
)
@click.option("--wait", is_flag=True, help="Wait for quotas and deferred messages instead of exiting with code 3.")
@written_options
@only_option
@json_option
def send(
    source: tuple[Path, ...],
    account_name: str,
    run_id: str | None,
    agreed: int | None,
    limit: int | None,
    take_over: bool,
    moment: str | None,
    wait: bool,
    skip: bool,
    again: bool,
    only: str,
    as_json: bool,
) -> int:
    """Seal a run and send it, one message per person. Or resume a run that was left unfinished.

    Nobody is sent the same letter twice: where people have it from an earlier run, nothing is sealed or sent unless
    --skip-written or --again says what to do. COUNT is the number of messages that leave now.

    A run of more messages than [approval] allows is sealed and then waits for a second person: see `approval --help`.
    The same command given again goes on with that run, as long as nothing has changed.

    Leaves with 0 when every message was accepted, 1 when some were rejected, a finding blocks, people have the letter
    already, or nobody has approved the run, 3 when messages are left to send, 4 when the outcome of some is unknown.
    Ctrl-C once stops after the message in flight, twice at once.

    With --at the run is sealed now and sent at that time by this computer, which has to stay on: Ctrl-C calls it off,
    and after a restart `mailmerge runs` says that it is due.

    \b
    Example: mailmerge send candidates.csv letter.md --account rh --yes 340
    """
    written = if_written(skip=skip, again=again)
    if run_id is not None:
        if source or only:
            raise UsageError(N_("give SOURCE (and --only) or --resume, not both: a run does not read the table again"))
        if written is not IfWritten.REFUSE:
            raise UsageError(N_("--skip-written and --again are decided when a run is sealed, not with --resume"))
        return resumed(
            run_id, account_name, agreed, limit, moment=moment, wait=wait, taken_over=take_over, as_json=as_json
        )
    if not source:
        raise UsageError(N_("give SOURCE, or --resume RUN; `mailmerge runs` lists the runs"))
    campaign, account = _opened(source, account_name, only)
    at = read_moment(moment, account) if moment else None
    found = checked(campaign)
    comparison = compared(found, written)
    people = left(found, comparison, written)
    if comparison.written and not people:
        require_agreed(agreed or 0, 0)
        if as_json:
            print_json(summary_document(None, dict.fromkeys(State, 0)))
        return nobody_left(comparison)
    leaving = people if limit is None else min(limit, people)
    if campaign.approval_rule.requires(people):
        require_agreed(leaving if agreed is None else agreed, leaving)
        run = _sealed_for_approval(found, account, written, comparison)
        if error := why_not_approved(run, account):
            if at is not None:
                say(_(_TIME_NOT_KEPT).format(run=run.id))
            return blocked(run, error, as_json=as_json)
        return resumed(
            run.id, account.name, agreed, limit, moment=moment, wait=wait, taken_over=take_over, as_json=as_json
        )
    agree(leaving, agreed, account)
    secret = secret_for(account)
    run = _sealed(found, account, written, comparison)
    say(_("sealed as run {run}; if it is interrupted: mailmerge send --resume {run}").format(run=run.id))
    if at and (code := wait_for(run, at, as_json=as_json)) is not None:
        return code
    return submit(run, account, secret, limit=limit, wait=wait, as_json=as_json)


def _sealed_for_approval(found: Checked, account: Account, written: IfWritten, comparison: WrittenComparison) -> Run:
    """The run that a second person is to approve: one that waits with these very messages, else a new one."""
    skipped = {person.record for person in comparison.written}
    run = waiting_run(found, account, environment().outbox, skipped, again=written is IfWritten.AGAIN)
    if run is not None:
        say(_(_WAITS).format(run=run.id, day=run_day(run.created.astimezone().date().isoformat())))
        return run
    run = _sealed(found, account, written, comparison)
    say(_(_SEALED).format(run=run.id))
    return run


_WAITS = N_("run {run} of {day} has exactly these messages already: nothing was sealed again")
_SEALED = N_("sealed as run {run}; nothing was sent")
_TIME_NOT_KEPT = N_(
    "the time is not kept while the run waits for approval: give --at again with mailmerge send --resume {run}"
)


def checked(campaign: Campaign) -> Checked:
    """A campaign that nothing blocks, and its report; what is to be looked at was said on stderr.

    Raises:
        Blocked: a finding does; all of them were said there.
    """
    tell_reading(campaign)
    found = campaign.check(progress(_("checking")))
    blocks = found.report.blocks
    for finding in blocks or found.report.warnings:
        for line in describe(finding).splitlines():
            say(line)
    if blocks:
        raise Blocked(_Repair(len(blocks)), count=number(len(blocks)))
    return found


class _Repair(Struct, frozen=True):
    """That findings have to be repaired first, in the words for their number."""

    count: int

    def format_map(self, values: Mapping[str, object], /) -> str:
        return ngettext(
            "nothing was sealed and nothing was sent: {count} finding to fix first",
            "nothing was sealed and nothing was sent: {count} findings to fix first",
            self.count,
        ).format_map(values)


def _sealed(found: Checked, account: Account, written: IfWritten, asked: WrittenComparison) -> Run:
    """The run.

    Raises:
        AlreadyWritten: people received the letter while somebody thought it over here, or are no longer known to
            have it: as many as were ``asked`` for would not be written to.
    """
    try:
        agreed = {person.record for person in asked.written}
        return found.seal(account, environment().outbox, progress(_("sealing")), written=written, agreed=agreed)
    except AlreadyWritten:
        compared(found, written)  # says what can be done about it
        raise


def _opened(source: Sequence[Path], account_name: str, only: str) -> tuple[Campaign, Account]:
    """The campaign of SOURCE, and the account that was told to send it.

    Raises:
        UsageError: none was told.
        InputError: it cannot be opened, or there is no such account.
    """
    campaign = opened(source, account_name, only=only)
    chosen = account_name or campaign.account
    if not chosen:
        raise UsageError(N_('say which account sends: --account NAME, or account = "NAME" in campaign.toml'))
    account = environment().accounts.get(chosen)
    return campaign.signed_by(account), account
