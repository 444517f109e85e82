"""A person's message to one's own mailbox, marked as a test: nobody else can get it, and it never counts as sent."""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import replace

from mailmerge.accounts import Account, Secret
from mailmerge.delivery.channel import SessionLost
from mailmerge.delivery.check import require_secret
from mailmerge.delivery.opening import open_session
from mailmerge.delivery.replies import Reply, Stage
from mailmerge.delivery.session import Answer, Session, Timeouts
from mailmerge.delivery.tls import make_context
from mailmerge.errors import ConnectionFailed, DeliveryError
from mailmerge.lint import gate
from mailmerge.model import Envelope, SealedMessage
from mailmerge.outbox import Run

MARK = "[Test]"


async def send_test(
    message: SealedMessage,
    account: Account,
    secret: Secret | None,
    *,
    senders: Collection[str],
    run: Run | None = None,
    timeouts: Timeouts | None = None,
) -> Reply:
    """Send a copy of one message to the account's own address; with ``run`` it is journaled there as a test.

    ``senders`` are the addresses that may stand in From and Reply-To, as for sealing.

    Raises:
        Blocked: the last gate refuses the copy.
        ConnectionFailed, LoginRefused, CredentialMissing: as :func:`mailmerge.delivery.check_server`.
        DeliveryError: the server does not take the copy.
    """
    copy = marked_copy(message, account.address)
    gate(copy, senders=senders)
    require_secret(account, secret)
    context = await asyncio.to_thread(make_context, account)
    session = await open_session(account, secret, context, timeouts or Timeouts())
    try:
        answer = await _submitted(session, copy)
    except SessionLost as lost:
        raise ConnectionFailed(f"the test message may not have been sent: {lost.reason}", temporary=True) from None
    finally:
        await session.close()
    if answer.stage is not Stage.DOT or answer.reply.code // 100 != 2:
        raise DeliveryError(f"{account.host} does not take the test message ({answer.reply})")
    if run is not None:
        run.note_test(message.record, address=account.address, reply=str(answer.reply))
    return answer.reply


def marked_copy(message: SealedMessage, address: str) -> SealedMessage:
    """The message as it would go to ``address``: its own To and Message-ID, a subject that says that it is a test."""
    head, blank, body = message.content.partition(b"\r\n\r\n")
    domain = message.message_id.rpartition("@")[2].rstrip(">")
    message_id = f"<test.{secrets.token_hex(8)}@{domain}>"
    fields = []
    for field in re.split(rb"\r\n(?![ \t])", head):
        name, _, value = field.partition(b":")
        if name.lower() == b"subject":
            field = name + f": {MARK}\r\n ".encode() + value.lstrip()
        elif name.lower() == b"to":
            field = b"To: " + address.encode()
        elif name.lower() == b"message-id":
            field = b"Message-ID: " + message_id.encode()
        fields.append(field)
    content = b"\r\n".join(fields) + blank + body
    return replace(
        message,
        envelope=Envelope(message.envelope.reverse_path, address),
        message_id=message_id,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )


async def _submitted(session: Session, copy: SealedMessage) -> Answer:
    obstacle = session.cannot_take(copy.envelope, len(copy.content))
    if obstacle:
        raise DeliveryError(obstacle)
    refusal = await session.begin(copy.envelope, len(copy.content))
    return refusal or await session.submit(copy.content)
