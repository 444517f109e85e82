"""XRC403: Surnames of others, with an initial or a title."""

from __future__ import annotations

from lint_cases import PEOPLE, changed, inspection_of
from rule_cases import MANY, case, cases_of, cell, expect, letter

HEAD = "Subject: x\n\nBonjour,\n\n{{ poste }}\n"
FAMILY = [(*row[:2], "Petit", *row[3:]) for row in MANY[:6]]

FAILS = {
    "a title and a surname": case(
        cell(poste="vu avec Mme Petit"),
        expect(
            others=(1,),
            affected=(2,),
            count=2,
            excerpt="Mme Petit",
            fingerprint="cfca08e754f5636f",
            says='messages mention surnames that others in the table share, such as "Mme Petit" (mentions: 1; line 3)',
        ),
    ),
    "an initial and a surname": case(
        cell(poste="vu avec I. Petit"),
        expect(
            others=(1,),
            affected=(2,),
            count=2,
            excerpt="I. Petit",
            fingerprint="cfca08e754f5636f",
            says='messages mention surnames that others in the table share, such as "I. Petit" (mentions: 1; line 3)',
        ),
    ),
    "an initial without a blank": case(
        cell(poste="I.Petit"),
        expect(
            affected=(2,),
            count=2,
            excerpt="I.Petit",
            others=(1,),
            fingerprint="cfca08e754f5636f",
            says='messages mention surnames that others in the table share, such as "I.Petit" (mentions: 1; line 3)',
        ),
    ),
    "one mention": case(
        lambda: inspection_of(changed(2, poste="vu avec Mme Petit"), HEAD),
        expect(
            affected=(2,),
            excerpt="Mme Petit",
            others=(1,),
            fix="Check whether it means that person.",
            fingerprint="cfca08e754f5636f",
            says='Jean Dupont (line 3) would see "Mme Petit", which is also the surname of Inès Petit (line 2)',
        ),
    ),
    "a surname of many": case(
        lambda: inspection_of([*PEOPLE[1:], *FAMILY, *changed(1, poste="avec Mlle Petit", nom="Roux")[:1]], HEAD),
        expect(
            affected=(12,),
            excerpt="Mlle Petit",
            others=(6, 7, 8, 9, 10),
            fingerprint="cfca08e754f5636f",
            says='Inès Roux (line 13) would see "Mlle Petit", which is also the surname of Prénomaa Petit (line 7), Prénomab Petit (line 8) and 4 more',
        ),
    ),
    "a long surname": case(
        lambda: inspection_of(changed(2, changed(1, nom="Petit" + "e" * 40), poste="avec Mme Petit" + "e" * 40), HEAD),
        expect(
            others=(1,),
            affected=(2,),
            excerpt="Mme Petiteeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
            fingerprint="cfca08e754f5636f",
            says='Jean Dupont (line 3) would see "Mme Petiteeeeeeeeeeeeeeeeeeeeeeeeeeeeee…", which is also the surname of Inès Petiteeeeeeeeeeeeeeeeeeeeeeeeeeeee… (line 2)',
        ),
    ),
}
PASSES = {
    "one's own": letter("{{ civilite }} {{ nom }}"),
    "a surname of nobody": cell(poste="vu avec Mme Inconnu"),
    "one's own first name": cell(3, prenom="Petit", poste="vu avec Mme Petit"),
    "a first name of another": cell(poste="vu avec M. Paul"),
    "a surname without a title": cell(poste="vu avec Petit"),
}

test_fails, test_passes = cases_of("XRC403", FAILS, PASSES)
