"""TPL218: dates and numbers are compared as such, not letter by letter."""

from __future__ import annotations

from collections.abc import Sequence

from rule_cases import Case, case, cases_of, column, expect

STARTS = ("06/01/2027", "25/12/2026", "01/02/2027", "13/03/2027", "04/04/2027", "05/05/2027")


def starting(condition: str, values: Sequence[str] = STARTS) -> Case:
    return column("Début", values, f"\n{{% if {condition} %}}x{{% endif %}}\n")


FAILS = {
    "a date": case(
        starting("debut >= '06/01/2027'"),
        expect(
            field="debut",
            letter_line=11,
            excerpt="debut",
            fingerprint="cc963c463c16613c",
            says='lettre.md, line 11: the dates in "Début" would be compared as text, letter by letter: "06/01/2027", "25/12/2026", "01/02/2027", "13/03/2027", "04/04/2027", "05/05/2027"',
            fix="Write debut|day >= '2027-01-06'; |day gives a date as year-month-day, so that earlier dates come first.",
        ),
    ),
    "a year": case(
        starting("debut < '2027'"),
        expect(
            field="debut",
            letter_line=11,
            excerpt="debut",
            fingerprint="d13b0b26fe1a09ae",
            says='lettre.md, line 11: the dates in "Début" would be compared as text, letter by letter: "06/01/2027", "25/12/2026", "01/02/2027", "13/03/2027", "04/04/2027", "05/05/2027"',
            fix="Write debut|day < '2027-01-01'; |day gives a date as year-month-day, so that earlier dates come first.",
        ),
    ),
    "a year beside numbers": case(
        starting("debut < '2027'", ["12", "9", "100", "7", "1", "2"]),
        expect(
            field="debut",
            letter_line=11,
            excerpt="debut",
            fingerprint="d13b0b26fe1a09ae",
            says='lettre.md, line 11: the numbers in "Début" would be compared as text, letter by letter, where 9 comes after 10',
            fix="Write debut|float < 2027.",
        ),
    ),
    "dates in two orders": case(
        starting("debut < '06/01/2027'", ["13/01/2027", "01/13/2027"]),
        expect(
            field="debut",
            letter_line=11,
            excerpt="debut",
            fingerprint="2311355230c8b1eb",
            says='lettre.md, line 11: the dates in "Début" would be compared as text, and some have the day first, others the month: "13/01/2027", "01/13/2027"',
            fix="Write all dates of the column in one order, then compare them with |day.",
        ),
    ),
    "times of one and of two digits": case(
        starting("debut < '12:00'", ["9:30", "10:00"]),
        expect(
            field="debut",
            letter_line=11,
            excerpt="debut",
            fingerprint="9578bcd177a26057",
            says='lettre.md, line 11: the texts in "Début" would be compared letter by letter, where 9 comes after 10: "9:30", "10:00"',
            fix="Write all of them with as many digits (09:30, not 9:30), or name the texts that are meant: field in [...].",
        ),
    ),
}
PASSES = {
    "dates with the year first": starting("debut >= '2027-01-06'", ["2027-01-06", "2026-12-25", "2027-03-01"]),
    "the filter for it": starting("debut|day >= '2027-01-06'"),
    "levels": starting("debut >= 'B1'", ["A1", "B2", "C1"]),
    "letters of the alphabet": starting("nom < 'M'"),
    "times of two digits": starting("debut < '12:00'", ["09:30", "10:00"]),
    "a number": starting("debut|float >= 10", ["9", "10", "11", "1", "2", "3"]),
}

test_fails, test_passes = cases_of("TPL218", FAILS, PASSES)
