"""Which field, or which filter after ``|``, fits where the caret is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from mailmerge.i18n import N_
from mailmerge.text.folding import identifier
from mailmerge.text.regex import regex

_TYPED = regex(r"(?:[^\W\d]\w*)?\Z")
_REST = regex(r"\w*")
_GOES_ON = regex(r"\s*[-+]?\}\}|\s*[|.~(\[]")
_FIELDS = regex(r"fields[ \t]*:", re.IGNORECASE)
_ENOUGH = 2
"""Characters of a name, in the middle of an expression, after which fields are offered unasked."""


class FieldChoice(Struct, frozen=True):
    """A field that can be put in."""

    name: str
    """As the letter writes it."""
    header: str
    """As the table has it; ``""`` for a filter."""
    example: str
    """The value of the person on screen; what it does, for a filter."""


FILTERS = (
    FieldChoice("proper", "", N_("SMITH-JONES as Smith-Jones")),
    FieldChoice("date", "", N_("03/09/2026 as 3 September 2026")),
    FieldChoice('default("")', "", N_("nothing where the cell is blank")),
    FieldChoice("upper", "", N_("all capitals")),
    FieldChoice("lower", "", N_("all small")),
    FieldChoice("title", "", N_("Each Word So")),
    FieldChoice("trim", "", N_("no spaces around it")),
)
"""What turns a value into another, in the order of use."""


class Completion(Struct, frozen=True):
    """What of a line a field's name takes the place of, and what goes around it."""

    start: int
    end: int
    typed: str
    before: str = ""
    after: str = ""
    filters: bool = False
    """Whether a filter fits here, and no field."""

    def text(self, name: str) -> str:
        """What to put in for a field."""
        return f"{self.before}{name}{self.after}"


def completion_at(line: str, column: int, *, asked: bool) -> Completion | None:
    """What a field would take the place of at a column; None where none fits, or where nobody asked and none is due."""
    before, rest = line[:column], line[column:]
    opened = max(before.rfind("{{"), before.rfind("{%"))
    if opened <= max(before.rfind("}}"), before.rfind("%}")):
        return _outside(before, column) if asked else None
    inner = before[opened + 2 :]
    if any(inner.count(quote) % 2 for quote in "'\""):
        return None
    typed = _last_word(inner)
    ahead = inner[: len(inner) - len(typed)].strip().lstrip("-+")
    printed = before[opened + 1] == "{"
    if ahead.endswith("."):
        return None
    if ahead.endswith("|"):
        return Completion(column - len(typed), column, typed, filters=True)
    if not printed and not ahead:
        return None
    begins = printed and not ahead
    if not (asked or begins or len(typed) >= _ENOUGH):
        return None
    end = column + _length_of_rest(rest)
    return Completion(
        start=column - len(typed),
        end=end,
        typed=typed,
        before=" " if begins and not typed and inner in ("", "-", "+") else "",
        after=" }}" if begins and not _GOES_ON.match(line[end:]) else "",
    )


def matching(fields: Sequence[FieldChoice], typed: str) -> list[FieldChoice]:
    """The choices that fit what was typed: those that begin so, then those that hold it."""
    wanted = identifier(typed)
    first = [field for field in fields if field.name.startswith(wanted)]
    return first + [field for field in fields if wanted in field.name and field not in first]


def _outside(before: str, column: int) -> Completion:
    """Among the author's words a field comes with its braces; in the ``Fields:`` header without."""
    if not _FIELDS.match(before):
        return Completion(column, column, "", "{{ ", " }}")
    typed = _last_word(before)
    return Completion(column - len(typed), column, typed, "" if typed or before.endswith(" ") else " ")


def _length_of_rest(rest: str) -> int:
    """How much of a name is behind the caret; the author's words behind half an expression are not part of it."""
    name = _REST.match(rest)
    return name.end() if name and _GOES_ON.match(rest, name.end()) else 0


def _last_word(text: str) -> str:
    found = _TYPED.search(text)
    return found[0] if found else ""
