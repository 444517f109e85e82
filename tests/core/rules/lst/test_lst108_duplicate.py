"""LST108: Each mailbox appears only once."""

from __future__ import annotations

from lint_cases import PEOPLE, changed, inspection_of, table_of
from rule_cases import case, cases_of, cell, cells, expect, without

from mailmerge.lint import Inspection
from mailmerge.model import Severity

MEANT = "If each of these messages is meant, no action is needed; otherwise delete the row that should not be there."
CORRECT = "Correct the address that is not theirs, exclude one of them, or waive this if they really share one mailbox."
NAMELESS = ("", "", "", "x@mail.example", "Juriste", "RC-0030", "")
LONG = ("M.", "{x}", "Roy", f"{'a' * 62}@mail.example", "Juriste", "RC-0030", "")


def dotted_twice() -> Inspection:
    """One person twice, whose address is written in two ways."""
    rows = [(*row[:3], f"{row[2].lower()}@gmail.com", *row[4:]) for row in PEOPLE]
    rows[1] = (*rows[0][:3], "pe.tit@gmail.com", *rows[0][4:])
    return inspection_of(rows)


FAILS = {
    "two people behind one without an address": case(
        lambda: inspection_of(changed(4, changed(1, adresse_e_mail="info"), adresse_e_mail="jean.dupont@mail.example")),
        expect(
            record=4,
            line=5,
            field="adresse_e_mail",
            affected=(2, 4),
            others=(2,),
            excerpt="jean.dupont@mail.example",
            fingerprint="2eadc7644b2538c8",
            says="Jean Dupont (line 3) and Paul Nguyen (line 5) have the same mailbox jean.dupont@mail.example: each would read the other's letter",
            fix="Correct the address that is not theirs, exclude one of them, or waive this if they really share one mailbox.",
        ),
    ),
    "one person twice, with a point in the address": case(
        dotted_twice,
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            affected=(1, 2),
            excerpt="pe.tit@gmail.com",
            fingerprint="0eb407c844d0e50b",
            says="Inès Petit (line 2) and Inès Petit (line 3) are the same person with the same address pe.tit@gmail.com: they would get the same message 2 times",
        ),
    ),
    "three people, each of whom writes the address another way": case(
        lambda: inspection_of(
            changed(5, changed(3, adresse_e_mail="Ines.Petit@mail.example"), adresse_e_mail="INES.PETIT@mail.example")
        ),
        expect(
            record=5,
            line=6,
            field="adresse_e_mail",
            affected=(1, 3, 5),
            others=(1, 3),
            excerpt="INES.PETIT@mail.example",
            fingerprint="73e7e085392bdb9c",
            says="Inès Petit (line 2), Zoé Lefèvre (line 4) and 1 more have the same mailbox INES.PETIT@mail.example: each would read the other's letter",
            fix=CORRECT,
        ),
    ),
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
            affected=(1, 7),
            excerpt="ines.petit@mail.example",
            fingerprint="c16dfb935d2a1993",
            says="Inès Petit (line 2) and Inès Petit (line 8) are the same person with the same address ines.petit@mail.example: they would get the same message 2 times",
        ),
    ),
    "three people": case(
        cells(adresse_e_mail=(4, "ines.petit@mail.example"), adresse_e_mail_=(6, "ines.petit@mail.example")),
        expect(
            record=6,
            line=7,
            field="adresse_e_mail",
            affected=(1, 4, 6),
            others=(1, 4),
            excerpt="ines.petit@mail.example",
            fingerprint="0efd4e97f1dd82c6",
            says="Inès Petit (line 2), Paul Nguyen (line 5) and 1 more have the same mailbox ines.petit@mail.example: "
            "each would read the other's letter",
            fix=CORRECT,
        ),
    ),
    "one person three times": case(
        lambda: inspection_of([*PEOPLE, PEOPLE[0], PEOPLE[0]]),
        expect(
            record=8,
            line=9,
            field="adresse_e_mail",
            affected=(1, 7, 8),
            others=(1, 7),
            excerpt="ines.petit@mail.example",
            fingerprint="c16dfb935d2a1993",
            says="Inès Petit (line 2), Inès Petit (line 8) and 1 more are the same person with the same address "
            "ines.petit@mail.example: they would get the same message 3 times",
            fix="Delete the duplicate row.",
        ),
    ),
    "two rows without a name, and different": case(
        lambda: inspection_of([*PEOPLE, NAMELESS, (*NAMELESS[:4], "Acheteur", *NAMELESS[5:])]),
        expect(
            record=8,
            line=9,
            field="adresse_e_mail",
            affected=(7, 8),
            others=(7,),
            excerpt="x@mail.example",
            fingerprint="09b45aa7c0dfe12b",
            says="line 8 and line 9 have the same mailbox x@mail.example: each would read the other's letter",
            fix=CORRECT,
        ),
    ),
    "two rows without a name, and alike": case(
        lambda: inspection_of([*PEOPLE, NAMELESS, NAMELESS]),
        expect(
            record=8,
            line=9,
            field="adresse_e_mail",
            affected=(7, 8),
            others=(7,),
            excerpt="x@mail.example",
            fingerprint="09b45aa7c0dfe12b",
            says="line 8 and line 9 are the same person with the same address x@mail.example: they would get the same message 2 times",
            fix="Delete the duplicate row.",
        ),
    ),
    "one person with two jobs, and a long address": case(
        lambda: inspection_of([*PEOPLE, LONG, (*LONG[:4], "Acheteur", *LONG[5:])]),
        expect(
            record=8,
            line=9,
            field="adresse_e_mail",
            severity=Severity.WARN,
            affected=(7, 8),
            others=(7,),
            excerpt=LONG[3],
            fingerprint="811bb554e5b16312",
            says=f"{{x}} Roy (line 8) and {{x}} Roy (line 9) are the same person with the same address {'a' * 59}…: they "
            "would get 2 messages",
            fix=MEANT,
        ),
    ),
}
PASSES = {
    "two without an address": cells(adresse_e_mail=(1, "Petit"), adresse_e_mail_=(2, "Petit")),
    "everybody their own": inspection_of,
    "one excluded": lambda: without(table_of(changed(2, adresse_e_mail=PEOPLE[0][3])), 2)(),
}

test_fails, test_passes = cases_of("LST108", FAILS, PASSES)
