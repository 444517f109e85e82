"""TPL213: what a condition looks for occurs in the column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text import fold, shorten

if TYPE_CHECKING:
    from mailmerge.letter import Comparison, Letter


DOC = RuleDoc(
    title=N_("What a condition looks for occurs in the column."),
    what=N_("A text in a condition of the letter that no cell of the column has."),
    why=N_(
        "Such a condition is false, or true, for everybody: {% if civilite == 'Madam' %} in a table that has Madame "
        "writes the wrong form to half of the people."
    ),
    bad=N_("{% if civilite == 'Madam' %}, in a table that has Madame and Monsieur"),
    good=N_("{% if civilite == 'Madame' %}; or {% if civilite in ['Mme', 'Madame'] %}, if one of them occurs"),
    fix=N_("Write the text as in the table."),
)
_MEANT = Sentence(
    "tpl213.meant",
    one=N_(
        '{letter}, line {line}: the condition looks for "{text}" in "{header}", which no cell has; '
        'did you mean "{meant}"? The column has {values}'
    ),
    fix=N_('Write "{meant}" in the condition, as in the table.'),
)
_NEVER = Sentence(
    "tpl213.never",
    one=N_(
        '{letter}, line {line}: the condition looks for "{text}" in "{header}", which no cell has; '
        "the column has {values}"
    ),
    fix=N_('Write the text as in the table, or delete the condition if nobody has "{text}".'),
)
_ALL_BLANK = Sentence(
    "tpl213.all-blank",
    one=N_('{letter}, line {line}: the condition looks for "{text}" in "{header}", and every cell is blank'),
    fix=N_("Fill in the column, or delete the condition."),
)
_SHOWN = 6


@rule("TPL213", "value-never-occurs", Severity.WARN, Suppression.WAIVER, Scope.LETTER, DOC)
def value_never_occurs(inspection: Inspection, letter: Letter) -> Iterator[Found]:
    """Conditions that look for a text that no cell has."""
    known: dict[tuple[str, tuple[str, ...]], Counter[str]] = {}
    reported: set[tuple[str, str]] = set()
    looked_for: dict[str, set[str]] = {}
    for comparison in letter.comparisons:
        looked_for.setdefault(comparison.field, set()).update(comparison.values)
    for comparison in letter.comparisons:
        if comparison.field not in inspection.table.names or not inspection.records:
            continue
        key = (comparison.field, comparison.filters)
        cells = known.get(key)
        if cells is None:
            cells = known[key] = _cells(inspection, comparison)
        wanted = looked_for[comparison.field]
        for text in comparison.values:
            if text in cells or (comparison.field, text) in reported or not text.strip():
                continue
            meant = _meant(text, [cell for cell in cells if cell.strip() and cell not in wanted])
            if not meant and any(other in cells for other in comparison.values):
                continue  # in ['Mme', 'Madame']: another way to write the same
            reported.add((comparison.field, text))
            yield _found(inspection, letter, comparison, text, meant, cells, alone=wanted.isdisjoint(cells))


def _cells(inspection: Inspection, comparison: Comparison) -> Counter[str]:
    position = inspection.table.names.index(comparison.field)
    return Counter(comparison.seen(record.values[position]) for record in inspection.records)


def _meant(text: str, cells: list[str]) -> str:
    """The cell that was meant, by its letters; ``""`` where none resembles the text."""
    import difflib

    same = [cell for cell in cells if fold(cell) == fold(text)]
    return next(iter(same or difflib.get_close_matches(text, cells, 1, 0.75)), "")


def _found(
    inspection: Inspection,
    letter: Letter,
    comparison: Comparison,
    text: str,
    meant: str,
    cells: Counter[str],
    *,
    alone: bool,
) -> Found:
    values = [f'"{shorten(cell, 30)}"' for cell, _count in cells.most_common() if cell.strip()]
    return Found(
        says=_MEANT if meant else _NEVER if values else _ALL_BLANK,
        values={
            "letter": Quoted(letter.name),
            "line": comparison.line,
            "text": Quoted(text, 40),
            "header": Quoted(inspection.table.header(comparison.field), 40),
            "meant": Quoted(meant, 40),
            "values": ", ".join(values[:_SHOWN]) + (", …" if len(values) > _SHOWN else ""),
        },
        evidence=(letter.name, comparison.field, text),
        field=comparison.field,
        letter=letter.name,
        letter_line=comparison.line,
        excerpt=text,
        severity=None if meant or alone else Severity.INFO,
    )
