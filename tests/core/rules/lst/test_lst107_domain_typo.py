"""LST107: No slip of the pen in a domain."""

from __future__ import annotations

from lint_cases import PEOPLE, inspection_of
from rule_cases import case, cases_of, cell, expect

FAILS = {
    "name and ending": case(
        cell(adresse_e_mail="jean.dupont@gmaill.con"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="gmaill.con",
            fingerprint="110fbdfd559cc05c",
            says="Jean Dupont (line 3): jean.dupont@gmaill.con: did they mean gmail.com?",
        ),
    ),
    "an ending cut off": case(
        cell(adresse_e_mail="jean.dupont@gmail.c"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="gmail.c",
            fingerprint="e663ba4288f661f7",
            says="Jean Dupont (line 3): jean.dupont@gmail.c: did they mean gmail.com?",
        ),
    ),
    "an ending that IANA does not know": case(
        cell(adresse_e_mail="jean.dupont@societe.zzz"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="societe.zzz",
            fingerprint="8fcfa84666012518",
            says='Jean Dupont (line 3): jean.dupont@societe.zzz: no domain ends in ".zzz"',
        ),
    ),
    "an ending in A-labels that IANA does not know": case(
        cell(adresse_e_mail="jean.dupont@societe.xn--zzzz"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="societe.xn--zzzz",
            fingerprint="ad01894a2b3df15b",
            says='Jean Dupont (line 3): jean.dupont@societe.xn--zzzz: no domain ends in ".xn--zzzz"',
        ),
    ),
    "gmial": case(
        cell(adresse_e_mail="jean.dupont@gmial.com"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="gmial.com",
            fingerprint="589eaad8a70e325c",
            says="Jean Dupont (line 3): jean.dupont@gmial.com: did they mean gmail.com?",
        ),
    ),
    "hotmial": case(
        cell(adresse_e_mail="jean.dupont@hotmial.fr"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="hotmial.fr",
            fingerprint="d7a24d5d78a28028",
            says="Jean Dupont (line 3): jean.dupont@hotmial.fr: did they mean hotmail.fr?",
        ),
    ),
    "a country that is none": case(
        cell(adresse_e_mail="jean.dupont@societe.ft"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="societe.ft",
            fingerprint="0fd98962380f51e6",
            says='Jean Dupont (line 3): jean.dupont@societe.ft: no domain ends in ".ft"',
        ),
    ),
    "con": case(
        cell(adresse_e_mail="jean.dupont@societe.con"),
        expect(
            record=2,
            line=3,
            field="adresse_e_mail",
            excerpt="societe.con",
            fingerprint="287233b1471a9ac1",
            says='Jean Dupont (line 3): jean.dupont@societe.con: no domain ends in ".con"',
        ),
    ),
}
PASSES = {
    "a vet": cell(adresse_e_mail="jean.dupont@clinique.vet"),
    "a bet": cell(adresse_e_mail="jean.dupont@maison.bet"),
    "an ending of another alphabet": cell(adresse_e_mail="jean.dupont@пример.рф"),
    "another country of a provider": cell(adresse_e_mail="jean.dupont@outlook.ie"),
    "ymail": cell(adresse_e_mail="jean.dupont@ymail.com"),
    "gmx.fr": cell(adresse_e_mail="jean.dupont@gmx.fr"),
    "a company near a provider": lambda: inspection_of(
        [(*row[:3], row[3].replace("mail.example", "gmai.com"), *row[4:]) for row in PEOPLE]
    ),
    "Brittany": cell(adresse_e_mail="jean.dupont@kerlann.bzh"),
}

test_fails, test_passes = cases_of("LST107", FAILS, PASSES)
