"""MSG309: The message does not report to anybody."""

from __future__ import annotations

from dataclasses import replace

from lint_cases import HEADERS, LETTER, PEOPLE, inspection_of, table_of
from lint_files import PNG
from rule_cases import attached, case, cases_of, expect, html

from mailmerge.lint import LintSettings

FAILS = {
    "a picture from a server": case(
        html('<img src="https://pixel.example/1.gif">'),
        expect(
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="https://pixel.example/1.gif",
            fingerprint="d6e3b07f9ac9cfa0",
            says="lettre.md loads an image from pixel.example, which can see who opens the message (people affected: 6; lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "each person's own host": case(
        lambda: inspection_of(
            table_of([(*row, f"https://u{n}.rdv.example/") for n, row in enumerate(PEOPLE)], (*HEADERS, "Lien")),
            LETTER + "\n[ici]({{ lien }})\n",
        ),
        expect(
            excerpt="…",
            fingerprint="55d23bea97f8ea5d",
            says="the link … points to a different site for almost every person, such as u0.rdv.example and u1.rdv.example",
        ),
    ),
}
PASSES = {
    "a picture that travels": attached("logo.png", PNG),
    "an allowed host": lambda: replace(
        html('<img src="https://www.exemple.test/1.gif">')(),
        settings=LintSettings(allow_addresses=("www.exemple.test",)),
    ),
    "one host for all": lambda: inspection_of(
        table_of([(*row, f"https://rdv.example/{n}") for n, row in enumerate(PEOPLE)], (*HEADERS, "Lien")),
        LETTER + "\n[ici]({{ lien }})\n",
    ),
}

test_fails, test_passes = cases_of("MSG309", FAILS, PASSES)
