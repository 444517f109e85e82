"""One connection to a mailbox: verified TLS, one login, and whatever goes wrong in one sentence.

Everything here blocks: call it in a thread.
"""

from __future__ import annotations

import datetime
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from mailmerge.accounts import Account, Imap, Secret
from mailmerge.accounts.redaction import redacted
from mailmerge.delivery.smtp.tls import why_refused
from mailmerge.errors import ConnectionFailed, MailboxFailed
from mailmerge.i18n import N_
from mailmerge.text.regex import regex
from mailmerge.text.shown import shorten

if TYPE_CHECKING:
    from imapclient import IMAPClient

CONNECT_SECONDS, READ_SECONDS = 15.0, 60.0
_AT_ONCE = 500
"""Messages asked about in one command."""
_APPENDUID = regex(rb"\[APPENDUID (\d+) (\d+)\]", re.IGNORECASE)  # RFC 4315
_CODE = regex(r"\[([A-Z-]+)")
_FULL = frozenset({"OVERQUOTA", "LIMIT", "INUSE"})


class Folder(Struct, frozen=True):
    """One folder of a mailbox."""

    name: str
    """As people read it: modified UTF-7 is decoded (RFC 3501 5.1.3)."""
    delimiter: str
    flags: frozenset[str]
    r"""Lower case: ``\sent``, ``\noselect``."""


class Head(Struct, frozen=True):
    """What is asked about every message of a folder."""

    uid: int
    size: int
    at: datetime.datetime
    """INTERNALDATE, with its offset."""
    header: bytes


class OpenMailbox:
    """A connection that is logged in."""

    def __init__(self, client: IMAPClient, account: Account, imap: Imap, secret: Secret):
        self._client = client
        self._account = account
        self._imap = imap
        self._secret = secret

    @property
    def host(self) -> str:
        """The server."""
        return self._imap.host

    def close(self) -> None:
        """Log out; a connection that is lost is only let go."""
        with suppress(Exception):
            self._client.logout()
        with suppress(Exception):
            self._client.shutdown()

    def folders(self) -> list[Folder]:
        """Every folder, with what it is for (RFC 6154), as far as the server says.

        Raises:
            ConnectionFailed, MailboxFailed: they cannot be listed.
        """
        with self._told():
            rows = self._client.list_folders()
        return [
            Folder(
                str(name),
                delimiter.decode("ascii", "replace") if delimiter else "",
                frozenset(flag.decode("ascii", "replace").lower() for flag in flags),
            )
            for flags, delimiter, name in rows
        ]

    def examine(self, folder: str) -> int:
        """Open a folder for reading only: nothing in it can be marked; its UIDVALIDITY, 0 where it has none.

        Raises:
            ConnectionFailed, MailboxFailed: it cannot be opened.
        """
        with self._told(folder):
            status = self._client.select_folder(folder, readonly=True)
        return int(status.get(b"UIDVALIDITY", 0))

    def since(self, day: datetime.date, before: datetime.date | None = None) -> list[int]:
        """UIDs of what came into the open folder from this day on.

        Raises:
            ConnectionFailed, MailboxFailed: it cannot be searched.
        """
        criteria: list[object] = ["SINCE", day, *(["BEFORE", before] if before else [])]
        with self._told():
            return list(self._client.search(criteria))

    def heads(self, uids: Sequence[int], fields: str) -> Iterator[Head]:
        """Size, date and some header fields of messages; nothing is marked as read.

        Raises:
            ConnectionFailed, MailboxFailed: they cannot be read.
        """
        header = f"BODY.PEEK[HEADER.FIELDS ({fields})]"
        for start in range(0, len(uids), _AT_ONCE):
            with self._told():
                found = self._client.fetch(uids[start : start + _AT_ONCE], ["RFC822.SIZE", "INTERNALDATE", header])
            for uid, data in found.items():
                text = next((value for key, value in data.items() if key.startswith(b"BODY[")), b"")
                at = data.get(b"INTERNALDATE") or datetime.datetime.now(datetime.UTC)
                yield Head(uid, int(data.get(b"RFC822.SIZE", 0)), at, text or b"")

    def ids(self, uids: Sequence[int]) -> dict[str, int]:
        """The Message-IDs of messages, and the UID of each: asked for at once, since searching by header is slow.

        Raises:
            ConnectionFailed, MailboxFailed: they cannot be read.
        """
        found: dict[str, int] = {}
        for start in range(0, len(uids), _AT_ONCE):
            with self._told():
                rows = self._client.fetch(uids[start : start + _AT_ONCE], ["BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"])
            for uid, data in rows.items():
                text = next((value for key, value in data.items() if key.startswith(b"BODY[")), None) or b""
                if match := _ID_FIELD.search(text):
                    found[match[1].decode("ascii", "replace")] = uid
        return found

    def beginning(self, uid: int, octets: int) -> bytes:
        """So many octets of a message; nothing is marked as read.

        Raises:
            ConnectionFailed, MailboxFailed: it cannot be read.
        """
        with self._told():
            found = self._client.fetch([uid], [f"BODY.PEEK[]<0.{octets}>"])
        return next((value for key, value in found.get(uid, {}).items() if key.startswith(b"BODY[")), b"") or b""

    def append(self, folder: str, content: bytes, at: datetime.datetime) -> tuple[int, int]:
        """Put a copy into a folder, as read, with this date; its UIDVALIDITY and UID (RFC 4315), 0 where not said.

        Raises:
            ConnectionFailed: the connection was lost, and nobody knows whether the copy is there.
            MailboxFailed: the server refuses it.
        """
        with self._told(folder):
            said = self._client.append(folder, content, flags=(rb"\Seen",), msg_time=at.astimezone(datetime.UTC))
        match = _APPENDUID.search(said if isinstance(said, bytes) else str(said).encode())
        return (int(match[1]), int(match[2])) if match else (0, 0)

    @contextmanager
    def _told(self, folder: str = "") -> Iterator[None]:
        import imaplib

        try:
            yield
        except (imaplib.IMAP4.abort, OSError, EOFError) as error:
            raise lost(self._account, self._imap, error) from None
        except imaplib.IMAP4.error as error:
            said = redacted(str(error), self._secret)
            raise _refused(self._imap.host, folder, said) from None
        except (ValueError, TypeError, LookupError, AttributeError, AssertionError):  # what a parser says to garbage
            raise lost(self._account, self._imap, None) from None


_ID_FIELD = regex(rb"^message-id:\s*(<[^<>]*>)", re.IGNORECASE | re.MULTILINE)


def as_server(account: Account, imap: Imap) -> Account:
    """The account as if it sent by the server of the mailbox: what is wrong with one is said as of the other."""
    return replace(account, host=imap.host, port=imap.port, tls=imap.tls, imap=None)


def lost(account: Account, imap: Imap, error: Exception | None) -> ConnectionFailed:
    """That the connection is gone, and why where that is known."""
    if isinstance(error, TimeoutError | ssl.SSLError):
        return why_refused(as_server(account, imap), error)
    return ConnectionFailed(
        N_("the connection to the mailbox at {host} was lost: try again later"),
        kind="closed",
        temporary=True,
        host=imap.host,
    )


def _refused(host: str, folder: str, said: str) -> MailboxFailed:
    code = _CODE.search(said)
    kind = "refused"
    if (code and code[1] in _FULL) or "quota" in said.lower():
        kind = "full"
    elif (code and code[1] in ("TRYCREATE", "NONEXISTENT")) or "doesn't exist" in said or "unknown mailbox" in said:
        kind = "no-folder"
    return MailboxFailed(_REFUSALS[kind], kind=kind, host=host, folder=folder, said=shorten(said, 120))


_REFUSALS = {
    "full": N_("the mailbox at {host} is full: make room, then run `mailmerge follow`"),
    "no-folder": N_('the mailbox at {host} has no folder "{folder}"'),
    "refused": N_("the mailbox at {host} refused the request: {said}"),
}
