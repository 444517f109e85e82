"""The digest over everything that was approved: a second person's signature is bound to it.

``root`` is the SHA-256 of a text of ASCII lines, each ended by a line feed: ``mailmerge-run/1``, one fact a line as
``name value`` in the order of the names, then one line for each message in the order of the records: its record
number, its forward-path and the SHA-256 of its sealed bytes. Whatever is not printable ASCII, a space in an address and
the percent sign are percent-encoded as UTF-8, so that no value can pass for another line.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import NamedTuple

import msgspec

from mailmerge.text.regex import regex

DIGESTED = "SELECT record, reverse_path, forward_path, sha256 FROM message WHERE message_id IS NOT NULL ORDER BY record"
"""What was sealed, whoever was left out since."""
FACT_TABLE = """
CREATE TABLE IF NOT EXISTS fact (
    name TEXT PRIMARY KEY CHECK (name <> ''), value TEXT NOT NULL, content TEXT NOT NULL DEFAULT ''
) STRICT"""
"""What was sealed with the messages; a run of an older program lacks the table, and has the older digest."""
FORMAT = "mailmerge-run/1"

_AT_ONCE = 1000
_SPECIAL = regex(r"[^!-$&-~]")
_PLAIN = regex(r"[!-$&-~]*\Z")
_SPECIAL_IN_FACT = regex(r"[^ -$&-~]")


class SealedFact(NamedTuple):
    """Something that was sealed with the messages."""

    name: str
    value: str
    """As the digest has it: a few words, or ``sha256:`` and the digest of the content."""
    content: str = ""
    """What the value is the digest of, where a person has to see it before they approve; deleted by purging."""


def fact_of(name: str, content: object) -> SealedFact:
    """A fact whose value is the digest of its content, which is kept as JSON."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return SealedFact(name, digest_of(text), text)


def digest_of(content: str) -> str:
    """``sha256:`` and the digest of a text."""
    return f"sha256:{hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()}"


def root_digest(facts: Mapping[str, str], messages: Iterable[tuple[int, str, str]]) -> str:
    """``sha256:`` and the root of a run, given its facts, and record, forward-path and digest of each message."""
    digest, lines = hashlib.sha256(), root_lines(facts, messages)
    while some := list(islice(lines, _AT_ONCE)):
        digest.update(("\n".join(some) + "\n").encode("ascii"))
    return f"sha256:{digest.hexdigest()}"


def root_lines(facts: Mapping[str, str], messages: Iterable[tuple[int, str, str]]) -> Iterator[str]:
    """The lines of which the root is the digest."""
    yield FORMAT
    for name in sorted(facts):
        yield f"{_word(name)} {_SPECIAL_IN_FACT.sub(_encoded, facts[name])}"
    plain = _PLAIN.match
    for record, forward_path, sha256 in messages:
        if plain(forward_path) and plain(sha256):
            yield f"{record} {forward_path} {sha256}"
        else:
            yield f"{record} {_word(forward_path)} {_word(sha256)}"


def _word(text: str) -> str:
    """A text without a space, nor anything else that could end a line; nearly all are so already."""
    return text if _PLAIN.match(text) else _SPECIAL.sub(_encoded, text)


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "surrogatepass"))


def run_facts(
    connection: sqlite3.Connection,
    run: str,
    senders: Collection[str],
    waivers_digest: str,
    *,
    again: str = "",
) -> dict[str, str]:
    """Every fact of a run, by name: what its file says about it, and what was sealed with it."""
    facts = {str(name): str(value) for name, value in connection.execute("SELECT name, value FROM fact")}
    reverse_paths = hashlib.sha256()
    paths = connection.execute("SELECT reverse_path FROM message WHERE message_id IS NOT NULL ORDER BY record")
    for path, run_of_it in groupby(row[0] for row in paths):  # nearly always one and the same
        reverse_paths.update(f"{_word(path)}\n".encode("ascii") * sum(1 for _ in run_of_it))
    facts |= {
        "reverse-paths": f"sha256:{reverse_paths.hexdigest()}",
        "run": run,
        "senders": digest_of(json.dumps(list(senders), ensure_ascii=False)),
        "waivers": f"sha256:{waivers_digest}",
    }
    return facts | ({"again": digest_of(again)} if again else {})


def sealed_root(
    connection: sqlite3.Connection, run: str, senders: Collection[str], waivers_digest: str, *, again: str = ""
) -> str:
    """The root of the run in a file, computed from what the file holds now."""
    if not has_facts(connection):
        return older_digest(run, senders, waivers_digest, connection.execute(DIGESTED), again=again)
    facts = run_facts(connection, run, senders, waivers_digest, again=again)
    return root_digest(facts, ((record, to, sha256) for record, _from, to, sha256 in connection.execute(DIGESTED)))


def has_facts(connection: sqlite3.Connection) -> bool:
    """Whether the file has facts; a run of an older program has none."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'fact'").fetchone() is not None


def older_digest(
    run: str,
    senders: Collection[str],
    waivers_digest: str,
    messages: Iterable[tuple[int, str, str, str]],
    *,
    again: str = "",
) -> str:
    """The digest of a run that an older program sealed.

    SHA-256 over lines of JSON (UTF-8, no spaces, each ended by a line feed): ``[run, senders, waivers_digest]``, with
    ``again`` for a fourth where everybody is written to once more, then ``[record, reverse path, forward path,
    sha256]`` of each message, by record number.
    """
    first = [run, list(senders), waivers_digest, *([again] if again else [])]
    digest = hashlib.sha256(msgspec.json.encode(first) + b"\n")
    for message in messages:
        digest.update(msgspec.json.encode(message) + b"\n")
    return f"sha256:{digest.hexdigest()}"
