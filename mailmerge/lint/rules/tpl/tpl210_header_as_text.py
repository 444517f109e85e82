"""TPL210: the name of a column is not printed in place of its content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import SIGNATURE, Severity
from mailmerge.text.folding import fold

if TYPE_CHECKING:
    from mailmerge.letter import ConstantText, Letter


DOC = RuleDoc(
    title=N_("The name of a column is not printed in place of its content."),
    what=N_(
        "Text between quotation marks in the letter's code, or words in one of its sentences, that are the name of a "
        "column whose values the letter does not print."
    ),
    why=N_(
        "Somebody who types Position applied for instead of {{ position }} means that column, but every"
        ' recipient would see "your application for the position of Position applied for".'
    ),
    bad=N_('the position of {{ "Position applied for" }}, in a campaign with a column Position applied for'),
    good=N_(
        'the position of {{ position_applied_for }}; or [fields] position = "Position applied for"; a'
        " label in front of a value, Position applied for:"
    ),
    fix=N_("Use the field instead, or name the column in [fields] of campaign.toml."),
)
_PRINTED = Sentence(
    "tpl210.printed",
    one=N_(
        '{letter}, line {line}: "{header}" is printed literally for every recipient, but it is the name of a column'
    ),
    fix=N_("Write {{{{ {field} }}}} instead if you mean the column."),
)


@rule("TPL210", "header-as-text", Severity.WARN, Suppression.WAIVER, Scope.LETTER, DOC)
def header_as_text(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """Names of columns that are printed as text."""
    printed = {field for expression in letter.expressions for field in expression.fields if expression.printed}
    reported: set[str] = set()
    for field in inspection.table.fields:
        header = field.header
        if len(fold(header)) < _SHORTEST_HEADER:
            continue
        for constant in letter.constants:
            place = _place_of_header(constant, header, printed=field.name in printed)
            if place is None or field.name in reported:
                continue
            line = constant.line_at(place)
            if _is_before_value(letter.source, line, header):
                continue
            reported.add(field.name)
            yield RawFinding(
                says=_PRINTED,
                values={
                    "letter": Quoted(letter.name),
                    "line": line,
                    "header": Quoted(header, 40),
                    "field": field.name,
                },
                evidence=(letter.name, field.name),
                field=field.name,
                letter=letter.name,
                letter_line=line,
                excerpt=header,
            )


_SHORTEST_HEADER = 3


def _is_before_value(source: str, line: int, header: str) -> bool:
    """Whether a value follows the header in that line of the letter: Interview on {{ date }}."""
    written = source.split("\n")[line - 1 : line]
    return any(re.search(rf"{re.escape(header.strip())}[«\"“*_(\s]*{{{{", each) for each in written)


def _place_of_header(constant: ConstantText, header: str, *, printed: bool) -> int | None:
    """Where a text is a header, None if it is not: a whole literal; or, within a sentence, several words as they are.

    A label (``Poste visé : ...``) begins a line, or is followed by a colon or by a value of another field; one word
    alone says nothing.
    """
    if constant.part == SIGNATURE:
        return None
    if constant.literal:
        return 0 if fold(constant.text) == fold(header) else None
    if printed or " " not in header.strip() or not header[:1].isupper():
        return None
    pattern = rf"(?<=[^\W\d_]) (?:[«\"“*_(]\s?)?({re.escape(header.strip())})(?![\w-])(?!\s*[:»\"”*_)]*\s*:)"
    found = re.search(pattern, constant.text)
    return found.start(1) if found else None
