"""MSG310: a date has the day of the week on which it falls."""

from __future__ import annotations

import datetime

from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st
from lint_cases import HEADERS, LETTER, inspection_of, table_of
from rule_cases import MANY, Case, case, cases_of, column, expect, letter

from mailmerge.lint.views.weekdays import misdated_in, names_weekday
from mailmerge.text.folding import fold

COME = "\nVenez {{ entretien }}.\n"
NAMES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


def invited(*cells: str, text: str = COME) -> Case:
    return column("Entretien", cells, text)


FAILS = {
    "in a cell": case(
        invited("lundi 3 novembre 2026 à 10 h", "mardi 3 novembre 2026 à 11 h"),
        expect(
            record=1,
            line=2,
            field="entretien",
            excerpt="lundi 3 novembre 2026",
            fingerprint="e5b62cc760d63d09",
            says='Inès Petit (line 2) would read "lundi 3 novembre 2026", but that day is a Tuesday',
            fix="Correct the day of the week or the date, in the letter or in the cell.",
        ),
    ),
    "in the letter": case(
        letter("Répondez avant le lundi\n1er décembre 2026."),
        expect(
            letter_line=11,
            count=6,
            excerpt="lundi 1er décembre 2026",
            fingerprint="6c0f2d624b068db1",
            says='lettre.md, line 11: "lundi 1er décembre 2026" is a Tuesday (6 messages)',
            fix="Correct the day of the week or the date in the letter.",
        ),
    ),
    "made of both": case(
        invited("3 novembre 2026", "2 novembre 2026", text="\nVenez lundi {{ entretien }}.\n"),
        expect(
            record=1,
            line=2,
            excerpt="lundi 3 novembre 2026",
            fingerprint="e5b62cc760d63d09",
            says='Inès Petit (line 2) would read "lundi 3 novembre 2026", but that day is a Tuesday',
        ),
    ),
    "for many": case(
        lambda: inspection_of(
            table_of([(*row, "lundi 3 novembre 2026") for row in MANY[:6]], (*HEADERS, "Entretien")), LETTER + COME
        ),
        expect(
            record=1,
            line=2,
            field="entretien",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="lundi 3 novembre 2026",
            fingerprint="e9f4b67c4c2b1d4d",
            says='6 people would read a date with the wrong day of the week, such as "lundi 3 novembre 2026", a Tuesday '
            "(lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
}
PASSES = {
    "the right day": invited("mardi 3 novembre 2026"),
    "a day of every week": letter("Nous sommes là le lundi de 9 h à 12 h, et le mardi 3 personnes vous attendent."),
    "a range": letter("Du lundi au vendredi 10 décembre 2026; Monday to Friday, 3 November to 7 December 2026."),
    "half a day": letter("Le lundi 1/2 journée, le jeudi 3/4 de la journée."),
}

test_what_it_finds, test_what_it_leaves_alone = cases_of("MSG310", FAILS, PASSES)

TODAY = datetime.date(2026, 11, 27)
RIGHT = [
    "Tuesday, November 3, 2026", "Tuesday the 3rd of November 2026", "Dienstag, den 3. November 2026", "Dienstag, 3.11.2026",
    "martes, 3 de noviembre de 2026", "terça-feira, 3 de novembro de 2026", "martedì 3 novembre 2026", "wtorek, 3 listopada 2026",
    "dinsdag 3 november 2026", "Tuesday 11/03/2026", "Tuesday 03/11/2026", "mardi 03-11-2026", "mardi 1er décembre",
    "vendredi 13 novembre 2015", "jeudi 29 février 2024",
]  # fmt: skip
WRONG = {
    "Monday, November 3, 2026": "Tuesday", "Montag, den 3. November 2026": "Tuesday", "Montag, 03.11.2026": "Tuesday",
    "lunes, 3 de noviembre de 2026": "Tuesday", "segunda-feira, 3 de novembro de 2026": "Tuesday", "lunedì 3 novembre 2026": "Tuesday",
    "poniedziałek, 3 listopada 2026": "Tuesday", "maandag 3 november 2026": "Tuesday", "LUNDI 3 NOVEMBRE 2026": "Tuesday",
    "mercredi 1er décembre": "Tuesday", "dimanche 4 janvier": "Monday",
}  # fmt: skip


@each_row("text", RIGHT)
def test_the_right_day_is_left_alone_in_every_language(text: str) -> None:
    assert names_weekday(fold(text))
    assert list(misdated_in(f"Venez {text} à 10 h.", TODAY)) == []


@each_row("text", WRONG)
def test_a_wrong_day_is_found_in_every_language(text: str) -> None:
    assert names_weekday(fold(text))
    found = [(each.text, each.right.text) for each in misdated_in(f"Venez {text} à 10 h.", TODAY)]
    assert found == [(text, WRONG[text])]


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 12, 31)), st.integers(0, 6))
def test_exactly_the_day_of_the_calendar_passes(day: datetime.date, named: int) -> None:
    text = f"{NAMES[named]} {day.day} {MONTHS[day.month - 1]} {day.year}"
    assert bool(list(misdated_in(text, TODAY))) == (named != day.weekday())


@given(st.dates(TODAY - datetime.timedelta(180), TODAY + datetime.timedelta(180)), st.integers(0, 6))
def test_without_a_year_the_nearest_one_is_meant(day: datetime.date, named: int) -> None:
    text = f"{NAMES[named]} {day.day} {MONTHS[day.month - 1]}"
    assert bool(list(misdated_in(text, TODAY))) == (named != day.weekday())
