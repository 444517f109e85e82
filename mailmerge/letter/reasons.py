"""Why a letter, or one message of it, is refused: a token for whatever decides, and a clause for whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping

from mailmerge.errors import Reason
from mailmerge.i18n import N_

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
    "loops-too-slow": N_("the loops of the letter take longer than {limit} seconds"),
    "not-printable": N_("a {name} cannot be printed; print its items one by one"),
    "not-iterable": N_("a loop cannot go through a {name}"),
    "no-language": N_(
        "the letter has no language set: add a header line such as Content-Language: fr to write dates in French"
    ),
    "not-a-language": N_('"{name}" is not a language that dates can be written in'),
    "not-a-date": N_('"{text}" is not a date (day/month/year or year-month-day)'),
    "file-changed": N_("{name} has changed since it was first read; open the campaign again"),
    "zero-division": N_("this is a division by zero"),
    "calculation": N_("{said}"),
}
"""The clause of each token, with its named places."""


def reason(kind: str, **values: str | int) -> Reason:
    """The reason of this token, with what its clause names."""
    return Reason(kind, CLAUSES[kind], values)


def library_reason(error: Exception) -> Reason:
    """That Python or Jinja2 cannot compute an expression, in their own words if there are none of ours."""
    if isinstance(error, ZeroDivisionError):
        return reason("zero-division")
    return Reason("calculation", CLAUSES["calculation"], said=str(error))


class Impossible(ValueError):
    """An expression that cannot be computed, for a reason of ours."""

    def __init__(self, kind: str, **values: str | int) -> None:
        self.reason = reason(kind, **values)
        super().__init__(str(self.reason))


class TooMuch(Impossible):
    """The letter asks for more than one message may hold."""


class Misplaced(Impossible):
    """A value would land where it could act: ``expression`` is the index of what prints it."""

    def __init__(self, kind: str, expression: int, **values: str | int) -> None:
        super().__init__(kind, **values)
        self.expression = expression
