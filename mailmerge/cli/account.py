"""``mailmerge account``: the mailboxes to send from; passwords go to the system's keyring and nowhere else."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from mailmerge.accounts import Account, Accounts, Secret, find, forget, presets, set_up, store
from mailmerge.cli.output import OK, put, say
from mailmerge.errors import AccountError, CredentialMissing, KeyringUnusable
from mailmerge.home import find_home
from mailmerge.text import visible

if TYPE_CHECKING:
    from mailmerge.delivery import ServerReport


def accounts() -> Accounts:
    """The accounts of this user."""
    return Accounts(find_home().config)


@click.group()
def account() -> None:
    """Set up, list, check and remove the mailboxes to send from.

    \b
    Example: mailmerge account add rh --address rh@atelier.example --provider ovh
    """


@account.command()
@click.argument("name")
@click.option("--address", required=True, help='The sender, as "Claire Martin <rh@atelier.example>" or bare.')
@click.option("--provider", type=click.Choice(list(presets())), help="Take host, port, TLS and limits from a preset.")
@click.option("--host", help="The submission server.")
@click.option("--port", type=click.IntRange(1, 65535))
@click.option("--tls", type=click.Choice(["implicit", "starttls", "none"]), help="none: for this machine only.")
@click.option("--auth", type=click.Choice(["password", "oauth2", "none"]))
@click.option("--username", help="Where it is not the address.")
@click.option("--password-stdin", is_flag=True, help="Read the password from stdin and keep it in the keyring.")
@click.option("--connections", type=click.IntRange(min=1), help="At most so many at a time.")
@click.option("--per-minute", type=click.FloatRange(min=0), help="At most so many messages a minute.")
@click.option("--per-day", type=click.IntRange(min=0), help="At most so many messages in 24 hours.")
def add(name: str, provider: str | None, password_stdin: bool, **options: object) -> None:
    """Add the account NAME.

    \b
    Example: mailmerge account add rh --address rh@atelier.example --provider ovh
    """
    made = accounts().add(set_up(name, provider=provider or "", **options))  # type: ignore[arg-type]
    say(f'account "{name}" sends as {made.address} over {made.host}:{made.port}')
    if made.auth == "none":
        return
    secret = _given_password(made, password_stdin)
    if secret is None:
        say(f"no password was given: it is asked for when {name} sends, or pipe it into `account add --password-stdin`")
        return
    try:
        store(made, secret)
    except KeyringUnusable as error:
        raise KeyringUnusable(f'account "{name}" is saved, but its password is not: {error}') from None
    say("the password is in the keyring")


def _given_password(made: Account, from_stdin: bool) -> Secret | None:
    if from_stdin:
        line = sys.stdin.readline().rstrip("\r\n")
        if not line:
            raise AccountError(f'account "{made.name}" is saved, but stdin had no password on its first line')
        return Secret(line)
    if made.auth == "password" and not made.password_command and sys.stdin.isatty():
        return ask_password(made)
    return None


def ask_password(made: Account) -> Secret | None:
    """Ask at the terminal, without echo; None where nothing was typed."""
    typed = click.prompt(f"Password for {made.username}", hide_input=True, default="", show_default=False, err=True)
    return Secret(typed) if typed else None


def secret_for(chosen: Account) -> Secret | None:
    """The secret to send with: stored, or asked for at the terminal; None where the account needs none.

    Raises:
        CredentialMissing: it needs one, and there is neither a stored one nor a terminal.
    """
    if chosen.auth == "none":
        return None
    reason = f'no password is stored for account "{chosen.name}"'
    try:
        stored = find(chosen)
    except KeyringUnusable as error:
        stored, reason = None, str(error)
    if stored is not None:
        return stored
    if sys.stdin.isatty():
        typed = ask_password(chosen)
        if typed is not None:
            return typed
    raise CredentialMissing(
        f"{reason}; store it with `mailmerge account add {chosen.name} ... --password-stdin`, or run in a terminal"
    )


@account.command(name="list")
def list_() -> None:
    """List the accounts.

    \b
    Example: mailmerge account list
    """
    for one in accounts().all():
        put(f"{one.name}\t{visible(one.address)}\t{one.host}:{one.port}\t{one.tls}\t{one.auth}")


@account.command()
@click.argument("name")
def check(name: str) -> int:
    """Connect, secure the connection, log in, and say what the server offers; nothing is sent.

    \b
    Example: mailmerge account check rh
    """
    from mailmerge.delivery import check_server  # only this command needs the network

    chosen = accounts().get(name)
    report = asyncio.run(check_server(chosen, secret_for(chosen)))
    for line in _offered(report):
        put(visible(line))
    return OK


_PIPELINING = {
    "off": "off: one command at a time",
    "group": "group: the commands of a message leave together",
    "full": "full: the commands of the next message leave with each message",
}


def _offered(report: ServerReport) -> Iterator[str]:
    """What the server offers and which limits apply, a fact a line."""
    yield f"server      {report.host}:{report.port}, {report.tls or 'not encrypted'}"
    yield f"login       {'accepted' if report.logged_in else 'not needed'}"
    if report.size_ignored:
        yield f"size        the server says {report.size_ignored}, which cannot be meant and is ignored"
    else:
        yield f"size        {f'{report.size:,} bytes a message at most' if report.size else 'no limit told'}"
    yield f"addresses   {'with accents too (SMTPUTF8)' if report.smtputf8 else 'without accents before the @'}"
    yield f"connections {report.connections} at a time"
    yield f"per minute  {f'{report.per_minute:g} messages' if report.per_minute else 'no limit known'}"
    yield f"per day     {f'{report.per_day} messages' if report.per_day else 'no limit known'}"
    yield f"pipelining  {_PIPELINING[report.pipelining]}"
    yield f"offers      {', '.join(report.extensions)}"


@account.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove the account and its password.

    \b
    Example: mailmerge account remove rh
    """
    removed = accounts().remove(name)
    if removed.auth != "none":
        try:
            forget(removed)
        except KeyringUnusable as error:
            say(f"its password was not looked for: {error}")
    say(f'account "{name}" is removed')
