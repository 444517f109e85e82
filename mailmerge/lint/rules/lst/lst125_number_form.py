"""LST125: numbers read as in the language of the letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.letter_language import has_decimal_comma, language_of
from mailmerge.model import Expression, Severity
from mailmerge.records.cells.number_form import Form, english_numbers

if TYPE_CHECKING:
    from mailmerge.letter import Letter


DOC = RuleDoc(
    title=N_("Numbers read as in the language of the letter."),
    what=N_(
        "A column of numbers in English form, such as 32,500.50 or 2.5%, that is printed in a letter in French, German "
        "or another language in which a comma separates decimals. A workbook that does not name its language is read "
        "in this form, whatever its author sees."
    ),
    why=N_("In a French letter, 1,234 is a little more than one; and the sheet showed 1 234 to its author."),
    bad=N_('salary = "32,500.50" in a letter with Content-Language: fr'),
    good=N_("32 500,50 in a French letter; 32,500.50 in an English one; years, references, versions, phone numbers"),
    fix=N_("Write the numbers as the recipients write them, or give the cells a number format with a language."),
)
_FIX = N_(
    'Write the numbers in "{header}" as the recipients write them: save the sheet as CSV from your own Excel, or '
    "format the column as text and type them."
)
ENGLISH = Sentence(
    "lst125.english",
    one=N_(
        'the numbers in "{header}", such as {cell}, are in English form, and {letter} is in a language in which a '
        "comma separates decimals"
    ),
    fix=_FIX,
)
EITHER = Sentence(
    "lst125.either",
    one=N_(
        'the numbers in "{header}", such as {cell}, can be read in two ways: in the language of {letter} a comma '
        "separates decimals, in English thousands"
    ),
    fix=N_(
        'Check what {cell} means. If the comma separates thousands, write the numbers in "{header}" with a space or a '
        "point instead; otherwise no action is needed."
    ),
)


@rule("LST125", "number-form", Severity.WARN, Suppression.WAIVER, Scope.LETTER, DOC)
def number_form(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """Numbers read as in the language of the letter."""
    table = inspection.table
    printed: dict[str, Expression] = {}
    for expression in letter.expressions:
        if expression.printed and "replace" not in expression.source:
            for name in expression.fields:
                printed.setdefault(name, expression)
    is_shown = bool(table.dialect.sheet)
    for position, field in enumerate(table.fields):
        if field.name not in printed or field.name in (*table.columns.names, *table.columns.emails):
            continue
        cells = Counter(record.values[position] for record in inspection.records)
        found = english_numbers(cells, field.header, is_shown=is_shown)
        if found is None or not has_decimal_comma(language_of(letter)):
            continue
        yield RawFinding(
            says=ENGLISH if found.form is Form.ENGLISH else EITHER,
            values={
                "header": Quoted(field.label, 40),
                "cell": Quoted(found.cell),
                "letter": Quoted(letter.name),
            },
            evidence=(letter.name, field.name, found.form),
            field=field.name,
            letter=letter.name,
            letter_line=printed[field.name].line,
            excerpt=found.cell,
        )
