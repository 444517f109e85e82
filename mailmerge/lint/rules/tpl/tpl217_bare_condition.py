"""TPL217: no condition is only a cell that can say no."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.deciding import Deciding
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text.quotes import quotes

if TYPE_CHECKING:
    from mailmerge.letter import Letter
    from mailmerge.letter.decisions.deciding import Literal, Presence


DOC = RuleDoc(
    title=N_("No condition is only a cell that can say no."),
    what=N_(
        "A column as a condition by itself, {% if manager %}, although some of its cells say no, FALSE, 0"
        " or none; and a cell compared with true, false or none, which no cell is. It is a warning if the"
        " cell is printed as well and the number 0 is in it."
    ),
    why=N_(
        "Every cell is text, and every text is true, the word no as well: those who answered no get the letter of "
        "those who answered yes."
    ),
    bad=N_("{% if manager %} for a column that has yes and no"),
    good=N_("{% if manager == 'yes' %}; or {% if manager %} for a column that has x, or nothing"),
    fix=N_("Compare the cell with the text that is meant."),
)
_FIX = N_("Write {write}, if that is what is meant; write {written} != '' if every answer counts.")
TAKEN = Sentence(
    "tpl217.taken",
    one=N_(
        '{letter}, line {line}: the condition "{written}" is true for every text in "{header}", and so for {texts} as '
        "well; this concerns {people}"
    ),
    fix=_FIX,
)
NOT_TAKEN = Sentence(
    "tpl217.not-taken",
    one=N_(
        '{letter}, line {line}: the condition "not {written}" is false for every text in "{header}", and so for '
        "{texts} as well; this concerns {people}"
    ),
    fix=N_("Write {write}, if that is what is meant; write {written} == '' if only a blank cell counts."),
)
PRINTED = Sentence(
    "tpl217.printed",
    one=N_('{letter}, line {line}: the condition "{written}" is also true for {texts}, which {people} would read'),
    fix=N_("Write {write}, unless they should read it."),
)
LITERAL = Sentence(
    "tpl217.literal",
    one=N_(
        '{letter}, line {line}: "{written}" is compared with {literal}, but the cells of "{header}" are text, so the '
        "answer is the same for everybody; the column has {texts}"
    ),
    fix=N_("Write {write}."),
)


@rule("TPL217", "bare-condition", Severity.BLOCK, Suppression.WAIVER, Scope.LETTER, DOC)
def bare_condition(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """No condition is only a cell that can say no."""
    from mailmerge.letter.decisions.deciding import Literal, Presence

    deciding = Deciding(inspection, letter)
    reported: set[tuple[str, object]] = set()
    for decision in letter.decisions:
        if not isinstance(decision, Presence | Literal) or not deciding.has(decision.field):
            continue
        key = (decision.field, (type(decision), getattr(decision, "printed", None), getattr(decision, "literal", None)))
        if key in reported:
            continue
        found = _present(deciding, decision) if isinstance(decision, Presence) else _literal(deciding, decision)
        if found is not None:
            reported.add(key)
            yield found


def _present(deciding: Deciding, presence: Presence) -> RawFinding | None:
    from mailmerge.letter.decisions.judging import say_what_counts, texts_taken_for_yes

    if presence.field in deciding.inspection.table.columns.names:
        return None  # a name that looks like a word is still a name
    cells = deciding.cells(presence)
    saying_no = texts_taken_for_yes(presence, cells, deciding.header(presence.field))
    numbers = tuple(sorted(number for text in saying_no for number in cells[text]))
    if not numbers:
        return None
    return RawFinding(
        says=PRINTED if presence.printed else NOT_TAKEN if presence.negated else TAKEN,
        values={
            **deciding.values(presence, numbers),
            "written": Quoted(presence.written, 40),
            "texts": quotes(saying_no),
            "write": Quoted(say_what_counts(presence, cells, saying_no), 120),
        },
        evidence=(deciding.letter.name, presence.field, presence.written, *saying_no),
        record=deciding.first(numbers),
        field=presence.field,
        others=numbers[1:],
        affected=numbers,
        letter=deciding.letter.name,
        letter_line=presence.line,
        excerpt=presence.written,
        severity=Severity.WARN if presence.printed else None,
    )


def _literal(deciding: Deciding, literal: Literal) -> RawFinding:
    from mailmerge.letter.decisions.judging import say_the_text

    cells = deciding.cells(literal)
    filled = [cell for cell in cells if cell.strip()]
    return RawFinding(
        says=LITERAL,
        values={
            **deciding.values(literal),
            "written": Quoted(literal.written, 40),
            "literal": literal.literal,
            "texts": quotes(filled or [""]),
            "write": Quoted(say_the_text(literal, cells, deciding.header(literal.field)), 120),
        },
        evidence=(deciding.letter.name, literal.field, literal.literal),
        field=literal.field,
        letter=deciding.letter.name,
        letter_line=literal.line,
        excerpt=literal.written,
    )
