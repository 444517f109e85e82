"""One login attempt by one mechanism: trying several with a wrong password locks mailboxes."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace

from mailmerge.accounts import Account, Secret
from mailmerge.accounts.redaction import redacted
from mailmerge.delivery.channel import Channel, SessionLost
from mailmerge.delivery.replies import Action, Reply, Stage, classify, rule_for
from mailmerge.errors import ConnectionFailed, LoginRefused

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
    offer = f"it offers {', '.join(offered)}" if offered else "it offers no login at all"
    advice = "check the account's auth and port"
    if not set(offered).isdisjoint(_TOKEN):
        advice = "set auth oauth2, then sign in or give a token_command"
    raise LoginRefused(f"{account.host} takes no login by {' or '.join(wanted)} ({offer}): {advice}", final=True)


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
    reason = " ".join(filter(None, (status, f"for scope {scope}" if scope else "")))
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
        meaning = rule_for(reply, Stage.AUTH).meaning
        return ConnectionFailed(f"{account.host} takes no login now: {meaning} ({said})", temporary=True)
    from mailmerge.accounts.oauth.trouble import Kind, Trouble, from_reply

    kind = from_reply(reply.code, reply.enhanced, reply.text, token=account.auth == "oauth2")
    if kind is not None:
        values = {"host": account.host, "username": account.username, "account": account.name, "detail": said}
        final = kind is not Kind.TOKEN_ELSEWHERE
        return LoginRefused(Trouble(kind, values).sentence, final=final, kind=kind, values=values)
    if account.oauth is not None:
        return LoginRefused(
            f"{account.host} refuses the token of {account.username} ({said}): check that this mailbox may send, then"
            f" run `mailmerge account sign-in {account.name}`"
        )
    what = "token" if account.auth == "oauth2" else "password"
    return LoginRefused(
        f"{account.host} refuses the login of {account.username} ({said}): check the {what} of account"
        f' "{account.name}" before another try, since repeated failures lock mailboxes'
    )
