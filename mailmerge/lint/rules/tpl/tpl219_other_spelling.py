"""TPL219: nobody is decided about by the spelling of a cell."""

from __future__ import annotations

from collections.abc import Collection, Iterator
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
    from mailmerge.letter.decisions.deciding import Choice, Comparison


DOC = RuleDoc(
    title=N_("Nobody is decided about by the spelling of a cell."),
    what=N_(
        "Cells that a condition does not find although they say what it looks for: in other letters"
        " (DECLINED, declined, a blank too many), in another gender or number where the language has"
        " them, or in another usual word (Miss for Ms, x for yes). And people whom the words for"
        " everybody else address as a man or a woman, although their title does not say so."
    ),
    why=N_("They would get the other letter: congratulations where a refusal was meant."),
    bad=N_("{% if status == 'Declined' %} in a table that has Declined and DECLINED"),
    good=N_("{% if status in ['Declined', 'DECLINED'] %}; or one spelling in the whole column"),
    fix=N_("Write the text alike in the whole column, or name every spelling in the condition."),
)
SPELLING = Sentence(
    "tpl219.spelling",
    one=N_(
        '{letter}, line {line}: the condition looks for "{text}" in "{header}" and misses other spellings of it: '
        "{texts}; this concerns {people}"
    ),
    fix=N_("Write these cells as the others, or write {write} in the letter."),
)
WORD = Sentence(
    "tpl219.word",
    one=N_(
        '{letter}, line {line}: the condition looks for "{text}" in "{header}" and misses what seems to mean the same: '
        "{texts}; this concerns {people}"
    ),
    fix=N_("Write these cells as the others, or write {write} in the letter."),
)
AS_A_MAN = Sentence(
    "tpl219.as-a-man",
    one=N_(
        '{letter}, line {line}: everybody whose "{header}" is not {tested} would be addressed as a man; this '
        "concerns {people}, with {texts} in that column"
    ),
    fix=N_("Write one alternative for each title, and neutral words after {{% else %}}."),
)
AS_A_WOMAN = Sentence(
    "tpl219.as-a-woman",
    one=N_(
        '{letter}, line {line}: everybody whose "{header}" is not {tested} would be addressed as a woman; this '
        "concerns {people}, with {texts} in that column"
    ),
    fix=AS_A_MAN.fix,
)


@rule("TPL219", "other-spelling", Severity.BLOCK, Suppression.WAIVER, Scope.LETTER, DOC)
def other_spelling(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """Nobody is decided about by the spelling of a cell."""
    from mailmerge.letter.decisions.judging import other_spellings, other_words, spelling_key

    deciding = Deciding(inspection, letter)
    wanted: dict[str, set[str]] = {}
    for comparison in letter.comparisons:
        wanted.setdefault(comparison.field, set()).update(comparison.values)
    reported: set[tuple[str, str]] = set()
    for comparison in letter.comparisons:
        if not deciding.has(comparison.field):
            continue
        cells = deciding.cells(comparison)
        are_names = comparison.field in inspection.table.columns.names
        for says, found in (
            (SPELLING, other_spellings(comparison, wanted[comparison.field], cells)),
            (WORD, other_words(comparison, wanted[comparison.field], cells)),
        ):
            for text in dict.fromkeys(found.values()):
                alike = [cell for cell in found if found[cell] == text and (comparison.field, cell) not in reported]
                if are_names:  # Julie is not Julien, nor Louis Louise
                    alike = [cell for cell in alike if spelling_key(cell) == spelling_key(text)]
                # that no cell has the text itself is told by TPL213, with what was meant
                if alike and text in cells:
                    reported |= {(comparison.field, cell) for cell in alike}
                    yield _told(deciding, comparison, says, text, alike)
    for choice in letter.choices:
        if deciding.has(choice.field):
            yield from _misaddressed(deciding, choice, {cell for field, cell in reported if field == choice.field})


def _told(deciding: Deciding, comparison: Comparison, says: Sentence, text: str, alike: list[str]) -> RawFinding:
    cells = deciding.cells(comparison)
    numbers = _numbers(cells, alike)
    names = ", ".join(f"'{each}'" if "'" not in each else f'"{each}"' for each in (text, *alike))
    return RawFinding(
        says=says,
        values={
            **deciding.values(comparison, numbers),
            "text": Quoted(text, 40),
            "texts": quotes(alike),
            "write": Quoted(f"{comparison.written} in [{names}]", 160),
        },
        evidence=(deciding.letter.name, comparison.field, text, *sorted(alike)),
        record=deciding.first(numbers),
        field=comparison.field,
        others=numbers[1:],
        affected=numbers,
        letter=deciding.letter.name,
        letter_line=comparison.line,
        excerpt=alike[0],
    )


def _misaddressed(deciding: Deciding, choice: Choice, told: Collection[str]) -> Iterator[RawFinding]:
    """People whom the words for everybody else address by a gender that their title does not say."""
    from mailmerge.letter.decisions.answers import gender_of

    addressed = gender_of(choice.otherwise or "")
    tested = {gender_of(text) for text in choice.values}
    if not addressed or not tested - {""} or addressed in tested:
        return
    cells = deciding.cells(choice)
    rest = [cell for cell in cells if cell not in choice.values and cell not in told and gender_of(cell) != addressed]
    numbers = _numbers(cells, rest)
    if not numbers:
        return
    yield RawFinding(
        says=AS_A_MAN if addressed == "m" else AS_A_WOMAN,
        values={
            **deciding.values(choice, numbers),
            "tested": quotes(choice.values),
            "texts": quotes(rest),
        },
        evidence=(deciding.letter.name, choice.field, addressed, *sorted(rest)),
        record=deciding.first(numbers),
        field=choice.field,
        others=numbers[1:],
        affected=numbers,
        letter=deciding.letter.name,
        letter_line=choice.line,
        excerpt=rest[0],
    )


def _numbers(cells: dict[str, list[int]], texts: list[str]) -> tuple[int, ...]:
    return tuple(sorted(number for text in texts for number in cells[text]))
