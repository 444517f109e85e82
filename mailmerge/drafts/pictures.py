"""Pictures of a document: those that every mail program shows, each kept once under a name of ours."""

from __future__ import annotations

import base64
import binascii
import hashlib
from urllib.parse import unquote

from mailmerge.drafts.draft import Picture
from mailmerge.text.regex import regex

_KINDS = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF87a", "gif"), (b"GIF89a", "gif"))
_MOST = 50
_EMBEDDED = regex(r"""\bsrc\s*=\s*["']?(data:image/[\w.+-]+;base64,([A-Za-z0-9+/=\s%]+))""")
"""A picture that a page has in its own text (RFC 2397)."""


class Pictures:
    """What was kept so far."""

    def __init__(self) -> None:
        self.kept: list[Picture] = []
        self.refused = False
        """Whether there was one of another kind."""
        self._names: dict[bytes, str] = {}

    def keep(self, content: bytes) -> str:
        """The file name of a picture; ``""`` where it cannot be used."""
        kind = next((kind for magic, kind in _KINDS if content.startswith(magic)), "")
        digest = hashlib.sha256(content).digest()
        if digest in self._names:
            return self._names[digest]
        if not kind or len(self.kept) >= _MOST:
            self.refused = True
            return ""
        name = f"picture-{len(self.kept) + 1}.{kind}"
        self.kept.append(Picture(name, content))
        self._names[digest] = name
        return name

    def keep_embedded(self, page: str) -> dict[str, str]:
        """The file name of each picture that is in the HTML itself, by its ``src``."""
        names: dict[str, str] = {}
        for found in _EMBEDDED.finditer(page):
            try:
                content = base64.b64decode("".join(unquote(found[2]).split()))
            except (binascii.Error, ValueError):
                continue
            if name := self.keep(content):
                names[found[1]] = name
        return names
