"""The commands of one transaction in one flight, and what the answers to it mean together (RFC 2920).

RSET stands first, always: no recipient of an earlier transaction can then reach this one, whatever was refused before.
DATA stands last. The body is written only where all four answers are right; anything else behind a 354 ends the
connection, since a lone dot would be an empty message to whoever was taken.
"""

from __future__ import annotations

from mailmerge.delivery.smtp.pipeline import CLOSING
from mailmerge.delivery.smtp.replies import Answer, Reply, Stage
from mailmerge.outbox.remarks import ANSWER_SENSELESS, ONE_AFTER_ANOTHER

_STAGES = (None, Stage.MAIL, Stage.RCPT, Stage.DATA)
_RIGHT = ((250,), (250,), (250, 251), (354,))
_CONFUSED = (500, 502, 503)
"""Unknown command, not implemented, bad sequence: without another refusal before it this is about the group itself."""


class Muddled(Exception):
    """The answers do not fit the commands: nothing can be learnt from them."""


def commands(mail: bytes, rcpt: bytes) -> tuple[bytes, ...]:
    """The flight of one message."""
    return (b"RSET", mail, rcpt, b"DATA")


def judged(replies: list[Reply]) -> Answer | None:
    """The refusal that decides about the message, from all four answers or from those that came before the end.

    None where nothing was refused: with four answers the server now waits for the body.

    Raises:
        Muddled: an answer is not one that its command can have, or does not fit those before it.
    """
    refusal: Answer | None = None
    for reply, stage, right in zip(replies, _STAGES, _RIGHT, strict=False):
        if refusal is not None:
            if not _refuses(reply) and not (stage is Stage.DATA and reply.code == 354):
                raise Muddled(ONE_AFTER_ANOTHER.format(reply=reply, refusal=refusal.reply))
        elif reply.code not in right:
            if reply.code != CLOSING and (not _refuses(reply) or stage is None or reply.code in _CONFUSED):
                raise Muddled(ANSWER_SENSELESS.format(command=stage or "RSET", reply=reply))
            if stage is None:  # closing before the transaction began
                return None
            refusal = Answer(stage, reply)
    return refusal


def out_of_order(replies: list[Reply]) -> bool:
    """Whether an answer that does not fit its command is likely the verdict on the body before, which came late.

    RSET is refused, which no server does, or the answers would fit in another order, but for one refusal.
    """
    refused = [reply for reply in replies if _refuses(reply)]
    if not refused or refused[0].code in (*_CONFUSED, CLOSING):
        return False
    accepted = sorted(reply.code for reply in replies if not _refuses(reply))
    return refused[0] is replies[0] or (len(refused) == 1 and accepted in ([250, 250, 354], [250, 251, 354]))


def _refuses(reply: Reply) -> bool:
    return reply.code >= 400
