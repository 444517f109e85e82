"""From an account to an open session: connected, secured or refused, logged in once."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mailmerge.accounts import Account, Pipelining, Secret, is_loopback
from mailmerge.accounts.redaction import redacted
from mailmerge.delivery.smtp.channel import LITERAL, Channel, SessionLost
from mailmerge.delivery.smtp.levels import usable_level, wanted_level
from mailmerge.delivery.smtp.login import log_in
from mailmerge.delivery.smtp.offer import Offer
from mailmerge.delivery.smtp.pipeline import Pipeline
from mailmerge.delivery.smtp.replies import Action, Reply, Stage, classify, rule_for
from mailmerge.delivery.smtp.session import Session, Timeouts
from mailmerge.delivery.smtp.tls import why_refused
from mailmerge.errors import ConnectionFailed, LoginRefused
from mailmerge.i18n import N_, Term
from mailmerge.outbox.remarks import KeptRemark

if TYPE_CHECKING:
    from aiosmtplib import SMTP
    from aiosmtplib.protocol import SMTPProtocol

    from mailmerge.accounts.oauth import Tokens


async def open_session(
    account: Account,
    secret: Secret | Tokens | None,
    context: ssl.SSLContext | None,
    timeouts: Timeouts,
    level: Pipelining | None = None,
) -> Session:
    """Connect, secure the connection as the account says, and log in once; ``level`` is the account's otherwise.

    A token is renewed first where it has little time left. One that is refused although the clock calls it good is
    renewed once, and the new one tried once; no secret is tried twice.

    Raises:
        ConnectionFailed: unreachable, or not safe to talk to; ``temporary`` where waiting may help.
        LoginRefused: the server refused the credentials, or wants others.
        SignInNeeded: somebody has to sign in before there is a token.
        SignInFailed: there is no token to be had now; ``temporary`` where waiting may help.
        AccountError: the registration is refused, or the keyring does not answer.
    """
    level = level or wanted_level(account)
    if secret is None or isinstance(secret, Secret):
        return await _opened(account, secret, context, timeouts, level)
    token = await secret.current()
    try:
        return await _opened(account, token, context, timeouts, level)
    except LoginRefused as error:
        if error.final:
            raise
        refused = error
    renewed = await secret.renewed(token)
    if renewed is None:
        raise refused
    return await _opened(account, renewed, context, timeouts, level)


async def _opened(
    account: Account, secret: Secret | None, context: ssl.SSLContext | None, timeouts: Timeouts, level: Pipelining
) -> Session:
    smtp = await _connected(account, context, timeouts, secret)
    channel: Channel | None = None
    try:
        if account.tls == "starttls":
            await _secured(smtp, account, context, timeouts, secret)
        channel = _taken_over(smtp, timeouts, secret)
        offer = await _greeted(channel, account)
        await log_in(channel, offer.mechanisms, account, secret)
    except SessionLost as lost:
        why = lost.reason
    except BaseException:
        if channel is not None:
            channel.abort()
        smtp.close()
        raise
    else:
        return Session(channel, account.host, offer, timeouts, usable_level(level, offer))
    smtp.close()
    raise ConnectionFailed(
        N_("the connection to {host} was lost before the login: {why}; try again later"),
        kind="lost", temporary=True, host=account.host, port=account.port, why=KeptRemark(why),
    )  # fmt: skip


async def _connected(
    account: Account, context: ssl.SSLContext | None, timeouts: Timeouts, secret: Secret | None
) -> SMTP:
    import aiosmtplib

    smtp = aiosmtplib.SMTP(
        hostname=account.host.strip("[]"),
        port=account.port,
        local_hostname=LITERAL.decode(),  # otherwise the system is asked for its name
        timeout=timeouts.connect,
        use_tls=account.tls == "implicit",
        start_tls=False,
        tls_context=context,
    )
    try:
        await smtp.connect()
    except aiosmtplib.SMTPConnectResponseError as error:
        failure = _refused(account, _reply(error.code, error.message, secret), Stage.GREETING)
    except aiosmtplib.SMTPConnectTimeoutError:
        failure = ConnectionFailed(
            N_("{host}, port {port} does not answer within {seconds:.0f} s: check the network and the account's port"),
            kind="timeout", temporary=True, host=account.host, port=account.port, seconds=timeouts.connect,
        )  # fmt: skip
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        failure = why_refused(account, error)
    else:
        if account.tls == "none" and not is_loopback(_peer(smtp)):
            smtp.close()
            raise ConnectionFailed(
                N_("{host}, port {port} is not this machine, and the account has no TLS: nothing was sent to it"),
                kind="no-tls", host=account.host, port=account.port,
            )  # fmt: skip
        return smtp
    smtp.close()
    raise failure


async def _secured(
    smtp: SMTP, account: Account, context: ssl.SSLContext | None, timeouts: Timeouts, secret: Secret | None
) -> None:
    """STARTTLS and the handshake, with the certificate verified for this host."""
    import aiosmtplib

    try:
        code, lines = await smtp.execute_command(b"EHLO", LITERAL, timeout=timeouts.command)
        offer = _offer(account, _reply(code, lines, secret), lines)
        if context is None or not offer.has("starttls"):
            raise ConnectionFailed(
                N_(
                    "{host}, port {port} offers no STARTTLS, so that everything would travel in clear; nothing was "
                    "sent. Ask the provider for its port with TLS (usually 465, with TLS from the start)"
                ),
                kind="no-starttls", host=account.host, port=account.port,
            )  # fmt: skip
        protocol = _silent(smtp)
        await protocol.start_tls(context, server_hostname=account.host.strip("[]"), timeout=timeouts.connect)
        smtp.transport = protocol.transport
    except aiosmtplib.SMTPResponseException as error:
        raise _refused(account, _reply(error.code, error.message, secret), Stage.STARTTLS) from None
    except (aiosmtplib.SMTPException, OSError) as error:
        raise why_refused(account, error) from None


def _taken_over(smtp: SMTP, timeouts: Timeouts, secret: Secret | None) -> Channel:
    """The connection, no longer aiosmtplib's, which can wait for one reply at a time only.

    Raises:
        SessionLost: something was left of an earlier reply, or the connection is gone.
    """
    protocol = _silent(smtp)
    transport = protocol.transport
    if transport is None or transport.is_closing():
        raise SessionLost(N_("the connection was lost"))
    pipeline = Pipeline()
    transport.set_protocol(pipeline)
    pipeline.connection_made(transport)
    return Channel(pipeline, patience=timeouts.command, redact=_redaction(secret))


def _silent(smtp: SMTP) -> SMTPProtocol:
    """Its protocol, where nothing is left of an earlier reply: it would be taken for the answer to the next command.

    Raises:
        SessionLost: something is, or there is no connection.
    """
    if smtp.protocol is None:
        raise SessionLost(N_("the connection was lost"))
    if smtp.protocol._buffer:  # private, and the only way to see it: a test fails where it changes
        raise SessionLost(N_("the server sent an unexpected extra reply"))
    return smtp.protocol


def _peer(smtp: SMTP) -> str:
    """The IP address at the other end; ``""`` where there is none."""
    name = smtp.transport.get_extra_info("peername") if smtp.transport else None
    return str(name[0]) if name else ""


async def _greeted(channel: Channel, account: Account) -> Offer:
    offer = _offer(account, *await channel.ehlo())
    return replace(offer, extensions={name: channel.redact(value) for name, value in offer.extensions.items()})


def _offer(account: Account, reply: Reply, lines: str) -> Offer:
    from aiosmtplib.esmtp import parse_esmtp_extensions

    if classify(reply, Stage.EHLO) is not Action.PROCEED:
        raise _refused(account, reply, Stage.EHLO)
    extensions, mechanisms = parse_esmtp_extensions(lines)
    return Offer(extensions, tuple(name.upper() for name in mechanisms))


def _reply(code: int, lines: str, secret: Secret | None) -> Reply:
    return Reply.of(code, _redaction(secret)(lines))


def _redaction(secret: Secret | None) -> Callable[[str], str]:
    """Takes the secret out of a reply; most replies are the same for every message."""
    if not secret:
        return str

    @lru_cache(maxsize=64)
    def redact(lines: str) -> str:
        return redacted(lines, secret)

    return redact


def _refused(account: Account, reply: Reply, stage: Stage) -> ConnectionFailed:
    host, port = account.host, account.port
    if not reply.readable:
        return ConnectionFailed(
            N_("{host}, port {port} does not speak SMTP: check the account's port and tls"),
            kind="not-smtp", host=host, port=port,
        )  # fmt: skip
    rule = rule_for(reply, stage)
    if rule.action in (Action.BACK_OFF, Action.FEWER, Action.SLOWER):
        return ConnectionFailed(
            N_("{host}, port {port}: {meaning} ({reply}); try again later"),
            kind="busy", temporary=True, host=host, port=port, meaning=Term(rule.meaning), reply=str(reply),
        )  # fmt: skip
    return ConnectionFailed(
        N_("{host}, port {port}: {meaning} ({reply}); ask the provider why"),
        kind="refused", host=host, port=port, meaning=Term(rule.meaning), reply=str(reply),
    )  # fmt: skip
