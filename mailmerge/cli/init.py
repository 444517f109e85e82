"""``mailmerge init``: a starter campaign in a new folder; at a terminal, after a short interview."""

from __future__ import annotations

import sys
from email.utils import parseaddr
from pathlib import Path

import click

from mailmerge.addresses import AddressInvalid, Mailbox, parse_address
from mailmerge.campaign import Campaign
from mailmerge.campaign.starting import DEFAULT_LETTER, Starter, missing_fields, start_campaign, starters
from mailmerge.cli.output import say
from mailmerge.errors import MailmergeError, UsageError
from mailmerge.model import RecordTable
from mailmerge.records import read_table
from mailmerge.text import plural


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make the new folder DIR with a table, a letter and a campaign.toml to start from.

    At a terminal it asks which letter, which table and who writes; Enter takes what stands in brackets.

    \b
    Example: mailmerge init rejections-november
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is already there and not empty: choose a new folder")
    campaign = _interviewed(folder) if sys.stdin.isatty() else start_campaign(folder)
    say(f"{campaign.path} is ready, with {campaign.letters[0].path.name} and {campaign.table.path.name}.")
    say(f"Next: mailmerge {campaign.path}")


def _interviewed(folder: Path) -> Campaign:
    starter = _ask_letter()
    table = _ask_table()
    sender = _ask_sender()
    constants: dict[str, str] = {}
    if table is not None:
        constants = _ask_constants(starter, table)
    return start_campaign(
        folder,
        letter=starter.path.name,
        table=table.path if table else None,
        sender=sender,
        constants=constants,
    )


def _ask_letter() -> Starter:
    choices = starters()
    default = next(i for i, starter in enumerate(choices, 1) if starter.path.name == DEFAULT_LETTER)
    say("Which letter?")
    for number, starter in enumerate(choices, 1):
        say(f"  {number}  {starter.title}")
    number = click.prompt("Number", type=click.IntRange(1, len(choices)), default=default, err=True)
    return choices[number - 1]


def _ask_table() -> RecordTable | None:
    """The table that is there already; None for a small example."""
    while True:
        path = click.prompt(
            "Which table? (a file; Enter for a small example)", default="", show_default=False, err=True
        )
        if not path.strip():
            return None
        try:
            table = read_table(Path(path.strip()).expanduser())
        except MailmergeError as error:
            say(str(error))
            continue
        people = plural(len(table.records), "{count} person", "{count} people")
        say(f"{people}; e-mail column: {table.header(table.columns.email)}")
        return table


def _ask_sender() -> Mailbox | None:
    """Who writes; None where the account will say."""
    while True:
        typed = click.prompt(
            'Who are you? (as "Claire Martin <rh@example.com>"; Enter to decide later)',
            default="",
            show_default=False,
            err=True,
        )
        if not typed.strip():
            return None
        name, address = parseaddr(typed)
        try:
            return Mailbox(name, parse_address(address))
        except AddressInvalid as error:
            say(f'"{typed}" is not a sender: {error}')


def _ask_constants(starter: Starter, table: RecordTable) -> dict[str, str]:
    """Texts for the fields that the letter uses and the table lacks; those left blank stay fields."""
    constants = {}
    for name in missing_fields(starter.letter, table):
        say(f"The letter says {{{{ {name} }}}}, and {table.path.name} has no such column.")
        text = click.prompt("What shall stand there for everybody? (Enter to leave it)", default="", err=True)
        if text.strip():
            constants[name] = text.strip()
    return constants
