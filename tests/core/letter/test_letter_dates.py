"""Dates in cells: what is one, in which order, and the day that it is."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_cases import body_letter, composed

from mailmerge.errors import LetterError, RenderFailed
from mailmerge.letter.reasons import Impossible
from mailmerge.letter.values.dates import DayOrder, day_order, is_date, is_iso, read_date
from mailmerge.letter.values.filters import date

DAYS = st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31))


@given(DAYS, st.sampled_from(["/", ".", "-"]), st.sampled_from(DayOrder), st.booleans())
def test_a_date_in_digits_is_its_day_in_the_order_that_is_meant(
    day: datetime.date, sign: str, order: DayOrder, padded: bool
) -> None:
    parts = (day.day, day.month) if order is DayOrder.DAY_FIRST else (day.month, day.day)
    text = sign.join(f"{part:02}" if padded else str(part) for part in parts) + f"{sign}{day.year}"
    assert read_date(text, order) == read_date(text + " 10:00", order) == day
    assert is_date(text)
    assert not is_iso(text)


@given(DAYS, DAYS)
def test_the_order_of_days_is_the_order_of_their_texts(one: datetime.date, other: datetime.date) -> None:
    assert (one.isoformat() < other.isoformat()) == (one < other)
    assert read_date(one.isoformat()) == one
    assert is_iso(one.isoformat())


@settings(deadline=None)
@given(DAYS, st.sampled_from(["fr", "en", "de", "es", "it", "pt", "pl", "nl"]), st.sampled_from(["long", "full"]))
def test_a_date_in_words_is_its_day(day: datetime.date, language: str, style: str) -> None:
    from babel.dates import format_date

    assert read_date(format_date(day, style, language)) == day


@pytest.mark.parametrize(
    "text", ["1er mars 2027", "le 1er mars 2027", "1. März 2027", "March 1st, 2027", "1 de marzo de 2027"]
)
def test_the_first_of_march(text: str) -> None:
    assert read_date(text) == datetime.date(2027, 3, 1)


@pytest.mark.parametrize(
    "text",
    ["", "2027", "13/2027", "99/99/2027", "31/02/2027", "1.2", "10 h 30", "mars 2027", "12 ans", "RC-0017", "1/2/3/4"],
)
def test_what_is_no_date(text: str) -> None:
    assert not is_date(text)
    with pytest.raises(Impossible):
        read_date(text)


TIMES = [
    " 10:00", "T08:30", " 00:00:00", " à 14h30", " 14 h", " 14h", " 9h05", " 14 h 30", " at 2:30 pm", " 2 p.m.",
    " um 14 Uhr", " om 14.30 uur", " alle 9:30", " a las 10:00", " às 10h", " o 14:30", "T08:30:00.000Z",
    " 08:30:00+01:00",
]  # fmt: skip
MORE = [
    " ou 16/03/2027", " au 18/03/2027", " 18/03/2027", " - 18/03/2027", " ou 2027-03-18", " (à confirmer)", " matin",
    " sauf le 18", " 10:00 ou 14:00", " à 14h30, salle 3", " et le 18", " 31",  " T",
]  # fmt: skip


@pytest.mark.parametrize("day", ["15/03/2027", "2027-03-15", "15.3.27"])
@pytest.mark.parametrize("time", TIMES)
def test_a_date_is_printed_without_the_time_of_day_after_it(day: str, time: str) -> None:
    assert date(day + time, "long", "fr") == "15 mars 2027"


@pytest.mark.parametrize("day", ["15/03/2027", "2027-03-15", "15.3.27"])
@pytest.mark.parametrize("more", MORE)
def test_a_cell_that_says_more_than_a_date_is_not_printed_as_one(tmp_path: Path, day: str, more: str) -> None:
    letter = body_letter(tmp_path, "Le {{ ville|date }}.", "lettre.fr.md")
    with pytest.raises(RenderFailed, match="says more than a date"):
        composed(letter, ville=day + more)
    assert is_date(day + more)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["25/12/2026", "01/02/2027"], DayOrder.DAY_FIRST),
        (["12/25/2026", "01/02/2027"], DayOrder.MONTH_FIRST),
        (["01/02/2027", "03/04/2027"], DayOrder.DAY_FIRST),
        (["25/12/2026", "12/25/2026"], None),
        (["2027-01-31", "12/25/2026", "à définir"], DayOrder.MONTH_FIRST),
        ([], DayOrder.DAY_FIRST),
    ],
)
def test_the_cells_say_which_order_a_column_has(cells: list[str], order: DayOrder | None) -> None:
    assert day_order(cells) == order


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ debut|day }}", "2027-01-06"),
        ("{{ debut|day('month first') }}", "2027-06-01"),
        ("{{ 'A' if debut|day >= '2027-01-06' else 'B' }}", "A"),
        ("{{ 'A' if debut|day < fin|day else 'B' }}", "A"),
        ("{{ 'A' if debut and debut|day < '2027-01-06' else 'B' }}", "B"),
    ],
)
def test_a_letter_can_compare_days(tmp_path: Path, source: str, said: str) -> None:
    values = {"debut": "06/01/2027", "fin": "1er mars 2027"}
    assert composed(body_letter(tmp_path, source, "l.txt"), **values).text == said + "\n"


@pytest.mark.parametrize("cell", ["", " ", "31/02/2027", "bientôt"])
def test_a_cell_that_is_no_date_is_never_compared(tmp_path: Path, cell: str) -> None:
    with pytest.raises(RenderFailed, match="not a date"):
        composed(body_letter(tmp_path, "{{ 'A' if debut|day < '2027-01-06' else 'B' }}", "l.txt"), debut=cell)


@pytest.mark.parametrize(
    ("condition", "write"),
    [
        ("debut|day >= '06/01/2027'", "debut|day >= '2027-01-06'"),
        ("debut|day('month first') >= '06/01/2027'", "debut|day('month first') >= '2027-06-01'"),
        ("debut|day < '2027'", "debut|day < '2027-01-01'"),
        ("debut|day < 2027", "debut|day < '2027-01-01'"),
        ("debut|day < fin", "debut|day < fin|day"),
        ("debut|day == '6 janvier 2027'", "debut|day == '2027-01-06'"),
    ],
)
def test_a_day_is_compared_with_a_day_only(tmp_path: Path, condition: str, write: str) -> None:
    with pytest.raises(LetterError) as caught:
        body_letter(tmp_path, f"{{% if {condition} %}}x{{% endif %}}", "l.txt")
    assert str(caught.value).endswith(f"; write {write}")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("12/14/2026", "month-first"),
        ("1/31/27 10:00", "month-first"),
        ("31/31/2026", "not-a-date"),
        ("2026-14-12", "not-a-date"),
        ("12/14", "not-a-date"),
    ],
)
def test_a_date_with_the_month_first_is_told_with_what_to_write(text: str, why: str) -> None:
    with pytest.raises(Impossible) as refused:
        date(text, "long", "en-US")
    assert refused.value.reason.kind == why
    if why == "month-first":
        assert date(text, "long", "en-US", "month first")
