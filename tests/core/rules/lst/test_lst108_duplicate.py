"""LST108: Each mailbox once."""

from __future__ import annotations

from lint_cases import PEOPLE, changed, inspection_of, table_of
from rule_cases import case, cases_of, cell, cells, expect, without

from mailmerge.model import Severity

FAILS = {
    "two people": case(
        cell(adresse_e_mail="Ines.Petit@MAIL.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            affected=(1, 2),
            excerpt="Ines.Petit@MAIL.example",
            fingerprint="c04216997caaaa3f",
            says="Inès Petit (line 2) and Jean Dupont (line 3) have the same mailbox Ines.Petit@MAIL.example: each would read the other's letter",
        ),
    ),
    "by a tag": case(
        cell(adresse_e_mail="ines.petit+2@mail.example"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            affected=(1, 2),
            excerpt="ines.petit+2@mail.example",
            fingerprint="c04216997caaaa3f",
            says="Inès Petit (line 2) and Jean Dupont (line 3) have the same mailbox ines.petit+2@mail.example: each would read the other's letter",
        ),
    ),
    "by dots": case(
        cells(adresse_e_mail=(1, "ines.petit@gmail.com"), adresse_e_mail_=(2, "inespetit@googlemail.com")),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            affected=(1, 2),
            excerpt="inespetit@googlemail.com",
            fingerprint="78b7a24c668af836",
            says="Inès Petit (line 2) and Jean Dupont (line 3) have the same mailbox inespetit@googlemail.com: each would read the other's letter",
        ),
    ),
    "one person twice": case(
        lambda: inspection_of([*PEOPLE, PEOPLE[0]]),
        expect(
            record=7,
            line=8,
            field="adresse_e_mail",
            severity=Severity.WARN,
            affected=(1, 7),
            excerpt="ines.petit@mail.example",
            fingerprint="c16dfb935d2a1993",
            says="Inès Petit (line 2) and Inès Petit (line 8) are the same person with the same address ines.petit@mail.example: they would get 2 messages",
        ),
    ),
}
PASSES = {
    "everybody their own": inspection_of,
    "one excluded": lambda: without(table_of(changed(2, adresse_e_mail=PEOPLE[0][3])), 2)(),
}

test_fails, test_passes = cases_of("LST108", FAILS, PASSES)
