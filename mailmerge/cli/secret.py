"""The password or token of an account on the command line: stored, signed in for, or asked for at the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mailmerge.accounts import Account, Secret, find_secret
from mailmerge.cli.output import ask
from mailmerge.cli.sign_in import tokens_of
from mailmerge.errors import CredentialMissing, KeyringUnusable, Reason
from mailmerge.i18n import N_, _

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import Tokens


def secret_for(chosen: Account) -> Secret | Tokens | None:
    """The secret to send with: stored, or asked for at the terminal; None where the account needs none.

    Raises:
        SignInNeeded: it signs in, and nobody has.
        CredentialMissing: it needs one, and there is neither a stored one nor a terminal.
    """
    if chosen.auth == "none":
        return None
    if chosen.oauth is not None:
        return tokens_of(chosen)
    no_keyring: KeyringUnusable | None = None
    stored: Secret | None = None
    try:
        stored = find_secret(chosen)
    except KeyringUnusable as error:
        no_keyring = error
    if stored is not None:
        return stored
    if sys.stdin.isatty():
        typed = ask_password(chosen)
        if typed is not None:
            return typed
    if no_keyring is not None:
        raise CredentialMissing(N_("{why}; to be asked for it, run the command in a terminal"), why=no_keyring)
    missing = Reason("no-password", N_('no password is stored for account "{account}"'), {"account": chosen.name})
    raise CredentialMissing(
        N_("{why}; store it with `mailmerge account edit {account} --password-stdin`, or run in a terminal"),
        why=missing,
        account=chosen.name,
    )


def ask_password(made: Account) -> Secret | None:
    """Ask at the terminal, without echo; None where nothing was typed."""
    typed = ask(_("Password for {user}").format(user=made.username), hide_input=True, default="", show_default=False)
    return Secret(typed) if typed else None
