"""What a token looks like in a login: XOAUTH2 (Google's, Exchange's) and OAUTHBEARER (RFC 7628), and their refusals."""

from __future__ import annotations

import binascii
import json
from base64 import b64decode, b64encode

from mailmerge.accounts.secret import Secret

MECHANISMS = ("XOAUTH2", "OAUTHBEARER")
"""In the order of preference: Exchange knows the first only, and some servers read the second's user wrongly."""
GIVE_IN = {"XOAUTH2": b"", "OAUTHBEARER": b"AQ=="}
"""What answers the reason of a refusal, so that the server says its last word (RFC 7628 3.2.3)."""


def response(mechanism: str, user: str, host: str, port: int, token: Secret) -> bytes:
    """The client's response in base64, to be sent after the server's empty challenge.

    Sent with AUTH itself a long token would not fit the line (RFC 4954 4).
    """
    if mechanism == "XOAUTH2":
        return b64encode(f"user={user}\1auth=Bearer {token.reveal()}\1\1".encode())
    name = user.replace("=", "=3D").replace(",", "=2C")  # RFC 5801 4, saslname
    return b64encode(f"n,a={name},\1host={host}\1port={port}\1auth=Bearer {token.reveal()}\1\1".encode())


def refusal(challenge: str) -> tuple[str, str]:
    """Status and scope out of the reason for a refusal, which comes as JSON in base64; ``""`` for what is not there.

    Nothing else of it is read: servers put into it what they like.
    """
    try:
        reason = json.loads(b64decode(challenge.strip(), validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return "", ""
    if not isinstance(reason, dict):
        return "", ""
    return _short(reason.get("status")), _short(reason.get("scope"))


def _short(value: object) -> str:
    return value[:100] if isinstance(value, str) else ""
