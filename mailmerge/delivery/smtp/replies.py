"""What a server's reply means for the message and for the run: one table, read from the top, the first row decides.

RFC 5321 4.2 (codes), RFC 3463 (enhanced status), and what the large providers publish (2026-11).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from mailmerge.i18n import N_
from mailmerge.model import State
from mailmerge.text.regex import regex
from mailmerge.text.shown import shorten

_ENHANCED = regex(r"([245]\.\d{1,3}\.\d{1,3})(?!\S)\s*")
_LONGEST = 500


class Reply(Struct, frozen=True):
    """One reply of a server, its lines joined."""

    code: int
    text: str

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, code: int, lines: str) -> Reply:
        """A reply as it came from the wire: several lines on one, what cannot be shown made visible."""
        decoded = lines.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        first, *others = decoded.split("\n")
        status = _ENHANCED.match(first)
        prefix = status.group(1) if status else ""
        rest = [line.removeprefix(prefix).strip() for line in others] if prefix else [line.strip() for line in others]
        return cls(code, shorten(" ".join([first.strip(), *rest]).strip(), _LONGEST))

    @property
    def enhanced(self) -> str:
        """The RFC 3463 status at its beginning, ``""`` where it has none."""
        match = _ENHANCED.match(self.text)
        return match.group(1) if match else ""

    @property
    def readable(self) -> bool:
        """Whether it is a reply code at all (RFC 5321 4.2.1)."""
        return 200 <= self.code <= 599

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()


class Stage(StrEnum):
    """What the reply answers."""

    GREETING = "greeting"
    EHLO = "EHLO"
    STARTTLS = "STARTTLS"
    AUTH = "AUTH"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    DOT = "end of data"


class Answer(Struct, frozen=True):
    """A reply that decides about a message, and what it answered."""

    stage: Stage
    reply: Reply


class Action(StrEnum):
    """What follows from a reply."""

    PROCEED = "proceed"
    """Go on; at the end of data: accepted."""
    DEFER = "defer"
    """This message later; the others go on."""
    BACK_OFF = "back-off"
    """This message later, and the run waits 1, 5, 15, 30 minutes."""
    FEWER = "fewer"
    """As BACK_OFF, with one connection less and half the pace from now on."""
    SLOWER = "slower"
    """A quarter of the pace from now on; if that was done already, BACK_OFF."""
    QUOTA = "quota"
    """The account has sent all that it may for now: the run pauses, the message stays pending."""
    REJECT = "reject"
    """This recipient will not have this message."""
    STOP = "stop"
    """The account is refused: everything stops, and nothing is tried again with the same secret."""
    UNEXPECTED = "unexpected"
    """No reply that this stage can have: the connection is given up."""


class StopKind(StrEnum):
    """What a reply that stops everything refuses, where anything depends on it."""

    LOGIN = "login"
    """The account's credentials: they are not tried again."""
    OTHER = ""


HOUR = 3600.0
DAY = 24 * HOUR


class ReplyRule(Struct, frozen=True):
    """One row: it holds where all its patterns match."""

    action: Action
    meaning: str
    """In words for a person, marked with ``N_``; nothing decides by them."""
    code: str = ""
    enhanced: str = ""
    text: str = ""
    stages: frozenset[Stage] = frozenset(Stage)
    pause: float = 0.0
    """Seconds until the provider's own limit is said to be free again (QUOTA)."""
    of_one_mailbox: bool = False
    """Whether it speaks of the recipient's mailbox, so that only several different ones in a row are about the run."""
    kind: StopKind = StopKind.OTHER

    def holds(self, reply: Reply, stage: Stage) -> bool:
        """Whether the row speaks of this reply."""
        return (
            stage in self.stages
            and (not self.code or re.fullmatch(self.code, str(reply.code)) is not None)
            and (not self.enhanced or re.fullmatch(self.enhanced, reply.enhanced) is not None)
            and (not self.text or re.search(self.text, reply.text, re.IGNORECASE) is not None)
        )


_AUTH = frozenset({Stage.AUTH})
_ENVELOPE = frozenset({Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.DOT})
_MESSAGE = frozenset({Stage.RCPT, Stage.DATA, Stage.DOT})
_BEFORE_LOGIN = frozenset({Stage.GREETING, Stage.EHLO, Stage.STARTTLS})
_SENDING_LIMIT = r"\b(daily|hourly|send|sending|submission|outbound|outgoing)\b[^.]{0,40}\b(limit|quota)\b"
_DAILY = r"daily (message|sending) quota"
_GMAIL = r"\bgsmtp\b|support\.google\.com"
"""A provider is named only where the reply itself shows that it is this provider's."""

TABLE: tuple[ReplyRule, ...] = (
    # 2yz and 3yz where they belong
    ReplyRule(Action.PROCEED, N_("taken"), code="2..", stages=frozenset(Stage) - {Stage.DATA}),
    ReplyRule(Action.PROCEED, N_("go on"), code="354", stages=frozenset({Stage.DATA})),
    ReplyRule(Action.PROCEED, N_("go on"), code="334", stages=_AUTH),
    ReplyRule(Action.UNEXPECTED, N_("the reply makes no sense here"), code="[23].."),
    # What the account may send is used up
    ReplyRule(Action.QUOTA, N_("the daily limit has been reached"), code="5..", enhanced=r"5\.4\.5", pause=DAY),
    ReplyRule(
        Action.QUOTA,
        N_("the daily limit of recipients has been reached"),
        code="5..",
        enhanced=r"5\.1\.90",
        pause=DAY,
    ),
    ReplyRule(
        Action.QUOTA,
        N_("the limit for mail to outside addresses has been reached"),
        code="5..",
        enhanced=r"5\.7\.23[23]",
        pause=DAY,
    ),
    ReplyRule(
        Action.QUOTA, N_("the server sees unusual sending activity"), code="5..", enhanced=r"5\.4\.6", pause=HOUR
    ),
    ReplyRule(Action.QUOTA, N_("the sending limit has been reached"), text="mail send limit exceeded", pause=HOUR),
    ReplyRule(
        Action.QUOTA, N_("SES: the daily limit has been reached"), code="454", text=rf"throttling.*{_DAILY}", pause=DAY
    ),
    ReplyRule(Action.QUOTA, N_("the daily limit has been reached"), text=_DAILY, pause=DAY),
    ReplyRule(
        Action.QUOTA,
        N_("the sending quota has been reached"),
        enhanced=r"5\.2\.2",
        text="submission",
        pause=DAY,
    ),
    ReplyRule(
        Action.REJECT,
        N_("the person's mailbox is full"),
        code="5..",
        enhanced=r"5\.2\.2",
        text=r"full|over.?quota|insufficient|mailbox.{0,30}exceeded",
        stages=_MESSAGE,
    ),
    ReplyRule(Action.QUOTA, N_("the sending quota has been reached"), code="550", enhanced=r"5\.2\.2", pause=DAY),
    ReplyRule(
        Action.QUOTA, N_("the account's sending limit is reached"), text=_SENDING_LIMIT, stages=_ENVELOPE, pause=HOUR
    ),
    # The account is refused
    ReplyRule(Action.STOP, N_("the login is refused"), code="53[0458]", kind=StopKind.LOGIN),
    ReplyRule(Action.STOP, N_("the login is refused"), code="5..", stages=_AUTH, kind=StopKind.LOGIN),
    ReplyRule(Action.STOP, N_("the login is refused for now"), code="4[35]4|432", stages=_AUTH, kind=StopKind.LOGIN),
    ReplyRule(
        Action.STOP,
        N_("the account is not allowed to send this way"),
        code="5..",
        enhanced=r"5\.7\.(30|60|139|50[123]|70[5-8])|5\.1\.8",
    ),
    # Too fast, or too many at once
    ReplyRule(Action.FEWER, N_("too many connections at once"), code="432"),
    ReplyRule(
        Action.FEWER, N_("too many connections at once"), code="4..", text="concurrent connection|too many connections"
    ),
    ReplyRule(
        Action.SLOWER,
        N_("the mailbox takes no more messages for now"),
        code="450",
        enhanced=r"4\.2\.1",
        stages=_MESSAGE,
        of_one_mailbox=True,
    ),
    ReplyRule(Action.SLOWER, N_("too fast, or too much at once"), code="450", enhanced=r"4\.2\.1"),
    ReplyRule(Action.SLOWER, N_("Gmail: too fast"), code="421", enhanced=r"4\.7\.(0|28)", text=_GMAIL),
    ReplyRule(Action.SLOWER, N_("too fast, or too much at once"), code="421", enhanced=r"4\.7\.(0|28)"),
    ReplyRule(Action.SLOWER, N_("SES: too fast"), code="454", text="throttling.*maximum sending rate"),
    ReplyRule(Action.SLOWER, N_("too fast"), code="454", text="maximum sending rate"),
    ReplyRule(Action.BACK_OFF, N_("the server asks to slow down"), code="4..", enhanced=r"4\.7\.[56]\d\d"),
    ReplyRule(Action.BACK_OFF, N_("the server is closing: try later"), code="421"),
    # The sender
    ReplyRule(Action.STOP, N_("the sender address is refused"), code="5..", stages=frozenset({Stage.MAIL})),
    ReplyRule(Action.BACK_OFF, N_("the server takes nothing now"), code="4..", stages=frozenset({Stage.MAIL})),
    # This person
    ReplyRule(Action.REJECT, N_("there is no such mailbox"), code="5..", enhanced=r"5\.1\.(1|10)", stages=_MESSAGE),
    ReplyRule(Action.REJECT, N_("the message is too large"), code="552|5..", enhanced=r"5\.3\.4", stages=_MESSAGE),
    ReplyRule(
        Action.REJECT, N_("refused by a policy of the server"), code="5..", enhanced=r"5\.7\.\d+", stages=_MESSAGE
    ),
    ReplyRule(Action.REJECT, N_("this recipient is refused"), code="5..", stages=frozenset({Stage.RCPT})),
    ReplyRule(Action.REJECT, N_("this message is refused"), code="5..", stages=frozenset({Stage.DATA, Stage.DOT})),
    ReplyRule(Action.DEFER, N_("not now: try later"), code="4..", stages=_MESSAGE),
    # Before any message
    ReplyRule(Action.BACK_OFF, N_("the server is not available now"), code="4..", stages=_BEFORE_LOGIN | _AUTH),
    ReplyRule(Action.STOP, N_("the server refuses connections from this computer"), code="5..", stages=_BEFORE_LOGIN),
)
_UNEXPECTED = ReplyRule(Action.UNEXPECTED, N_("the reply makes no sense"))


@lru_cache(maxsize=256)
def rule_for(reply: Reply, stage: Stage) -> ReplyRule:
    """The row of the table that decides about this reply."""
    if not reply.readable:
        return _UNEXPECTED
    return next((rule for rule in TABLE if rule.holds(reply, stage)), _UNEXPECTED)


def classify(reply: Reply, stage: Stage) -> Action:
    """What follows from this reply at this stage."""
    return rule_for(reply, stage).action


_STATES = {
    Action.REJECT: State.REJECTED,
    Action.DEFER: State.DEFERRED,
    Action.BACK_OFF: State.DEFERRED,
    Action.FEWER: State.DEFERRED,
    Action.SLOWER: State.DEFERRED,
    Action.QUOTA: State.PENDING,
    Action.STOP: State.PENDING,
}


def state_after(action: Action, stage: Stage) -> State:
    """Where the message stands after the reply: by the reply's first digit, and known for sure but after the dot."""
    if stage is not Stage.DOT:
        return _STATES.get(action, State.PENDING)
    return State.ACCEPTED if action is Action.PROCEED else _STATES.get(action, State.UNKNOWN)
