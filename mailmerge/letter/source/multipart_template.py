"""A body that its author split by hand into a text and an HTML section (RFC 2046 5.1.4)."""

from __future__ import annotations

from email.message import Message
from email.parser import HeaderParser
from pathlib import Path

from mailmerge.errors import LetterError
from mailmerge.i18n import N_
from mailmerge.letter.program import LetterPart

_PLAIN_ENCODINGS = ("", "7bit", "8bit", "binary")
_SECTIONS = ("text/plain", "text/html")


def read_alternatives(path: Path, content_type: Message, body: LetterPart, line: int) -> tuple[LetterPart, ...]:
    """The text section and, where there is one, the HTML section; ``line`` is that of the Content-Type header.

    Raises:
        LetterError: the type is no multipart/alternative, a section is of another type, or there is no text section.
    """
    boundary = content_type.get_param("boundary")
    if content_type.get_content_type() != "multipart/alternative" or not isinstance(boundary, str) or not boundary:
        raise LetterError(
            N_("only a multipart/alternative with a boundary can be written in a letter; use Attachment: for files"),
            path=path,
            line=line,
        )
    found: dict[str, LetterPart] = {}
    for section in _sections(body, boundary):
        lines = section.source.split("\n")
        head = next((index for index, text in enumerate(lines) if not text.strip()), len(lines))
        headers = HeaderParser().parsestr("\n".join(lines[:head]))
        kind = headers.get_content_type()
        if kind not in _SECTIONS or kind in found:
            raise LetterError(
                N_("one text/plain and one text/html section make a letter; this one is {kind}"),
                path=path,
                line=section.line,
                kind=kind,
            )
        if str(headers.get("Content-Transfer-Encoding", "")).strip().lower() not in _PLAIN_ENCODINGS:
            raise LetterError(N_("write the section in plain characters, not encoded"), path=path, line=section.line)
        found[kind] = LetterPart("body", "\n".join(lines[head + 1 :]), section.line + head + 1)
    if "text/plain" not in found:
        raise LetterError(
            N_("there is no text/plain section between lines --{boundary}"), path=path, line=line, boundary=boundary
        )
    return tuple(found[kind] for kind in _SECTIONS if kind in found)


def _sections(body: LetterPart, boundary: str) -> list[LetterPart]:
    sections: list[LetterPart] = []
    started: int | None = None
    lines = body.source.split("\n")
    for index, line in enumerate([*lines, f"--{boundary}--"]):
        if line.rstrip() not in (f"--{boundary}", f"--{boundary}--"):
            continue
        if started is not None:
            sections.append(LetterPart(body.name, "\n".join(lines[started:index]), body.line + started))
        started = index + 1
        if line.rstrip().endswith("--") and line.rstrip() != f"--{boundary}":
            break
    return sections
