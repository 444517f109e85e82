"""The subject of an imported letter: a header field, in which Jinja2 acts and Markdown does not."""

from __future__ import annotations

import re

from mailmerge.drafts.draft import CODE_CLOSE, CODE_OPEN, FIELD_CLOSE, FIELD_OPEN
from mailmerge.text.regex import regex

_SUBJECT_LINE = regex(
    r"^[*]*(?:objet|concerne|subject|betreff|betrifft|asunto|oggetto|assunto|onderwerp|betreft|temat|subiect|konu|předmět"
    r"|predmet|ämne|emne|aihe|tárgy|тема|θέμα)[*]*[ \u00a0\u202f]*:[*]*[ \u00a0]*\S.*\n*",
    re.MULTILINE | re.IGNORECASE,
)
"""The line of a letter on paper that an e-mail has as its Subject."""
_CODE = regex(r"(?<!\\)(?:\{\{[^{}]+\}\}|\{%[^{}]+%\})")
"""A field or a condition in a body: braces of the text are escaped there."""
_MARKED = regex(f"({FIELD_OPEN}[^{FIELD_CLOSE}]*{FIELD_CLOSE}|{CODE_OPEN}[^{CODE_CLOSE}]*{CODE_CLOSE})")
_NAMES = str.maketrans("", "", f"{FIELD_OPEN}{FIELD_CLOSE}")
_BRACES = regex(r"[{}]+")


def header_text(marked: str) -> str:
    """A text with its fields, whose names are marked, as the value of a header: every other character is printed."""
    pieces = _MARKED.split(marked)
    last = len(pieces) - 1
    pieces[1::2] = [
        f"{{{{ {mark[1:-1]} }}}}" if mark.startswith(FIELD_OPEN) else mark[1:-1].translate(_NAMES)
        for mark in pieces[1::2]
    ]
    pieces[::2] = [
        _without_syntax(text, after_field=index > 0, before_field=index < last)
        for index, text in zip(range(0, last + 1, 2), pieces[::2], strict=True)
    ]
    return " ".join("".join(pieces).split())


def _without_syntax(text: str, *, after_field: bool, before_field: bool) -> str:
    """Braces that Jinja2 would read, or that touch a field, as a constant that it prints."""

    def written(found: re.Match[str]) -> str:
        begins = "{{" in found[0] or (found[0].endswith("{") and text[found.end() : found.end() + 1] in ("%", "#"))
        touches = (after_field and found.start() == 0) or (before_field and found.end() == len(text))
        return f'{{{{ "{found[0]}" }}}}' if begins or touches else found[0]

    return _BRACES.sub(written, text)


def without_subject_line(body: str) -> tuple[str, str]:
    """The subject that a line of a letter in Markdown says, as the value of a header, and the letter without the line.

    ``""`` where no line says one.
    """
    found = _SUBJECT_LINE.search(body)
    if not found:
        return "", body
    _label, _colon, subject = _plain(_CODE.sub(rf"{CODE_OPEN}\g<0>{CODE_CLOSE}", found[0])).partition(":")
    return header_text(subject), f"{body[: found.start()]}{body[found.end() :]}".strip("\n")


def _plain(markdown: str) -> str:
    """What a line of Markdown shows, without its looks."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt().enable("strikethrough").parseInline(markdown.strip())
    return "".join(token.content for token in tokens[0].children or ())
