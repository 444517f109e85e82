"""From the skeleton of a letter to its layout: everything that all messages of the same branches share, done once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from html import escape

from msgspec import Struct

from mailmerge.letter.gaps import gaps_in
from mailmerge.letter.markup.escaping import file_key, with_contexts
from mailmerge.letter.markup.html_to_text import html_to_text
from mailmerge.letter.markup.markdown import markdown_to_html
from mailmerge.letter.placeholders import BREAK, GAPS, PLACEHOLDER, as_written, signed, to_pattern
from mailmerge.letter.source.mailboxes import read_mailboxes
from mailmerge.letter.source.template import MAILBOX_FIELDS, Kind
from mailmerge.letter.wire.attachments import plain_path
from mailmerge.model import SIGNATURE, Expression, Layout
from mailmerge.model.patterns import Pattern

_READ = ("Subject", "body")
"""The parts that a recipient reads."""


class CompiledLayout(Struct, frozen=True):
    """A layout and the Content-IDs of its inline images."""

    shape: Layout
    content_ids: tuple[str, ...]
    """For each attachment its Content-ID, ``""`` where no ``<img>`` names it."""


def compile_layout(
    skeleton: str,
    names: Sequence[str],
    kind: Kind,
    language: str,
    expressions: Sequence[Expression],
    signature: str = "",
) -> CompiledLayout:
    """The layout of a rendering whose parts have these names.

    Raises:
        UnsafeContext: the HTML would put a value where it could act.
    """
    with_gaps = list(zip(names, skeleton.split(BREAK), strict=False))
    gaps = [
        gap for name, text in with_gaps if name in _READ for gap in gaps_in(text, kind if name == "body" else "text")
    ]
    skeleton = GAPS.sub("", skeleton)
    parts = list(zip(names, skeleton.split(BREAK), strict=False))
    headers = [(name, " ".join(signed(text, signature).split())) for name, text in parts if name != "body"]
    bodies = [text for name, text in parts if name == "body"]

    def written(text: str) -> str:
        return as_written(text, expressions)

    files = [path for name, text in headers if name == "Attachment" and (path := plain_path(text))]
    by_file = {file_key(written(file)): _content_id(written(file)) for file in files}
    text, html = _bodies(bodies, kind, language, by_file, written)
    content_ids = tuple(
        content_id if html is not None and f"cid:{content_id}" in html else ""
        for content_id in (by_file[file_key(written(file))] for file in files)
    )
    mailboxes = {name: read_mailboxes(value) for name, value in headers if name in MAILBOX_FIELDS}
    shape = Layout(
        language=language,
        expressions=_of_values(skeleton, expressions),
        source=to_pattern(signed("\n".join(bodies), f"{{{{ {SIGNATURE} }}}}")),
        subject=next((to_pattern(value) for name, value in headers if name == "Subject"), Pattern(("",))),
        mailboxes={name: boxes for name, boxes in mailboxes.items() if boxes},
        extra_headers=tuple((name, to_pattern(value)) for name, value in headers if name.startswith("X-")),
        text=to_pattern(signed(text, signature)),
        html=None if html is None else to_pattern(signed(html, signature)),
        attachments=tuple(to_pattern(file) for file in files),
        gaps=tuple(dict.fromkeys(gaps)),
    )
    return CompiledLayout(shape, content_ids)


def _of_values(skeleton: str, expressions: Sequence[Expression]) -> tuple[Expression, ...]:
    return tuple(expressions[int(found[1])] for found in PLACEHOLDER.finditer(skeleton) if found[2] != SIGNATURE)


def _bodies(
    bodies: Sequence[str], kind: Kind, language: str, by_file: Mapping[str, str], written: Callable[[str], str]
) -> tuple[str, str | None]:
    """The skeletons of the text part and of the HTML part."""
    if kind == "text":
        return _ended(bodies[0]), None
    fragment = markdown_to_html(bodies[0]) if kind == "markdown" else bodies[-1]
    html = _document(with_contexts(fragment, by_file, written, fluid=kind == "markdown"), language)
    text = _ended(bodies[0]) if len(bodies) == 2 else html_to_text(fragment, written)
    return text, html


def _ended(text: str) -> str:
    return text.rstrip("\n") + "\n"


def _document(html: str, language: str) -> str:
    """A whole document; the author's own where it is one."""
    if "<html" in html:
        return _ended(html)
    lang = f' lang="{escape(language)}"' if language else ""
    head = f'<!doctype html>\n<html{lang}>\n<head><meta charset="utf-8"></head>\n<body>\n'
    return f"{head}{html.strip()}\n</body>\n</html>\n"


def _content_id(path: str) -> str:
    """Without ``@``, so that nothing takes it for an address; the same for everybody."""
    return f"image.{sha256(path.encode()).hexdigest()[:16]}"
