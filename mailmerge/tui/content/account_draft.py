"""What an account form holds, and the account it makes. No widgets here."""

from __future__ import annotations

import math
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from mailmerge.accounts import Account, Imap, OAuthClient, Preset, account_from_preset, changed, files_copies_itself
from mailmerge.accounts.from_preset import split_address
from mailmerge.accounts.mailbox import AUTO
from mailmerge.accounts.providers import Auth, Tls
from mailmerge.errors import AccountInvalid, Reason
from mailmerge.i18n import N_, _
from mailmerge.text.folding import identifier

OTHER = "other"
"""In place of a provider: any submission server."""


LEFT_ALONE, LOOKED_INTO = "left-alone", "looked-into"
"""What is done with the mailbox after a sending."""


class Login(StrEnum):
    """How an account logs in, as a person chooses it."""

    PASSWORD = "password"  # noqa: S105  (its name)
    MICROSOFT = "microsoft"
    GOOGLE = "google"
    ISSUER = "issuer"
    """With an identity provider of one's own; only where config.toml names one."""
    TOKEN = "token"  # noqa: S105
    """A command prints the token; only where config.toml names one."""
    NONE = "none"

    @property
    def auth(self) -> Auth:
        """The account's ``auth``."""
        if self is Login.PASSWORD:
            return "password"
        return "none" if self is Login.NONE else "oauth2"

    @property
    def registered(self) -> bool:
        """Whether it needs a client id."""
        return self in (Login.MICROSOFT, Login.GOOGLE, Login.ISSUER)


def login_of(account: Account) -> Login:
    """How an account logs in."""
    if account.oauth is not None:
        return Login(account.oauth.issuer) if account.oauth.issuer in ("microsoft", "google") else Login.ISSUER
    return Login.TOKEN if account.auth == "oauth2" else Login(account.auth)


def logins(before: Account | None) -> list[tuple[str, Login]]:
    """What can be chosen, in words; what only config.toml can set up is offered where it is."""
    choices = [
        (_("Password"), Login.PASSWORD),
        (_("Sign in with {provider}").format(provider="Microsoft"), Login.MICROSOFT),
        (_("Sign in with {provider}").format(provider="Google"), Login.GOOGLE),
        (_("No login"), Login.NONE),
    ]
    if before is not None and login_of(before) is Login.ISSUER and before.oauth is not None:
        choices.insert(3, (_("Sign in at {issuer}").format(issuer=before.oauth.issuer), Login.ISSUER))
    if before is not None and login_of(before) is Login.TOKEN:
        choices.insert(3, (_("Token of a command"), Login.TOKEN))
    return choices


def login_for(preset: Preset) -> Login:
    """What a provider needs, by what it publishes."""
    return Login(preset.issuer) if preset.auth == "oauth2" and preset.issuer else Login(preset.auth)


def login_hint(login: Login, name: str) -> str:
    """Where what a way to log in needs comes from."""
    if login is Login.MICROSOFT:
        return _(
            "Your administrator registers mailmerge once and gives you the client id: `mailmerge account admin-note"
            " {account}` is a note for them."
        ).format(account=name or "NAME")
    if login is Login.GOOGLE:
        return _("From your company's Google Cloud console: a client of type Desktop, its users Internal.")
    if login is Login.NONE:
        return _("For a server that takes mail from this network without asking who you are.")
    return ""


class AccountDraft(Struct, frozen=True, kw_only=True):
    """The fields of the form, as they were typed."""

    address: str = ""
    provider: str = ""
    """A preset's name, :data:`OTHER`, or ``""`` while none is chosen."""
    name: str = ""
    login: Login = Login.PASSWORD
    username: str = ""
    client_id: str = ""
    tenant: str = ""
    host: str = ""
    tls: Tls = "implicit"
    port: str = ""
    connections: str = ""
    per_minute: str = ""
    per_day: str = ""
    signature: str = ""
    mailbox: str = LEFT_ALONE
    """:data:`LEFT_ALONE` or :data:`LOOKED_INTO`."""
    imap_host: str = ""
    sent: str = ""


def draft_of(account: Account) -> AccountDraft:
    """The fields that show an account."""
    client = account.oauth
    return AccountDraft(
        address=_written(account),
        provider=account.provider or OTHER,
        name=account.name,
        login=login_of(account),
        username="" if account.username == account.address else account.username,
        client_id=client.client_id if client else "",
        tenant=client.tenant if client else "",
        host=account.host,
        tls=account.tls,
        port=str(account.port),
        connections=str(account.connections),
        per_minute=f"{account.per_minute:g}" if account.per_minute else "",
        per_day=str(account.per_day) if account.per_day else "",
        signature=account.signature,
        mailbox=LOOKED_INTO if account.imap else LEFT_ALONE,
        imap_host=account.imap.host if account.imap else "",
        sent=account.imap.sent if account.imap and account.imap.sent != AUTO else "",
    )


def usual_name(address: str) -> str:
    """What an account is called where nothing else is given: what is before the @."""
    local = address.rpartition("<")[2].partition("@")[0]
    return identifier(local).strip("_").replace("_", "-")


def account_from(draft: AccountDraft, before: Account | None) -> Account:
    """The account that the form describes: a new one, or ``before`` with what is different.

    Raises:
        AccountInvalid: a field is wrong.
    """
    if not draft.address.strip():
        raise _wrong("address", N_("give the address that messages come from"))
    if not draft.provider and not draft.host.strip():
        raise _wrong("provider", N_("choose who runs the mailbox, or “Another server”"))
    name = draft.name.strip() or usual_name(draft.address)
    provider = "" if draft.provider in ("", OTHER) else draft.provider
    shown, spec = split_address(name, draft.address)
    login = draft.login
    issuer = before.oauth.issuer if login is Login.ISSUER and before and before.oauth else login.value
    client = OAuthClient(issuer=issuer, client_id=draft.client_id.strip(), tenant=draft.tenant.strip())
    oauth = client if login.registered else None
    port, connections = _whole("port", draft.port), _whole("connections", draft.connections)
    per_minute, per_day = _number("per_minute", draft.per_minute), _whole("per_day", draft.per_day)
    username = draft.username.strip() or spec
    if before is None:
        return account_from_preset(
            name, spec, display_name=shown, provider=provider, host=draft.host, port=port, tls=draft.tls,
            auth=login.auth, username=username, oauth=oauth, signature=draft.signature,
            connections=connections, per_minute=per_minute, per_day=per_day, imap=_mailbox(draft, None),
        )  # fmt: skip
    return changed(
        before, name=name, address=spec, display_name=shown, host=draft.host, port=port, tls=draft.tls,
        provider=None if provider == before.provider else provider,
        auth=login.auth, username=username, oauth=oauth, signature=draft.signature,
        connections=connections or 1, per_minute=per_minute or 0, per_day=per_day or 0,
        imap=_mailbox(draft, before.imap), no_imap=draft.mailbox == LEFT_ALONE,
    )  # fmt: skip


def _mailbox(draft: AccountDraft, before: Imap | None) -> Imap | None:
    """The mailbox as it is filled in; what the form does not show stays."""
    if draft.mailbox == LEFT_ALONE:
        return None
    known = before or Imap()
    host = draft.imap_host.strip()
    moved = host != known.host
    return replace(known, host=host, port=0 if moved else known.port, sent=draft.sent.strip() or AUTO)


def mailbox_hint(draft: AccountDraft) -> str:
    """What it means that the mailbox is looked into."""
    if draft.mailbox == LEFT_ALONE:
        return ""
    if files_copies_itself(draft.provider, draft.host.strip()):
        return _("This provider keeps a copy of each message itself. Returned mail is read, and left as it is.")
    return _(
        "A copy of each message goes into the Sent folder. The copies are personal data: everybody who shares the"
        " mailbox sees them."
    )


def _written(account: Account) -> str:
    """The sender as a person writes it."""
    name = account.display_name
    if not name:
        return account.address
    if any(character in name for character in ',;:"<>@()[]\\'):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{name} <{account.address}>"


def _whole(field: str, text: str) -> int | None:
    """A whole number; None where nothing is written."""
    if not text.strip():
        return None
    try:
        return int(text)
    except ValueError:
        raise _wrong(field, N_("give a whole number")) from None


def _number(field: str, text: str) -> float | None:
    if not text.strip():
        return None
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _wrong(field, N_("give a number, such as 30 or 0.5"))
    return number


def _wrong(field: str, problem: str) -> AccountInvalid:
    return AccountInvalid(N_("{problem}"), field=field, problem=Reason(field, problem))
