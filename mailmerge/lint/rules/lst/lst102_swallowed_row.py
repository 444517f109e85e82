"""LST102: no cell contains the rest of a row, or the next person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.rules.lst.defects import defects_of, evidence_of, values_of
from mailmerge.lint.sentence import Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import words
from mailmerge.model import DefectKind, Severity
from mailmerge.records.defects import SENTENCES, Wording, wording
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_MAIL = words("mail mails email emails courriel messagerie contact linkedin twitter skype teams cc")
_FREE_TEXT = words(
    "adresse address commentaire commentaires comment comments remarque remarques note notes observation observations "
    "texte text message description motif feedback avis detail details paragraphe"
)

_ADDRESS = regex(r"[^\s@]@[^\s@]")
"""An @ between two words; alone it may be a part of a title."""


DOC = RuleDoc(
    title=N_("No cell contains the rest of a row, or the next person."),
    what=N_(
        "An address or a line break inside a short field such as a name or a town; the file's delimiter inside a name, "
        "or several inside a cell of a row whose last cells are blank."
    ),
    why=N_(
        "One stray quotation mark absorbs everything up to the next one: another person, address and all, becomes "
        "part of this person's cell and is printed in the letter."
    ),
    bad=N_('name = "Petit;jean@x.example⏎Durand"'),
    good=N_('name = "Small", position = "Accountant; payroll". Columns of free text may contain several lines.'),
    fix=N_("Open the file in a text editor at the line shown and delete the stray quotation mark."),
)
_FIX = N_(
    "Open the file in a text editor at this line: a stray quotation mark probably made this cell absorb the following "
    "rows. Delete it, and check that nobody is missing."
)
ABSORBED: Mapping[Wording, Sentence] = {
    each: Sentence(f"lst102.{each}", one=SENTENCES[each], fix=_FIX)
    for each in (Wording.ABSORBED_LINE, Wording.ABSORBED_LINES, Wording.ABSORBED_MUCH)
}
ROW = Sentence(
    "lst102.row", one=N_('{person}: the cell "{header}" contains another row of the table: {cell}'), fix=_FIX
)
AT = Sentence(
    "lst102.at",
    one=N_('{person}: the cell "{header}" contains an address: {cell}'),
    fix=N_("Open the file at this line and move the address to its own column, or delete it from this cell."),
)
BREAK = Sentence("lst102.break", one=N_('{person}: the cell "{header}" contains a line break: {cell}'), fix=_FIX)
DELIMITER = Sentence(
    "lst102.delimiter",
    one=N_('{person}: the cell "{header}" contains the delimiter of the file: {cell}'),
    fix=N_(
        "Open the file at this line: move what belongs in other columns there; if all of the text belongs in this "
        "cell, put another sign in place of the delimiter."
    ),
)


@rule("LST102", "swallowed-row", Severity.BLOCK, Suppression.NEVER, Scope.TABLE, DOC)
def swallowed_row(inspection: Inspection) -> Iterator[RawFinding]:
    """No cell contains the rest of a row, or the next person."""
    reported: set[int] = set()
    for defect, swallower in defects_of(inspection):
        if defect.kind is DefectKind.SWALLOWED_ROW:
            if swallower is not None:
                reported.add(swallower.number)
            yield RawFinding(
                says=ABSORBED[wording(defect)],
                values=values_of(defect),
                evidence=evidence_of(defect, swallower),
                record=swallower,
                line=defect.line,
                field=defect.field,
                whole_row=swallower is not None,
            )
    for position, field in enumerate(inspection.table.fields):
        if field.name == inspection.table.columns.email:
            continue
        short = _short_field(inspection, position)
        for record in inspection.records:
            value = record.values[position]
            if not value or record.number in reported:
                continue
            says = _swallowed(inspection, value, short, _blank_at_the_end(record.values))
            if says is not None:
                yield inspection.cell_finding(says, record, field, shown=80, whole_row=says is ROW)


def _short_field(inspection: Inspection, position: int) -> Counter[str] | None:
    """How often a column holds each of the three signs; None if it is blank, or a column of free text."""
    header = inspection.table.fields[position].header
    values = [record.values[position] for record in inspection.table.records if record.values[position]]
    if not values:
        return None
    lengths = sorted(map(len, values))
    if lengths[len(lengths) // 2] > 60 or _FREE_TEXT & set(fold(header).split()):
        return None
    signs = Counter[str]()
    if inspection.table.fields[position].name in inspection.table.columns.names:
        signs["name"] = 1
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


def _blank_at_the_end(values: Sequence[str]) -> int:
    """How many cells a row lacks at its end, as one does whose cells were absorbed."""
    return next((at for at, value in enumerate(reversed(values)) if value), len(values))


def _swallowed(inspection: Inspection, value: str, signs: Counter[str] | None, lacking: int) -> Sentence | None:
    """What shows that a cell absorbed something; None if nothing does."""
    delimiter = inspection.table.dialect.delimiter
    cells = value.count(delimiter) if delimiter else 0
    if "\n" in value and "@" in value and cells >= 2:
        return ROW
    if signs is None:
        return None
    if "@" in value and "usual @" not in signs and _ADDRESS.search(value):
        return AT
    if "\n" in value and "usual \n" not in signs:
        return BREAK
    if "name" not in signs and lacking < cells:
        return None  # "A; B; C" in a row that has all of its cells
    if cells >= (1 if delimiter in ";\t|" and "name" in signs else 2) and "usual delimiter" not in signs:
        return DELIMITER
    return None
