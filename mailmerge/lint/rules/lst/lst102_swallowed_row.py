"""LST102: no cell holds the rest of a row, or the next person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.lst.defects import defects_of, with_line
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import words
from mailmerge.model import Severity
from mailmerge.text import fold, shorten

_MAIL = words("mail mails email emails courriel messagerie contact linkedin twitter skype teams cc")
_FREE_TEXT = words(
    "adresse address commentaire commentaires comment comments remarque remarques note notes observation observations "
    "texte text message description motif feedback avis detail details paragraphe"
)


DOC = RuleDoc(
    title=N_("No cell holds the rest of a row, or the next person."),
    what=N_("a line break, the file's delimiter or an @ inside a short field such as a name or a town."),
    why=N_(
        "one stray quotation mark swallows everything up to the next one: a whole other person, address and all, "
        "becomes part of this person's cell, and is printed in the letter."
    ),
    bad=N_('nom = "Petit;jean@x.example⏎Durand"'),
    good=N_('nom = "Petit". Columns of free text may hold several lines.'),
    fix=N_("open the file in a text editor at the line named, and delete the stray quotation mark."),
)


@rule("LST102", "swallowed-row", Severity.BLOCK, Suppression.NEVER, Scope.TABLE, DOC)
def swallowed_row(inspection: Inspection) -> Iterator[Found]:
    """No cell holds the rest of a row, or the next person."""
    told: set[int] = set()
    for defect, swallower in defects_of(inspection):
        if defect.kind == "swallowed-row":
            if swallower is not None:
                told.add(swallower.number)
            yield Found(
                message=with_line(defect),
                fix=_SWALLOWED_FIX,
                evidence=(defect.kind, defect.message),
                record=swallower,
                line=defect.line,
                field=defect.field,
            )
    for position, field in enumerate(inspection.table.fields):
        if field.name == inspection.table.columns.email:
            continue
        short = _short_field(inspection, position)
        for record in inspection.records:
            value = record.values[position]
            reason = _swallowed(inspection, field.name, value, short) if value and record.number not in told else ""
            if reason:
                yield Found(
                    message=f'{inspection.person(record)} has {reason} in "{field.header}": {shorten(value, 80)}',
                    fix=_SWALLOWED_FIX,
                    evidence=(field.name, value),
                    record=record,
                    field=field.name,
                    excerpt=value,
                )


_SWALLOWED_FIX = (
    "Open the file in a text editor at this line: a stray quotation mark made the cell swallow what follows. "
    "Delete it, and check that nobody is missing."
)


def _short_field(inspection: Inspection, position: int) -> Counter[str]:
    """How often a column holds each of the three signs; empty where it is a column of free text."""
    header = inspection.table.fields[position].header
    values = [record.values[position] for record in inspection.table.records if record.values[position]]
    if not values:
        return Counter()
    lengths = sorted(map(len, values))
    if lengths[len(lengths) // 2] > 60 or _FREE_TEXT & set(fold(header).split()):
        return Counter()
    signs = Counter[str](short=1)
    delimiter = inspection.table.dialect.delimiter
    for value in values:
        signs["@"] += "@" in value
        signs["\n"] += "\n" in value
        signs["delimiter"] += bool(delimiter) and delimiter in value
    for sign in ("@", "\n", "delimiter"):
        often = signs[sign] > max(2, len(values) // 20) or signs[sign] * 2 > len(values)
        if often or (sign == "@" and _MAIL & set(fold(header).split())):  # the column is like that
            signs[f"usual {sign}"] = 1
    return signs


def _swallowed(inspection: Inspection, field: str, value: str, signs: Counter[str]) -> str:
    """What shows that a cell swallowed something, in words; ``""`` where nothing does."""
    delimiter = inspection.table.dialect.delimiter
    cells = value.count(delimiter) if delimiter else 0
    if "\n" in value and "@" in value and cells >= 2:
        return "another row"
    if not signs:
        return ""
    if "@" in value and "usual @" not in signs:
        return "an @"
    if "\n" in value and "usual \n" not in signs:
        return "a line break"
    if cells and "usual delimiter" not in signs and (delimiter in ";\t|" or cells >= 2):
        return "the file's own delimiter"
    return ""
