"""``mailmerge runs``, ``show`` and ``resolve``: what was sent to whom, and the decision about an unknown outcome."""

from __future__ import annotations

import getpass
from datetime import timedelta
from pathlib import Path

import click

from mailmerge.campaign import forget_old_runs, open_outbox
from mailmerge.cli.output import in_words, print_json, say
from mailmerge.cli.source import json_option
from mailmerge.delivery import meaning, write_left, write_report
from mailmerge.errors import UsageError
from mailmerge.model import State
from mailmerge.text import plural, visible


@click.command()
@click.option("--set-aside", "aside", multiple=True, metavar="RUN", help="Move this run out of the way, whole.")
@json_option
def runs(aside: tuple[str, ...], as_json: bool) -> None:
    """List the runs, newest first; or set one aside that is damaged, so that nothing is compared with it.

    \b
    Example: mailmerge runs
    """
    if aside:
        places = [str(open_outbox().set_aside(run)) for run in aside]
        if as_json:
            print_json({"set_aside": places})
        for place in places:
            say(f"moved to {place}: from now on nobody knows whom that run has written to")
        return
    summaries = open_outbox().runs()
    if as_json:
        print_json({"runs": summaries})
        return
    for summary in summaries:
        messages = plural(summary.messages, "{count} message", "{count} messages")
        counts = in_words(summary.counts())
        click.echo(visible(f"{summary.run}  {summary.created:.16}  {summary.campaign}: {messages}, {counts}"))


@click.command()
@click.argument("run_id", metavar="RUN")
@click.option("--csv", "report", type=click.Path(path_type=Path, dir_okay=False), help="Write all of it to this file.")
@click.option(
    "--failed",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the people still to be reached to this file, in the table's own columns.",
)
@json_option
def show(run_id: str, report: Path | None, failed: Path | None, as_json: bool) -> None:
    """Show what happened to each message of RUN.

    \b
    Example: mailmerge show 2026-09-02-7f3a --failed failed.csv
    """
    run = open_outbox().open(run_id)
    if report is not None:
        listed = plural(write_report(run, report), "{count} message is", "{count} messages are")
        say(f"{listed} listed in {report}")
    if failed is not None:
        left = plural(write_left(run, failed), "{count} person is", "{count} people are")
        say(f"{left} still to be reached: see {failed}")
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
    click.echo(f"run {run.id}, sealed as {run.sealed}")
    for message in run.messages():
        explained = "" if message.state in (State.ACCEPTED, State.PENDING) else f"  ({meaning(message)})"
        click.echo(visible(f"{message.state:9} {message.record:>6} {message.address}  {message.reply}{explained}"))


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
    purged = forget_old_runs() if days is None else open_outbox().purge(timedelta(days=days), unfinished=True)
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
        raise UsageError("say --accepted or --not-accepted")
    open_outbox().open(run_id).resolve(record, accepted=accepted, by=getpass.getuser())
    say(f"record {record} of run {run_id} counts as {'accepted' if accepted else 'not accepted: it is pending again'}")
