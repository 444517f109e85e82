"""``mailmerge runs``, ``show`` and ``resolve``: what was sent to whom, and the decision about an unknown outcome."""

from __future__ import annotations

import getpass

import click
import msgspec

from mailmerge.campaign import open_outbox
from mailmerge.cli.output import print_json, say
from mailmerge.cli.source import json_option
from mailmerge.errors import UsageError
from mailmerge.model import State
from mailmerge.text import visible

COUNTED = (State.ACCEPTED, State.REJECTED, State.DEFERRED, State.UNKNOWN, State.PENDING)


@click.command()
@json_option
def runs(as_json: bool) -> None:
    """List the runs, newest first.

    \b
    Example: mailmerge runs
    """
    summaries = open_outbox().runs()
    if as_json:
        print_json({"runs": [msgspec.to_builtins(summary) for summary in summaries]})
        return
    for summary in summaries:
        counts = ", ".join(f"{count} {state}" for state, count in summary.counts().items() if count)
        click.echo(
            visible(f"{summary.run}  {summary.created:.16}  {summary.campaign}: {summary.messages} messages, {counts}")
        )


@click.command()
@click.argument("run_id", metavar="RUN")
@json_option
def show(run_id: str, as_json: bool) -> None:
    """Show what happened to each message of RUN.

    \b
    Example: mailmerge show 2026-09-02-7f3a
    """
    run = open_outbox().open(run_id)
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
        click.echo(visible(f"{message.state:9} {message.record:>6} {message.address}  {message.reply}"))


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
