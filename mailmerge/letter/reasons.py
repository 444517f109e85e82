"""Why a letter, or one message of it, is refused: a token for whatever decides, and a clause for whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import UndefinedError

from mailmerge.errors import Reason
from mailmerge.i18n import N_
from mailmerge.letter.mistake_clauses import MISTAKES
from mailmerge.text.regex import regex

CLAUSES: Mapping[str, str] = {
    # what a letter cannot hold
    "operator-repeats": N_("the operator * is not allowed in letters: it could repeat text without limit"),
    "operator-grows": N_("the operator ** is not allowed in letters: it could grow without limit"),
    "operator-remainder": N_("the operator % is not allowed in letters"),
    "syntax": N_("{name} is not allowed in letters"),
    "tag": N_("{{% {name} %}} is not allowed in letters"),
    "property": N_('".{name}": properties of a value are not available in letters'),
    "property-or-field": N_(
        '".{name}": properties of a value are not available in letters; for a field of that name write {field}'
    ),
    "private-item": N_('"{name}": properties of a value are not available in letters'),
    "template-itself": N_('"{name}" is the template itself, not a field'),
    "filter": N_('the filter "{name}" is not allowed in letters'),
    "test": N_('the test "{name}" is not allowed in letters'),
    "method": N_('".{name}()" is not allowed in letters'),
    "spread": N_("* arguments are not supported in letters"),
    "call": N_('"{name}(...)" cannot be called'),
    "call-or-field": N_('"{name}(...)" cannot be called; for a field of that name write {field}'),
    "recursive-loop": N_("a recursive loop has no limit"),
    # where a value could act
    "in-declaration": N_("a field cannot be used in a declaration"),
    "in-tag-name": N_("a field cannot be used in the name of a tag"),
    "in-attribute-name": N_("a field cannot be used in the name of an attribute"),
    "in-attribute": N_("a field cannot be used in the attribute {name}"),
    "in-element": N_("a field cannot be used in <{name}>"),
    "in-link": N_("a field cannot be used in a link that begins with {name}:"),
    # what shows only with the values of a person
    "no-column": N_('the table has no column "{field}"'),
    "message-too-long": N_("the message would exceed {limit} characters"),
    "text-too-long": N_("a text would exceed {limit} characters"),
    "loops-too-long": N_("the loops of the letter take more than {limit} rounds"),
    "too-much-work": N_("one message would take more than {limit} steps to compute; simplify the letter's loops"),
    "too-many-references": N_("at most {most} definitions of links may follow each other"),
    "table-too-large": N_("a table may have {columns} columns and {cells} cells at most"),
    "number-too-large": N_("a number is too large to calculate with"),
    "nested-list": N_("a list or a dictionary cannot hold lists of lists; keep it flat"),
    "not-printable": N_("a {name} cannot be printed; print its items one by one"),
    "not-iterable": N_("a loop cannot go through a number; write what it should go through: field.split(',')"),
    "no-language": N_(
        "the letter has no language set: add a header line such as Content-Language: fr to write dates in French"
    ),
    "not-a-language": N_('"{name}" is not a language that dates can be written in'),
    "not-a-date": N_('"{text}" is not a date (day/month/year or year-month-day)'),
    "month-first": N_(
        '"{text}" is a date with the month first: say so behind the style, as in |date("long", "month first")'
    ),
    "more-than-a-date": N_(
        '"{text}" says more than a date, and the rest would be lost; keep the date alone in the cell, or print the'
        " cell without |date"
    ),
    "blank-date": N_("a blank cell is not a date: write a condition such as field and field|day < '2027-01-31'"),
    "not-an-order": N_("\"{text}\" is not an order of day and month; write field|day or field|day('month first')"),
    "compared-day": N_("{name} is a date in the form 2027-01-31, which cannot be compared with {text}; write {write}"),
    "file-changed": N_("{name} has changed since it was first read; open the campaign again"),
    "letter-by-letter": N_(
        "a cell is one text, and the loop would go through it letter by letter; to go through its parts write {write}"
    ),
    "zero-division": N_("this is a division by zero"),
    "text-and-number": N_(
        "a text and a number cannot be compared or calculated with each other; a cell is text: write field|float to "
        "read it as a number"
    ),
    "not-a-number": N_('"{text}" is not a number'),
    "two-numbers": N_(
        "\"{text}\" can be read as {whole} or as {part}; write field|float(decimal=',') if a comma is before the"
        " decimals, field|float(decimal='.') if a point is"
    ),
    "not-a-decimal-mark": N_(
        "\"{text}\" is not a decimal mark; write field|float(decimal=',') or field|float(decimal='.')"
    ),
    "no-such-item": N_("it asks for a part that is not there: the text or the list is shorter, or has no such key"),
    "empty-separator": N_("a text cannot be split at nothing; name the separator: split(',')"),
    "wrong-arguments": N_("a filter or a function gets too few values, too many, or one of the wrong kind"),
    "calculation": N_("it cannot be computed"),
    "printed-truth": N_(
        "it would print True or False; write what should be printed: {{{{ 'a text' if field == 'x' else 'another' }}}}"
    ),
    "printed-tuple": N_("one pair of braces prints one field; without the comma, write {write}"),
    # what a comparison cannot mean
    "text-with-number": N_("the cells of {name} are text, which cannot be compared with a number; write {write}"),
    "ordered-as-text": N_("{name} would be compared as text, letter by letter, where 9 comes after 10; write {write}"),
    "text-in-sum": N_("the cells of {name} are text, and cannot be calculated with; write {write}"),
    "compared-choice": N_("only the first of these texts would be compared; write {write}"),
    "within-one-text": N_(
        "{text} is one text, in which a blank cell and any part of a word would be found too; write {write}"
    ),
    "compared-constants": N_("two texts are compared, which is the same for everybody; for a field write {write}"),
    "constant-operand": N_("{text} alone is not a condition: it is the same for everybody; write {write}"),
    "constant-condition": N_(
        "{text} alone is not a condition: it is the same for everybody; compare a field with it: field == {text}"
    ),
    "nested-too-deep": N_("an expression is too deeply nested; simplify it"),
}
"""The clause of each token, with its named places."""


def reason(kind: str, **values: str | int | Reason) -> Reason:
    """The reason of this token, with what its clause names."""
    return Reason(kind, CLAUSES[kind] if kind in CLAUSES else MISTAKES[kind], values)


def library_reason(error: Exception) -> Reason:
    """That Python or Jinja2 cannot compute an expression: what their sentence means to whoever wrote it."""
    if isinstance(error, ZeroDivisionError):
        return reason("zero-division")
    if isinstance(error, RecursionError):
        return reason("nested-too-deep")
    if isinstance(error, LookupError | UndefinedError):
        return reason("no-such-item")
    said = str(error)
    return reason(next((kind for words, kind in _MEANT if words.search(said)), "calculation"))


_MEANT = (
    (regex("empty separator"), "empty-separator"),
    (regex("not supported between|unsupported operand|can only concatenate|bad operand"), "text-and-number"),
    (regex("argument|expected|must be|requires|positional"), "wrong-arguments"),
)
"""What Python says of an expression, and the token of what it means."""


class Impossible(ValueError):
    """An expression that cannot be computed, for a reason of ours."""

    def __init__(self, kind: str, **values: str | int) -> None:
        self.reason = reason(kind, **values)
        super().__init__(str(self.reason))


class LimitExceeded(Impossible):
    """The letter asks for more than one message may hold."""


class UnsafeContext(Impossible):
    """A value would land where it could act: ``expression`` is the index of what prints it."""

    def __init__(self, kind: str, expression: int, **values: str | int) -> None:
        super().__init__(kind, **values)
        self.expression = expression
