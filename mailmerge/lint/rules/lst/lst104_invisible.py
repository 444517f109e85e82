"""LST104: no character that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text import has_invisible, invisible_in, shorten

_BESIDE_JOINER = re.compile(r"[\u0600-\u08ff\u0900-\u0dff\ufb50-\ufdff\ufe70-\ufeff][\u200c\u200d]")
_TYPOGRAPHY = re.compile("[\u00a0\u202f](?=[:;!?»%€])|(?<=[«\\d])[\u00a0\u202f]")


DOC = RuleDoc(
    title=N_("No character that nobody sees."),
    what=N_(
        "no-break spaces, zero-width characters, soft hyphens and marks that turn the direction of text. They "
        "block in an address; elsewhere they warn."
    ),
    why=N_("jean@x.example with a zero-width space is another mailbox, or none; the eye cannot tell."),
    bad=N_("jean<U+200B>@x.example"),
    good=N_("jean@x.example; joiners inside Persian and Indic names pass"),
    fix=N_("type the cell again by hand instead of pasting it."),
)


@rule("LST104", "invisible", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def invisible(inspection: Inspection) -> Iterator[Found]:
    """No character that nobody sees."""
    columns = inspection.table.columns
    for position, field in enumerate(inspection.table.fields):
        if field.name not in inspection.used_fields:
            continue
        in_address = field.name == columns.email
        for record in inspection.records:
            value = record.values[position]
            if value.isascii() or not has_invisible(value):
                continue
            marks = _marks(value, in_address)
            if not marks:
                continue
            yield Found(
                message=f'{inspection.person(record)} has {marks} in "{field.header}": {_shown(value)}',
                fix="Type the cell again by hand: it was pasted with characters that do not show.",
                evidence=(field.name, value),
                record=record,
                field=field.name,
                excerpt=value,
                severity=Severity.BLOCK if in_address else Severity.WARN,
                cause=field.name,
            )


def _marks(value: str, in_address: bool) -> str:
    if not in_address:
        value = _TYPOGRAPHY.sub("", value)
        if _BESIDE_JOINER.search(value):
            value = value.replace("\u200c", "").replace("\u200d", "")
    found = sorted({f"U+{ord(character):04X}" for character in invisible_in(value)})
    return f"invisible characters ({', '.join(found)})" if found else ""


def _shown(value: str) -> str:
    blanks = {c for c in invisible_in(value) if c.isspace()}
    marked = "".join(f"‹U+{ord(c):04X}›" if c in blanks else c for c in value)
    return shorten(marked, 60)
