"""LST104: no cell contains invisible characters."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text.regex import regex
from mailmerge.text.shown import has_invisible, invisible_in

_BESIDE_JOINER = regex(r"[\u0600-\u08ff\u0900-\u0dff\ufb50-\ufdff\ufe70-\ufeff][\u200c\u200d]")
_TYPOGRAPHY = regex("[\u00a0\u202f](?=[:;!?»%€])|(?<=[«\\d])[\u00a0\u202f]")


DOC = RuleDoc(
    title=N_("No cell contains invisible characters."),
    what=N_(
        "No-break spaces, zero-width characters, soft hyphens and marks that change the direction of text. They "
        "block the message if they are in an address, and are a warning elsewhere."
    ),
    why=N_("jean@x.example with a zero-width space is another mailbox, or none; the eye cannot see the difference."),
    bad=N_("jean<U+200B>@x.example"),
    good=N_("jean@x.example; joiners inside Persian and Indic names pass"),
    fix=N_("Retype the cell instead of pasting it."),
)
INVISIBLE = Sentence(
    "lst104.invisible",
    one=N_('{person} has invisible characters ({characters}) in "{header}": {cell}'),
    fix=N_('Retype the cell "{header}": it contains invisible characters, probably from pasting.'),
    many=N_('{count} people have invisible characters in "{header}", such as {characters} ({lines})'),
)


@rule("LST104", "invisible", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def invisible(inspection: Inspection) -> Iterator[RawFinding]:
    """No cell contains invisible characters."""
    columns = inspection.table.columns
    for position, field in enumerate(inspection.table.fields):
        if field.name not in inspection.used_fields:
            continue
        in_address = field.name == columns.email
        for record in inspection.records:
            value = record.values[position]
            if value.isascii() or not has_invisible(value):
                continue
            characters = _characters(value, in_address=in_address)
            if not characters:
                continue
            yield RawFinding(
                says=INVISIBLE,
                values={
                    "person": inspection.person(record),
                    "characters": Quoted(", ".join(characters), 80),
                    "header": Quoted(field.label, 40),
                    "cell": Quoted(_marked(value)),
                },
                evidence=(field.name, value, *inspection.who(record)),
                record=record,
                field=field.name,
                excerpt=value,
                severity=Severity.BLOCK if in_address else Severity.WARN,
                cause=field.name,
            )


def _characters(value: str, *, in_address: bool) -> list[str]:
    """The code points of what nobody sees, less those that belong to the script or the typography of the text."""
    if not in_address:
        value = _TYPOGRAPHY.sub("", value)
        if _BESIDE_JOINER.search(value):
            value = value.replace("\u200c", "").replace("\u200d", "")
    return sorted({f"U+{ord(character):04X}" for character in invisible_in(value)})


def _marked(value: str) -> str:
    """The text with its unusual blanks as code points; whatever shows a text does that for the other characters."""
    blanks = {c for c in invisible_in(value) if c.isspace()}
    return "".join(f"‹U+{ord(c):04X}›" if c in blanks else c for c in value)
