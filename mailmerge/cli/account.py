"""``mailmerge account``: the mailboxes to send from; passwords go to the system's keyring and nowhere else."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mailmerge.accounts import (
    Account,
    Accounts,
    Fate,
    Secret,
    changed,
    find,
    forget,
    presets,
    recognised,
    set_up,
    settle_secret,
    store,
)
from mailmerge.cli.output import OK, say
from mailmerge.errors import AccountError, CredentialMissing, KeyringUnusable, UsageError
from mailmerge.home import find_home
from mailmerge.text import plural, visible

if TYPE_CHECKING:
    from mailmerge.delivery import ServerReport


F = TypeVar("F", bound=Callable[..., Any])


def accounts() -> Accounts:
    """The accounts of this user."""
    return Accounts(find_home().config)


@click.group()
def account() -> None:
    """Set up, list, check, edit and remove the mailboxes to send from.

    A password is kept in the system's keyring, or comes from a password manager: password_command = "pass show rh" in
    the account's table in config.toml (token_command for auth oauth2) names a program that prints it on its first line.

    \b
    Example: mailmerge account add rh --address rh@atelier.example --provider ovh
    """


def _settings(command: F) -> F:
    """The options that say what an account is; ``add`` and ``edit`` take the same."""
    for option in reversed(
        (
            click.option(
                "--provider", type=click.Choice(list(presets())), help="Server and limits as it publishes them."
            ),
            click.option("--host", help="The submission server."),
            click.option("--port", type=click.IntRange(1, 65535)),
            click.option("--tls", type=click.Choice(["implicit", "starttls", "none"]), help="none: this machine only."),
            click.option(
                "--auth",
                type=click.Choice(["password", "oauth2", "none"]),
                help="none: no login, for a server that takes mail by network.",
            ),
            click.option("--username", help="If it is not the address."),
            click.option("--password-stdin", is_flag=True, help="Read the password from stdin, for the keyring."),
            click.option("--connections", type=click.IntRange(min=1), help="Open at most this many at a time."),
            click.option("--per-minute", type=click.FloatRange(min=0), help="Send at most this many a minute."),
            click.option("--per-day", type=click.IntRange(min=0), help="Send at most this many in 24 hours."),
        )
    ):
        command = option(command)
    return command


@account.command()
@click.argument("name")
@click.option("--address", required=True, help='The sender, as "Claire Martin <rh@atelier.example>" or bare.')
@_settings
def add(name: str, provider: str | None, password_stdin: bool, **options: Any) -> None:
    """Add the account NAME.

    The provider of an address such as rh@laposte.net is recognised; for an address of your own domain give --provider,
    or --host.

    \b
    Example: mailmerge account add rh --address rh@atelier.example --provider ovh
    """
    if provider is None and options["host"] is None:
        known = recognised(options["address"])
        provider = known.name if known else None
        if known:
            say(f"{known.label}, as published {known.published}, check yours: {known.note}")
    made = accounts().add(set_up(name, provider=provider or "", **options))
    say(f'account "{name}" sends as {made.address} over {made.host}:{made.port}')
    if made.auth == "none":
        return
    secret = _given_password(made, password_stdin)
    if secret is None:
        say(
            f"no password was given: it is asked for when {name} sends, or pipe it into `account edit --password-stdin`"
        )
        return
    _store(made, secret)


@account.command()
@click.argument("name")
@click.option("--address", help='The sender, as "Claire Martin <rh@atelier.example>" or bare.')
@_settings
def edit(name: str, password_stdin: bool, **options: Any) -> None:
    """Change the account NAME: only what is given.

    A password stays where it belongs: when the server or the user name changes, the stored one is removed, and the new
    one is asked for or read from stdin.

    \b
    Example: mailmerge account edit rh --host smtp.atelier.example --per-day 300
    """
    if not password_stdin and all(value is None for value in options.values()):
        raise UsageError("nothing to change was given: see `mailmerge account edit --help`")
    before = accounts().get(name)
    after = changed(before, **options)
    if password_stdin and (after.auth != "password" or after.password_command):
        raise UsageError(f'account "{name}" does not log in with a stored password: leave --password-stdin out')
    after = accounts().change(name, after)
    say(f'account "{name}" sends as {after.address} over {after.host}:{after.port}')
    fate = settle_secret(before, after)
    if password_stdin:
        _store(after, _password_from_stdin(after))
    elif said := _FATES.get(fate, "" if _same_login(before, after) else _KEPT):
        say(said.format(name=name, server=before.host, user=before.username, host=after.host))


_FATES = {
    Fate.REMOVED: "what was stored to log in to {server} as {user} is removed, and was not sent to {host}:"
    " it is asked for when {name} sends, or pipe the password into `account edit {name} --password-stdin`",
    Fate.NONE: "no password is stored: it is asked for when {name} sends, or pipe it into"
    " `account edit {name} --password-stdin`",
    Fate.COMMAND: "what the command of {name} prints goes to {host} from now on",
}
"""What is said of a secret that does not simply stay."""
_KEPT = "what is stored to log in to {host} as {user} stays"


def _same_login(before: Account, after: Account) -> bool:
    """Whether nobody would wonder what became of the password."""
    where = (before.host, before.port, before.tls, before.address, before.auth)
    return after.auth == "none" or where == (after.host, after.port, after.tls, after.address, after.auth)


def _store(made: Account, secret: Secret) -> None:
    try:
        store(made, secret)
    except KeyringUnusable as error:
        raise KeyringUnusable(f'account "{made.name}" is saved, but its password is not: {error}') from None
    say("the password is in the keyring")


def _password_from_stdin(made: Account) -> Secret:
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise AccountError(f'account "{made.name}" is saved, but stdin had no password on its first line')
    return Secret(line)


def _given_password(made: Account, from_stdin: bool) -> Secret | None:
    if from_stdin:
        return _password_from_stdin(made)
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
        f"{reason}; store it with `mailmerge account edit {chosen.name} --password-stdin`, or run in a terminal"
    )


@account.command(name="list")
def list_() -> None:
    """List the accounts: name, address, server, TLS, login, and what else is set.

    \b
    Example: mailmerge account list
    """
    for one in accounts().all():
        click.echo("\t".join(visible(fact) for fact in _facts(one)))


def _facts(one: Account) -> Iterator[str]:
    """Who, where, how; then what is set beyond that, as ``key=value``."""
    yield from (one.name, one.address, f"{one.host}:{one.port}", one.tls, one.auth)
    usual = set_up(one.name, one.address, provider=one.provider, host=one.host, port=one.port, tls=one.tls)
    for key in ("display_name", "provider", "username", "ca_file"):
        if (value := getattr(one, key)) != getattr(usual, key) or (value and key == "provider"):
            yield f"{key}={value}"
    if one.oauth is not None:
        yield f"issuer={one.oauth.issuer}"
        yield f"client_id={one.oauth.client_id}"
        if one.oauth.tenant:
            yield f"tenant={one.oauth.tenant}"
    for key in ("password_command", "token_command"):
        if getattr(one, key):
            yield f"{key}=set"  # not the command itself: people write passwords into them
    yield f"connections={one.connections}"
    if one.per_minute:
        yield f"per_minute={one.per_minute:g}"
    if one.per_day:
        yield f"per_day={one.per_day}"
    if one.signature:
        yield f"signature={plural(len(one.signature.splitlines()), '{count} line', '{count} lines')}"


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
        click.echo(visible(line))
    return OK


def _offered(report: ServerReport) -> Iterator[str]:
    """What the server offers and which limits apply, a fact a line."""
    yield f"server      {report.host}:{report.port}, {report.tls or 'not encrypted'}"
    yield f"login       {'accepted' if report.logged_in else 'not needed'}"
    yield f"size        {f'{report.size:,} bytes a message at most' if report.size else 'no limit told'}"
    yield f"addresses   {'with accents too (SMTPUTF8)' if report.smtputf8 else 'without accents before the @'}"
    yield f"connections {report.connections} at a time"
    yield f"per minute  {f'{report.per_minute:g} messages' if report.per_minute else 'no limit known'}"
    yield f"per day     {f'{report.per_day} messages' if report.per_day else 'no limit known'}"
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
