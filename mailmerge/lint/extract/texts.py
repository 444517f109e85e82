"""Plain text in any encoding, and the notations in which one text contains another's words: JSON, Markdown."""

from __future__ import annotations

from mailmerge.lint.extract.content import MOST_TEXT, Part
from mailmerge.lint.extract.encodings import in_base64
from mailmerge.lint.extract.json_values import values_of_json
from mailmerge.lint.extract.readings import decode
from mailmerge.lint.extract.source import Source
from mailmerge.lint.extract.table_rows import rows_in
from mailmerge.lint.extract.web.markup import take_out_files
from mailmerge.text.regex import regex

_WIDE_GAP = regex(r"(?<=\S) {2,}(?=\S)")
"""Between the columns of a list that is set with blanks."""
_EMPHASIS = regex(r"[*_~`]{1,3}")


def read_text(source: Source) -> None:
    """A text, a table, or data in JSON."""
    text = take_out_files(source, decode(source.octets[: 8 * MOST_TEXT]))
    source.add(Part.TEXT, text)
    source.add(Part.TEXT, rows_in(text))
    if _WIDE_GAP.search(text):
        source.content.keep(source.part or Part.TEXT, _WIDE_GAP.sub("\t", text))
    if source.extension in ("md", "markdown") and _EMPHASIS.search(text):
        source.add(Part.TEXT, _EMPHASIS.sub("", text))
    elif len(text) <= MOST_TEXT:
        source.add(Part.TEXT, "\n".join(values_of_json(text)))
    source.add(Part.INTERNAL, "\n\n".join(in_base64(text)))
