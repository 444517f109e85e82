"""What is kept of all messages together: a few numbers a message, never the messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from mailmerge.errors import RenderFailed
from mailmerge.lint.inspection import Inspection
from mailmerge.lint.scans import MessageView
from mailmerge.model import Message, Recipient, Record
from mailmerge.text import fold

_LONG_TEXT = 80
"""Characters of a text that is written for one person."""
_HOSTS_KEPT = 1000


class Fact(NamedTuple):
    """One message, as the rules over the whole set see it."""

    asked: int
    """Number of the record that the message was composed for."""
    got: int
    """Number of the record that the message says it is for."""
    digest: int
    """The same for the same message, in this process."""
    size: int
    """Characters of its text part."""
    branch: int
    """Messages of one shape have the same number."""


@dataclass
class Survey:
    """All messages of one check, in facts."""

    inspection: Inspection
    facts: list[Fact] = field(default_factory=list)
    failures: list[tuple[Record, RenderFailed]] = field(default_factory=list)
    """Records whose message could not be composed, and why."""
    files: dict[Path, list[int]] = field(default_factory=dict)
    """Files that a letter names by a value, and the records that get them."""
    texts: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    """By field, the long texts that were printed (as hashes), and the records that get them."""
    hosts: dict[str, set[str]] = field(default_factory=dict)
    """By link, the hosts that values lead to."""

    def add(self, recipient: Recipient, view: MessageView) -> None:
        """Keep what the rules over the set need."""
        message = view.message
        number = recipient.record.number
        text = message.text
        self.facts.append(
            Fact(number, message.recipient.record.number, digest_of(message), len(text), view.shape.branch)
        )
        for pattern, attachment in zip(message.shape.attachments, message.attachments, strict=False):
            if pattern.slots:
                self.files.setdefault(attachment.path, []).append(number)
        for index, value in enumerate(message.values):
            if len(value) >= _LONG_TEXT:
                fields = message.shape.expressions[index].fields
                if len(fields) == 1:
                    texts = self.texts.setdefault(next(iter(fields)), {})
                    numbers = texts.setdefault(hash(fold(value)), [])
                    if number not in numbers[-1:]:
                        numbers.append(number)
        for index, link in view.shape.markup.hosts:
            hosts = self.hosts.setdefault(link, set())
            if len(hosts) < _HOSTS_KEPT:
                hosts.add(_host(message.values[index]))


def digest_of(message: Message) -> int:
    """A number that two equal messages share, within one process."""
    return hash((message.values, message.subject, message.text, message.html, message.to))


def _host(link: str) -> str:
    try:
        return urlsplit(link).hostname or link[:60]
    except ValueError:
        return link[:60]
