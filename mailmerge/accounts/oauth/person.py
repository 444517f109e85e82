"""Who signed in, by what the identity provider says: the commonest mistake is signing in as somebody else."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode

from mailmerge.accounts.oauth import web
from mailmerge.accounts.oauth.issuers import Issuer
from mailmerge.accounts.oauth.trouble import SignInTrouble
from mailmerge.accounts.secret import Secret
from mailmerge.text.addresses import AddressInvalid, parse_address

_CLAIMS = ("preferred_username", "email", "upn", "unique_name")


def who_signed_in(answer: web.Answer, issuer: Issuer) -> list[str]:
    """The addresses that the provider knows the person by, the one they sign in with first; none where it says none.

    The ID token's signature is not looked at: it came over TLS from the provider itself (OpenID Connect Core 3.1.3.7).
    Blocks where the provider has to be asked.
    """
    token = answer.get("id_token")
    claims = _payload(token) if isinstance(token, Secret) else {}
    found = _addresses(claims, *_CLAIMS) or _addresses(claims, "sub")
    if not found and issuer.userinfo and isinstance(access := answer.get("access_token"), Secret):
        try:
            found = _addresses(web.get(issuer.userinfo, token=access)[1], *_CLAIMS)
        except SignInTrouble:
            return []
    return found


def is_same_person(one: str, other: str) -> bool:
    """Whether two user names are one: case and the spelling of the domain do not count."""
    return _folded(one) == _folded(other)


def granted(answer: web.Answer, issuer: Issuer) -> tuple[str, ...]:
    """What was granted; what was asked for where the answer does not say it (RFC 6749 5.1)."""
    scope = answer.get("scope")
    return tuple(scope.split()) if isinstance(scope, str) else issuer.scopes


def _addresses(claims: web.Answer, *names: str) -> list[str]:
    values = [claims.get(name) for name in names]
    return list(dict.fromkeys(value for value in values if isinstance(value, str) and "@" in value))


def _payload(token: Secret) -> web.Answer:
    try:
        part = token.reveal().split(".")[1]
        payload = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (IndexError, binascii.Error, ValueError, RecursionError):
        return {}
    return payload if isinstance(payload, dict) else {}


def _folded(user: str) -> str:
    try:
        return parse_address(user).casefold()
    except AddressInvalid:
        return user.strip().casefold()
