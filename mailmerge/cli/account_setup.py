"""``mailmerge account add`` and ``edit``: what an account is, and the password or registration that it logs in with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click

from mailmerge.accounts import (
    Account,
    Fate,
    OAuthClient,
    Secret,
    account_from_preset,
    changed,
    presets,
    recognised,
    settle_secret,
    store_secret,
)
from mailmerge.cli.context import environment
from mailmerge.cli.mailbox import asked, mailbox_options, say_mailbox, taken_out, with_mailbox
from mailmerge.cli.output import say
from mailmerge.cli.secret import ask_password
from mailmerge.cli.sign_in import keep_client_secret, oauth_options, registration
from mailmerge.errors import AccountError, KeyringUnusable, UsageError
from mailmerge.i18n import N_, _

F = TypeVar("F", bound=Callable[..., Any])


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
            oauth_options,
            click.option("--connections", type=click.IntRange(min=1), help="Open at most this many at a time."),
            click.option("--per-minute", type=click.FloatRange(min=0), help="Send at most this many a minute."),
            click.option("--per-day", type=click.IntRange(min=0), help="Send at most this many in 24 hours."),
            click.option("--hours", help='Begin messages within these hours only, such as "Mon-Fri 08:30-18:00".'),
            mailbox_options,
        )
    ):
        command = option(command)
    return command


@click.command()
@click.argument("name")
@click.option("--address", required=True, help='The sender, as "Claire Martin <rh@atelier.example>" or bare.')
@_settings
def add(
    name: str,
    provider: str | None,
    password_stdin: bool,
    issuer: str,
    client_id: str,
    tenant: str,
    client_secret_stdin: bool,
    **options: Any,
) -> None:
    """Add the account NAME.

    The provider of an address such as rh@laposte.net is recognised; for an address of your own domain give --provider,
    or --host.

    \b
    Example: mailmerge account add rh --address rh@atelier.example --provider ovh
    """
    _only_one_from_stdin(password_stdin, client_secret_stdin)
    if provider is None and options["host"] is None:
        known = recognised(options["address"])
        provider = known.name if known else None
        if known:
            told = _("{provider}, as published {published}, check yours: {note}")
            say(told.format(provider=known.label, published=known.published, note=_(known.note)))
    client = registration(provider or "", issuer, client_id, tenant)
    if client is not None and options["auth"] is None:
        options["auth"] = "oauth2"
    mailbox = taken_out(options)
    made = with_mailbox(account_from_preset(name, provider=provider or "", oauth=client, **options), mailbox)
    if not mailbox and made.auth != "none":
        made = asked(made)
    made = environment().accounts.add(made)
    _say_how_it_sends(name, made)
    say_mailbox(made)
    if made.auth == "none":
        return
    if client_secret_stdin:
        _store_client_secret(made)
    if made.auth == "oauth2" and not password_stdin:
        _say_how_to_sign_in(made)
        return
    secret = _given_password(made, password_stdin)
    if secret is None:
        said = _(
            "no password was given: it is asked for when {account} sends, or pipe it into `account edit "
            "--password-stdin`"
        )
        say(said.format(account=name))
        return
    _store(made, secret)


@click.command()
@click.argument("name")
@click.option("--address", help='The sender, as "Claire Martin <rh@atelier.example>" or bare.')
@_settings
def edit(
    name: str,
    provider: str | None,
    password_stdin: bool,
    issuer: str,
    client_id: str,
    tenant: str,
    client_secret_stdin: bool,
    **options: Any,
) -> None:
    """Change the account NAME: only what is given.

    A password or sign-in stays where it belongs: when the server or the user name changes, the stored one is removed,
    and the new password is asked for or read from stdin.

    \b
    Example: mailmerge account edit rh --host smtp.atelier.example --per-day 300
    """
    _only_one_from_stdin(password_stdin, client_secret_stdin)
    mailbox = taken_out(options)
    given = (provider, password_stdin, client_secret_stdin, issuer, client_id, tenant, mailbox)
    if not any(given) and all(value is None for value in options.values()):
        raise UsageError(N_("nothing to change was given: see `mailmerge account edit --help`"))
    before = environment().accounts.get(name)
    after = changed(
        before, oauth=_registration_of(before, provider, issuer, client_id, tenant), provider=provider, **options
    )
    after = with_mailbox(after, mailbox)
    if password_stdin and (after.auth != "password" or after.password_command):
        raise UsageError(
            N_('account "{name}" does not log in with a stored password: leave --password-stdin out'), name=name
        )
    if client_secret_stdin and after.oauth is None:
        raise UsageError(
            N_('account "{name}" does not sign in: leave --client-secret-stdin out, or give --client-id'), name=name
        )
    after = environment().accounts.change(name, after)
    _say_how_it_sends(name, after)
    if mailbox or before.imap != after.imap:
        say_mailbox(after)
    if before.imap is not None and after.imap is None:
        say(_("the mailbox is left alone from now on: no copies, nothing read"))
    fate = settle_secret(before, after, environment().home.state)
    if client_secret_stdin:
        _store_client_secret(after)
    if password_stdin:
        _store(after, _password_from_stdin(after))
        return
    for said in _said(fate, before, after):
        say(_(said).format(name=name, server=before.host, user=before.username, host=after.host))
    if after.auth == "oauth2" and fate in (Fate.REMOVED, Fate.NONE):
        _say_how_to_sign_in(after)


def _said(fate: Fate, before: Account, after: Account) -> Iterator[str]:
    """What became of the secret, and how it is given again."""
    if fate is Fate.COMMAND:
        yield N_("what the command of {name} prints goes to {host} from now on")
    elif fate is Fate.STAYS and not _same_login(before, after):
        yield N_("what is stored to log in to {host} as {user} stays")
    elif fate is Fate.REMOVED and before.host != after.host:
        yield N_("what was stored to log in to {server} as {user} is removed, and was not sent to {host}")
    elif fate is Fate.REMOVED:
        yield N_("what was stored to log in to {server} as {user} is removed")
    if fate in (Fate.REMOVED, Fate.NONE) and after.auth == "password":
        yield N_("the password is asked for when {name} sends, or pipe it into `account edit {name} --password-stdin`")


def _registration_of(
    before: Account, provider: str | None, issuer: str, client_id: str, tenant: str
) -> OAuthClient | None:
    """The registration with what the options change; None where they change nothing."""
    known = before.oauth
    if known is None or not (issuer or client_id or tenant):
        return registration(provider or before.provider, issuer, client_id, tenant)
    moved = bool(issuer) and issuer != known.issuer
    return OAuthClient(
        issuer=issuer or known.issuer,
        client_id=client_id or known.client_id,
        tenant=tenant or ("" if moved else known.tenant),
    )


def _say_how_it_sends(name: str, made: Account) -> None:
    said = _('account "{account}" sends as {address} over {server}')
    say(said.format(account=name, address=made.address, server=f"{made.host}:{made.port}"))


def _say_how_to_sign_in(made: Account) -> None:
    next_step = "sign-in" if made.oauth is not None else "admin-note"
    say(_("next: {command}").format(command=f"mailmerge account {next_step} {made.name}"))


def _only_one_from_stdin(password: bool, client_secret: bool) -> None:
    if password and client_secret:
        raise UsageError(N_("stdin holds either the password or the client secret: give one of the two options"))


def _store_client_secret(made: Account) -> None:
    keep_client_secret(made)
    say(_("the client secret is in the keyring"))


def _same_login(before: Account, after: Account) -> bool:
    """Whether nobody would wonder what became of the password."""
    where = (before.host, before.port, before.tls, before.address, before.auth)
    return after.auth == "none" or where == (after.host, after.port, after.tls, after.address, after.auth)


def _store(made: Account, secret: Secret) -> None:
    try:
        store_secret(made, secret)
    except KeyringUnusable as error:
        raise KeyringUnusable(
            N_('account "{account}" is saved, but its password is not: {error}'), account=made.name, error=error
        ) from None
    say(_("the password is in the keyring"))


def _password_from_stdin(made: Account) -> Secret:
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise AccountError(
            N_('account "{account}" is saved, but stdin had no password on its first line'), account=made.name
        )
    return Secret(line)


def _given_password(made: Account, from_stdin: bool) -> Secret | None:
    if from_stdin:
        return _password_from_stdin(made)
    if made.auth == "password" and not made.password_command and sys.stdin.isatty():
        return ask_password(made)
    return None
