"""Where the large bodies of a message stand."""

from __future__ import annotations

from collections.abc import Iterator

SMALLEST = 4096
"""Octets; a body under this many is not worth being told apart."""


def large_bodies(content: bytes) -> Iterator[tuple[int, int]]:
    """Where the bodies between boundary lines stand that have :data:`SMALLEST` octets or more.

    Any line that starts with ``--`` counts as a boundary (RFC 2046 5.1.1), so that a body may come in pieces.
    """
    if len(content) < SMALLEST:
        return
    boundary = content.find(b"\r\n--")
    while boundary != -1:
        following = content.find(b"\r\n--", boundary + 4)
        end = len(content) if following == -1 else following
        blank = content.find(b"\r\n\r\n", boundary, end)
        if blank != -1 and end - (blank + 4) >= SMALLEST:
            yield blank + 4, end
        boundary = following
