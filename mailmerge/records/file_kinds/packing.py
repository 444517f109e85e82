"""ZIP packages without some of their parts: what a reader is not to see."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts, not compressed."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def without_part(content: bytes, archive: zipfile.ZipFile, name: str) -> bytes:
    """The package in which a part cannot be found: only its name in the directory is another.

    Unpacking and packing what is kept would take longer than reading it.
    """
    written = name.encode()
    at = content.find(written, archive.start_dir)
    if at < 0:
        return content
    return b"".join((memoryview(content)[:at], written[:-1] + b"_", memoryview(content)[at + len(written) :]))
