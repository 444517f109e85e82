"""Plain text in any encoding, and the notations in which one text contains another's words: JSON, Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator

from mailmerge.lint.extract.content import MOST_TEXT, Part
from mailmerge.lint.extract.markup import take_out_files
from mailmerge.lint.extract.readings import decode
from mailmerge.lint.extract.source import Source
from mailmerge.regex import regex

_EMPHASIS = regex(r"[*_~`]{1,3}")


def read_text(source: Source) -> None:
    """A text, a table with delimiters, or data in JSON."""
    text = take_out_files(source, decode(source.octets[: 8 * MOST_TEXT]))
    source.add(Part.TEXT, text)
    if source.extension in ("md", "markdown") and _EMPHASIS.search(text):
        source.add(Part.TEXT, _EMPHASIS.sub("", text))
    elif text[:100].lstrip()[:1] in ("{", "[") and len(text) <= MOST_TEXT:
        source.add(Part.TEXT, "\n".join(_values_of_json(text)))


def _values_of_json(text: str) -> Iterator[str]:
    """What is said in JSON, without the names of what it is said of: one object or list a line."""
    try:
        pending = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while pending:
        value = pending.pop()
        members = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]
        yield "\t".join(str(member) for member in members if isinstance(member, str | int | float))
        pending += [member for member in reversed(members) if isinstance(member, dict | list)]
