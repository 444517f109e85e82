"""What is said in JSON, without the names of what it is said of: the values of one object or list are one line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from mailmerge.text.regex import regex

_BEGIN = regex(r"\s*[{\[]")
_LINE = regex(r"^[ \t]*+[{\[].+", re.MULTILINE)


def values_of_json(text: str) -> Iterator[str]:
    """The values of a text that is JSON, or of those of its lines that are."""
    if _BEGIN.match(text) and (whole := _parsed(text)) is not None:
        yield from _lines(whole)
        return
    for line in _LINE.finditer(text):
        yield from _lines(_parsed(line.group().strip().rstrip(",")))


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _lines(value: object) -> Iterator[str]:
    pending = [value]
    while pending:
        value = pending.pop()
        members = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]
        yield "\t".join(str(member) for member in members if isinstance(member, str | int | float))
        pending += [member for member in reversed(members) if isinstance(member, dict | list)]
