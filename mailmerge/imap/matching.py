"""Which message of a run a mail is about: by its id in what was returned, by its id anywhere, by the address.

An id of ours is an HMAC that nobody can guess, so that a mail with one of them comes from who had the message. An
address anybody can write: what matches by it alone is a hint, and changes nothing.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from mailmerge.imap.reports import MailReport
from mailmerge.model import MAY_HAVE_ARRIVED, State
from mailmerge.outbox import RunMessage
from mailmerge.text.addresses import same_mailbox_key


class Match(Struct, frozen=True):
    """A mail is about a message."""

    message: RunMessage
    certain: bool


class Messages:
    """The messages of a run by what is known of them."""

    def __init__(
        self,
        messages: Iterable[RunMessage],
        times: Mapping[int, datetime.datetime],
        sealed_header: Callable[[int], Mapping[str, str]],
        within: datetime.timedelta,
    ):
        """``times`` are those of the last try; ``sealed_header`` gives the fields of a message in lower case."""
        self._by_id: dict[str, RunMessage] = {}
        self._by_mailbox: dict[str, list[RunMessage]] = defaultdict(list)
        self._times = times
        self._sealed_header = sealed_header
        self._within = within
        for message in messages:
            if message.message_id and message.state is not State.EXCLUDED:
                self._by_id[message.message_id.strip("<>")] = message
                if message.state in MAY_HAVE_ARRIVED:
                    self._by_mailbox[same_mailbox_key(message.address)].append(message)

    @property
    def ids(self) -> frozenset[str]:
        """Every Message-ID, without angle brackets."""
        return frozenset(self._by_id)

    def match(self, report: MailReport, at: datetime.datetime) -> Match | None:
        """The message that a report of this time is about; None where there is none, or it could be several."""
        for returned in report.returned_ids:
            if message := self._by_id.get(returned):
                return Match(message, certain=True)
        if report.returned_ids:
            return None  # it returns another mail, to the same person perhaps
        quoted = [self._by_id[each] for each in report.quoted_ids & self.ids]
        if quoted:
            return Match(quoted[0], certain=True) if len(quoted) == 1 else None
        return self._by_address(report, at)

    def _by_address(self, report: MailReport, at: datetime.datetime) -> Match | None:
        named = {
            message.record: message
            for recipient in report.recipients
            for message in self._by_mailbox.get(recipient, ())
            if self._is_open(message, at)
        }
        if len(named) != 1:
            return None
        (message,) = named.values()
        return Match(message, certain=self._returns(report, message))

    def _is_open(self, message: RunMessage, at: datetime.datetime) -> bool:
        sent = self._times.get(message.record)
        return sent is None or sent - _SKEW <= at <= sent + self._within

    def _returns(self, report: MailReport, message: RunMessage) -> bool:
        """Whether the returned header has what only the message itself has: its very date, and its subject."""
        if not report.returned.get("date") or not report.returned.get("subject"):
            return False
        sealed = self._sealed_header(message.record)
        return all(_plain(report.returned[name]) == _plain(sealed.get(name, "")) for name in ("date", "subject"))


_SKEW = datetime.timedelta(minutes=10)
"""Clocks of servers differ."""


def _plain(value: str) -> str:
    return "".join(value.split())
