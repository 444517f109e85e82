"""A letter being written: Jinja2 told apart from the author's words, and the table's fields offered as one types."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.style import Style
from rich.text import Text
from textual.widgets import TextArea

from mailmerge.text import INVISIBLE

_FILTERS = ("default", "date", "proper", "lower", "upper", "title", "trim", "replace", "join", "length")
_TAGS = ("if", "elif", "else", "endif", "set")
_EXPRESSION = re.compile(r"\{\{.*?(?:\}\}|$)")
_TAG = re.compile(r"\{%.*?(?:%\}|$)")
_COMMENT = re.compile(r"\{#.*?(?:#\}|$)")
_HEADER = re.compile(r"^[A-Za-z][A-Za-z-]*:")
_MARKDOWN = re.compile(r"^#{1,6} .*|\*\*[^*]+\*\*|^[*-] ")
_OPEN = re.compile(r"\{(?:\{|%)(?:(?!\}\}|%\}).)*$")
_WORD = re.compile(r"(\|\s*)?(\w+)$")
_HIDDEN = {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | {127: 0x2421}
_HIDDEN |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD) | dict.fromkeys(map(ord, INVISIBLE), 0xFFFD)
"""What would act instead of showing, one sign for each, so that the cursor stays where it is."""


class LetterArea(TextArea):
    """An editor that knows the fields of a table. Right takes what it suggests."""

    HELP = """\
The letter

Above the blank line stand the header fields; Subject is needed. Below stands the text. {{ field }} puts in what a
person's row says; after {{ or | the editor suggests, and Right takes the suggestion.

{% if civilite == "Madame" %} Chère {% else %} Cher {% endif %}     wording that depends on the row
{{ date_entretien|date }}                                           a date in the letter's language
{{ titre|default("") }}                                             nothing where the cell is empty
"""

    def __init__(self, text: str, fields: Sequence[str]) -> None:
        super().__init__(text, show_line_numbers=True, compact=True, id="letter-area")
        self._fields = tuple(fields)

    def get_line(self, line_index: int) -> Text:
        """One line, coloured, with nothing in it that could act on the terminal."""
        text = Text(self.document.get_line(line_index).translate(_HIDDEN), end="", no_wrap=True)
        variables = self.app.theme_variables
        value = Style.parse(f"underline {variables['value']}") if "value" in variables else Style(underline=True)
        if line_index < self._first_body_line():
            text.highlight_regex(_HEADER, Style(bold=True))
        else:
            text.highlight_regex(_MARKDOWN, Style(bold=True))
        text.highlight_regex(_EXPRESSION, value)
        text.highlight_regex(_TAG, Style(bold=True, italic=True))
        text.highlight_regex(_COMMENT, Style(dim=True, italic=True))
        return text

    def update_suggestion(self) -> None:
        """Offer the end of a field's name, or of a filter's after ``|``."""
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        self.suggestion = suggested(before, self._fields)

    def _first_body_line(self) -> int:
        for index in range(min(self.document.line_count, 40)):
            if not self.document.get_line(index).strip():
                return index
        return 0


def suggested(before: str, fields: Sequence[str]) -> str:
    """What would complete the word at the end of ``before``, where that stands inside ``{{`` or ``{%``."""
    if not _OPEN.search(before):
        return ""
    word = _WORD.search(before)
    if word is None:
        return ""
    pool: Sequence[str] = fields
    if word[1]:
        pool = _FILTERS
    elif re.search(r"\{%\s*\w*$", before):
        pool = _TAGS
    found = next((name for name in pool if name.startswith(word[2]) and name != word[2]), "")
    return found[len(word[2]) :]
