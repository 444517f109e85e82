"""Where an identity provider signs people in, and what is asked of it: two are known, others are discovered."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from msgspec import Struct, field

from mailmerge.accounts.account import OAuthClient
from mailmerge.accounts.hosts import is_loopback
from mailmerge.accounts.oauth import web
from mailmerge.accounts.oauth.trouble import SignInTrouble, Trouble, TroubleKind
from mailmerge.accounts.providers import presets
from mailmerge.i18n import _

MICROSOFT_SCOPES = ("https://outlook.office.com/SMTP.Send", "offline_access", "openid", "profile")
"""``profile`` for the claim that says who signed in. Scopes of Graph beside them would be AADSTS700022."""
MICROSOFT_MAILBOX = "https://outlook.office.com/IMAP.AccessAsUser.All"
"""Asked as well where the account reads its mailbox; Google's scope has both."""
GOOGLE_SCOPES = ("https://mail.google.com/", "openid", "email")
_ELSEWHERE = ("openid", "profile", "email", "offline_access", MICROSOFT_SCOPES[0], GOOGLE_SCOPES[0])
"""Asked of other issuers, as far as they say that they know them."""
_USUAL = ("openid", "email", "offline_access")


class Issuer(Struct, frozen=True, kw_only=True):
    """The endpoints of one identity provider (RFC 8414, OpenID Connect Discovery 1.0)."""

    label: str
    """What people call it: ``Microsoft``."""
    identifier: str
    """What ``iss`` must be (RFC 9207); ``""`` where it depends on the company."""
    authorize: str
    token: str
    device: str = ""
    """Where codes are asked for (RFC 8628); ``""`` where there are none for mail."""
    revoke: str = ""
    userinfo: str = ""
    scopes: tuple[str, ...]
    redirect_host: str = "127.0.0.1"
    """The name of this computer that the registration has; RFC 8252 7.3 lets the port be any."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """What else the authorization request needs."""
    says_issuer: bool = False
    """Whether its answers always carry ``iss``."""


def issuer_for(provider: str) -> str:
    """The identity provider of a preset's mailboxes; ``""`` for none known."""
    preset = presets().get(provider)
    return preset.issuer if preset else ""


def label(client: OAuthClient) -> str:
    """What people call the identity provider."""
    return {"microsoft": "Microsoft", "google": "Google"}.get(client.issuer) or urlsplit(client.issuer).netloc


def find_issuer(client: OAuthClient, *, mailbox: bool = False) -> Issuer:
    """The endpoints to use; those of an issuer given by its URL are read from there. Blocks.

    ``mailbox`` asks for the right to read the mailbox as well.

    Raises:
        SignInTrouble: they cannot be found out.
    """
    if client.issuer == "microsoft":
        return _microsoft(client.tenant or "common", mailbox=mailbox)
    if client.issuer == "google":
        return _GOOGLE
    return _discovered(client)


def _microsoft(tenant: str, *, mailbox: bool) -> Issuer:
    base = f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0"
    return Issuer(
        label="Microsoft",
        identifier="",
        authorize=f"{base}/authorize",
        token=f"{base}/token",
        device=f"{base}/devicecode",
        scopes=(*MICROSOFT_SCOPES, MICROSOFT_MAILBOX) if mailbox else MICROSOFT_SCOPES,
        redirect_host="localhost",  # its portal refuses 127.0.0.1
        parameters={"prompt": "select_account"},
    )


_GOOGLE = Issuer(
    label="Google",
    identifier="https://accounts.google.com",
    authorize="https://accounts.google.com/o/oauth2/v2/auth",
    token="https://oauth2.googleapis.com/token",  # noqa: S106  (an address)
    revoke="https://oauth2.googleapis.com/revoke",
    userinfo="https://openidconnect.googleapis.com/v1/userinfo",
    scopes=GOOGLE_SCOPES,
    parameters={"access_type": "offline", "prompt": "consent"},  # no refresh token comes without both
)


def _discovered(client: OAuthClient) -> Issuer:
    url = client.issuer.rstrip("/") + "/.well-known/openid-configuration"
    values = {"issuer": client.issuer, "url": url}
    try:
        status, document = web.get(url)
    except SignInTrouble as caught:
        if caught.trouble.kind is not TroubleKind.BARRED:
            raise
        status, document = 0, {}
        detail = caught.trouble.values["detail"]
    else:
        detail = f"HTTP {status}"
    if status != 200:
        raise SignInTrouble(Trouble(TroubleKind.NO_DISCOVERY, values | {"detail": detail}))
    found = str(document.get("issuer", ""))
    if found.rstrip("/") != client.issuer.rstrip("/"):  # OpenID Connect Discovery 4.3
        raise SignInTrouble(
            Trouble(TroubleKind.DISCOVERY_WRONG, values | {"detail": _('it calls itself "{name}"').format(name=found)})
        )
    known = document.get("scopes_supported")
    scopes = tuple(scope for scope in _ELSEWHERE if scope in known) if isinstance(known, list) else _USUAL
    return Issuer(
        label=label(client),
        identifier=found,
        authorize=_endpoint(document, "authorization_endpoint", values, required=True),
        token=_endpoint(document, "token_endpoint", values, required=True),
        device=_endpoint(document, "device_authorization_endpoint", values),
        revoke=_endpoint(document, "revocation_endpoint", values),
        userinfo=_endpoint(document, "userinfo_endpoint", values),
        scopes=scopes,
        parameters={"prompt": "consent"},  # OpenID Connect Core 11: offline_access needs it
        says_issuer=document.get("authorization_response_iss_parameter_supported") is True,
    )


def _endpoint(document: web.Answer, key: str, values: Mapping[str, str], *, required: bool = False) -> str:
    url = document.get(key, "")
    if not url and not required:
        return ""
    try:
        parts = urlsplit(url if isinstance(url, str) else "")
        safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    except ValueError:
        safe = False
    if not safe:
        raise SignInTrouble(
            Trouble(
                TroubleKind.DISCOVERY_WRONG, {**values, "detail": _("{key} is not an https:// address").format(key=key)}
            )
        )
    return str(url)
