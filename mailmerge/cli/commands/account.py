"""``mailmerge account``: the mailboxes to send from; passwords go to the system's keyring and nowhere else."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
from msgspec.structs import asdict

from mailmerge.accounts import Account, Secret, account_from_preset, forget_secret
from mailmerge.accounts.account import PIPELINING_LABELS
from mailmerge.cli.account_setup import add, edit
from mailmerge.cli.context import environment
from mailmerge.cli.output import OK, json_option, print_json, put, say
from mailmerge.cli.secret import secret_for
from mailmerge.cli.sign_in import admin_note, sign_in, sign_out
from mailmerge.errors import KeyringUnusable, SignInFailed
from mailmerge.i18n import _, ngettext, number, pgettext, plural
from mailmerge.text.shown import visible

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import Tokens
    from mailmerge.delivery import ServerReport
    from mailmerge.imap import MailboxReport


@click.group()
def account() -> None:
    """Set up and check the accounts to send from.

    A password is kept in the system's keyring, or comes from a password manager: password_command = "pass show rh" in
    the account's table in config.toml (token_command for auth oauth2) names a program that prints it on its first line.

    \b
    Example: mailmerge account add rh --address rh@atelier.example --provider ovh
    """


@account.command(name="list")
def list_() -> None:
    """List the accounts. Each has its name, address, server, TLS, login, and what else is set.

    \b
    Example: mailmerge account list
    """
    accounts = environment().accounts.all()
    for one in accounts:
        put("\t".join(visible(fact) for fact in _facts(one)))
    if not accounts:
        say(_("no account yet; add one with `mailmerge account add NAME --address ...`"))


def _facts(one: Account) -> Iterator[str]:
    """Who, where, how; then what is set beyond that, as ``key=value``."""
    yield from (one.name, one.address, f"{one.host}:{one.port}", one.tls, one.auth)
    usual = account_from_preset(one.name, one.address, provider=one.provider, host=one.host, port=one.port, tls=one.tls)
    for key in ("display_name", "provider", "username", "ca_file"):
        if (value := getattr(one, key)) != getattr(usual, key) or (value and key == "provider"):
            yield f"{key}={value}"
    if one.oauth is not None:
        yield f"issuer={one.oauth.issuer}"
        yield f"client_id={one.oauth.client_id}"
        if one.oauth.tenant:
            yield f"tenant={one.oauth.tenant}"
    if one.imap is not None:
        yield f"imap={one.imap.host}:{one.imap.port}"
        yield f"sent={one.imap.sent}"
        yield f"bounces={'on' if one.imap.bounces else 'off'}"
    for key in ("password_command", "token_command"):
        if getattr(one, key):
            yield f"{key}=set"  # not the command itself: people write passwords into them
    yield f"connections={one.connections}"
    if one.per_minute:
        yield f"per_minute={one.per_minute:g}"
    if one.per_day:
        yield f"per_day={one.per_day}"
    if one.hours:
        yield f"hours={one.hours}"
    if one.signature:
        signature = plural(len(one.signature.splitlines()), "{count} line", "{count} lines")
        yield f"signature={signature}"


@account.command()
@click.argument("name")
@json_option
def check(name: str, as_json: bool) -> int:
    """Connect, log in, and say what the server offers. The connection is secured first, and nothing is sent.

    \b
    Example: mailmerge account check rh
    """
    from mailmerge.delivery import check_server  # only this command needs the network

    chosen = environment().accounts.get(name)
    secret = secret_for(chosen)
    tokens = None if secret is None or isinstance(secret, Secret) else secret
    report = asyncio.run(check_server(chosen, secret))
    mailbox = _mailbox_report(chosen, secret)
    if as_json:
        print_json(_document(chosen, report, tokens) | ({"mailbox": asdict(mailbox)} if mailbox else {}))
        return OK
    facts = list(_offered(report))
    if tokens is not None:
        facts.append((_("signed in"), _sign_in_line(tokens)))
    if mailbox is not None:
        facts.append((_("mailbox"), _mailbox_line(mailbox)))
    width = max(len(label) for label, _fact in facts)
    for label, fact in facts:
        put(visible(f"{label:<{width}} {fact}"))
    return OK


def _mailbox_report(chosen: Account, secret: Secret | Tokens | None) -> MailboxReport | None:
    if chosen.imap is None:
        return None
    from mailmerge.imap import check_mailbox  # only such an account needs it

    return check_mailbox(chosen, secret)


def _mailbox_line(report: MailboxReport) -> str:
    values = {"host": report.host, "port": report.port, "folder": report.folder}
    if not report.folder:
        return _("{host}:{port}, no copies").format(**values)
    if report.files_copies:
        return _('{host}:{port}, copies go into "{folder}"').format(**values)
    return _('{host}:{port}, the server keeps copies in "{folder}"').format(**values)


def _document(chosen: Account, report: ServerReport, tokens: Tokens | None) -> dict[str, object]:
    """``account check --json``."""
    record = tokens.record if tokens is not None else None
    sign_in: dict[str, object] | None = None
    if tokens is not None:
        sign_in = {
            "user": record.user if record else None,
            "scopes": list(record.scopes) if record else [],
            "expires_in": tokens.expires_in,
            "refresh_stored": tokens.is_stored(),
        }
    return {"account": chosen.name, "auth": chosen.auth, **asdict(report), "sign_in": sign_in}


def _sign_in_line(tokens: Tokens) -> str:
    record = tokens.record
    if record is None:
        return _("not known as whom")
    said = _("as {user} since {day}; may: {scopes}")
    return said.format(user=record.user, day=record.day, scopes=", ".join(record.scopes))


def _offered(report: ServerReport) -> Iterator[tuple[str, str]]:
    """What the server offers and which limits apply, each with what it is called."""
    encryption = report.tls or _("not encrypted")
    yield _("server"), f"{report.host}:{report.port}, {encryption}"
    yield _("login"), pgettext("login", "accepted") if report.logged_in else pgettext("login", "not needed")
    yield _("size"), _size(report)
    yield _("addresses"), _("with accents too (SMTPUTF8)") if report.smtputf8 else _("without accents before the @")
    yield _("connections"), _("{count} at a time").format(count=number(report.connections))
    yield _("per minute"), _messages(report.per_minute)
    yield _("per day"), _messages(report.per_day)
    yield _("pipelining"), _(PIPELINING_LABELS[report.pipelining])
    yield _("offers"), ", ".join(report.extensions)


def _size(report: ServerReport) -> str:
    if report.size_ignored:
        said = _("the server says {size}, which cannot be meant and is ignored")
        return said.format(size=report.size_ignored)
    if not report.size:
        return _("no limit given")
    return plural(report.size, "{count} byte per message at most", "{count} bytes per message at most")


def _messages(limit: float) -> str:
    if not limit:
        return _("no limit known")
    return ngettext("{count} message", "{count} messages", math.ceil(limit)).format(count=number(limit))


@account.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove the account and its password.

    \b
    Example: mailmerge account remove rh
    """
    removed = environment().accounts.remove(name)
    if removed.oauth is not None:
        from mailmerge.accounts.oauth import Tokens

        with contextlib.suppress(KeyringUnusable, SignInFailed):  # said below, if the keyring does not answer
            Tokens(removed, environment().home.state).sign_out()
    if removed.auth != "none":
        try:
            forget_secret(removed)
        except KeyringUnusable as error:
            say(_("its password was not looked for: {error}").format(error=error))
    say(_('account "{account}" is removed').format(account=name))


for _command in (add, edit, sign_in, sign_out, admin_note):
    account.add_command(_command)
