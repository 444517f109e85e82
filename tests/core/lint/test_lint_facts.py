"""What a text says is the same fact however it is written."""

from __future__ import annotations

import datetime
from itertools import product

from each_row import each_row

from mailmerge.lint.extract.facts import facts_in, said_in_words

MONTHS = {
    language: names.split()
    for language, names in {
        "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "en": "January February March April May June July August September October November December",
        "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    }.items()
}
WRITTEN = {
    "fr": ("{day} {month}", "le {day} {month} 2026", "{day}/{number:02}/2026"),
    "en": ("{month} {day}", "{day} of {month}", "{month} {day}th", "2026-{number:02}-{day:02}"),
    "de": ("{day}. {month}", "{day}.{number}.2026", "{day:02}.{number:02}."),
}


@each_row(("language", "number"), product(MONTHS, range(1, 13)))
def test_a_day_is_one_fact_however_it_is_written(language: str, number: int) -> None:
    month = MONTHS[language][number - 1]
    for day, form in product((1, 9, 12, 28, 31), WRITTEN[language]):
        text = f"Rendez-vous {form.format(day=day, month=month, number=number)}"
        assert set(facts_in(text)) - {("number", "2026")} == {("date", f"{day}.{number}")}, text


@each_row(("hour", "minute"), product(range(24), (None, 0, 5, 59)))
def test_an_hour_is_one_fact_however_it_is_written(hour: int, minute: int | None) -> None:
    at = datetime.time(hour, minute or 0)
    half = "am" if hour < 12 else "p.m."
    twelve = f"{hour % 12 or 12}" + ("" if minute is None else f":{minute:02}")
    wanted = {("time", f"{hour}:{at.minute:02}")}
    for text in (
        f"{hour}h{'' if minute is None else f'{minute:02}'}",
        f"at {twelve} {half}",
        f"{hour} : {at.minute:02}",
    ):
        assert set(facts_in(text)) == wanted, text


NUMBERS = {
    "12": "12", "1 200": "1200", "1,200": "1200", "1.200.000": "1200000", "1'200": "1200", "1\u202f200": "1200",
    "12,5": "12.5", "12.50": "12.5", "0,75": "0.75", "1200": "1200", "12 2000": "12",
}  # fmt: skip


@each_row(("written", "number"), NUMBERS.items())
def test_a_number_is_one_fact_however_it_is_written(written: str, number: str) -> None:
    assert ("number", number) in facts_in(f"environ {written} euros")


OTHERS = {
    "le 32 mars": {("number", "32")},
    "12/13/2026 fois": {("number", "12"), ("number", "13"), ("number", "2026")},
    "voir https://www.a.example/x/.": {("link", "a.example/x")},
    "voir WWW.a.example)": {("link", "a.example")},
    "écrire à A.B@x.example": {("address", "a.b@x.example")},
    "au 06 12 34 56 78": {("phone", "612345678")},
    "au +33 6 12 34 56 78": {("phone", "612345678")},
    "au 0033-6-12-34-56-78": {("phone", "612345678")},
    "rien": set(),
}


@each_row(("text", "facts"), OTHERS.items())
def test_what_a_text_says_is_told_apart(text: str, facts: set[tuple[str, str]]) -> None:
    assert set(facts_in(text)) == facts


def test_a_fact_is_told_as_it_is_first_written() -> None:
    assert facts_in("à 9h et à 9 h 00, le 3 mai ") == {("time", "9:00"): "9h", ("date", "3.5"): "3 mai"}


def test_names_are_facts_where_they_are_asked_for() -> None:
    text = "Bonjour Madame, vous verrez Claire Martin et Bonjour Tristesse chez Durand, voir https://a.example/B"
    assert ("name", "claire martin") not in facts_in(text)
    names = {fact for fact in facts_in(text, names=True) if fact[0] == "name"}
    assert names == {("name", "claire martin"), ("name", "durand")}


def test_numbers_in_words_are_numbers() -> None:
    assert said_in_words("Deux ou trois jours, mille fois, a hundred, twelve") == {
        ("number", each) for each in ("2", "3", "1000", "100", "12")
    }
