"""The digest over everything that was approved: a second person's signature is bound to it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable

import msgspec

DIGESTED = "SELECT record, reverse_path, forward_path, sha256 FROM message WHERE message_id IS NOT NULL ORDER BY record"
"""What was sealed, whoever was left out since."""


def root_digest(
    run: str,
    senders: Collection[str],
    waivers_digest: str,
    messages: Iterable[tuple[int, str, str, str]],
    *,
    again: str = "",
) -> str:
    """The digest over everything that was approved: a second person's signature is bound to it.

    SHA-256 over lines of JSON (UTF-8, no spaces, each ended by a line feed): ``[run, senders, waivers_digest]``, with
    ``again`` for a fourth where everybody is written to once more, then ``[record, reverse path, forward path,
    sha256]`` of each message, by record number.
    """
    first = [run, list(senders), waivers_digest, *([again] if again else [])]
    digest = hashlib.sha256(msgspec.json.encode(first) + b"\n")
    for message in messages:
        digest.update(msgspec.json.encode(message) + b"\n")
    return f"sha256:{digest.hexdigest()}"
