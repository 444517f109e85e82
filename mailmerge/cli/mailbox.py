"""The options and the question of ``mailmerge account`` about the mailbox: copies in Sent, and returned mail."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click
from msgspec.structs import replace

from mailmerge.accounts import Account, Imap, changed, files_copies_itself, presets
from mailmerge.accounts.mailbox import AUTO, OFF, published_host
from mailmerge.cli.output import ask, confirm, say
from mailmerge.errors import UsageError
from mailmerge.i18n import N_, _

F = TypeVar("F", bound=Callable[..., Any])
_FIELDS = {
    "imap_host": "host",
    "imap_port": "port",
    "imap_tls": "tls",
    "imap_username": "username",
    "sent": "sent",
    "bounces": "bounces",
}
"""By the name of the option, what it is of the mailbox."""


def mailbox_options(command: F) -> F:
    """What says where the mailbox is, and what is done with it."""
    for option in reversed(
        (
            click.option("--imap-host", help="The IMAP server of the mailbox, if it is not the provider's."),
            click.option("--imap-port", type=click.IntRange(1, 65535)),
            click.option("--imap-tls", type=click.Choice(["implicit", "starttls", "none"])),
            click.option("--imap-username", help="If it is not the user name to send with."),
            click.option(
                "--sent",
                metavar="auto|off|FOLDER",
                help="Keep a copy of each message in the Sent folder, or in FOLDER. Everybody who shares the mailbox"
                " sees the copies.",
            ),
            click.option("--bounces", is_flag=True, help="Read returned mail with `mailmerge follow`."),
            click.option("--no-bounces", is_flag=True, help="Do not read returned mail."),
            click.option("--no-imap", is_flag=True, help="Leave the mailbox alone: no copies, nothing read."),
        )
    ):
        command = option(command)
    return command


def taken_out(options: dict[str, Any]) -> dict[str, Any]:
    """The options about the mailbox that were given, taken out of all options.

    Raises:
        UsageError: they contradict each other.
    """
    off, read, unread = options.pop("no_imap"), options.pop("bounces"), options.pop("no_bounces")
    if read and unread:
        raise UsageError(N_("give --bounces or --no-bounces, not both"))
    options["bounces"] = read if read or unread else None
    given = {field: value for name, field in _FIELDS.items() if (value := options.pop(name)) is not None}
    if off and given:
        raise UsageError(N_("give --no-imap or the settings of the mailbox, not both"))
    return {"off": True} if off else given


def with_mailbox(account: Account, given: dict[str, Any]) -> Account:
    """The account with its mailbox as the options say.

    Raises:
        AccountInvalid: a value cannot be used, or no IMAP server is known.
    """
    if not given:
        return account
    if "off" in given:
        return changed(account, no_imap=True)
    before = account.imap or Imap()
    if "tls" in given and "port" not in given:
        before = replace(before, port=0)
    return changed(account, imap=replace(before, **given))


def asked(account: Account) -> Account:
    """The account as a person answers the one question about its mailbox; unchanged where nobody is there to ask."""
    if not sys.stdin.isatty():
        return account
    preset = presets().get(account.provider)
    host = published_host(preset, account.host)
    if account.provider and not host:  # a relay has no mailboxes
        return account
    question = _QUESTIONS[files_copies_itself(account.provider, account.host)]
    if not confirm(_(question)):
        return account
    if not host:
        host = ask(_("The IMAP server of the mailbox"), default=account.host)
    return changed(account, imap=Imap(host=host))


_QUESTIONS = {
    False: N_(
        "Keep a copy of each message in the Sent folder, and read returned mail? The copies are personal data:"
        " everybody who shares the mailbox sees them"
    ),
    True: N_(
        "Read returned mail, and look in the Sent folder, where this provider keeps a copy itself? Nothing in the"
        " mailbox is changed"
    ),
}
"""By whether the provider files copies itself."""


def say_mailbox(account: Account) -> None:
    """What is done with the mailbox from now on."""
    if account.imap is None:
        return
    values = {"host": account.imap.host, "folder": account.imap.sent}
    if files_copies_itself(account.provider, account.host, account.imap.host):
        say(_("{host} keeps a copy of each message itself; mailmerge adds none").format(**values))
    elif account.imap.sent == AUTO:
        say(_("a copy of each message goes into the Sent folder at {host}").format(**values))
    elif account.imap.sent != OFF:
        say(_('a copy of each message goes into the folder "{folder}" at {host}').format(**values))
    if account.imap.bounces:
        say(_("returned mail is read there by `mailmerge follow RUN`, and left as it is").format(**values))
