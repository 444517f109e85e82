"""TPL212: a letter calls a person by the name that To shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.deciding import readers
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.letter import header_lines
from mailmerge.model import Columns, Expression, Recipient, RecordTable, Severity
from mailmerge.records.columns.headers import name_word
from mailmerge.records.columns.name_headers import is_second_surname
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from mailmerge.letter import Letter

_STATED = regex(
    r"(?:\bn[ée](?:\(?e\)?|[·.]e)?|\bborn|\bformerly|\bpreviously|\bgeb\.?|\bgebore?ne?r?|\bnat[ao]|\bnacid[ao]|\bnascid[ao]|"
    r"\bnaissance|\bbirth name|\bmaiden name|\bsurname at birth|\blegal name|\bétat civil|\bofficial name)\W{0,4}\Z",
    re.IGNORECASE,
)
"""What a letter says before a name that it states as a second one: "Mme Martin née Durand"."""


DOC = RuleDoc(
    title=N_("A letter calls a person by the name that To shows."),
    what=N_(
        "A letter that prints a person's name at birth, or the name on official papers, although the table has another "
        "name that the person goes by, which To shows."
    ),
    why=N_(
        "To address somebody by a name given up on marriage, on divorce or in a transition hurts, and it is avoidable."
    ),
    bad=N_("Dear {{ legal_first_name }}, in a table with a column Preferred name"),
    good=N_("Dear {{ preferred_name or first_name }}; Mrs {{ last_name }}, née {{ birth_name }}"),
    fix=N_("Print the field with the name that the person goes by."),
)
_FIX = N_("Write {{{{ {usual} }}}} instead, unless the letter has to state this name.")
ONE = Sentence(
    "tpl212.one",
    one=N_('{letter}, line {line}: "{header}" would print {printed}, but To shows {name} (line {row})'),
    fix=_FIX,
)
SEVERAL = Sentence(
    "tpl212.several",
    one=N_(
        '{letter}, line {line}: for {people} people "{header}" would print another name than To shows, such as '
        "{printed} instead of {name} (line {row})"
    ),
    fix=_FIX,
)


@rule("TPL212", "second-name", Severity.WARN, Suppression.WAIVER, Scope.LETTER, DOC)
def second_name(inspection: Inspection, letter: Letter) -> Iterator[RawFinding]:
    """A letter calls a person by the name that To shows."""
    table = inspection.table
    for expression, field in _second_names(table, letter):
        found = [
            each for each in readers(inspection, letter) if _is_called_otherwise(table.value(each.record, field), each)
        ]
        if not found:
            continue
        first = found[0]
        yield RawFinding(
            says=ONE if len(found) == 1 else SEVERAL,
            values={
                "letter": Quoted(letter.name),
                "line": expression.line,
                "header": Quoted(table.label(field), 40),
                "people": len(found),
                "printed": Quoted(table.value(first.record, field), 40),
                "name": Quoted(first.name, 40),
                "row": first.record.line,
                "usual": _usual(table.columns, field),
            },
            evidence=(letter.name, field, expression.source),
            field=field,
            affected=tuple(recipient.record.number for recipient in found),
            letter=letter.name,
            letter_line=expression.line,
            excerpt=expression.source,
        )


def _second_names(table: RecordTable, letter: Letter) -> Iterator[tuple[Expression, str]]:
    """The expressions outside the headers of addresses that print a name beside which there is one that is used."""
    seconds = {name: _usual(table.columns, name) for name in table.columns.names}
    in_to = header_lines(letter, "To")
    reported: set[str] = set()
    for expression in letter.expressions:
        field = next(iter(expression.fields)) if len(expression.fields) == 1 else ""
        if not expression.printed or seconds.get(field, field) == field or field in reported:
            continue
        if expression.line in in_to or _is_stated(letter, expression):
            continue
        if is_second_surname(name_word(table.header(field))) and _is_beside(letter, expression, seconds[field]):
            continue
        reported.add(field)
        yield expression, field


def _usual(columns: Columns, field: str) -> str:
    """The field that is used in place of another name of the person."""
    if columns.full_name:
        return columns.full_name
    for names in (columns.first_names, columns.last_names):
        if field in names:
            return names[0]
    return field


def _is_beside(letter: Letter, expression: Expression, usual: str) -> bool:
    """Whether the same line prints the name that is used as well."""
    return any(each.printed and usual in each.fields for each in letter.expressions if each.line == expression.line)


def _is_stated(letter: Letter, expression: Expression) -> bool:
    """Whether the letter says each time that it is a second name."""
    before = letter.source.split(expression.source)[:-1]
    return bool(before) and all(_STATED.search(text[-40:]) for text in before)


def _is_called_otherwise(value: str, recipient: Recipient) -> bool:
    """Whether a name is not in the one that To shows."""
    shown = fold(recipient.name).split()
    return bool(shown) and not set(fold(value).split()) <= set(shown)
