"""What is kept of all messages together: a few numbers a message, never the messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from mailmerge.errors import RenderFailed
from mailmerge.lint.inspection import Inspection, MessageView
from mailmerge.model import Message, Recipient, Record


class Fact(NamedTuple):
    """One message, as the rules over the whole set see it."""

    asked: int
    """Number of the record that the message was composed for."""
    got: int
    """Number of the record that the message says it is for."""
    address: str
    """The sole To address."""
    digest: int
    """The same for the same message, in this process."""
    size: int
    """Characters of the text part."""
    branch: int
    """Which shape, counted as they appear; shapes of one message only are 0."""


@dataclass
class Survey:
    """All messages of one check, in facts."""

    inspection: Inspection
    facts: list[Fact] = field(default_factory=list)
    failures: list[tuple[Record, RenderFailed]] = field(default_factory=list)
    """Records whose message could not be composed, and why."""
    files: dict[Path, list[int]] = field(default_factory=dict)
    """Files that a letter names by a value, and the records that get them."""

    def add(self, recipient: Recipient, view: MessageView) -> None:
        """Keep what the rules over the set need."""
        message = view.message
        self.facts.append(
            Fact(
                recipient.record.number,
                message.recipient.record.number,
                message.to.address,
                digest_of(message),
                sum(map(len, message.values)),
                0,
            )
        )
        for pattern, attachment in zip(view.shape.shape.attachments, message.attachments, strict=False):
            if pattern.slots:
                self.files.setdefault(attachment.path, []).append(recipient.record.number)


def digest_of(message: Message) -> int:
    """A number that two equal messages share, within one process."""
    return hash((message.values, message.subject, message.text, message.html, message.to))
