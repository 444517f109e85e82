"""A number in a cell is read as the table shows it, and never as another one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter_cases import body_letter, composed

from mailmerge.errors import RenderFailed
from mailmerge.letter.reasons import Impossible
from mailmerge.letter.values.numbers import read_number

SPACES = (" ", "\u00a0", "\u202f", "\u2009")
FORMS = [(",", "."), (".", ","), ("'", "."), ("\u2019", ","), *((space, mark) for space in SPACES for mark in ",.")]
"""What parts thousands, and the decimal mark, in the countries of Europe and beyond."""
MONEY = [("", ""), ("€", ""), ("£", ""), ("", " €"), ("", "\u00a0€"), ("CHF ", ""), ("", " EUR")]

amounts = st.decimals(min_value=0, max_value=99_999_999, places=2, allow_nan=False)


def written(amount: Decimal, group: str, mark: str, places: int) -> str:
    text = f"{amount:,.{places}f}"
    return "".join({",": group, ".": mark}.get(character, character) for character in text)


@given(amounts, st.sampled_from(FORMS), st.sampled_from(["", "-", "+", "\u2212"]), st.sampled_from(MONEY))
def test_an_amount_is_the_same_number_in_the_form_of_every_country(
    amount: Decimal, form: tuple[str, str], sign: str, money: tuple[str, str]
) -> None:
    text = f"{money[0]}{sign}{written(amount, *form, 2)}{money[1]}"
    expected = -amount if sign in ("-", "\u2212") else amount
    assert read_number(text) == read_number(text, form[1]) == float(expected)


@given(st.integers(0, 999_999_999), st.sampled_from(FORMS))
def test_a_whole_number_is_read_in_full_or_it_is_asked_which_one_it_is(number: int, form: tuple[str, str]) -> None:
    group, mark = form
    text = written(Decimal(number), group, mark, 0)
    assert read_number(text, mark) == number
    if 1000 <= number < 1_000_000 and group in ",.":
        with pytest.raises(Impossible) as refused:
            read_number(text)
        assert refused.value.reason.kind == "two-numbers"
        assert {refused.value.reason.values["whole"], refused.value.reason.values["part"]} == {
            str(number), text.replace(",", "."),
        }  # fmt: skip
    else:
        assert read_number(text) == number


@given(st.integers(0, 999), st.integers(0, 999), st.sampled_from(",."))
def test_three_decimals_are_read_where_no_thousands_can_be_meant(whole: int, thousandths: int, mark: str) -> None:
    text = f"{whole}{mark}{thousandths:03}"
    if whole == 0:
        assert read_number(text) == thousandths / 1000
    assert read_number(text, mark) == pytest.approx(whole + thousandths / 1000)
    assert read_number(text, "," if mark == "." else ".") == whole * 1000 + thousandths if whole else True


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("15,5", 15.5), ("15.5", 15.5), ("1 200,50", 1200.5), ("1,234,567", 1234567), ("1.234.567", 1234567),
        ("12,34,567.5", 1234567.5), ("1200,500", 1200.5), (".5", 0.5), (",5", 0.5), ("1.5E+3", 1500),
        ("1,5e3", 1500), (" 7 ", 7), ("0,125", 0.125), ("007", 7), ("1 200 €", 1200), ("$1,200.00", 1200),
    ],
)  # fmt: skip
def test_what_a_person_reads_at_once_is_read(text: str, number: float) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "", "Durand", "12 34", "1,2,3", "1.2.3", "1,23.456,7", "12-13", "12/20", "1_000", "nan", "inf", "Infinity",
        "45 %", "1,5 k€", "--5", "1 2345", "1,234 567", "06 12 34 56 78", "1..5", ".", ",", "€", "12:30", "1.5.",
        "9" * 200, "1" + " 000" * 50,
    ],
)  # fmt: skip
def test_what_is_no_number_is_not_made_one(text: str) -> None:
    with pytest.raises(Impossible) as refused:
        read_number(text)
    assert refused.value.reason.kind == "not-a-number"


@pytest.mark.parametrize(("text", "decimal"), [("1,5", "."), ("1.5", ","), ("1,200.50", ","), ("1.200,50", ".")])
def test_a_number_in_another_form_than_the_author_said_is_refused(text: str, decimal: str) -> None:
    with pytest.raises(Impossible):
        read_number(text, decimal)


@pytest.mark.parametrize("name", ["float", "int"])
@pytest.mark.parametrize("cell", ["1,200", "1.200", "12,345 €", "-1,200"])
def test_a_letter_does_not_print_one_of_two_numbers(tmp_path: Path, name: str, cell: str) -> None:
    source = f"{{{{ prime|{name} }}}} {{{{ 'yes' if prime|{name}(0) > 100 else 'no' }}}}"
    letter = body_letter(tmp_path, source, "l.txt")
    with pytest.raises(RenderFailed, match="can be read as") as refused:
        composed(letter, prime=cell)
    assert refused.value.line == 3


@pytest.mark.parametrize(
    ("expression", "cell", "text"),
    [
        ("prime|float", "1 200,50", "1200.5"), ("prime|int", "1\u202f200,50", "1200"),
        ("prime|float(decimal='.')", "1,200", "1200.0"), ("prime|float(decimal=',')", "1,200", "1.2"),
        ("prime|int(decimal='.')", "1,200.50", "1200"), ("prime|int(0, ',')", "1.200,50", "1200"),
        ("prime|float(7)", "n.c.", "7"), ("prime|int(7)", "", "7"),
    ],
)  # fmt: skip
def test_a_letter_says_which_mark_is_the_decimal_one(tmp_path: Path, expression: str, cell: str, text: str) -> None:
    assert composed(body_letter(tmp_path, f"{{{{ {expression} }}}}", "l.txt"), prime=cell).text == f"{text}\n"


@pytest.mark.parametrize("mark", [";", "", " ", "comma"])
def test_a_decimal_mark_that_is_none_is_refused(tmp_path: Path, mark: str) -> None:
    letter = body_letter(tmp_path, f"{{{{ prime|float(decimal='{mark}') }}}}", "l.txt")
    if not mark:
        assert composed(letter, prime="1,5").text == "1.5\n"
        return
    with pytest.raises(RenderFailed, match="is not a decimal mark"):
        composed(letter, prime="1,5")
