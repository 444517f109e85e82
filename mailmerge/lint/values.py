"""Cells that hold the wrong kind of thing: formulas, other columns' values, rows of tests, what nobody should list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.inspection import Inspection
from mailmerge.lint.registry import Scope, rule
from mailmerge.lint.vocabulary import words
from mailmerge.model import Record, Severity
from mailmerge.text import fold, shorten

_PHONE = re.compile(r"\+[\d\s./()-]{6,}")
_NUMBER = re.compile(r"[+-]?\s?[\d\s.,]+\s?[%€$£]?")


@rule("LST113", "formula", Severity.WARN, Suppression.WAIVER, Scope.TABLE)
def formula(inspection: Inspection) -> Iterator[Found]:
    """No formula in a field that is used.

    What: a cell that starts with = + - or @ and is neither a number, nor a telephone number, nor a line of a list.
    Why: it is printed as it stands, and a report opened in a spreadsheet would run it (CSV injection).
    Bad: =HYPERLINK("http://x.example";"Voir")
    Good: +33 6 12 34 56 78, -5
    Fix: replace the formula by its value.
    """
    for position, field in enumerate(inspection.table.fields):
        if field.name not in inspection.used_fields:
            continue
        for record in inspection.records:
            value = record.values[position]
            if not value or value[0] not in "=+-@" or not _is_formula(value):
                continue
            yield Found(
                message=f'{inspection.person(record)} has what looks like a formula in "{field.header}": '
                f"{shorten(value, 50)}",
                fix="Replace the formula by its value.",
                evidence=(field.name, value),
                record=record,
                field=field.name,
                excerpt=value,
                cause=field.name,
            )


def _is_formula(value: str) -> bool:
    if len(value) < 2 or (value[0] != "=" and value[1].isspace()):
        return False
    return not _PHONE.fullmatch(value) and not _NUMBER.fullmatch(value)


@rule("LST114", "type-drift", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE)
def type_drift(inspection: Inspection) -> Iterator[Found]:
    """Names look like names, and addresses like addresses.

    What: an @ or a digit in a name, and no @ in the e-mail column.
    Why: one cell too many in a row moves every value into its neighbour's column.
    Bad: nom = "jean@x.example", email = "Dupont"
    Good: Louis II
    Fix: move the cells of the row back.
    """
    columns = inspection.table.columns
    names = columns.shown_names
    for record in inspection.records:
        problems = []
        for name in names:
            value = inspection.table.value(record, name)
            if value and not value.isalpha() and ("@" in value or any(c.isdigit() for c in value)):
                what = "an @" if "@" in value else "a digit"
                problems.append((name, f'{what} in "{inspection.table.header(name)}": {shorten(value, 40)}'))
        address = inspection.table.value(record, columns.email)
        if address and "@" not in address:
            header = inspection.table.header(columns.email)
            problems.append((columns.email, f'no @ in "{header}": {shorten(address, 40)}'))
        if problems:
            fields = [field for field, _problem in problems]
            yield Found(
                message=f"{inspection.person(record)} has {', and '.join(problem for _field, problem in problems)}",
                fix="Move the cells of this row back into their columns, or correct the cell.",
                evidence=tuple(inspection.table.value(record, field) for field in fields),
                record=record,
                field=fields[0],
                excerpt=inspection.table.value(record, fields[0]),
                cause=" ".join(fields),
            )


_TEST_NAMES = words(
    "test tests tester testeur essai toto tata titi tutu foo bar baz xxx yyy zzz aaa azerty qwerty demo"
)
_TEST_DOMAINS = words("example.com example.org example.net test.com test.fr mailinator.com yopmail.com yopmail.fr")


@rule("LST115", "test-row", Severity.WARN, Suppression.WAIVER, Scope.TABLE)
def test_row(inspection: Inspection) -> Iterator[Found]:
    """Only real people.

    What: a row called test, toto or xxx that also has a test address, and a row that repeats the headers.
    Why: the count that a person confirms must be the count of people.
    Bad: toto;test;test@exemple.test
    Good: Jean Test with an address of his own
    Fix: delete the row, or exclude it.
    """
    headers = [fold(field.header) for field in inspection.table.fields]
    columns = inspection.table.columns
    for record in inspection.records:
        reason = ""
        repeated = sum(
            1 for header, value in zip(headers, record.values, strict=True) if header and header == fold(value)
        )
        if repeated >= 2 and repeated * 2 >= len(headers):
            reason = "repeats the headers"
        elif _is_test(inspection, record, columns.email):
            reason = "looks like a row for testing"
        if reason:
            yield Found(
                message=f"{inspection.person(record)} {reason}",
                fix="Delete the row, or exclude it.",
                evidence=record.values,
                record=record,
                field=columns.email,
                cause=reason,
            )


def _is_test(inspection: Inspection, record: Record, email: str) -> bool:
    columns = inspection.table.columns
    names = {word for column in columns.names for word in fold(inspection.table.value(record, column)).split()}
    local, _, domain = inspection.table.value(record, email).casefold().rpartition("@")
    address = set(fold(local).rstrip("0123456789").split())
    return bool(names & _TEST_NAMES) and ((bool(address) and address <= _TEST_NAMES) or domain in _TEST_DOMAINS)


_SPECIAL_HEADERS = words(
    "sante health maladie illness disease medical medicale medicaux handicap handicape disability disabled rqth "
    "grossesse enceinte pregnant pregnancy maternite syndicat syndical syndicale union religion religious confession "
    "culte ethnie ethnique ethnic ethnicity race racial raciale politique politiques political sexuelle sexual "
    "orientation biometrique biometric genetique genetic condamnation condamnations casier criminal addiction vih hiv"
)
_JOBS = words("poste job emploi fonction metier service departement secteur specialite position title intitule")
_SPECIAL_VALUES = words("rqth enceinte grossesse syndique syndiquee handicape handicapee vih seropositif")
_PAIRS = {"orientation": {"sexuelle", "sexual"}, "union": {"trade", "member", "membership"}}
"""Words that say it only together with another."""


@rule("LST116", "special-category", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE)
def special_category(inspection: Inspection) -> Iterator[Found]:
    """No column about health, religion, union, origin or the like.

    What: a column about what GDPR article 9 protects. It blocks where a letter uses it, and is listed otherwise.
    Why: such data needs a ground of its own; in a mailing list it is a risk without a use, and in a rejection it
    looks like the reason.
    Bad: a column "RQTH" in the table for rejections
    Good: a job title "infirmière en santé au travail"
    Fix: delete the column from the file before the mailing.
    """
    for position, field in enumerate(inspection.table.fields):
        header = set(fold(field.header).split())
        if header & _JOBS:
            continue
        special = {word for word in header & _SPECIAL_HEADERS if not _PAIRS.get(word) or _PAIRS[word] & header}
        if not special:
            values = {record.values[position] for record in inspection.records}
            special = next((found for value in sorted(values) if (found := _special(value))), set())
        if not special:
            continue
        used = field.name in inspection.used_fields
        yield Found(
            message=f'the column "{shorten(field.header)}" seems to be about {", ".join(sorted(special))}, which '
            f"article 9 of the GDPR protects, and {'a letter uses it' if used else 'no letter uses it'}",
            fix="Delete the column from the file: the mailing does not need it.",
            evidence=(field.name,),
            field=field.name,
            severity=Severity.BLOCK if used else Severity.INFO,
        )


_MAYBE_SPECIAL = re.compile(r"rqth|enceinte|gross|syndiq|handicap|vih|séropo|seropo", re.IGNORECASE)


def _special(value: str) -> set[str]:
    if not value or len(value) > 40 or not _MAYBE_SPECIAL.search(value):
        return set()
    return set(fold(value).split()) & _SPECIAL_VALUES
