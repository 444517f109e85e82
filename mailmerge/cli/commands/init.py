"""``mailmerge init``: a starter campaign in a new folder; at a terminal, after a short interview."""

from __future__ import annotations

import sys
from email.utils import parseaddr
from pathlib import Path

import click

from mailmerge.campaign import Campaign
from mailmerge.campaign.setup.filling import SIGNATORY, Filled, can_be_left_out, text_problem
from mailmerge.campaign.setup.scaffold import Starter, default_letter, missing_fields, start_campaign, starters
from mailmerge.cli.output import ask, note, say
from mailmerge.errors import MailmergeError, UsageError
from mailmerge.i18n import N_, _, plural
from mailmerge.letter import sender_problem
from mailmerge.model import RecordTable
from mailmerge.records import read_table
from mailmerge.records.columns.likely import likely_field, likely_fields, named_field
from mailmerge.text.addresses import Mailbox, parse_address
from mailmerge.text.shown import shorten

_SHOWN, _CLOSE = 3, 0.3
"""How many columns are offered by number, and how close their headers have to be; any can be typed by its name."""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--shortcut", is_flag=True, help="Also put an icon on the desktop that opens the campaign.")
def init(folder: Path, *, shortcut: bool) -> None:
    """Make the new folder DIR to start from. It has a table, a letter and a campaign.toml.

    At a terminal it asks which letter, which table, who writes, and what fills the fields that the table lacks; Enter
    takes what is in brackets.

    \b
    Example: mailmerge init rejections-november
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(N_("{folder} is already there and not empty: choose a new folder"), folder=folder)
    campaign = _interviewed(folder) if sys.stdin.isatty() else start_campaign(folder)
    said = _("{path} is ready, with {letter} and {table}.")
    say(said.format(path=campaign.path, letter=campaign.letters[0].path.name, table=campaign.table.path.name))
    if shortcut and campaign.path is not None:
        import platformdirs

        from mailmerge.campaign.setup.shortcut import write_shortcut

        made = write_shortcut(campaign.path, platformdirs.user_desktop_path())
        say(_("{path} opens it with a double click.").format(path=made))
    say(_("Next: {command}").format(command=f"mailmerge {campaign.path}"))


def _interviewed(folder: Path) -> Campaign:
    starter = _ask_letter()
    table = _ask_table()
    sender = _ask_sender()
    filled = _ask_fields(starter, table, sender) if table else Filled()
    return start_campaign(
        folder,
        letter=starter.path.name,
        table=table.path if table else None,
        sender=sender,
        constants=filled.texts,
        fields=filled.columns,
    )


def _ask_letter() -> Starter:
    choices = starters()
    default = next(i for i, starter in enumerate(choices, 1) if starter.path.name == default_letter())
    say(_("Which letter?"))
    for number, starter in enumerate(choices, 1):
        say(f"  {number}  {starter.title}")
    chosen: int = ask(_("Number"), type=click.IntRange(1, len(choices)), default=default)
    return choices[chosen - 1]


def _ask_table() -> RecordTable | None:
    """The table that is there already; None for a small example."""
    while True:
        path = ask(_("Which table? (a file; Enter for a small example)"), default="", show_default=False)
        if not path.strip():
            return None
        try:
            table = read_table(Path(path.strip()).expanduser())
        except MailmergeError as error:
            say(str(error))
            continue
        say(
            plural(
                len(table.records),
                "{count} person; e-mail column: {column}",
                "{count} people; e-mail column: {column}",
                column=table.header(table.columns.email),
            )
        )
        return table


def _ask_sender() -> Mailbox | None:
    """Who writes; None where the account will say."""
    while True:
        typed = ask(
            _('Who are you? (as "Claire Martin <rh@example.com>"; Enter to decide later)'),
            default="",
            show_default=False,
        )
        if not typed.strip():
            return None
        if "{" in typed:
            say(_("a sender is a name and an address; it cannot hold fields"))
            continue
        if problem := sender_problem("From", typed):
            say(str(problem))
            continue
        name, address = parseaddr(typed)
        return Mailbox(name, parse_address(address))


def _ask_fields(starter: Starter, table: RecordTable, sender: Mailbox | None) -> Filled:
    """What fills the fields that the letter uses and the table lacks; those left as they are stay fields."""
    columns: dict[str, str] = {}
    texts: dict[str, str] = {}
    missing = missing_fields(starter.letter, table)
    if sender and sender.name:
        texts = {name: sender.name for name in missing if name in SIGNATORY}
    for name in missing:
        if name not in texts:
            _ask_field(starter, table, name, columns, texts)
    return Filled(columns, texts)


def _ask_field(starter: Starter, table: RecordTable, name: str, columns: dict[str, str], texts: dict[str, str]) -> None:
    shown = [field for field, grade in likely_fields(table, name) if field.header and grade >= _CLOSE][:_SHOWN]
    optional = can_be_left_out([starter.letter], name)
    lacks = _("The letter uses {field}, and {table} has no such column.")
    say(lacks.format(field=f"{{{{ {name} }}}}", table=table.path.name))
    for number, field in enumerate(shown, 1):
        value = table.value(table.records[0], field.name)
        said = _('{number}  the column "{column}", for the first person: {value}')
        said = said.format(number=number, column=shorten(field.header, 40), value=shorten(value, 40) or "-")
        say(f"  {said}")
    headers = [_('"{column}"').format(column=shorten(each.header, 30)) for each in table.fields if each not in shown]
    say("  " + _("or type the name of a column: {columns}").format(columns=", ".join(headers)))
    say("  " + _("or type a text, the same for everybody"))
    if optional:
        say("  -  " + _("leave it out of the letter"))
    guess = "1" if shown and likely_field(table, name) == shown[0] else ""
    question = (
        _('What fills it? (Enter takes the number in brackets, "?" leaves it for later)')
        if guess
        else _("What fills it? (Enter leaves it for later)")
    )
    while True:
        typed = ask(question, default=guess, show_default=bool(guess), type=str).strip()
        if typed in ("", "?"):
            return
        if typed == "-" and optional:
            texts[name] = ""
            return
        column = (
            shown[int(typed) - 1] if typed in map(str, range(1, len(shown) + 1)) else named_field(table.fields, typed)
        )
        if column:
            columns[name] = column.label
            value = table.value(table.records[0], column.name)
            if problem := text_problem([starter.letter], name, value):
                said = _("it does not fit where the letter has {field}: {problem}")
                note(said.format(field=f"{{{{ {name} }}}}", problem=problem))
            return
        problem = text_problem([starter.letter], name, typed)
        if not problem:
            texts[name] = typed
            return
        said = _("this does not fit where the letter has {field}: {problem}")
        say(said.format(field=f"{{{{ {name} }}}}", problem=problem))
