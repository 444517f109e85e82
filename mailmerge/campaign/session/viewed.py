"""Which messages were looked at, kept between two sittings: one that reads otherwise since then is unseen again.

What is kept are digests, keyed anew for each campaign: no name, no address, no text. Losing it harms nobody.
"""

from __future__ import annotations

import json
import os
import threading
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from mailmerge.campaign import Campaign
from mailmerge.errors import MailmergeError, RenderFailed
from mailmerge.files.home import private_directory, write_atomically
from mailmerge.model import Message, Recipient, Record

MOST = 20_000
"""Messages of one campaign that are kept as seen, the last ones; a hundred thousand are looked at by nobody."""
_MOST_CAMPAIGNS = 40
_HEADERS = ("From", "To", "Reply-To", "Cc", "Bcc")


class SeenMarks:
    """The seen messages of one table and its letters. Its methods may be called from any thread."""

    def __init__(self, folder: Path, campaign: Campaign):
        self.path = folder / f"{_name(campaign)}.json"
        self._key = os.urandom(16)
        self._marks: dict[str, str] = {}
        """The digest of a message as it was seen, by the digest of its row."""
        self._changed = False
        self._lock = threading.Lock()
        self._signed: Campaign | None = None
        self._plain: Campaign | None = None
        """The campaign in hand, less its account's signature."""
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            document = json.loads(self.path.read_text(encoding="utf-8"))
            marks = {str(row): str(message) for row, message in document["seen"].items()}
            self._key, self._marks = bytes.fromhex(document["key"])[:64], marks

    def is_of(self, campaign: Campaign) -> bool:
        """Whether these are the marks of this campaign's table and letters."""
        return self.path.stem == _name(campaign)

    def add(self, campaign: Campaign, recipient: Recipient) -> None:
        """The message of a person, as it is now, was seen; one that cannot be made is none."""
        with suppress(RenderFailed):
            message = self._message(self._unsigned(campaign).compose(recipient))
            row = self._row(recipient.record)
            with self._lock:
                self._marks.pop(row, None)
                self._marks[row] = message
                self._changed = True

    def among(self, campaign: Campaign) -> set[int]:
        """The numbers of the records whose messages were seen, and would still read the same."""
        with self._lock:
            marks = dict(self._marks)
        campaign = self._unsigned(campaign)
        seen: set[int] = set()
        for index, record in enumerate(campaign.recipients.records) if marks else ():
            kept = marks.get(self._row(record))
            if kept is None:
                continue
            with suppress(RenderFailed):
                if self._message(campaign.compose(campaign.recipients[index])) == kept:
                    seen.add(record.number)
        return seen

    def save(self) -> None:
        """Write down what was added; a file that cannot be written is as good as none."""
        with self._lock:
            if not self._changed:
                return
            self._changed = False
            last = dict(list(self._marks.items())[-MOST:])
        with suppress(OSError, MailmergeError):
            content = json.dumps({"key": self._key.hex(), "seen": last})
            write_atomically(private_directory(self.path.parent) / self.path.name, content.encode())
            _forget_oldest(self.path.parent)

    def _unsigned(self, campaign: Campaign) -> Campaign:
        """The campaign less its account's signature: who sends is decided once for everybody, and read at sealing."""
        if not any(letter.signature for letter in campaign.letters):
            return campaign
        with self._lock:
            if self._signed is not campaign:
                self._signed, self._plain = campaign, campaign.signed_by(None)
            assert self._plain is not None  # noqa: S101
            return self._plain

    def _row(self, record: Record) -> str:
        return self._digest("\x1f".join(record.values), 8)

    def _message(self, message: Message) -> str:
        """Of everything that the person would get and a reviewer can see."""
        parts = [message.recipient.name, message.recipient.address, message.subject, message.text, message.html or ""]
        parts += [f"{name}: {each.name} <{each.address}>" for name in _HEADERS for each in message.mailboxes(name)]
        parts += [f"{name}: {pattern.fill(message.values)}" for name, pattern in message.shape.extra_headers]
        for each in message.attachments:
            problem = each.problem.token if each.problem else ""
            parts += [each.filename, each.media_type, each.content_id, problem, _content_digest(each.content)]
        return self._digest("\x1f".join(parts), 16)

    def _digest(self, text: str, size: int) -> str:
        return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size, key=self._key).hexdigest()


@lru_cache(maxsize=4)
def _content_digest(content: bytes) -> str:
    """Of a file that travels; the messages that share it share its bytes."""
    return blake2b(content, digest_size=16).hexdigest()


def _name(campaign: Campaign) -> str:
    paths = [campaign.table.path, *sorted(letter.path for letter in campaign.letters)]
    return blake2b("\x1f".join(str(path.absolute()) for path in paths).encode(), digest_size=12).hexdigest()


def _forget_oldest(folder: Path) -> None:
    files = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[_MOST_CAMPAIGNS:]:
        path.unlink(missing_ok=True)
