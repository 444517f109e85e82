"""Take a secret out of what a server said: some echo the line that they refuse."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

from mailmerge.accounts.secret import REDACTED, Secret
from mailmerge.text.regex import regex

_RUN = regex(r"[\w+/=.~%:,@-]{8,}")
_PIECE = 8
"""So many characters of a secret in a row are no chance."""


def redacted(text: str, *secrets: Secret | bytes) -> str:
    """The text without the secrets, in whatever form they were sent: plain, percent-encoded, or within base64.

    An echo may be cut short or begin anywhere: a run of characters that shares eight in a row with a secret goes.
    ``bytes`` are what was sent, encoded already.
    """
    forms = "\0".join(form for secret in secrets for form in _forms(secret))
    for secret in secrets:
        value = secret.reveal() if isinstance(secret, Secret) else secret.decode("ascii", "replace")
        if len(value) > 2:
            text = text.replace(value, REDACTED)
    return _RUN.sub(lambda found: REDACTED if _shares(found.group(), forms) else found.group(), text)


def _shares(run: str, forms: str) -> bool:
    return any(run[at : at + _PIECE] in forms for at in range(len(run) - _PIECE + 1))


def _forms(secret: Secret | bytes) -> list[str]:
    if isinstance(secret, bytes):
        return [secret.decode("ascii", "replace")]
    value = secret.reveal()
    plain = value.encode("utf-8", "surrogateescape")
    # What base64 makes of the value depends on where in a group of three bytes it begins.
    shifted = [b64encode(b"\0" * shift + plain).decode()[4 if shift else 0 :].rstrip("=")[:-1] for shift in range(3)]
    return [value, quote(value, safe=""), *shifted]
