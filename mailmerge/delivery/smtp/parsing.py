"""Bytes from a server to replies (RFC 5321 4.2), without any input or output; what is no reply is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.text.regex import regex

LONGEST = 32 << 10
"""Bytes of one reply, all its lines together; a real EHLO has some hundreds."""

_LINE = regex(rb"([2-5]\d\d)(?:([ -])(.*))?", re.DOTALL)


class NoReply(Exception):
    """What came is no SMTP reply: nothing after it can be understood either."""


class Replies:
    """Collects bytes as they come and yields each reply once it is whole."""

    def __init__(self) -> None:
        self._unread = bytearray()
        self._code = b""
        self._lines: list[bytes] = []
        self._size = 0

    @property
    def partial(self) -> bool:
        """Whether a reply was begun and not finished."""
        return bool(self._unread or self._code)

    def feed(self, data: bytes) -> Iterator[tuple[int, str]]:
        """The replies that are whole now: code, and lines joined by ``\\n``, with surrogates for what is no UTF-8.

        Raises:
            NoReply: a line has no code of three digits or another code than the line before it, or the reply has no
                end. Those that came before it have been yielded.
        """
        self._unread += data
        while (end := self._unread.find(b"\n")) >= 0:
            line = bytes(self._unread[:end])
            del self._unread[: end + 1]
            self._size += end + 1
            match = _LINE.fullmatch(line.rstrip(b"\r"))
            if match is None or (self._code and match[1] != self._code) or self._size > LONGEST:
                raise NoReply
            self._code = match[1]
            self._lines.append((match[3] or b"").strip(b" \t\r"))
            if match[2] != b"-":
                whole = int(self._code), b"\n".join(self._lines).decode("utf-8", "surrogateescape")
                self._code, self._lines, self._size = b"", [], 0
                yield whole
        if self._size + len(self._unread) > LONGEST:
            raise NoReply
