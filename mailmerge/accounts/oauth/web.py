"""The few requests that a sign-in makes, with the standard library: the system's proxy and certificate store apply."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from mailmerge.accounts.hosts import is_loopback
from mailmerge.accounts.oauth.trouble import SignInTrouble, Trouble, TroubleKind
from mailmerge.accounts.redaction import redacted
from mailmerge.accounts.secret import Secret
from mailmerge.i18n import _
from mailmerge.text.regex import regex
from mailmerge.text.shown import shorten

T = TypeVar("T")

SECONDS = 20.0
"""How long one answer may take."""
_LARGEST = 1 << 20
_NOT_YET_VALID, _EXPIRED = 9, 10
"""X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED."""
_NAME_OF_SIGNER = regex(rb"\x06\x03\x55\x04[\x0a\x03][\x0c\x13\x14\x16](.)", re.DOTALL)
"""An organisation or a common name in a certificate's DER: object identifier, string type, length (X.520, X.690)."""

_HEADERS = {"Accept": "application/json", "User-Agent": "mailmerge"}
_SECRET = ("access_token", "refresh_token", "id_token", "device_code")

Answer = dict[str, Any]


def post(url: str, fields: Mapping[str, str | Secret]) -> tuple[int, Answer]:
    """Send a form and read the JSON object that comes back, with its HTTP status; blocks for :data:`SECONDS` at most.

    ``error`` and ``error_description`` of the answer are strings, and echo none of the secrets that were sent; tokens
    in it are a :class:`Secret`.

    Raises:
        SignInTrouble: nothing or something else came back.
    """
    secrets = [value for value in fields.values() if isinstance(value, Secret)]
    status, answer = _ask(_filled_in(url, fields))
    for name in _SECRET:
        if isinstance(answer.get(name), str):
            answer[name] = Secret(answer[name])
    for name in ("error", "error_description"):
        if name in answer:
            answer[name] = redacted(str(answer[name]), *secrets)
    return status, answer


def get(url: str, *, token: Secret | None = None) -> tuple[int, Answer]:
    """Read a JSON object; as :func:`post`."""
    headers = _HEADERS if token is None else _HEADERS | {"Authorization": f"Bearer {token.reveal()}"}
    return _ask(urllib.request.Request(url, None, headers))  # noqa: S310


def _filled_in(url: str, fields: Mapping[str, str | Secret]) -> urllib.request.Request:
    form = urlencode({name: v.reveal() if isinstance(v, Secret) else v for name, v in fields.items()}).encode()
    return urllib.request.Request(url, form, _HEADERS)  # noqa: S310  (https, or loopback)


async def detached(call: Callable[[], T], *, to_the_end: bool = False) -> T:
    """The result of a blocking call in a thread of its own: who waits can be cancelled at once, the call runs out.

    With ``to_the_end`` it does so even where the program ends meanwhile.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]

    def work() -> None:
        result: T | None = None
        problem: BaseException | None = None
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001  (it is raised where the result is awaited)
            problem = error
        try:
            loop.call_soon_threadsafe(settle, result, problem)
        except RuntimeError:  # the loop is closed: nobody waits any more
            return

    threading.Thread(target=work, name="sign-in", daemon=not to_the_end).start()
    return await future


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """What was asked of one host is told to no other."""

    def redirect_request(self, *_: object) -> None:
        return None


def _ask(request: urllib.request.Request) -> tuple[int, Answer]:
    host = urlsplit(request.full_url).netloc
    # Raised out here, so that no exception in the chain has seen the form or the headers.
    trouble, status, body = _exchanged(request, host)
    if trouble is None:
        try:
            answer = json.loads(body) if body.strip() or status != 200 else {}
        except (ValueError, RecursionError):
            answer = None
        if isinstance(answer, dict):
            return status, answer
        if status >= 500 or status == 429:
            trouble = Trouble(TroubleKind.BUSY, {"provider": host, "detail": f"HTTP {status}"})
        else:
            trouble = Trouble(TroubleKind.BARRED, {"host": host, "detail": _what_came(status, body)})
    raise SignInTrouble(trouble)


def _exchanged(request: urllib.request.Request, host: str) -> tuple[Trouble | None, int, bytes]:
    handlers: list[Any] = [_NoRedirects]
    if is_loopback(urlsplit(request.full_url).hostname or ""):
        handlers.append(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + SECONDS
    try:
        response = urllib.request.build_opener(*handlers).open(request, timeout=SECONDS)
    except urllib.error.HTTPError as error:
        if error.code == 407:
            return Trouble(TroubleKind.PROXY_LOGIN, {"host": host}), 0, b""
        response = error
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _unreachable(error, host), 0, b""
    body = b""
    try:
        with response:
            while len(body) <= _LARGEST and (piece := response.read1(1 << 16)):
                body += piece
                if time.monotonic() > deadline:
                    raise TimeoutError
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _unreachable(error, host), 0, b""
    return None, int(response.status or 0), body


def _what_came(status: int, body: bytes) -> str:
    if body.lstrip()[:1] == b"<":
        return _("a web page (HTTP {status})").format(status=status)
    return f"HTTP {status}"


def _unreachable(error: Exception, host: str) -> Trouble:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, ssl.SSLCertVerificationError):
        if reason.verify_code in (_NOT_YET_VALID, _EXPIRED):
            return Trouble(TroubleKind.CLOCK, {"host": host})
        return Trouble(TroubleKind.CERTIFICATE, {"host": host, "signer": _signer(host)})
    if isinstance(reason, OSError) and "407" in str(reason):  # http.client says it so where it made a tunnel
        return Trouble(TroubleKind.PROXY_LOGIN, {"host": host})
    if isinstance(reason, TimeoutError):
        detail = _("no answer within {seconds} s").format(seconds=round(SECONDS))
    elif isinstance(reason, ssl.SSLError):
        detail = _("it does not speak TLS as it should")
    elif isinstance(reason, OSError) and reason.strerror:
        detail = reason.strerror.lower()
    else:
        detail = shorten(str(reason)) or type(reason).__name__
    return Trouble(TroubleKind.UNREACHABLE, {"host": host, "detail": detail})


def _signer(host: str) -> str:
    """Who signed the certificate that is in the way, so that an administrator knows what to look for."""
    parts = urlsplit(f"//{host}")
    try:
        address = (parts.hostname or "", parts.port or 443)
        pem = ssl.get_server_certificate(address, timeout=5)
        der = ssl.PEM_cert_to_DER_cert(pem)
    except (OSError, ValueError):
        return _("an unknown authority")
    found = _NAME_OF_SIGNER.search(der)  # the issuer is the first name in a certificate (RFC 5280 4.1)
    if found is None:
        return _("an unknown authority")
    return der[found.end() : found.end() + found.group(1)[0]].decode("utf-8", "replace")
