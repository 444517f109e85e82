"""One login attempt by one mechanism: trying several with a wrong password locks mailboxes."""

from __future__ import annotations

from base64 import b64encode

from mailmerge.accounts import Account, Secret
from mailmerge.delivery.channel import Channel
from mailmerge.delivery.replies import Action, Reply, Stage, classify, rule_for
from mailmerge.errors import ConnectionFailed, LoginRefused


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
    if mechanism == "XOAUTH2":
        reply = await _xoauth2(channel, account, secret)
    elif mechanism == "PLAIN":
        reply = await channel.command(b"AUTH", b"PLAIN", _plain(account, secret))
    else:
        reply = await _login(channel, account, secret)
    if reply.code // 100 != 2:
        raise _refused(account, reply)


def _mechanism(offered: tuple[str, ...], account: Account) -> str:
    wanted = ("XOAUTH2",) if account.auth == "oauth2" else ("PLAIN", "LOGIN")
    for mechanism in wanted:
        if mechanism in offered:
            return mechanism
    offer = f"it offers {', '.join(offered)}" if offered else "it offers no login at all"
    advice = "set auth oauth2 and a token_command" if "XOAUTH2" in offered else "check the account's auth and port"
    raise LoginRefused(f"{account.host} takes no login by {' or '.join(wanted)} ({offer}): {advice}")


def _plain(account: Account, secret: Secret) -> bytes:
    return b64encode(f"\0{account.username}\0{secret.reveal()}".encode())


async def _login(channel: Channel, account: Account, secret: Secret) -> Reply:
    reply = await channel.command(b"AUTH", b"LOGIN")
    if reply.code == 334:
        reply = await channel.command(b64encode(account.username.encode()))
    if reply.code == 334:
        reply = await channel.command(b64encode(secret.reveal().encode()))
    return reply


async def _xoauth2(channel: Channel, account: Account, secret: Secret) -> Reply:
    """In two steps, since a long token does not fit the AUTH line (RFC 4954 4).

    A refusal comes as a 334 that holds the reason, and as a reply only when that was answered by an empty line.
    """
    reply = await channel.command(b"AUTH", b"XOAUTH2")
    if reply.code == 334:
        reply = await channel.command(b64encode(f"user={account.username}\1auth=Bearer {secret.reveal()}\1\1".encode()))
    if reply.code == 334:
        reply = await channel.command(b"")
    return reply


def _refused(account: Account, reply: Reply) -> LoginRefused | ConnectionFailed:
    if classify(reply, Stage.AUTH) in (Action.BACK_OFF, Action.FEWER, Action.SLOWER):
        meaning = rule_for(reply, Stage.AUTH).meaning
        return ConnectionFailed(f"{account.host} takes no login now: {meaning} ({reply})", temporary=True)
    what = "token" if account.auth == "oauth2" else "password"
    return LoginRefused(
        f"{account.host} refuses the login of {account.username} ({reply}): check the {what} of account"
        f' "{account.name}" before another try, since repeated failures lock mailboxes'
    )
