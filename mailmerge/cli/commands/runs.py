"""``mailmerge runs``, ``show`` and ``resolve``: what was sent to whom, and the decision about an unknown outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from mailmerge.cli.agreement import require_named
from mailmerge.cli.context import environment
from mailmerge.cli.later import later_document, later_line
from mailmerge.cli.output import BAD_INPUT, OK, complain, json_option, print_json, put, say
from mailmerge.delivery import LEFT, REFUSED, UNDECIDED, meaning, write_people, write_report
from mailmerge.environment import login_name
from mailmerge.errors import UsageError
from mailmerge.i18n import N_, _, clock, day, plural
from mailmerge.model import State
from mailmerge.model.words import all_in_words, state_column
from mailmerge.outbox import Outbox, Run, RunSummary, cannot_be_read, schedule, scheduled
from mailmerge.outbox.remarks import remark
from mailmerge.outbox.titles import run_title
from mailmerge.text.shown import visible

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--set-aside", "aside", multiple=True, metavar="RUN", help="Move this run out of the way, whole.")
@click.option("--bring-back", "back", multiple=True, metavar="RUN", help="Move a run that was set aside back.")
@click.option("--call-off", "off", multiple=True, metavar="RUN", help="Do not send this run at its time (send --at).")
@click.option("--yes", "agreed", is_flag=True, help="Set a run aside that is not damaged, without being asked.")
@json_option
def runs(aside: tuple[str, ...], back: tuple[str, ...], off: tuple[str, ...], agreed: bool, as_json: bool) -> int:
    """List the runs, newest first. Each has the local time of its sealing; one that is damaged can be set aside.

    A run that cannot be read is named on stderr, and the exit code is then 2; the others are listed all the same.
    With one that is set aside nothing is compared any more, until --bring-back: somebody who has a letter from it
    only may get it a second time.

    \b
    Example: mailmerge runs
    Example: mailmerge runs --set-aside 2026-09-02-7f3a
    """
    outbox = environment().outbox
    for run in off:
        _call_off(outbox.open(run))
    if off and not (aside or back):
        return OK
    if aside or back:
        return _moved(outbox, aside, back, agreed=agreed, as_json=as_json)
    listing = outbox.listing()
    if as_json:
        found = {"misnamed": listing.misnamed, "set_aside": listing.set_aside}
        others = {key: files for key, files in found.items() if files}
        print_json({"runs": listing.runs, "unreadable": listing.unreadable} | others)
    else:
        for summary in listing.runs:
            put(visible(f"{summary.run}  {_described(summary)}"))
            if summary.scheduled and (summary.pending or summary.deferred):
                say(_scheduled(summary))
        for one in listing.set_aside:
            described = _described(one.summary) if one.summary else one.reason
            said = _("set aside: {described}").format(described=described)
            put(visible(f"{one.run}  {said}"))
        if not (listing.runs or listing.set_aside or listing.misnamed or listing.unreadable):
            say(_("nothing was sealed yet"))
    for file in listing.misnamed:
        say(_(MISNAMED[file.kind]).format(path=file.path, run=file.run))
    if not listing.unreadable:
        return OK
    complain(cannot_be_read(listing.unreadable))
    return BAD_INPUT


def _call_off(run: Run) -> None:
    """Have a run not sent at its time, where it has one."""
    if scheduled(run) is None:
        say(_("run {run} was not scheduled: nothing was changed").format(run=run.id))
        return
    schedule(run, None)
    say(_(_CALLED_OFF).format(run=run.id))


MISNAMED = {
    "copy": N_("note: {path} is a copy of run {run}: nothing is sent from it; delete it, or move it elsewhere"),
    "renamed": N_("note: {path} is run {run} under another name: name it {run}.sqlite3 again to go on with it"),
}


_CALLED_OFF = N_("run {run} is no longer scheduled; to send it: mailmerge send --resume {run}")
_TO_COME = N_("note: run {run} is to be sent on {day} at {time}, by the program that waits for it")
_DUE = N_(
    "note: run {run} was to be sent on {day} at {time}, and was not: to send it now: mailmerge send --resume {run};"
    " to leave it: mailmerge runs --call-off {run}"
)


def _scheduled(summary: RunSummary) -> str:
    at = datetime.fromisoformat(summary.scheduled).astimezone()
    sentence = _TO_COME if at > environment().clock() else _DUE
    return _(sentence).format(run=summary.run, day=day(at), time=clock(at))


def _described(summary: RunSummary) -> str:
    sealed = datetime.fromisoformat(summary.created).astimezone()
    said = plural(
        summary.messages,
        "{campaign}: {count} message, {states}",
        "{campaign}: {count} messages, {states}",
        campaign=run_title(summary.campaign),
        states=all_in_words(summary.counts()),
    )
    return f"{sealed:%Y-%m-%d %H:%M}  {said}"


def _moved(outbox: Outbox, aside: Sequence[str], back: Sequence[str], *, agreed: bool, as_json: bool) -> int:
    for run in aside:
        if not outbox.is_damaged(run) and not agreed:
            _agree_to_set_aside(run)
    places = [(run, str(outbox.set_aside(run))) for run in aside]
    returned = [(run, str(outbox.bring_back(run))) for run in back]
    if as_json:
        moved = {"set_aside": [place for _run, place in places]} if aside else {}
        print_json(moved | ({"brought_back": [place for _run, place in returned]} if back else {}))
    for run, place in places:
        said = _(
            "moved to {place}: from now on it is not known who was sent what by that run; to bring it back: mailmerge "
            "runs --bring-back {run}"
        )
        say(said.format(place=place, run=run))
    for run, _where in returned:
        say(_("run {run} is back: later runs are compared with it again").format(run=run))
    return OK


def _agree_to_set_aside(run: str) -> None:
    """Have the name of a run typed that nothing is wrong with.

    Raises:
        UsageError: it was not.
    """
    said = _("run {run} is not damaged: once it is set aside, the people in it may be sent the same letter again")
    say(said.format(run=run))
    require_named(run, _("Type the name of the run to set it aside"))


BEHIND = N_(
    "note: the file of run {run} is older than what was sent: whoever it has as not sent yet is shown as it was noted"
    " when the run was sent, and as unknown where nothing was noted"
)


@click.command()
@click.argument("run_id", metavar="RUN")
@click.option(
    "--csv",
    "report",
    type=_FILE,
    metavar="FILE",
    help="Write every message to FILE, with the time of its verdict and what it means.",
)
@click.option(
    "--failed",
    type=_FILE,
    metavar="FILE",
    help="Write the people to correct and write to again to FILE: the server rejected their message.",
)
@click.option(
    "--left",
    type=_FILE,
    metavar="FILE",
    help="Write the people whom `send --resume` will try to FILE: pending or deferred. Do not put them in a new run.",
)
@click.option(
    "--unknown",
    type=_FILE,
    metavar="FILE",
    help="Write the people whose message may have arrived to FILE: decide about each with `resolve` first.",
)
@json_option
def show(
    run_id: str,
    report: Path | None,
    failed: Path | None,
    left: Path | None,
    unknown: Path | None,
    as_json: bool,
) -> None:
    """Show what happened to each message of RUN.

    The lists of people have the table's own columns, and nobody is in two of them. They are CSV for Excel, or a
    workbook if FILE ends in .xlsx.

    \b
    Example: mailmerge show 2026-09-02-7f3a --failed correct.csv --left resume.csv
    """
    files = [path.absolute() for path in (report, failed, left, unknown) if path is not None]
    if len(set(files)) < len(files):
        raise UsageError(N_("each list needs a file of its own: give different names"))
    run = environment().outbox.open(run_id)
    if run.is_behind():
        say(_(BEHIND).format(run=run.id))
    run.recover_abandoned()
    if report is not None:
        written = write_report(run, report)
        said = plural(
            written, "{count} message is listed in {file}", "{count} messages are listed in {file}", file=report
        )
        say(said)
    _write_lists(run, failed, left, unknown)
    if as_json:
        print_json(_document(run))
    else:
        _print_messages(run)


def _write_lists(run: Run, failed: Path | None, left: Path | None, unknown: Path | None) -> None:
    if failed is not None:
        said = plural(
            write_people(run, failed, REFUSED),
            "{count} person was rejected, to correct and contact again: see {file}",
            "{count} people were rejected, to correct and contact again: see {file}",
            file=failed,
        )
        say(said)
    if left is not None:
        said = plural(
            write_people(run, left, LEFT),
            "{count} person will be tried when the run is resumed: see {file}",
            "{count} people will be tried when the run is resumed: see {file}",
            file=left,
        )
        say(said)
    if unknown is not None:
        said = plural(
            write_people(run, unknown, UNDECIDED),
            "{count} person may have the message, so decide first: see {file}",
            "{count} people may have the message, so decide first: see {file}",
            file=unknown,
        )
        say(said)
    elif failed or left:
        _mention_undecided(run)


def _document(run: Run) -> dict[str, object]:
    from mailmerge.cli.approval_state import approval_document

    afterwards = run.afterwards()
    return {
        "run": run.id,
        "sealed": run.sealed,
        "approval": approval_document(run),
        "messages": [
            {
                "record": message.record,
                "address": message.address,
                "state": message.state,
                "reply": message.reply,
                "message_id": message.message_id,
                "sha256": message.sha256,
                "attempts": message.attempts,
                "filed": afterwards.filed(message.record, message.state),
                "later": later_document(afterwards.later.get(message.record)),
            }
            for message in run.messages()
        ],
    }


def _print_messages(run: Run) -> None:
    from mailmerge.cli.approval_state import approval_lines

    afterwards = run.afterwards()
    put(_("run {run}, sealed as {digest}").format(run=run.id, digest=run.sealed))
    for line in approval_lines(run, environment()):
        put(visible(line))
    for message in run.messages():
        reply = remark(message.reply)
        put(visible(f"{state_column(message.state)} {message.record:>6} {message.address}  {reply}"))
        explained = meaning(message)
        if message.state not in (State.ACCEPTED, State.PENDING) and explained != reply:
            put(visible(f"{'':9} {'':>6} {explained}"))
        if message.state is State.UNKNOWN:
            put(visible(f"{'':9} {'':>6} Message-ID: {message.message_id}"))
        if later := afterwards.later.get(message.record):
            put(visible(f"{'':9} {'':>6} {later_line(later)}"))


def _mention_undecided(run: Run) -> None:
    """Say that some people are in neither list."""
    counts = run.counts()
    if undecided := sum(counts[state] for state in UNDECIDED):
        said = plural(
            undecided,
            "{count} person is in neither list, because the message may have arrived: --unknown FILE lists them",
            "{count} people are in neither list, because the message may have arrived: --unknown FILE lists them",
        )
        say(said)


@click.command()
@click.argument("run_id", metavar="RUN")
@click.argument("record", type=click.IntRange(1, 1_000_000_000))
@click.option("--accepted", is_flag=True, help="The server has accepted the message.")
@click.option("--not-accepted", is_flag=True, help="The server has not accepted the message.")
def resolve(run_id: str, record: int, accepted: bool, not_accepted: bool) -> None:
    """Decide an unknown outcome. After --not-accepted the message may be sent again, after --accepted never.

    Look for the Message-ID in the mailbox's Sent folder, in the bounces, or ask the person first.

    \b
    Example: mailmerge resolve 2026-09-02-7f3a 17 --accepted
    """
    if accepted == not_accepted:
        raise UsageError(N_("say --accepted or --not-accepted"))
    environment().outbox.open(run_id).resolve(record, accepted=accepted, by=login_name())
    decided = (
        _("record {record} of run {run} counts as accepted")
        if accepted
        else _("record {record} of run {run} counts as not accepted: it is pending again")
    )
    say(decided.format(record=record, run=run_id))
