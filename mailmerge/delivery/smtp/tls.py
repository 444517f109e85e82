"""TLS with the certificate and its name always verified; what is wrong with a server's is said in plain words."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping

from mailmerge.accounts import Account
from mailmerge.accounts.account import TLS_LABELS
from mailmerge.errors import AccountError, ConnectionFailed, Reason, os_cause, os_reason
from mailmerge.i18n import N_, Term
from mailmerge.text.shown import shorten, visible

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
        values = {"account": account.name, "path": visible(account.ca_file)}
        try:
            context.load_verify_locations(cafile=account.ca_file)
        except ssl.SSLError:
            raise AccountError(
                N_('account "{account}": ca_file {path} holds no certificate in PEM form'), **values
            ) from None
        except OSError as error:
            raise AccountError(
                N_('account "{account}": ca_file {path} cannot be read: {why}'), **values, why=os_reason(error)
            ) from None
    return context


def why_refused(account: Account, error: Exception) -> ConnectionFailed:
    """Why the connection could not be made or is not safe, and what to do."""
    cause: BaseException = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return _failed(account, "certificate", problem=_certificate(account, cause))
    if isinstance(cause, ssl.SSLError):
        why = cause.reason.lower() if cause.reason else Term(N_("TLS error"))
        return _failed(account, "tls", tls=Term(TLS_LABELS[account.tls]), why=why)
    if isinstance(cause, socket.gaierror):
        return _failed(account, "no-host")
    if isinstance(cause, TimeoutError):
        return _failed(account, "timeout")
    if isinstance(cause, ConnectionRefusedError):
        return _failed(account, "nothing-answers")
    if isinstance(cause, OSError) and cause.strerror and not isinstance(cause, ConnectionError):
        return _failed(account, "unreachable", why=os_cause(cause))
    return _failed(account, "closed")


_FAILURES: Mapping[str, str] = {
    "certificate": N_("{host}, port {port} is not safe to talk to: {problem}; nothing was sent"),
    "tls": N_(
        "{host}, port {port} does not speak TLS as this account expects ({tls}: {why}); nothing was sent. Check the"
        " account's port and the kind of TLS"
    ),
    "no-host": N_("the server {host} was not found: check the name and the network"),
    "timeout": N_("{host}, port {port} does not answer: check the network and the account's port"),
    "nothing-answers": N_("nothing answers at {host}, port {port}: check the account's host and port"),
    "unreachable": N_("{host}, port {port} cannot be reached: {why}; check the network"),
    "closed": N_("{host}, port {port} closed the connection before it was ready; try again later"),
}
_FINAL = frozenset({"certificate", "tls"})
"""Where waiting does not help."""


def _failed(account: Account, kind: str, **values: object) -> ConnectionFailed:
    return ConnectionFailed(
        _FAILURES[kind], kind=kind, temporary=kind not in _FINAL, host=account.host, port=account.port, **values
    )


def _certificate(account: Account, error: ssl.SSLCertVerificationError) -> Reason:
    code = error.verify_code
    if code == _EXPIRED:
        return Reason("expired", N_("its certificate has expired"))
    if code == _NOT_YET:
        return Reason("not-yet", N_("its certificate is not valid yet (is this computer's clock right?)"))
    if code in _WRONG_NAME:
        return Reason("other-name", N_("its certificate is not for {host}"), {"host": account.host})
    if code in _UNTRUSTED:
        untrusted = N_(
            "its certificate is not signed by a trusted authority (add your own with ca_file in config.toml)"
        )
        return Reason("untrusted", untrusted)
    return Reason("refused", N_("its certificate is refused ({said})"), said=shorten(error.verify_message))
