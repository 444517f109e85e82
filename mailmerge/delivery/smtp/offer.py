"""What a server offers in its answer to EHLO (RFC 5321 4.1.1.1)."""

from __future__ import annotations

from msgspec import Struct

from mailmerge.text.regex import regex
from mailmerge.text.shown import shorten

_SIZE = regex(r"[0-9]{1,20}")
_SMALLEST_LIMIT = 64 << 10
"""Every server takes messages of this many bytes (RFC 5321 4.5.3.1.7); a smaller limit is a mistake."""


class Offer(Struct, frozen=True):
    """What the server said it can do: EHLO keywords in lower case, with their parameters."""

    extensions: dict[str, str]
    mechanisms: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Largest message in bytes (RFC 1870); 0 where none is told, or none that can be meant."""
        value = self._size()
        return int(value) if value and not self.size_ignored else 0

    @property
    def size_ignored(self) -> str:
        """The SIZE that is not believed: no number of at most 20 digits (RFC 1870 4), or less than any server takes."""
        value = self._size()
        if not value or (_SIZE.fullmatch(value) and not 0 < int(value) < _SMALLEST_LIMIT):
            return ""
        return shorten(value, 40)

    def has(self, keyword: str) -> bool:
        """Whether an extension is offered."""
        return keyword.lower() in self.extensions

    def _size(self) -> str:
        return self.extensions.get("size", "").strip()
