"""LST126: every date is a day of the calendar."""

from __future__ import annotations

import datetime
from itertools import product

import pytest
from each_row import each_row
from hypothesis import given, settings
from hypothesis import strategies as st
from lint_cases import HEADERS, LETTER, inspection_of, table_of
from rule_cases import MANY, case, cases_of, column, expect, found

DATES = ("12/03/2026", "13/03/2026", "14/03/2026", "16/03/2026", "17/03/2026")
TEXT = "\nRendez-vous le {{ date_entretien }}.\n"


def dated(cell: str, others: tuple[str, ...] = DATES, header: str = "Date entretien", text: str = TEXT):
    return column(header, [cell, *others], text)


FAILS = {
    "no such day, with an hour": case(
        dated("31/02/2026 à 9h", tuple(f"{day} à 9h" for day in DATES)),
        expect(
            fingerprint="7d184884ea9b2faf",
            record=1,
            line=2,
            field="date_entretien",
            excerpt="31/02/2026 à 9h",
            says='Inès Petit (line 2) has a date in "Date entretien" that cannot be right: 31/02/2026 à 9h',
        ),
    ),
    "no such day": case(
        dated("31/02/2026"),
        expect(
            fingerprint="7c75bddd62340a0d",
            record=1,
            line=2,
            field="date_entretien",
            excerpt="31/02/2026",
            says='Inès Petit (line 2) has a date in "Date entretien" that cannot be right: 31/02/2026',
            fix='Correct the date in "Date entretien".',
        ),
    ),
    "the number of a day": case(
        dated("46093"),
        expect(
            fingerprint="f3fe8a784050ccaa",
            record=1,
            line=2,
            field="date_entretien",
            excerpt="46093",
            says='Inès Petit (line 2) has a number in "Date entretien" instead of a date: 46093',
            fix="Give the cell a date format in the spreadsheet and save the table again, or type the date.",
        ),
    ),
    "no such day, for many": case(
        lambda: inspection_of(
            table_of(
                [(*row, "31/02/2027" if n < 4 else "12/03/2027") for n, row in enumerate(MANY)],
                (*HEADERS, "Date entretien"),
            ),
            LETTER + TEXT,
        ),
        expect(
            record=1,
            line=2,
            field="date_entretien",
            affected=(1, 2, 3, 4),
            count=4,
            excerpt="31/02/2027",
            fingerprint="f978fe2146d7bc10",
            says='4 people have a date in "Date entretien" that cannot be right, such as 31/02/2027 (lines 2, 3, 4, 5)',
        ),
    ),
    "numbers for dates, for many": case(
        column("Date entretien", ["46083", "46084", "46085", "46086", "46087", "46088"], TEXT),
        expect(
            record=1,
            line=2,
            field="date_entretien",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="46083",
            fingerprint="b6755364ff529104",
            says='6 people have a number in "Date entretien" instead of a date, such as 46083 (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
}
PASSES = {
    "words in half of the cells": dated("31/02/2026", ("12/03/2026", "13/03/2026", "demain", "plus tard", "à voir")),
    "all are days": dated("15/03/2026"),
    "month first": dated("03/15/2026", ("03/13/2026", "04/14/2026", "03/03/2026", "02/02/2026", "12/31/2026")),
    "year first": dated("2026-03-15"),
    "with a time": dated("15/03/2026 14:00"),
    "two digits of a year": dated("15/03/26"),
    "the 29th of a leap year": dated("29/02/2028"),
    "born long ago": dated("15/03/1931"),
    "in words": dated("15 mars 2026"),
    "blank": dated("", text="\n{% if date_entretien %}Le {{ date_entretien }}.{% endif %}\n"),
    "numbers of five digits": dated("46093", ("46094", "46095", "31000", "31001", "31002"), "Référence dossier", ""),
    "a column that no letter uses": dated("31/02/2026", text=""),
    "versions": dated("31.02.26", ("1.2", "2.0.1", "3.1", "4.4.4.4", "5.0"), "Date entretien"),
}
test_fails, test_passes = cases_of("LST126", FAILS, PASSES)


def records_of(make) -> list[int | None]:
    return [each.record for each in found(make(), "LST126")]


@each_row(("day", "sign"), product(["30{0}02{0}2026", "31{0}04{0}2026", "29{0}02{0}2026", "00{0}05{0}2026",
    "15{0}00{0}2026", "45{0}13{0}2026", "2026{0}02{0}30", "2026{0}13{0}40", "12{0}03{0}0206", "12{0}03{0}20266"[:-1] + "6",
    "12{0}03{0}3026", "31{0}06{0}26"], "/.-"))  # fmt: skip
def test_a_day_that_no_calendar_has_is_found(day: str, sign: str) -> None:
    expected = [] if day.endswith("20266") else [1]
    assert records_of(dated(day.format(sign))) == expected


@each_row("number", ["44927", "45292", "46093", "46093,5", "46093.375", "25569"])
@each_row("header", ["Date entretien", "Entretien"])
def test_the_number_of_a_day_among_dates_is_found(number: str, header: str) -> None:
    assert records_of(
        dated(number, header=header, text=TEXT.replace("date_entretien", header.lower().replace(" ", "_")))
    ) == [1]


@pytest.mark.parametrize("header", ["Date", "Date de début", "Jour", "Datum", "Fecha", "Start day"])
def test_a_column_of_dates_that_is_all_numbers_is_found(header: str) -> None:
    from mailmerge.text.folding import identifier

    make = dated(
        "46093", ("46094", "46095", "46096", "46097", "46098"), header, f"\nLe {{{{ {identifier(header)} }}}}.\n"
    )
    assert sum(each.count for each in found(make(), "LST126")) == 6


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dates(datetime.date(1930, 1, 1), datetime.date(2099, 12, 31)), min_size=6, max_size=6),
       st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%y", "%d/%m/%Y %H:%M"]))  # fmt: skip
def test_no_day_of_the_calendar_is_doubted(days: list[datetime.date], form: str) -> None:
    cells = [day.strftime(form) for day in days]
    assert records_of(dated(cells[0], tuple(cells[1:]))) == []


@each_row(("year", "told"), [(1899, True), (1900, False), (2100, False), (2101, True)])
def test_letters_speak_of_years_from_1900_to_2100(year: int, told: bool) -> None:
    assert records_of(dated(f"15/03/{year}")) == [1] * told


@each_row(("others", "told"), [(1, True), (2, False)])
def test_more_than_half_of_the_cells_are_days(others: int, told: bool) -> None:
    cells = (*DATES[: 5 - others], *("3 semaines", "2 mois")[:others])
    assert bool(records_of(dated("31/02/2026", cells))) is told


@each_row(
    ("dates", "numbers", "told"),
    [(2, 3, True), (1, 4, False), (1, 5, True), (2, 1, False), (3, 1, True), (0, 3, False), (0, 4, True)],
)
def test_numbers_of_days_are_no_other_cells(dates: int, numbers: int, told: bool) -> None:
    cells = [*DATES[:dates], *["46093"] * numbers, *["à voir"] * (6 - dates - numbers)]
    assert sum(each.count for each in found(dated(cells[0], tuple(cells[1:]))(), "LST126")) == numbers * told
