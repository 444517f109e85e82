"""``mailmerge account sign-in``: at Microsoft, Google or a company's own identity provider, instead of a password."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mailmerge.accounts import Account, OAuthClient, Secret
from mailmerge.accounts.credentials import Kept, keep
from mailmerge.cli.context import environment
from mailmerge.cli.output import OK, json_option, print_json, put, say
from mailmerge.errors import AccountError, InputError, UsageError, os_reason
from mailmerge.files.home import write_atomically
from mailmerge.i18n import N_, _
from mailmerge.text.shown import visible

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import Event, Tokens

F = TypeVar("F", bound=Callable[..., Any])


def oauth_options(command: F) -> F:
    """``--issuer``, ``--client-id``, ``--tenant`` and ``--client-secret-stdin``."""
    for option in (
        click.option("--client-secret-stdin", is_flag=True, help="Read the client secret (Google) from stdin."),
        click.option("--tenant", default="", help="Microsoft: the company's domain or directory id."),
        click.option("--client-id", default="", help="The id of the registration to sign in with."),
        click.option("--issuer", default="", metavar="microsoft|google|URL", help="Who signs people in."),
    ):
        command = option(command)
    return command


def registration(provider: str, issuer: str, client_id: str, tenant: str) -> OAuthClient | None:
    """The registration that the options name; None where they name none.

    Raises:
        UsageError: only a part of it was given.
    """
    if not (issuer or client_id or tenant):
        return None
    from mailmerge.accounts.oauth import issuer_for

    if not (issuer or issuer_for(provider)):
        raise UsageError(N_("say who signs people in: --issuer microsoft, google, or the URL of your own provider"))
    if not client_id:
        raise UsageError(N_("give the id of the registration as well: --client-id ID"))
    return OAuthClient(issuer=issuer or issuer_for(provider), client_id=client_id, tenant=tenant)


def keep_client_secret(made: Account) -> None:
    """Put the client secret on stdin into the keyring.

    Raises:
        AccountError: there is none, or the keyring does not keep it.
    """
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise AccountError(
            N_('account "{account}" is saved, but stdin had no client secret on its first line'), account=made.name
        )
    keep(made, Kept.CLIENT_SECRET, Secret(line))


def tokens_of(chosen: Account) -> Tokens:
    """The tokens of an account that is signed in.

    Raises:
        SignInNeeded: nobody has signed in.
        KeyringUnusable: the keyring does not answer.
    """
    from mailmerge.accounts.oauth import Tokens

    tokens = Tokens(chosen, environment().home.state)
    tokens.require_signed_in()
    return tokens


def _account(name: str) -> Account:
    return environment().accounts.get(name)


@click.command("sign-in")
@click.argument("name")
@click.option("--device", is_flag=True, help="By a code that you type in on any device, instead of the browser here.")
@click.option("--no-browser", is_flag=True, help="Only print the address; you open it.")
@json_option
def sign_in(name: str, device: bool, no_browser: bool, as_json: bool) -> int:
    """Sign the account NAME in. It is tried at its mail server, and kept in the keyring.

    \b
    Example: mailmerge account sign-in rh
    """
    asyncio.run(_signed_in(_account(name), device=device, browser=not no_browser, as_json=as_json))
    return OK


async def _signed_in(chosen: Account, *, device: bool, browser: bool, as_json: bool) -> None:
    from mailmerge import delivery
    from mailmerge.accounts.oauth import Failed

    async for event in delivery.sign_in(chosen, device=device, state=environment().home.state).events():
        if isinstance(event, Failed):
            raise event.error
        if as_json:
            _print(event)
        _tell(event, chosen, browser=browser, as_json=as_json)


def _print(event: Event) -> None:
    from mailmerge.accounts.oauth import Code, OpenBrowser, SignedIn

    match event:
        case OpenBrowser(url):
            print_json({"event": "open", "url": url})
        case Code(user_code, verification_uri, complete_uri):
            document = {"event": "code", "user_code": user_code, "verification_uri": verification_uri}
            print_json(document | ({"verification_uri_complete": complete_uri} if complete_uri else {}))
        case SignedIn(user, scopes):
            print_json({"event": "signed-in", "user": user, "scopes": list(scopes)})


def _tell(event: Event, chosen: Account, *, browser: bool, as_json: bool) -> None:
    from mailmerge.accounts.oauth import (
        Code,
        CodePossible,
        OpenBrowser,
        SignedIn,
        SignInStep,
        SignInWaiting,
        open_browser,
    )

    match event:
        case OpenBrowser(url):
            hint = _("open this address in a browser on this computer:")
            if browser and open_browser(url):
                hint = _("the browser opens; if it does not, open this address:")
            say(hint)
            if not as_json:
                put(visible(url))
        case Code(user_code, verification_uri):
            say(_("open {address} on any device and type in this code:").format(address=verification_uri))
            if not as_json:
                put(visible(user_code))
        case CodePossible():
            say(
                _("no browser here? Ctrl-C, then: mailmerge account sign-in {account} --device").format(
                    account=chosen.name
                )
            )
        case SignInWaiting(SignInStep.BUSY):
            say(_("the identity provider does not answer; asking again"))
        case SignInWaiting(SignInStep.SERVER):
            say(_("trying the login at {host}").format(host=chosen.host))
        case SignedIn(user):
            say(_("signed in as {user}; the keyring keeps the sign-in").format(user=user))


@click.command("sign-out")
@click.argument("name")
def sign_out(name: str) -> int:
    """Forget the sign-in of the account NAME. The identity provider ends it where it can.

    \b
    Example: mailmerge account sign-out rh
    """
    from mailmerge.accounts.oauth import Tokens, label

    chosen = _account(name)
    if chosen.oauth is None:
        raise AccountError(N_('account "{name}" does not sign in, so there is nothing to sign out of'), name=name)
    tokens = Tokens(chosen, environment().home.state)
    if not tokens.is_stored() and tokens.record is None:
        say(_('account "{account}" was not signed in').format(account=name))
    elif tokens.sign_out():
        said = _("{provider} has ended the sign-in, and the keyring has forgotten it")
        say(said.format(provider=label(chosen.oauth)))
    else:
        said = _("the keyring has forgotten the sign-in; {provider} ends it when you withdraw the access there")
        say(said.format(provider=label(chosen.oauth)))
    return OK


@click.command("admin-note")
@click.argument("name")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it there instead.")
def admin_note(name: str, out: Path | None) -> int:
    """Print the note for your administrator. It says what to allow, and how, in English and in French (Markdown).

    \b
    Example: mailmerge account admin-note rh --out mailmerge.md
    """
    from mailmerge.accounts.oauth.admin_note import admin_note as written

    note = written(_account(name))
    if out is None:
        put(note.encode(), newline=False)
        return OK
    if out.exists():
        raise InputError(N_("{out} already exists: give another name"), out=out)
    try:
        write_atomically(out, note.encode())
    except OSError as error:
        raise InputError(N_("cannot write {out}: {why}"), out=out, why=os_reason(error)) from None
    say(_("the note is in {file}").format(file=out))
    return OK
