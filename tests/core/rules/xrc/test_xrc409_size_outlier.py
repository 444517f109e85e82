"""XRC409: No message is far longer than similar ones."""

from __future__ import annotations

from collections.abc import Sequence

from lint_cases import changed, inspection_of
from rule_cases import MANY, Case, case, cases_of, expect


def sizes(*extra: int, rows: Sequence[Sequence[str]] = MANY) -> Case:
    """Letters of one size, and the first of them longer by so many characters."""
    jobs = [10 + more for more in extra] + [10] * (len(rows) - len(extra))
    table = [("M.", *row[1:4], "x" * size, *row[5:]) for row, size in zip(rows, jobs, strict=True)]
    return lambda: inspection_of(table)


def spread(extra: int) -> Case:
    """Letters that differ by 40 characters from their middle, and the first of them longer than that by so many."""
    return sizes(40 + extra, *[(0, 80)[n % 2] for n in range(59)])


FAILS = {
    "one far too long": case(
        lambda: inspection_of(changed(7, MANY, poste="Comptable " + "et encore " * 60)),
        expect(
            record=7,
            line=8,
            fingerprint="d59a23c8b41f8112",
            says="the message to Prénomag Nomgaez (line 8) is 600 characters longer than similar messages",
        ),
    ),
    "301 characters more": case(
        sizes(301),
        expect(
            record=1,
            line=2,
            fix="Check the message: a cell may contain more than it should.",
            fingerprint="49382857449cd1ff",
            says="the message to Prénomaa Nomaaez (line 2) is 301 characters longer than similar messages",
        ),
    ),
    "twenty letters": case(
        sizes(301, rows=MANY[:20]),
        expect(
            record=1,
            line=2,
            fingerprint="49382857449cd1ff",
            says="the message to Prénomaa Nomaaez (line 2) is 301 characters longer than similar messages",
        ),
    ),
    "four of them": case(
        sizes(400, 500, 600, 700),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4),
            count=4,
            fix="Check the message: a cell may contain more than it should.",
            fingerprint="139485b268d50b53",
            says="4 messages are much longer than similar ones (lines 2, 3, 4, 5)",
        ),
    ),
    "longer than the usual differences allow": case(
        spread(360),
        expect(
            record=1,
            line=2,
            fingerprint="bc40b04d8f9961c8",
            says="the message to Prénomaa Nomaaez (line 2) is 360 characters longer than similar messages",
        ),
    ),
}
PASSES = {
    "a long job title": lambda: inspection_of(
        changed(7, MANY, poste="Responsable administratif et financier du site de Saint-Martin-de-Crau")
    ),
    "300 characters more": sizes(300),
    "nineteen letters": sizes(301, rows=MANY[:19]),
    "within the usual differences": spread(350),
    "another letter altogether": sizes(0),
}

test_fails, test_passes = cases_of("XRC409", FAILS, PASSES)
