"""What one verdict means for all the messages that follow: go on, wait, or stop."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from mailmerge.accounts import Account
from mailmerge.delivery.pacing import Pace
from mailmerge.delivery.smtp.replies import Action, Answer, Reply, ReplyRule, Stage, StopKind, rule_for
from mailmerge.errors import (
    ConnectionFailed,
    DeliveryError,
    LoginRefused,
    MailmergeError,
    Reason,
    SignInFailed,
    SignInNeeded,
)
from mailmerge.i18n import N_, Term, number
from mailmerge.outbox.remarks import KeptRemark

LADDER = (60.0, 300.0, 900.0, 1800.0)
"""Seconds of the waits that follow each other while nothing gets better."""
SIGN_IN_NEEDED = "sign-in-needed"
HOLDING = "holding"
_JITTER = 0.2
_REPEATS_THAT_STOP = 3
_PUT_OFF_IN_A_ROW = 10
"""Single recipients may be deferred (greylisting); this many in a row are the server's own trouble."""


Why = Reason | MailmergeError
"""What is put into words where somebody reads it."""


class Hold(Struct, frozen=True):
    """Send nothing for this many seconds."""

    seconds: float
    reason: Why
    kind: str = ""
    """The token of what a person has to do first (the seconds are infinite then), or may do."""
    until: datetime | None = None
    """When it is over by the clock on the wall, whatever the seconds say: a laptop that sleeps does not count them."""


class End(Struct, frozen=True):
    """Send nothing more in this sending."""

    reason: Why
    error: MailmergeError | None = None


Decision = Hold | End | None

_REASONS: Mapping[str, str] = {
    "reply": N_("{meaning} ({reply})"),
    "puts-off": N_("{host} is deferring every message ({reply})"),
    "unknown": N_("the outcome of {count} messages in a row is unknown ({why})"),
    "drops": N_("{host} drops the connection again and again ({why})"),
    "day-is-full": N_("the limit of {limit} messages in 24 hours has been reached for {address}"),
    "outside-hours": N_("the account sends within its hours only ({hours})"),
    "overslept": N_(
        "it was to go on at {time}, when this computer was asleep: nothing was sent since; continue it if the hour"
        " still suits"
    ),
    "holding": N_("the first message leaves after the holding time; nothing has left yet"),
    "again": N_("the deferred messages are tried again"),
    "refused-alike": N_(
        "{count} messages in a row were refused for the same reason ({reply}): the letter or the account is refused,"
        " not the people. Ask the provider before going on"
    ),
}


class Policy:
    """Counts what comes in a row, over all connections, and decides; with ``wait`` it backs off instead of ending."""

    def __init__(self, account: Account, pace: Pace, *, wait: bool):
        self._account = account
        self._pace = pace
        self._wait = wait
        self.connections = account.connections
        """How many may be open; lowered by replies."""
        self._trouble = 0
        self._last_trouble = -math.inf
        self._unknown = 0
        self._put_off = 0
        self._refused_alike: tuple[str, int] = ("", 0)
        self._busy: set[str] = set()
        """Recipients whose own mailboxes were called busy, in a row."""

    def after(self, answer: Answer, recipient: str = "") -> Decision:
        """What follows from a reply that decided about a message to this recipient."""
        rule = rule_for(answer.reply, answer.stage)
        self._unknown = 0
        if rule.action in (Action.PROCEED, Action.REJECT):
            self._busy.clear()
        if rule.action is Action.PROCEED:
            self._trouble = self._put_off = 0
            self._refused_alike = ("", 0)
        elif rule.action is Action.REJECT:
            self._trouble = self._put_off = 0
            return self._refused(answer)
        elif rule.action is Action.DEFER or (rule.of_one_mailbox and self._is_theirs(recipient)):
            self._put_off += 1
            if self._put_off >= _PUT_OFF_IN_A_ROW:
                return self._back_off(self._because("puts-off", reply=answer.reply))
        elif rule.action is Action.QUOTA:
            return self._quota(rule, answer.reply)
        elif rule.action is Action.STOP:
            return self._stop(answer, rule)
        else:
            return self._slow_down(rule, answer.reply)
        return None

    def _is_theirs(self, recipient: str) -> bool:
        """Whether a busy mailbox is still this recipient's own matter: not once several in a row are called so."""
        self._busy.add(recipient)
        if len(self._busy) < _REPEATS_THAT_STOP:
            return True
        self._busy.clear()
        return False

    def lost(self, reason: str, *, undecided: bool, opened_at: float) -> Decision:
        """What follows from a connection, opened at this monotonic time, that was lost with a message begun.

        Connections that were open together and are lost together are one trouble.
        """
        if undecided:
            self._unknown += 1
            if self._unknown < _REPEATS_THAT_STOP:
                return None
            self._unknown = 0
            return self._back_off(
                self._because("unknown", count=_REPEATS_THAT_STOP, why=KeptRemark(reason)), at_once=True
            )
        if opened_at < self._last_trouble:
            return None
        self._last_trouble = time.monotonic()
        if self._wait and self._trouble == 0:  # servers close a connection after so many messages, or when it idles
            self._trouble = 1
            return None
        return self._back_off(self._because("drops", why=KeptRemark(reason)))

    def not_opened(self, error: ConnectionFailed | SignInFailed) -> Decision:
        """What follows from a connection that could not be made."""
        if isinstance(error, SignInNeeded) and self._wait:
            return Hold(math.inf, error, SIGN_IN_NEEDED)
        if error.temporary and self._wait:
            return self._back_off(error)
        return End(error, error)

    def day_is_full(self, seconds: float) -> Decision:
        """What follows from the account's daily limit."""
        reason = self._because("day-is-full", limit=number(self._account.per_day), address=self._account.address)
        return Hold(seconds, reason) if self._wait else End(reason)

    def outside_hours(self, opens_at: datetime) -> Decision:
        """What follows from the hours of the account."""
        reason = self._because("outside-hours", hours=self._account.hours)
        seconds = max(0.0, opens_at.timestamp() - time.time())
        return Hold(seconds, reason, until=opens_at) if self._wait else End(reason)

    def overslept(self, opened_at: datetime) -> Decision:
        """What follows where the clock has passed over the time at which a wait was to end: a person decides."""
        return End(self._because("overslept", time=f"{opened_at.astimezone():%Y-%m-%d %H:%M}"))

    def before_the_first(self, seconds: float) -> Decision:
        """The time in which a person may still call everything off."""
        return Hold(seconds, self._because("holding"), HOLDING) if seconds > 0 else None

    def retry(self, tries: int) -> Decision:
        """When the deferred messages are tried again, after this many passes over them; None for no more."""
        if not self._wait or tries > len(LADDER):
            return None
        return Hold(_jittered(LADDER[tries - 1]), self._because("again"))

    def _refused(self, answer: Answer) -> Decision:
        kind = _kind_of_refusal(answer)
        last, times = self._refused_alike
        self._refused_alike = (kind, times + 1 if kind == last else 1)
        if not kind or self._refused_alike[1] < _REPEATS_THAT_STOP:
            return None
        self._refused_alike = ("", 0)
        return End(self._because("refused-alike", count=_REPEATS_THAT_STOP, reply=answer.reply))

    def _quota(self, rule: ReplyRule, reply: Reply) -> Decision:
        reason = self._because("reply", meaning=Term(rule.meaning), reply=reply)
        return Hold(rule.pause, reason) if self._wait else End(reason)

    def _stop(self, answer: Answer, rule: ReplyRule) -> Decision:
        kind = LoginRefused if rule.kind is StopKind.LOGIN else DeliveryError
        error = kind(
            N_("{host}: {meaning} ({reply}); nothing more is sent"),
            host=self._account.host,
            meaning=Term(rule.meaning),
            reply=str(answer.reply),
        )
        return End(error, error)

    def _slow_down(self, rule: ReplyRule, reply: Reply) -> Decision:
        reason = self._because("reply", meaning=Term(rule.meaning), reply=reply)
        if rule.action is Action.FEWER:
            self.connections = max(1, self.connections - 1)
            self._pace.lower(2)
        if rule.action is Action.SLOWER and not self._pace.lowered:
            self._pace.lower(4)
            return None
        return self._back_off(reason)

    def _because(self, kind: str, **values: object) -> Reason:
        return Reason(kind, _REASONS[kind], {"host": self._account.host, **values})

    def _back_off(self, reason: Why, *, at_once: bool = False) -> Decision:
        self._trouble += 1
        self._put_off = 0
        if self._wait and self._trouble <= len(LADDER):
            return Hold(_jittered(LADDER[self._trouble - 1]), reason)
        if self._wait or at_once or self._trouble >= _REPEATS_THAT_STOP:
            kind = reason.kind if isinstance(reason, Reason | ConnectionFailed | SignInFailed) else ""
            return End(
                reason,
                ConnectionFailed(N_("{problem}"), kind=kind, temporary=True, host=self._account.host, problem=reason),
            )
        return None


def _kind_of_refusal(answer: Answer) -> str:
    """What makes two refusals alike; "" for one that is about its recipient alone."""
    reply = answer.reply
    policy = reply.enhanced.startswith("5.7.") or reply.enhanced == "5.3.4"
    if policy or (answer.stage is Stage.DOT and reply.code in (552, 554)):
        return f"{reply.code} {reply.enhanced}"
    return ""


def _jittered(seconds: float) -> float:
    """So that many senders do not come back in the same second."""
    return seconds * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311  (no secret depends on it)
