"""TPL221: no date is read with day and month exchanged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lint_cases import HEADERS, PEOPLE, inspection_of, table_of
from msgspec.structs import replace
from rule_cases import Case, case, cases_of, expect

from mailmerge.model import Severity

READ = "{{ debut|date }}"
AMBIGUOUS = ("03/04/2026", "05/06/2026", "07/08/2026", "07/08/2026", "01/01/2026", "")
BIRTHS = ("01/02/1990",) * 5


def starting(
    *starts: str,
    read: str = READ,
    births: Sequence[str] = ("", *BIRTHS),
    orders: Mapping[str, str] | None = None,
    delimiter: str = ",",
) -> Case:
    """A column of dates that the letter reads, another one, and what the number formats of a workbook say."""
    rows = [(*row, *dates) for row, *dates in zip(PEOPLE, starts, births, strict=True)]
    table = table_of(rows, (*HEADERS, "Début", "Naissance"))
    table = replace(table, date_orders=orders or {}, dialect=replace(table.dialect, delimiter=delimiter))
    return lambda: inspection_of(table, f"Subject: x\nContent-Language: fr\n\nBonjour {{{{ nom }}}},\n\nVoir {read}.\n")


FAILS = {
    "both orders fit": case(
        starting(*AMBIGUOUS),
        expect(
            record=1,
            line=2,
            field="debut",
            letter_line=6,
            severity=Severity.WARN,
            affected=(1, 2, 3, 4),
            excerpt="debut|date",
            fingerprint="4b0195860a2cebbc",
            says='lettre.md, line 6: the dates in "Début" can be read in both orders of day and month: 07/08/2026 would be read as 2026-08-07, not as 2026-07-08; this concerns Inès Petit (line 2), Jean Dupont (line 3) and 2 more',
            fix="Write debut|date('long', 'day first') if the day comes first, debut|date('long', 'month first') if the month does; or write the dates as 2026-01-31.",
        ),
    ),
    "compared": case(
        starting(*AMBIGUOUS, read="{% if debut and debut|day > '2026-05-01' %}a{% else %}b{% endif %}"),
        expect(
            record=1,
            line=2,
            field="debut",
            letter_line=6,
            severity=Severity.WARN,
            affected=(1, 2, 3, 4),
            excerpt="debut|day",
            fingerprint="4b0195860a2cebbc",
            says='lettre.md, line 6: the dates in "Début" can be read in both orders of day and month: 07/08/2026 would be read as 2026-08-07, not as 2026-07-08; this concerns Inès Petit (line 2), Jean Dupont (line 3) and 2 more',
            fix="Write debut|day('day first') if the day comes first, debut|day('month first') if the month does; or write the dates as 2026-01-31.",
        ),
    ),
    "the month first": case(
        starting("03/04/2026", "03/25/2026", *AMBIGUOUS[2:], read="{{ debut|date('d MMMM') }}"),
        expect(
            record=1,
            line=2,
            field="debut",
            letter_line=6,
            affected=(1, 3, 4),
            excerpt="debut|date('d MMMM')",
            fingerprint="f80e2c12886341bc",
            says='lettre.md, line 6: the dates in "Début" have the month first, but would be read with the day first: 07/08/2026 as 2026-08-07, not as 2026-07-08; this concerns Inès Petit (line 2), Zoé Lefèvre (line 4) and 1 more',
            fix="Write debut|date('d MMMM', 'day first') if the day comes first, debut|date('d MMMM', 'month first') if the month does; or write the dates as 2026-01-31.",
        ),
    ),
    "the month first in another column": case(
        starting(*AMBIGUOUS, births=("12/25/1990", *BIRTHS)),
        expect(
            record=1,
            line=2,
            field="debut",
            letter_line=6,
            affected=(1, 2, 3, 4),
            excerpt="debut|date",
            fingerprint="f80e2c12886341bc",
            says='lettre.md, line 6: the dates in "Début" have the month first, but would be read with the day first: 07/08/2026 as 2026-08-07, not as 2026-07-08; this concerns Inès Petit (line 2), Jean Dupont (line 3) and 2 more',
        ),
    ),
    "the month first by the number format": case(
        starting(*AMBIGUOUS, births=("25/12/1990", *BIRTHS), orders={"debut": "month first"}),
        expect(
            record=1,
            line=2,
            field="debut",
            letter_line=6,
            affected=(1, 2, 3, 4),
            excerpt="debut|date",
            fingerprint="f80e2c12886341bc",
            says='lettre.md, line 6: the dates in "Début" have the month first, but would be read with the day first: 07/08/2026 as 2026-08-07, not as 2026-07-08; this concerns Inès Petit (line 2), Jean Dupont (line 3) and 2 more',
        ),
    ),
    "the month first in another column, semicolons all the same": case(
        starting(*AMBIGUOUS, births=("12/25/1990", *BIRTHS), delimiter=";"),
        expect(
            record=1,
            line=2,
            field="debut",
            letter_line=6,
            affected=(1, 2, 3, 4),
            excerpt="debut|date",
            fingerprint="f80e2c12886341bc",
            says='lettre.md, line 6: the dates in "Début" have the month first, but would be read with the day first: 07/08/2026 as 2026-08-07, not as 2026-07-08; this concerns Inès Petit (line 2), Jean Dupont (line 3) and 2 more',
        ),
    ),
    "both orders in another column": case(
        starting(*AMBIGUOUS, births=("12/25/1990", "25/12/1990", *BIRTHS[1:])),
        expect(
            record=1,
            line=2,
            field="debut",
            letter_line=6,
            severity=Severity.WARN,
            affected=(1, 2, 3, 4),
            excerpt="debut|date",
            fingerprint="4b0195860a2cebbc",
            says='lettre.md, line 6: the dates in "Début" can be read in both orders of day and month: 07/08/2026 would be read as 2026-08-07, not as 2026-07-08; this concerns Inès Petit (line 2), Jean Dupont (line 3) and 2 more',
        ),
    ),
    "both orders in one column": case(
        starting("03/04/2026", "03/25/2026", "25/03/2026", "", "", "", orders={"debut": "day first"}),
        expect(
            record=1,
            line=2,
            field="debut",
            letter_line=6,
            excerpt="debut|date",
            fingerprint="ea160f97c764a665",
            says='lettre.md, line 6: some dates in "Début" have the day first, others the month, so that 03/04/2026 may be 2026-04-03 or 2026-03-04; this concerns Inès Petit (line 2)',
            fix="Write all dates of the column in one order, best as 2026-01-31.",
        ),
    ),
}
PASSES = {
    "a date that only the day can begin": starting("25/04/2026", *AMBIGUOUS[1:]),
    "the day first in another column": starting(*AMBIGUOUS, births=("25/12/1990", *BIRTHS)),
    "the day first by the number format": starting(*AMBIGUOUS, orders={"debut": "day first"}),
    "the order in the letter": starting(*AMBIGUOUS, read="{{ debut|date('long', 'month first') }}"),
    "the order by its name": starting(*AMBIGUOUS, read="{{ debut|date(order='day first') }}"),
    "the order of a day": starting(
        *AMBIGUOUS, read="{% if debut and debut|day('day first') > '2026-05-01' %}a{% endif %}"
    ),
    "semicolons between the cells": starting(*AMBIGUOUS, delimiter=";"),
    "full stops": starting(*(each.replace("/", ".") for each in AMBIGUOUS)),
    "the year first": starting("2026-04-03", "2026/04/03", "2026-01-02", "", "", ""),
    "the same day in both": starting("04/04/2026", "05/05/26", "06-06-2026", "", "", ""),
    "months in words": starting("3 avril 2026", "4 mai 2026", "", "", "", ""),
    "a date that is printed as it is": starting(*AMBIGUOUS, read="{{ debut|default('-') }}"),
}

test_fails, test_passes = cases_of("TPL221", FAILS, PASSES)
