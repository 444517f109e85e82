"""``mailmerge runs``, ``show`` and ``resolve``: what was sent to whom, and the decision about an unknown outcome."""

from __future__ import annotations

import getpass
from datetime import datetime, timedelta
from pathlib import Path

import click

from mailmerge.campaign import forget_old_runs
from mailmerge.cli.context import environment
from mailmerge.cli.counts import in_words
from mailmerge.cli.output import BAD_INPUT, OK, complain, print_json, put, say
from mailmerge.cli.source import json_option
from mailmerge.delivery import LEFT, REFUSED, UNDECIDED, meaning, write_people, write_report
from mailmerge.errors import UsageError
from mailmerge.i18n import N_
from mailmerge.model import State
from mailmerge.outbox import Run, cannot_be_read
from mailmerge.text import plural, visible

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--set-aside", "aside", multiple=True, metavar="RUN", help="Move this run out of the way, whole.")
@json_option
def runs(aside: tuple[str, ...], as_json: bool) -> int:
    """List the runs, newest first, with the local time of their sealing; or set one aside that is damaged.

    A run that cannot be read is named on stderr, and the exit code is then 2; the others are listed all the same.
    With one that is set aside nothing is compared any more.

    \b
    Example: mailmerge runs
    """
    if aside:
        places = [str(environment().outbox.set_aside(run)) for run in aside]
        if as_json:
            print_json({"set_aside": places})
        for place in places:
            say(f"moved to {place}: from now on nobody knows whom that run has written to")
        return OK
    summaries, unreadable = environment().outbox.read_all()
    if as_json:
        print_json({"runs": summaries, "unreadable": unreadable})
    else:
        for summary in summaries:
            sealed = datetime.fromisoformat(summary.created).astimezone()
            messages = plural(summary.messages, "{count} message", "{count} messages")
            counts = in_words(summary.counts())
            put(visible(f"{summary.run}  {sealed:%Y-%m-%d %H:%M}  {summary.campaign}: {messages}, {counts}"))
    if not unreadable:
        return OK
    complain(cannot_be_read(unreadable))
    return BAD_INPUT


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
    if report is not None:
        listed = plural(write_report(run, report), "{count} message is", "{count} messages are")
        say(f"{listed} listed in {report}")
    if failed is not None:
        people = plural(write_people(run, failed, REFUSED), "{count} person was", "{count} people were")
        say(f"{people} rejected, to correct and write to again: see {failed}")
    if left is not None:
        people = plural(write_people(run, left, LEFT), "{count} person", "{count} people")
        say(f"{people} will be tried by resume: see {left}")
    if unknown is not None:
        people = plural(write_people(run, unknown, UNDECIDED), "{count} person", "{count} people")
        say(f"{people} may have the message, so decide first: see {unknown}")
    elif failed or left:
        _mention_undecided(run)
    if as_json:
        print_json(
            {
                "run": run.id,
                "sealed": run.sealed,
                "messages": [
                    {
                        "record": message.record,
                        "address": message.address,
                        "state": message.state,
                        "reply": message.reply,
                        "message_id": message.message_id,
                        "sha256": message.sha256,
                        "attempts": message.attempts,
                    }
                    for message in run.messages()
                ],
            }
        )
        return
    put(f"run {run.id}, sealed as {run.sealed}")
    for message in run.messages():
        explained = "" if message.state in (State.ACCEPTED, State.PENDING) else f"  ({meaning(message)})"
        put(visible(f"{message.state:9} {message.record:>6} {message.address}  {message.reply}{explained}"))


def _mention_undecided(run: Run) -> None:
    """Say that some people are in neither list."""
    counts = run.counts()
    if undecided := sum(counts[state] for state in UNDECIDED):
        people = plural(undecided, "{count} person is", "{count} people are")
        say(f"{people} in neither list, because the message may have arrived: --unknown FILE lists them")


@click.command()
@click.option(
    "--older-than",
    "days",
    type=click.IntRange(min=0, max=36_500),
    metavar="DAYS",
    help="Runs in which nothing happened for this many days, those with something left to send too.",
)
def purge(days: int | None) -> None:
    """Delete messages and personal data of old runs; digests, states and counts stay.

    It happens by itself after 30 days, or keep_days of config.toml, whenever something is sealed; a run with something
    left to send is then kept.

    \b
    Example: mailmerge purge --older-than 7
    """
    purged = (
        forget_old_runs(environment())
        if days is None
        else environment().outbox.purge(timedelta(days=days), unfinished=True)
    )
    say(f"{len(purged)} runs were purged{': ' + ', '.join(purged) if purged else ''}")


@click.command()
@click.argument("run_id", metavar="RUN")
@click.argument("record", type=click.IntRange(min=1))
@click.option("--accepted/--not-accepted", default=None, help="Whether the server has accepted the message.")
def resolve(run_id: str, record: int, accepted: bool | None) -> None:
    """Decide an unknown outcome: after --not-accepted the message may be sent again, after --accepted never.

    Look for the Message-ID in the mailbox's Sent folder, in the bounces, or ask the person first.

    \b
    Example: mailmerge resolve 2026-09-02-7f3a 17 --accepted
    """
    if accepted is None:
        raise UsageError(N_("say --accepted or --not-accepted"))
    environment().outbox.open(run_id).resolve(record, accepted=accepted, by=getpass.getuser())
    say(f"record {record} of run {run_id} counts as {'accepted' if accepted else 'not accepted: it is pending again'}")
