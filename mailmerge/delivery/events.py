"""What a run tells while it is sent; a face shows it and decides nothing."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from mailmerge.accounts import Pipelining
from mailmerge.errors import MailmergeError
from mailmerge.model import State
from mailmerge.outbox import RunMessage


class Outcome(Struct, frozen=True):
    """One message was tried."""

    record: int
    name: str
    address: str
    state: State
    """``accepted``, ``deferred``, ``rejected``, ``unknown``; ``pending`` where the account, not the person, was
    refused (a quota, a login): the message goes with the next sending; ``excluded`` where another run has sent this
    person the same letter since the sealing."""
    reply: str
    """The server's words, on one line, or why there are none."""
    attempt: int
    """Counts from 1, over all sendings of the run."""


def left_out_event(message: RunMessage) -> Outcome:
    """That somebody was left out of a run that is being sent."""
    return Outcome(message.record, message.name, message.address, message.state, message.reply, message.attempts)


class Waiting(Struct, frozen=True):
    """Nothing is sent for now."""

    reason: str
    until: datetime | None
    """When the run goes on by itself (with a time zone); None where it waits for a person."""
    kind: str = ""
    """The token of a reason that a face can help with: ``sign-in-needed`` (sign in, then ``control.resume()``),
    ``holding`` (``control.resume()`` sends at once, ``control.stop()`` calls it off)."""


class Resumed(Struct, frozen=True):
    """The run goes on after :class:`Waiting`."""


class Lowered(Struct, frozen=True):
    """The server offers PIPELINING (RFC 2920) and does not keep to it: less of it is used from now on."""

    host: str
    level: Pipelining
    """``group``: no group behind a body any more; ``off``: one command at a time."""
    reason: str
    """What showed it, in words."""


class Summary(Struct, frozen=True):
    """The last event, always: where every message of the run stands now."""

    run: str
    accepted: int
    rejected: int
    deferred: int
    unknown: int
    pending: int
    stopped: str = ""
    """Why this sending ended before its last message, as a sentence; ``""`` where it did not."""
    error: MailmergeError | None = None
    """What ended it, where something failed."""


Event = Outcome | Waiting | Resumed | Lowered | Summary
