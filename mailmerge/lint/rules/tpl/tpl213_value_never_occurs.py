"""TPL213: what a condition looks for occurs in the column."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.letter.decisions.answers import gender_of, means_no, means_yes
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.deciding import Deciding
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text.folding import fold
from mailmerge.text.quotes import quotes

if TYPE_CHECKING:
    from mailmerge.letter import Letter
    from mailmerge.letter.decisions.deciding import Comparison


DOC = RuleDoc(
    title=N_("What a condition looks for occurs in the column."),
    what=N_(
        "A text in a condition of the letter that no cell of the column has. It blocks the messages if a cell "
        "says the same in other letters or another word, or if no cell has any of several texts that conditions look "
        "for; otherwise it is a warning, as nobody may be meant this time."
    ),
    why=N_(
        "Such a condition is false, or true, for everybody: {% if title == 'Mis' %} in a table that has"
        " Ms writes the wrong form to half of the people."
    ),
    bad=N_("{% if title == 'Mis' %}, in a table that has Ms and Mr"),
    good=N_("{% if title == 'Ms' %}; or {% if title in ['Ms', 'Mrs'] %}, if one of them occurs"),
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


@rule("TPL213", "value-never-occurs", Severity.BLOCK, Suppression.WAIVER, Scope.LETTER, DOC)
def value_never_occurs(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """Conditions that look for a text that no cell has."""
    deciding = Deciding(inspection, letter)
    reported: set[tuple[str, str]] = set()
    looked_for: dict[str, set[str]] = {}
    for comparison in letter.comparisons:
        looked_for.setdefault(comparison.field, set()).update(comparison.values)
    for comparison in letter.comparisons:
        if not deciding.has(comparison.field):
            continue
        cells = deciding.cells(comparison)
        wanted = looked_for[comparison.field]
        for text in comparison.values:
            if (comparison.field, text) in reported or not text.strip() or _occurs(comparison, text, cells):
                continue
            meant, certain = _meant(text, [cell for cell in cells if cell.strip() and cell not in wanted])
            if not meant and any(other in cells for other in comparison.values):
                continue  # in ['Mme', 'Madame']: another way to write the same
            if _is_other_title(text, cells) or (not meant and _is_other_answer(text, cells)):
                continue
            reported.add((comparison.field, text))
            yield _found(deciding, comparison, text, meant, cells, wanted, certain=certain)


def _occurs(comparison: Comparison, text: str, cells: Collection[str]) -> bool:
    """Whether any cell has the text where the condition looks for it."""
    if comparison.how == "equal":
        return text in cells
    return any(text in cell for cell in cells)


def _is_other_answer(text: str, cells: Collection[str]) -> bool:
    """Whether a text is the yes to a column where everybody says no, or the no to one of yes, in the same language."""
    pair = next((pair for pair in _YES_AND_NO if fold(text) in pair), ())
    said = [cell for cell in cells if cell.strip()]
    if not pair or not said or not all(fold(cell) in pair for cell in said):
        return False
    return all(means_no(cell, ()) for cell in said) if means_yes(text) else all(map(means_yes, said))


def _is_other_title(text: str, cells: Collection[str]) -> bool:
    """Whether a text is a man's title in a column where everybody is a woman, or the reverse."""
    said = {gender_of(cell) for cell in cells if cell.strip()}
    return bool(gender_of(text)) and len(said) == 1 and "" not in said and gender_of(text) not in said


_YES_AND_NO = tuple(
    frozenset(pair.split())
    for pair in (
        "oui non", "yes no", "ja nein", "ja nee", "si no", "sim nao", "tak nie", "true false", "vrai faux", "1 0"
    )
)  # fmt: skip


def _meant(text: str, cells: list[str]) -> tuple[str, bool]:
    """The cell that was meant, by its letters or its sense, and whether that is certain; ``""`` where there is none."""
    import difflib

    from mailmerge.letter.decisions.judging import cells_saying, is_one_slip

    same = [cell for cell in cells if fold(cell) == fold(text) != ""]
    if alike := next(iter(same or cells_saying(text, cells)), ""):
        return alike, True
    near = next(iter(difflib.get_close_matches(text, cells, 1, 0.75)), "")
    return near, bool(near) and is_one_slip(text, near, 3)


def _found(
    deciding: Deciding,
    comparison: Comparison,
    text: str,
    meant: str,
    cells: Collection[str],
    wanted: Collection[str],
    *,
    certain: bool,
) -> RawFinding:
    values = [cell for cell in cells if cell.strip()]
    alone = not any(each in cells for each in wanted)
    misses_all = alone and bool(values) and len([each for each in wanted if each.strip()]) > 1
    return RawFinding(
        says=_MEANT if meant else _NEVER if values else _ALL_BLANK,
        values={
            **deciding.values(comparison),
            "text": Quoted(text, 40),
            "meant": Quoted(meant, 40),
            "values": quotes(values),
        },
        evidence=(deciding.letter.name, comparison.field, text),
        field=comparison.field,
        letter=deciding.letter.name,
        letter_line=comparison.line,
        excerpt=text,
        severity=None if certain or misses_all else Severity.WARN if meant or alone else Severity.INFO,
    )
