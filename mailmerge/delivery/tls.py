"""TLS with the certificate and its name always verified; what is wrong with a server's is said in plain words."""

from __future__ import annotations

import socket
import ssl

from mailmerge.accounts import Account
from mailmerge.errors import AccountError, ConnectionFailed, os_reason
from mailmerge.text import shorten, visible

_UNTRUSTED = (18, 19, 20, 21)
_EXPIRED, _NOT_YET = 10, 9
_WRONG_NAME = (62, 64)
"""X509_V_ERR_* of OpenSSL (x509_vfy.h)."""


def make_context(account: Account) -> ssl.SSLContext | None:
    """The one context that all connections of an account share (making one costs 23 ms); None for tls none.

    Raises:
        AccountError: the account's ``ca_file`` cannot be used.
    """
    if account.tls == "none":
        return None
    context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH)
    if account.ca_file:
        where = f'account "{account.name}": ca_file {visible(account.ca_file)}'
        try:
            context.load_verify_locations(cafile=account.ca_file)
        except ssl.SSLError:
            raise AccountError(f"{where} holds no certificate in PEM form") from None
        except OSError as error:
            raise AccountError(f"{where} cannot be read: {os_reason(error)}") from None
    return context


def why_refused(account: Account, error: Exception) -> ConnectionFailed:
    """Why the connection could not be made or is not safe, and what to do."""
    cause: BaseException = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    where = f"{account.host}, port {account.port}"
    if isinstance(cause, ssl.SSLCertVerificationError):
        return ConnectionFailed(f"{where} is not safe to talk to: {_certificate(account, cause)}; nothing was sent")
    if isinstance(cause, ssl.SSLError):
        return ConnectionFailed(
            f"{where} does not speak TLS as tls {account.tls} expects it ({(cause.reason or 'TLS error').lower()});"
            " nothing was sent. Check the account's port and tls"
        )
    if isinstance(cause, socket.gaierror):
        return ConnectionFailed(f"no server is called {account.host}: check the name and the network", temporary=True)
    if isinstance(cause, TimeoutError):
        return ConnectionFailed(f"{where} does not answer: check the network and the account's port", temporary=True)
    if isinstance(cause, ConnectionRefusedError):
        return ConnectionFailed(f"nothing answers at {where}: check the account's host and port", temporary=True)
    if isinstance(cause, OSError) and cause.strerror and not isinstance(cause, ConnectionError):
        return ConnectionFailed(f"{where} cannot be reached: {os_reason(cause)}; check the network", temporary=True)
    return ConnectionFailed(f"{where} closed the connection before it was ready; try again later", temporary=True)


def _certificate(account: Account, error: ssl.SSLCertVerificationError) -> str:
    code = error.verify_code
    if code == _EXPIRED:
        return "its certificate has expired"
    if code == _NOT_YET:
        return "its certificate is not valid yet (is this computer's clock right?)"
    if code in _WRONG_NAME:
        return f"its certificate is not for {account.host}"
    if code in _UNTRUSTED:
        return "its certificate is signed by nobody known (an own authority is trusted by ca_file in config.toml)"
    return f"its certificate is refused ({shorten(error.verify_message)})"
