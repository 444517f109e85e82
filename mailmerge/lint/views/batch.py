"""Facts kept about the whole batch: a few numbers per message, never the messages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from mailmerge.errors import RenderFailed
from mailmerge.lint.identities.rows.amounts import AmountSeen
from mailmerge.lint.views.disclosure import Disclosure
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.layout import digest_of_shape
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Layout, Message, Recipient, Record
from mailmerge.text.regex import regex

_LONG_TEXT = 80
"""Characters of a text that is written for one person."""
_HOSTS_KEPT = 1000
_NO_SITE = regex(r"\s*(?:mailto|tel|sms):", re.IGNORECASE)


class MessageFact(NamedTuple):
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
class Batch:
    """All messages of one check, in facts."""

    inspection: Inspection
    facts: list[MessageFact] = field(default_factory=list)
    failures: list[tuple[Record, RenderFailed]] = field(default_factory=list)
    """Records whose message could not be composed, and why."""
    files: dict[Path, list[int]] = field(default_factory=dict)
    """Files that a letter names by a value, and the records that get them."""
    unowned_files: set[Path] = field(default_factory=set)
    """Those of them in which nothing is their person's."""
    file_contents: dict[Path, int] = field(default_factory=dict)
    """What those files contain: the same number for the same content."""
    disclosures: list[Disclosure] = field(default_factory=list)
    """What files that a value names say about others than their recipients."""
    amounts: dict[int, list[tuple[str, AmountSeen]]] = field(default_factory=dict)
    """By record, the amounts in its personal files, and which file."""
    texts: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    """By field, the long texts that were printed (as hashes), and the records that get them."""
    hosts: dict[str, set[str]] = field(default_factory=dict)
    """By link, the hosts that values lead to."""
    _shape_digests: dict[int, tuple[Layout, int]] = field(default_factory=dict)

    def add(self, recipient: Recipient, view: MessageView) -> None:
        """Keep what the rules over the set need."""
        message = view.message
        number = recipient.record.number
        shape = view.shape
        size = shape.constant_size + sum([len(message.values[index]) for index in shape.text_slots])
        digest = self.digest_of(message, shape.digest)
        self.facts.append(MessageFact(number, message.recipient.record.number, digest, size, shape.branch))
        for path, theirs, content, amounts in view.personal_files:
            numbers = self.files.setdefault(path, [])
            if number in numbers[-1:]:
                continue  # one person has it twice
            numbers.append(number)
            self.amounts.setdefault(number, []).extend((path.name, seen) for seen in amounts)
            self.file_contents[path] = content
            if not theirs:
                self.unowned_files.add(path)
        self.disclosures += view.disclosures
        for index, value in enumerate(message.values):
            if len(value) >= _LONG_TEXT:
                self._keep_text(view.field_of(index), view.printed[index].folded, number)
        for index, link in shape.markup.hosts:
            hosts = self.hosts.setdefault(link, set())
            if len(hosts) < _HOSTS_KEPT and not _NO_SITE.match(message.values[index]):
                hosts.add(_host(message.values[index]))

    def _keep_text(self, field: str | None, text: str, number: int) -> None:
        """Keep who gets a long text, which is folded, if it comes from one field."""
        if field is None:
            return
        numbers = self.texts.setdefault(field, {}).setdefault(hash(text), [])
        if number not in numbers[-1:]:
            numbers.append(number)

    def digest_of(self, message: Message, shape_digest: int | None = None) -> int:
        """A number that two equal messages share, within one process."""
        if shape_digest is None:
            known = self._shape_digests.get(id(message.shape))
            if known is None or known[0] is not message.shape:
                known = self._shape_digests[id(message.shape)] = (message.shape, digest_of_shape(message.shape))
            shape_digest = known[1]
        return hash((message.values, shape_digest, message.recipient.address, message.recipient.name))


def _host(link: str) -> str:
    try:
        return urlsplit(link).hostname or link[:60]
    except ValueError:
        return link[:60]
