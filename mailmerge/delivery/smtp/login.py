"""One login attempt by one mechanism: trying several with a wrong password locks mailboxes."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from mailmerge.accounts import Account, Secret
from mailmerge.accounts.redaction import redacted
from mailmerge.delivery.smtp.channel import Channel, SessionLost
from mailmerge.delivery.smtp.replies import Action, Reply, Stage, classify, rule_for
from mailmerge.errors import ConnectionFailed, LoginRefused
from mailmerge.i18n import N_, Term

_TOKEN = ("XOAUTH2", "OAUTHBEARER")
_PASSWORD = ("PLAIN", "LOGIN")


async def log_in(channel: Channel, offered: tuple[str, ...], account: Account, secret: Secret | None) -> None:
    """AUTH (RFC 4954), once, where the account logs in at all.

    Raises:
        LoginRefused: the server refused the credentials, or offers no mechanism that fits them.
        ConnectionFailed: the server cannot take logins now.
        SessionLost: the connection is gone.
    """
    if account.auth == "none" or secret is None:
        return
    mechanism = _mechanism(offered, account)
    lost: SessionLost
    try:
        if mechanism in _TOKEN:
            reply = await _token(channel, account, secret, mechanism)
        elif mechanism == "PLAIN":
            reply = await channel.command(b"AUTH", b"PLAIN", _plain(account, secret))
        else:
            reply = await _login(channel, account, secret)
    except SessionLost as error:
        lost = SessionLost(redacted(error.reason, secret, *_sent(account, secret)))
    else:
        if reply.code // 100 != 2:
            raise _refused(account, reply, secret)
        return
    raise lost


def _mechanism(offered: tuple[str, ...], account: Account) -> str:
    wanted = _TOKEN if account.auth == "oauth2" else _PASSWORD
    for mechanism in wanted:
        if mechanism in offered:
            return mechanism
    values = {"host": account.host, "mechanisms": ", ".join(wanted), "offer": ", ".join(offered)}
    kind = "token-only" if not set(offered).isdisjoint(_TOKEN) else "other-mechanisms" if offered else "no-login"
    raise LoginRefused(_NO_MECHANISM[kind], final=True, **values)


_NO_MECHANISM: Mapping[str, str] = {
    "no-login": N_(
        "{host} takes no login by any of {mechanisms} (it offers no login at all): check the account's auth and port"
    ),
    "other-mechanisms": N_(
        "{host} takes no login by any of {mechanisms} (it offers {offer}): check the account's auth and port"
    ),
    "token-only": N_(
        "{host} takes no login by any of {mechanisms} (it offers {offer}): set auth oauth2, then sign in or give a"
        " token_command"
    ),
}


def _plain(account: Account, secret: Secret) -> bytes:
    return b64encode(f"\0{account.username}\0{secret.reveal()}".encode())


async def _login(channel: Channel, account: Account, secret: Secret) -> Reply:
    reply = await channel.command(b"AUTH", b"LOGIN")
    if reply.code == 334:
        reply = await channel.command(b64encode(account.username.encode()))
    if reply.code == 334:
        reply = await channel.command(b64encode(secret.reveal().encode()))
    return reply


async def _token(channel: Channel, account: Account, token: Secret, mechanism: str) -> Reply:
    """In two steps, since a long token does not fit the AUTH line (RFC 4954 4).

    A refusal comes as a 334 that holds the reason, and as a reply only when that was given in to.
    """
    from mailmerge.accounts.oauth import sasl

    reply = await channel.command(b"AUTH", mechanism.encode())
    if reply.code != 334:
        return reply
    reply = await channel.command(sasl.response(mechanism, account.username, account.host, account.port, token))
    if reply.code != 334:
        return reply
    status, scope = sasl.refusal(reply.text)
    reply = await channel.command(sasl.GIVE_IN[mechanism])
    reason = " ".join(filter(None, (status, f"scope {scope}" if scope else "")))
    return replace(reply, text=f"{reply.text} [{reason}]") if reason and reply.readable else reply


def _sent(account: Account, secret: Secret) -> list[bytes]:
    """What was sent with the secret in it: a server may echo it."""
    if account.auth == "password":
        return [_plain(account, secret)]
    from mailmerge.accounts.oauth import sasl

    return [sasl.response(each, account.username, account.host, account.port, secret) for each in sasl.MECHANISMS]


def _refused(account: Account, reply: Reply, secret: Secret) -> LoginRefused | ConnectionFailed:
    said = redacted(str(reply), secret, *_sent(account, secret))
    if classify(reply, Stage.AUTH) in (Action.BACK_OFF, Action.FEWER, Action.SLOWER):
        return ConnectionFailed(
            N_("{host} takes no login now: {meaning} ({said})"),
            kind="busy", temporary=True, host=account.host, port=account.port, said=said,
            meaning=Term(rule_for(reply, Stage.AUTH).meaning),
        )  # fmt: skip
    from mailmerge.accounts.oauth.trouble import Trouble, TroubleKind, from_reply

    values: dict[str, Any] = {"host": account.host, "username": account.username, "account": account.name}
    kind = from_reply(reply.code, reply.enhanced, reply.text, token=account.auth == "oauth2")
    if kind is not None:
        trouble = Trouble(kind, {**values, "detail": said})
        return LoginRefused(
            trouble.template,
            final=kind is not TroubleKind.TOKEN_ELSEWHERE,
            kind=kind,
            **values,
            detail=trouble.shown["detail"],
        )
    if account.oauth is not None:
        return LoginRefused(_TOKEN_REFUSED, **values, said=said)
    return LoginRefused(_GIVEN_TOKEN_REFUSED if account.auth == "oauth2" else _PASSWORD_REFUSED, **values, said=said)


_TOKEN_REFUSED = N_(
    "{host} refuses the token of {username} ({said}): check that this mailbox may send, then run"
    " `mailmerge account sign-in {account}`"
)
_GIVEN_TOKEN_REFUSED = N_(
    '{host} refuses the login of {username} ({said}): check the token of account "{account}" before another try, since'
    " repeated failures lock mailboxes"
)
_PASSWORD_REFUSED = N_(
    '{host} refuses the login of {username} ({said}): check the password of account "{account}" before another try,'
    " since repeated failures lock mailboxes"
)
