"""The letter file: a header block, a blank line, a body; read as a mail client's draft would be (RFC 5322 2.2).

Templates of awdeorio/mailmerge are read as they are: names in capitals, a MIME-Version, and a hand-written
multipart/alternative body.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from email.message import Message as ParsedHeader
from pathlib import Path
from typing import Literal
from unicodedata import normalize

from msgspec import Struct

from mailmerge.errors import LetterError
from mailmerge.i18n import N_, Term
from mailmerge.letter.placeholders import RESERVED
from mailmerge.letter.program import LetterPart
from mailmerge.letter.source.encoded_words import decode_words
from mailmerge.letter.source.file_text import decode, read_content, unix_lines
from mailmerge.letter.source.header_names import meant_header, meant_line
from mailmerge.letter.source.multipart_template import read_alternatives
from mailmerge.letter.values.languages import is_language, meant_language
from mailmerge.text.folding import identifier
from mailmerge.text.regex import regex
from mailmerge.text.shown import INVISIBLE, shorten

Kind = Literal["markdown", "html", "text"]

MAILBOX_FIELDS = ("From", "To", "Reply-To", "Cc", "Bcc")
KNOWN = ("Subject", *MAILBOX_FIELDS, "Attachment", "Fields", "Content-Type", "Content-Language")
_COPIES = ("Cc", "Bcc")
"""Read, so that they can be reported; no letter can have them."""
_SILENT = ("MIME-Version", "Content-Transfer-Encoding")
_REPEATABLE = frozenset({"Attachment"})
_NEEDS_VALUE = {
    "Subject": N_("Subject: Your application"),
    "From": "From: Claire Martin <claire@example.com>",
    "To": N_("To: {{ name }} <{{ email }}> with fields of your table"),
    "Reply-To": "Reply-To: claire@example.com",
    "Attachment": N_("Attachment: file.pdf"),
    "Content-Type": "Content-Type: text/markdown",
    "Content-Language": "Content-Language: fr",
}
"""The headers that say nothing without a value, and an example; ``Fields:`` alone discloses nothing, on purpose."""
_COMMENT = regex(r"\{#.*?(?:#\}|\Z)", re.DOTALL)
_KINDS: dict[str, Kind] = {"text/markdown": "markdown", "text/html": "html", "text/plain": "text"}
KIND_BY_SUFFIX: Mapping[str, Kind] = {
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".txt": "text",
}  # fmt: skip
"""What a letter is written in, by the end of its file's name; any other is text."""
_FIELD = regex(r"([A-Za-z][A-Za-z0-9_-]*)[ \t]*:(.*)\Z", re.DOTALL)


class LetterHeader(Struct, frozen=True):
    """A field of the header block."""

    name: str
    """In its usual spelling (``Reply-To``)."""
    line: int
    """The line of the file on which it begins."""


class Template(Struct, frozen=True):
    """A letter file taken apart."""

    path: Path
    kind: Kind
    language: str
    declared: frozenset[str] | None
    headers: tuple[LetterHeader, ...]
    parts: tuple[LetterPart, ...]
    """The header fields to render, then the body; two bodies (text, then HTML) of a multipart/alternative letter."""
    text: str
    """All of it, lines ended by ``\\n``."""


def read_template(path: Path, extra_headers: Collection[str] = ()) -> Template:
    """Read a letter file. ``extra_headers`` are the ``X-`` fields that the campaign declares.

    Raises:
        LetterError: it cannot be read as a letter; names the file and the line.
    """
    text, _encoding = decode(path, read_content(path))
    return parse_template(path, text, extra_headers)


def parse_template(path: Path, text: str, extra_headers: Collection[str] = ()) -> Template:
    """Take apart the text of a letter; ``path`` is the file that it is, or will be.

    Raises:
        LetterError: it is no letter; names the file and the line.
    """
    text = normalize("NFC", unix_lines(text))
    if not text.strip():
        raise LetterError(
            N_("{path} is empty; write a header block (Subject: ...), an empty line and the letter"), path=path
        )
    if found := RESERVED.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise LetterError(
            N_("the private-use character U+{code:04X} cannot be used in a letter"),
            path=path,
            line=line,
            code=ord(found[0]),
        )
    lines = text.split("\n")
    known = _known_names(extra_headers)
    fields, body_line = _header_block(path, lines, known.values())
    headers: list[LetterHeader] = []
    values: dict[str, LetterPart] = {}
    parts: list[LetterPart] = []
    for name, value, line in fields:
        canonical = known.get(name.lower())
        if canonical is None:
            raise _unknown_header(path, name, value, line, known)
        if canonical in values and canonical not in _REPEATABLE:
            raise LetterError(N_("{canonical} appears twice; keep one"), path=path, line=line, canonical=canonical)
        if canonical in _NEEDS_VALUE or canonical.startswith("X-"):
            _check_value(path, canonical, value, line)
        values[canonical] = part = LetterPart(canonical, _decoded(path, canonical, value, line), line)
        headers.append(LetterHeader(canonical, line))
        if canonical in ("Subject", *MAILBOX_FIELDS, "Attachment") or canonical.startswith("X-"):
            parts.append(part)
    content_type = _structured(path, values.get("Content-Type"))
    _check_encoding(path, values.get("Content-Transfer-Encoding"))
    language = _language(path, values.get("Content-Language"))
    declared = None
    if "Fields" in values:
        names = re.split("[,;]", values["Fields"].source)
        declared = frozenset(filter(None, map(identifier, names)))
    body = LetterPart("body", "\n".join(lines[body_line:]), body_line + 1)
    if content_type is not None and content_type.get_content_maintype() == "multipart":
        bodies = read_alternatives(path, content_type, body, values["Content-Type"].line)
        kind: Kind = "html" if len(bodies) == 2 else "text"
        return Template(path, kind, language, declared, tuple(headers), (*parts, *bodies), text)
    kind = _kind(path, content_type, values.get("Content-Type"))
    return Template(path, kind, language, declared, tuple(headers), (*parts, body), text)


def _decoded(path: Path, name: str, value: str, line: int) -> str:
    if name not in ("Subject", *MAILBOX_FIELDS) and not name.startswith("X-"):
        return value
    try:
        return decode_words(value, phrase=name in MAILBOX_FIELDS)
    except ValueError:
        raise LetterError(
            N_("{name}: this encoded text cannot be read; write the words themselves"), path=path, line=line, name=name
        ) from None


def _header_block(path: Path, lines: list[str], known: Collection[str]) -> tuple[list[tuple[str, str, int]], int]:
    """Name, value (folds kept) and line of each field, and the index of the body's first line."""
    fields: list[tuple[str, str, int]] = []
    for index, line in enumerate(lines):
        if not line.strip():
            if not fields:
                break
            return fields, index + 1
        if line[0] in " \t" and fields:
            name, value, start = fields[-1]
            fields[-1] = name, f"{value}\n{line}", start
            continue
        found = _FIELD.match(line)
        if found is None:
            name, value = meant_line(line, known)
            if name:
                meant = f"{name}: {shorten(value, 60)}".rstrip()
                raise LetterError(
                    N_('"{text}" is not a header; write {meant}'),
                    path=path, line=index + 1, text=shorten(line, 40), meant=meant,
                )  # fmt: skip
            raise LetterError(
                N_(
                    '"{text}" is not a header; a letter begins with lines such as'
                    ' "Subject: ...", then an empty line, then the text'
                ),
                path=path,
                line=index + 1,
                text=shorten(line, 40),
            )
        fields.append((found[1], found[2], index + 1))
    if not fields:
        raise LetterError(
            N_('the header block is missing; begin with a line such as "Subject: ..."'), path=path, line=1
        )
    return fields, len(lines)


def _check_value(path: Path, name: str, value: str, line: int) -> None:
    """Refuse a header with nothing after it: a file that was meant to be attached would be missing in silence."""
    if any(not each.isspace() and each not in INVISIBLE for each in _COMMENT.sub("", value)):
        return
    example = _NEEDS_VALUE.get(name, f"{name}: a value")
    raise LetterError(
        N_("{name}: has nothing after it; write {example}, or take the line out"),
        path=path,
        line=line,
        name=name,
        example=Term(example),
    )


def _known_names(extra_headers: Collection[str]) -> dict[str, str]:
    names = (*KNOWN, *_SILENT, *(name for name in extra_headers if name.lower().startswith("x-")))
    return {name.lower(): name if name in (*KNOWN, *_SILENT) else "X-" + name[2:] for name in names}


def _unknown_header(path: Path, name: str, value: str, line: int, known: dict[str, str]) -> LetterError:
    if name.lower().startswith("x-"):
        template = N_(
            'the header {name} is not declared; add headers = ["{name}"] to campaign.toml, or take the line out'
        )
        return LetterError(template, path=path, line=line, name=name)
    meant = meant_header(name, known.values())
    if meant in _COPIES:
        template = N_('"{name}:" would be a copy to somebody else, which is not possible; take the line out')
        return LetterError(template, path=path, line=line, name=name)
    if meant:
        written = f"{meant}: {shorten(' '.join(value.split()), 60)}".rstrip()
        template = N_('"{name}:" is not a header that a letter can have; write {meant}')
        return LetterError(template, path=path, line=line, name=name, meant=written)
    offered = ", ".join(canonical for canonical in known.values() if canonical not in (*_SILENT, *_COPIES))
    template = N_('"{name}" is not a header that a letter can have; known are {known}')
    return LetterError(template, path=path, line=line, name=name, known=offered)


def _structured(path: Path, part: LetterPart | None) -> ParsedHeader | None:
    if part is None:
        return None
    if "{{" in part.source or "{%" in part.source:
        raise LetterError(
            N_("Content-Type is the same for everybody; take the template code out"), path=path, line=part.line
        )
    parsed = ParsedHeader()
    parsed["Content-Type"] = " ".join(part.source.split())
    return parsed


def _kind(path: Path, content_type: ParsedHeader | None, part: LetterPart | None) -> Kind:
    if content_type is None or part is None:
        return KIND_BY_SUFFIX.get(path.suffix.lower(), "text")
    value = content_type.get_content_type()
    if value not in _KINDS or part.source.split(";")[0].strip().lower() != value:
        offered = ", ".join(_KINDS)
        raise LetterError(
            N_('Content-Type "{value}" is not one of {offered}'),
            path=path,
            line=part.line,
            value=part.source.strip(),
            offered=offered,
        )
    return _KINDS[value]


def _check_encoding(path: Path, part: LetterPart | None) -> None:
    if part is not None and part.source.strip().lower() not in ("7bit", "8bit", "binary", ""):
        raise LetterError(
            N_("write the letter in plain characters, without a transfer encoding"), path=path, line=part.line
        )


def _language(path: Path, part: LetterPart | None) -> str:
    if part is None:
        before = Path(path.stem).suffix[1:]
        return before.lower() if len(before) == 2 and is_language(before) else ""
    language = part.source.strip()
    if not is_language(language):
        raise LetterError(
            N_('"{tag}" is not a language; write Content-Language: {meant}'),
            path=path,
            line=part.line,
            tag=shorten(language, 40),
            meant=meant_language(language),
        )
    return language
