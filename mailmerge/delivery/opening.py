"""From an account to an open session: connected, secured or refused, logged in once."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from mailmerge.accounts import Account, Secret, is_loopback
from mailmerge.delivery.channel import Channel, SessionLost
from mailmerge.delivery.login import log_in
from mailmerge.delivery.replies import Action, Reply, Stage, classify, rule_for
from mailmerge.delivery.session import Offer, Session, Timeouts
from mailmerge.delivery.tls import why_refused
from mailmerge.errors import ConnectionFailed, LoginRefused

if TYPE_CHECKING:
    from mailmerge.accounts.oauth import Tokens


async def open_session(
    account: Account, secret: Secret | Tokens | None, context: ssl.SSLContext | None, timeouts: Timeouts
) -> Session:
    """Connect, secure the connection as the account says, and log in once.

    A token is renewed first where it has little time left. One that is refused although the clock calls it good is
    renewed once, and the new one tried once; no secret is tried twice.

    Raises:
        ConnectionFailed: unreachable, or not safe to talk to; ``temporary`` where waiting may help.
        LoginRefused: the server refused the credentials, or wants others.
        SignInNeeded: somebody has to sign in before there is a token.
        SignInFailed: there is no token to be had now; ``temporary`` where waiting may help.
        AccountError: the registration is refused, or the keyring does not answer.
    """
    if secret is None or isinstance(secret, Secret):
        return await _opened(account, secret, context, timeouts)
    token = await secret.current()
    try:
        return await _opened(account, token, context, timeouts)
    except LoginRefused as error:
        if error.final:
            raise
        refused = error
    renewed = await secret.renewed(token)
    if renewed is None:
        raise refused
    return await _opened(account, renewed, context, timeouts)


async def _opened(
    account: Account, secret: Secret | None, context: ssl.SSLContext | None, timeouts: Timeouts
) -> Session:
    channel = await _connected(account, context, timeouts)
    try:
        offer = await _greeted(channel, account)
        if account.tls == "starttls":
            await _secured(channel, account, offer, context, timeouts)
            offer = await _greeted(channel, account)
        await log_in(channel, offer.mechanisms, account, secret)
    except SessionLost as lost:
        problem = f"the connection to {account.host} was lost before the login: {lost.reason}; try again later"
    except BaseException:
        channel.abort()
        raise
    else:
        return Session(channel, account.host, offer, timeouts)
    raise ConnectionFailed(problem, temporary=True)


async def _connected(account: Account, context: ssl.SSLContext | None, timeouts: Timeouts) -> Channel:
    import aiosmtplib

    where = _where(account)
    smtp = aiosmtplib.SMTP(
        hostname=account.host.strip("[]"),
        port=account.port,
        local_hostname="[127.0.0.1]",  # otherwise the system is asked for its name
        timeout=timeouts.connect,
        use_tls=account.tls == "implicit",
        start_tls=False,
        tls_context=context,
    )
    try:
        await smtp.connect()
    except aiosmtplib.SMTPConnectResponseError as error:
        failure = _refused(account, Reply.of(error.code, error.message), Stage.GREETING)
    except aiosmtplib.SMTPConnectTimeoutError:
        failure = ConnectionFailed(
            f"{where} does not answer within {timeouts.connect:.0f} s: check the network and the account's port",
            temporary=True,
        )
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        failure = why_refused(account, error)
    else:
        if smtp.protocol is None:
            raise ConnectionFailed(f"{where} closed the connection at once; try again later", temporary=True)
        channel = Channel(smtp, smtp.protocol, patience=timeouts.command)
        if account.tls == "none" and not is_loopback(channel.peer):
            channel.abort()
            raise ConnectionFailed(f"{where} is not this machine, and the account has no TLS: nothing was sent to it")
        return channel
    smtp.close()
    raise failure


async def _greeted(channel: Channel, account: Account) -> Offer:
    from aiosmtplib.esmtp import parse_esmtp_extensions

    reply, lines = await channel.ehlo()
    if classify(reply, Stage.EHLO) is not Action.PROCEED:
        raise _refused(account, reply, Stage.EHLO)
    extensions, mechanisms = parse_esmtp_extensions(lines)
    return Offer(extensions, tuple(name.upper() for name in mechanisms))


async def _secured(
    channel: Channel, account: Account, offer: Offer, context: ssl.SSLContext | None, timeouts: Timeouts
) -> None:
    import aiosmtplib

    if context is None or not offer.has("starttls"):
        raise ConnectionFailed(
            f"{_where(account)} offers no STARTTLS, so that everything would travel in clear; nothing was sent."
            " Ask the provider for its port with TLS (465 with tls implicit)"
        )
    try:
        await channel.start_tls(context, account.host.strip("[]"), timeouts.connect)
    except aiosmtplib.SMTPResponseException as error:
        raise _refused(account, Reply.of(error.code, error.message), Stage.STARTTLS) from None
    except (aiosmtplib.SMTPException, OSError) as error:
        raise why_refused(account, error) from None


def _refused(account: Account, reply: Reply, stage: Stage) -> ConnectionFailed:
    if not reply.readable:
        return ConnectionFailed(f"{_where(account)} does not speak SMTP: check the account's port and tls")
    rule = rule_for(reply, stage)
    again = rule.action in (Action.BACK_OFF, Action.FEWER, Action.SLOWER)
    advice = "try again later" if again else "ask the provider why"
    return ConnectionFailed(f"{_where(account)}: {rule.meaning} ({reply}); {advice}", temporary=again)


def _where(account: Account) -> str:
    return f"{account.host}, port {account.port}"
