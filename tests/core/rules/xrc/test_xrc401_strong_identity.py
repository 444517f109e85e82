"""XRC401: No address, number or reference of somebody else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, changed, inspection_of, table_of
from rule_cases import Case, case, cases_of, cell, expect, found, letter, second_address

from mailmerge.model import Severity
from mailmerge.text.folding import identifier

LONG = (
    "Juriste au service du contentieux, à plein temps. Nous vous renvoyons au dossier {} pour la suite. Le service "
    "vous répondra dans les meilleurs délais."
)


def everywhere(text: str, after: str = "") -> Case:
    """What is the first person's, in the job of everybody but the last."""
    rows = [(*row[:4], text, *row[5:]) for row in PEOPLE[:5]] + [PEOPLE[5]]
    return lambda: inspection_of(rows, LETTER + ("\n{{ poste }}" + after if after else ""))


def numbered(header: str, value: Callable[[int], str], job: str, text: str = "") -> Case:
    """A column with something different in each row; the second person's job says something of it."""
    rows = [(*row, value(n)) for n, row in enumerate(changed(3, poste=f"Juriste, {job}"))]
    return lambda: inspection_of(table_of(rows, (*HEADERS, header)), LETTER + text)


def drawn(n: int) -> str:
    """What a machine has drawn by lot for a person."""
    return hashlib.sha256(b"%d" % n).hexdigest()[:16]


def references(value: Callable[[int], str], job: str) -> Case:
    rows = [(*row[:5], value(n), row[6]) for n, row in enumerate(changed(3, poste=f"Juriste, {job}"))]
    return lambda: inspection_of(rows)


def pairs(header: str, cell: int = 3) -> Case:
    """A column in which each of two people has the other's address."""
    rows = [(*row, PEOPLE[n ^ 1][cell]) for n, row in enumerate(PEOPLE)]
    letter = f"{LETTER}\nÉcrivez à {{{{ {identifier(header)} }}}}.\n"
    return lambda: inspection_of(table_of(rows, (*HEADERS, header)), letter)


FAILS = {
    "an address in a column of colleagues' ones": case(
        pairs("Contact du binôme"),
        expect(
            field="contact_du_binome",
            affected=(1, 2, 3, 4, 5, 6),
            others=(2, 1, 4, 3, 6, 5),
            count=6,
            excerpt="jean.dupont@mail.example",
            fingerprint="d26b0369cca9c87b",
            says='"Contact du binôme" gives the e-mail address of people who are in the table too: 6 people would see one, for example that of Jean Dupont (line 3) (lines 2, 3, 4, 5, 6 and 1 more)',
            fix='If "Contact du binôme" names colleagues on purpose, add contact_du_binome to names_of_others under [lint]; if not, correct the cells.',
        ),
    ),
    "the second address of somebody else": case(
        second_address(2),
        expect(
            others=(2,),
            record=1,
            line=2,
            field="poste",
            excerpt="perso2@y.example",
            fingerprint="bdef345dfcb513bc",
            says='Inès Petit (line 2) would see the e-mail address of Jean Dupont (line 3) in "Poste": perso2@y.example',
        ),
    ),
    "an address": case(
        cell(poste="voir ines.petit@mail.example"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="voir ines.petit@mail.example",
            fingerprint="3dc6c1efdc6a6e35",
            says='Jean Dupont (line 3) would see the e-mail address of Inès Petit (line 2) in "Poste": voir ines.petit@mail.example',
        ),
    ),
    "a reference": case(
        cell(poste="Juriste, dossier RC-0017"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste, dossier RC-0017",
            fingerprint="6749af3e3d695f37",
            says='Jean Dupont (line 3) would see the reference of Inès Petit (line 2) in "Poste": Juriste, dossier RC-0017',
        ),
    ),
    "a reference in lower case": case(
        cell(poste="Juriste, dossier rc 0017"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste, dossier rc 0017",
            fingerprint="6749af3e3d695f37",
            says='Jean Dupont (line 3) would see the reference of Inès Petit (line 2) in "Poste": Juriste, dossier rc 0017',
        ),
    ),
    "a telephone number": case(
        cell(poste="Juriste, tél. +33 (0)6.12.34.56.01"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste, tél. +33 (0)6.12.34.56.01",
            fingerprint="bffd6a7f1127ff57",
            says='Jean Dupont (line 3) would see the telephone number of Inès Petit (line 2) in "Poste": Juriste, tél. +33 (0)6.12.34.56.01',
        ),
    ),
    "a social security number": case(
        lambda: inspection_of(
            table_of(
                [
                    (*row[:4], "289054958815080" if n == 1 else row[4], *row[5:], f"2 89 05 49 588 15{n} 80")
                    for n, row in enumerate(PEOPLE)
                ],
                (*HEADERS, "NIR"),
            )
        ),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="289054958815080",
            fingerprint="a58b5bd24ad9cb61",
            says='Jean Dupont (line 3) would see the social security number of Inès Petit (line 2) in "Poste": 289054958815080',
        ),
    ),
    "an IBAN": case(
        lambda: inspection_of(
            table_of(
                [
                    (
                        *row[:4],
                        row[4] if n != 1 else "FR76 3000 6000 0112 3456 7890 180",
                        *row[5:],
                        f"FR7630006000011234567890 18{n}",
                    )
                    for n, row in enumerate(PEOPLE)
                ],
                (*HEADERS, "IBAN"),
            )
        ),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="FR76 3000 6000 0112 3456 7890 180",
            fingerprint="fa9ecac5442018c2",
            says='Jean Dupont (line 3) would see the bank account number of Inès Petit (line 2) in "Poste": FR76 3000 6000 0112 3456 7890 180',
        ),
    ),
    "a reference that the letter puts together far from any field": case(
        letter("RC-{% if nom %}0017{% endif %}\n" + LONG),
        expect(
            others=(1,),
            affected=(2, 3, 4, 5, 6),
            count=5,
            excerpt="RC-0017",
            fingerprint="43da7cc1d13d342d",
            says="5 people would see the reference of Inès Petit (line 2) in the text of lettre.md: lines 3, 4, 5, 6, 7",
        ),
    ),
    "a reference that the letter puts together": case(
        letter("RC-{% if nom %}0017{% endif %}"),
        expect(
            others=(1,),
            affected=(2, 3, 4, 5, 6),
            count=5,
            excerpt="RC-0017",
            fingerprint="43da7cc1d13d342d",
            says="5 people would see the reference of Inès Petit (line 2) in the text of lettre.md: lines 3, 4, 5, 6, 7",
        ),
    ),
    "a telephone number that the letter puts together": case(
        letter("06 12 34 {% if nom %}56 01{% endif %}"),
        expect(
            others=(1,),
            affected=(2, 3, 4, 5, 6),
            count=5,
            excerpt="06 12 34 56 01",
            fingerprint="4935c2adadbb954d",
            says="5 people would see the telephone number of Inès Petit (line 2) in the text of lettre.md: lines 3, 4, 5, 6, 7",
        ),
    ),
    "an address in capitals": case(
        cell(poste="voir INES.PETIT@Mail.example"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="voir INES.PETIT@Mail.example",
            fingerprint="3dc6c1efdc6a6e35",
            says='Jean Dupont (line 3) would see the e-mail address of Inès Petit (line 2) in "Poste": voir INES.PETIT@Mail.example',
        ),
    ),
    "an address in a value of two fields": case(
        lambda: inspection_of(
            changed(2, poste="ines.petit"), LETTER.replace("{{ reference }}", "{{ poste ~ '@mail.example' }}")
        ),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="ines.petit@mail.example",
            fingerprint="3dc6c1efdc6a6e35",
            says='Jean Dupont (line 3) would see the e-mail address of Inès Petit (line 2) in "Poste": ines.petit@mail.example',
        ),
    ),
    "an address over two fields": case(
        lambda: inspection_of(changed(2, poste="ines.petit"), LETTER + "\n{{ poste }}@{{ 'mail.example' }}\n"),
        expect(
            others=(1,),
            record=2,
            line=3,
            excerpt="ines.petit@mail.example",
            fingerprint="3dc6c1efdc6a6e35",
            says="Jean Dupont (line 3) would see the e-mail address of Inès Petit (line 2): ines.petit@mail.example",
        ),
    ),
    "a telephone number over two fields": case(
        lambda: inspection_of(changed(2, poste="06 12 34"), LETTER + "\n{{ poste }} 56 {{ '01' }}\n"),
        expect(
            others=(1,),
            record=2,
            line=3,
            excerpt="06 12 34 56 01",
            fingerprint="bffd6a7f1127ff57",
            says="Jean Dupont (line 3) would see the telephone number of Inès Petit (line 2): 06 12 34 56 01",
        ),
    ),
    "a reference over two fields": case(
        lambda: inspection_of(changed(2, poste="RC"), LETTER + "\n{{ poste }}-{{ '0017' }}\n"),
        expect(
            others=(1,),
            record=2,
            line=3,
            excerpt="RC-0017",
            fingerprint="6749af3e3d695f37",
            says="Jean Dupont (line 3) would see the reference of Inès Petit (line 2): RC-0017",
        ),
    ),
    "a long text with an address": case(
        cell(poste=LONG.format("ines.petit@mail.example")),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="Nous vous renvoyons au dossier ines.petit@mail.example pour la suite.",
            fingerprint="3dc6c1efdc6a6e35",
            says='Jean Dupont (line 3) would see the e-mail address of Inès Petit (line 2) in "Poste": Nous vous renvoyons au dossier ines.petit@mail.example pour…',
        ),
    ),
    "a long text with a telephone number": case(
        cell(poste=LONG.format("06.12.34.56.01")),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="Nous vous renvoyons au dossier 06.12.34.56.01 pour la suite.",
            fingerprint="bffd6a7f1127ff57",
            says='Jean Dupont (line 3) would see the telephone number of Inès Petit (line 2) in "Poste": Nous vous renvoyons au dossier 06.12.34.56.01 pour la suite.',
        ),
    ),
    "a long text with a reference": case(
        cell(poste=LONG.format("rc 0017")),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="Nous vous renvoyons au dossier rc 0017 pour la suite.",
            fingerprint="6749af3e3d695f37",
            says='Jean Dupont (line 3) would see the reference of Inès Petit (line 2) in "Poste": Nous vous renvoyons au dossier rc 0017 pour la suite.',
        ),
    ),
    "a text of 79 characters": case(
        cell(poste="Juriste. ".ljust(71, "x") + " RC-0017"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste. xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx RC-0017",
            fingerprint="6749af3e3d695f37",
            says='Jean Dupont (line 3) would see the reference of Inès Petit (line 2) in "Poste": Juriste. xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…',
        ),
    ),
    "a text of 80 characters": case(
        cell(poste="Juriste. ".ljust(72, "x") + " RC-0017"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx RC-0017",
            fingerprint="6749af3e3d695f37",
            says='Jean Dupont (line 3) would see the reference of Inès Petit (line 2) in "Poste": xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…',
        ),
    ),
    "a long text of several lines": case(
        cell(poste=LONG.format("x") + "\nDossier RC-0017\n" + LONG.format("x")),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="Dossier RC-0017",
            fingerprint="6749af3e3d695f37",
            says='Jean Dupont (line 3) would see the reference of Inès Petit (line 2) in "Poste": Dossier RC-0017',
        ),
    ),
    "the same reference in four messages": case(
        everywhere("RC-0017"),
        expect(
            others=(3, 4, 5, 1),
            record=2,
            line=3,
            field="poste",
            affected=(2, 3, 4, 5),
            count=4,
            excerpt="RC-0017",
            fingerprint="43da7cc1d13d342d",
            says='4 people would see the reference of Inès Petit (line 2) in "Poste": lines 3, 4, 5, 6',
        ),
    ),
    "an address over four messages, in two fields": case(
        everywhere("ines.petit", "@{{ 'mail.example' }}"),
        expect(
            others=(3, 4, 5, 1),
            record=2,
            line=3,
            affected=(2, 3, 4, 5),
            count=4,
            excerpt="ines.petit@mail.example",
            fingerprint="8eb68fdaa5a246bf",
            says="4 people would see the e-mail address of Inès Petit (line 2): lines 3, 4, 5, 6",
        ),
    ),
    "a number with dashes": case(
        cell(poste="au 06–12–34–56–01"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="au 06–12–34–56–01",
            fingerprint="bffd6a7f1127ff57",
            says='Jean Dupont (line 3) would see the telephone number of Inès Petit (line 2) in "Poste": au 06–12–34–56–01',
        ),
    ),
    "a number with a zero-width space": case(
        cell(poste="au 06\u200b12\u200b34\u200b56\u200b01"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="au 06\u200b12\u200b34\u200b56\u200b01",
            fingerprint="bffd6a7f1127ff57",
            says='Jean Dupont (line 3) would see the telephone number of Inès Petit (line 2) in "Poste": au 06‹U+200B›12‹U+200B›34‹U+200B›56‹U+200B›01',
        ),
    ),
    "an address in words": case(
        cell(poste="voir ines point petit arobase mail point example"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="voir ines point petit arobase mail point example",
            fingerprint="3dc6c1efdc6a6e35",
            says='Jean Dupont (line 3) would see the e-mail address of Inès Petit (line 2) in "Poste": voir ines point petit arobase mail point example',
        ),
    ),
    "an address with a soft hyphen's entity": case(
        cell(poste="voir ines.petit&shy;@mail.example"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="voir ines.petit&shy;@mail.example",
            fingerprint="3dc6c1efdc6a6e35",
            says='Jean Dupont (line 3) would see the e-mail address of Inès Petit (line 2) in "Poste": voir ines.petit&shy;@mail.example',
        ),
    ),
    "an address with a wide sign": case(
        cell(poste="voir ines.petit＠mail.example"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="voir ines.petit＠mail.example",
            fingerprint="3dc6c1efdc6a6e35",
            says='Jean Dupont (line 3) would see the e-mail address of Inès Petit (line 2) in "Poste": voir ines.petit＠mail.example',
        ),
    ),
    "a reference without its hyphen": case(
        cell(poste="Juriste, dossier RC0017"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste, dossier RC0017",
            fingerprint="6749af3e3d695f37",
            says='Jean Dupont (line 3) would see the reference of Inès Petit (line 2) in "Poste": Juriste, dossier RC0017',
        ),
    ),
    "a reference of digits": case(
        references(lambda n: f"2026-{40 + n:04}", "dossier 2026/0041"),
        expect(
            others=(2,),
            record=3,
            line=4,
            field="poste",
            excerpt="Juriste, dossier 2026/0041",
            fingerprint="5b73c2a7256d7c17",
            says='Zoé Lefèvre (line 4) would see the reference of Jean Dupont (line 3) in "Poste": Juriste, dossier 2026/0041',
        ),
    ),
    "a number of a social security card": case(
        numbered("NI number", lambda n: f"QQ {11 + n} 34 56 C", "no QQ123456C"),
        expect(
            others=(2,),
            record=3,
            line=4,
            field="poste",
            excerpt="Juriste, no QQ123456C",
            fingerprint="22c1aab7dac30776",
            says='Zoé Lefèvre (line 4) would see the reference of Jean Dupont (line 3) in "Poste": Juriste, no QQ123456C',
        ),
    ),
    "a bank account with hyphens": case(
        numbered("IBAN", lambda n: f"FR76 3000 6000 0112 3456 7890 1{n:02}", "sur FR76-3000-6000-0112-3456-7890-101"),
        expect(
            others=(2,),
            record=3,
            line=4,
            field="poste",
            excerpt="Juriste, sur FR76-3000-6000-0112-3456-7890-101",
            fingerprint="5a3697311246c01e",
            says='Zoé Lefèvre (line 4) would see the bank account number of Jean Dupont (line 3) in "Poste": Juriste, sur FR76-3000-6000-0112-3456-7890-101',
        ),
    ),
    "a postal address": case(
        numbered(
            "Adresse postale", lambda n: f"{10 + n} rue des Lilas, 31000 Toulouse", "chez vous, 11, rue des Lilas"
        ),
        expect(
            others=(2,),
            record=3,
            line=4,
            field="poste",
            severity=Severity.WARN,
            excerpt="Juriste, chez vous, 11, rue des Lilas",
            fingerprint="d0343a73abe0c731",
            says='Zoé Lefèvre (line 4) would see the postal address of Jean Dupont (line 3) in "Poste": Juriste, chez vous, 11, rue des Lilas',
        ),
    ),
    "a date of birth": case(
        numbered("Date de naissance", lambda n: f"{10 + n}/03/1990", "né le 11 mars 1990"),
        expect(
            others=(2,),
            record=3,
            line=4,
            field="poste",
            severity=Severity.WARN,
            excerpt="Juriste, né le 11 mars 1990",
            fingerprint="68c62ba37eb3464c",
            says='Zoé Lefèvre (line 4) would see the date of birth of Jean Dupont (line 3) in "Poste": Juriste, né le 11 mars 1990',
        ),
    ),
    "a profile": case(
        numbered("LinkedIn", lambda n: f"https://www.linkedin.com/in/profil-{n}/", "voir linkedin.com/in/profil-1"),
        expect(
            others=(2,),
            record=3,
            line=4,
            field="poste",
            severity=Severity.WARN,
            excerpt="Juriste, voir linkedin.com/in/profil-1",
            fingerprint="7ee91e03bea2709e",
            says='Zoé Lefèvre (line 4) would see the profile link of Jean Dupont (line 3) in "Poste": Juriste, voir linkedin.com/in/profil-1',
        ),
    ),
    "a link that lets one person in": case(
        numbered(
            "Lien", lambda n: f"https://dossiers.example/{drawn(n)}/edit", f"https://dossiers.example/{drawn(1)}/edit"
        ),
        expect(
            others=(2,),
            record=3,
            line=4,
            field="poste",
            excerpt=f"Juriste, https://dossiers.example/{drawn(1)}/edit",
            fingerprint="1d7e07086618f54d",
            says='Zoé Lefèvre (line 4) would see the personal link of Jean Dupont (line 3) in "Poste": Juriste, https://dossiers.example/6b86b273ff34fce1/edit',
        ),
    ),
    "such a link in the letter": case(
        numbered(
            "Lien",
            lambda n: f"https://dossiers.example/?k={drawn(n)}",
            "-",
            f"\nhttps://dossiers.example/?k={drawn(1)}",
        ),
        expect(
            affected=(1, 3, 4, 5, 6),
            others=(2,),
            count=5,
            excerpt=f"https://dossiers.example/?k={drawn(1)}",
            fingerprint="c43aec3a8bd02532",
            says="5 people would see the personal link of Jean Dupont (line 3) in the text of lettre.md: lines 2, 4, 5, 6, 7",
        ),
    ),
    "a number that only one row has": case(
        numbered("Casier", lambda n: str(48213 + 7 * n), "le 48220"),
        expect(
            others=(2,),
            record=3,
            line=4,
            field="poste",
            severity=Severity.WARN,
            excerpt="Juriste, le 48220",
            fingerprint="54b63d95ca608e4c",
            says='Zoé Lefèvre (line 4) would see the number of Jean Dupont (line 3) in "Poste": Juriste, le 48220',
        ),
    ),
    "a home in the letter": case(
        numbered(
            "Adresse postale",
            lambda n: f"{10 + n} rue des Lilas, 31000 Toulouse",
            "",
            "\nÉcrivez au 11 rue des Lilas.\n",
        ),
        expect(
            others=(2,),
            severity=Severity.WARN,
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="11 rue des Lilas",
            fingerprint="9157ff09793681ba",
            says="5 people would see the postal address of Jean Dupont (line 3) in the text of lettre.md: lines 2, 4, 5, 6, 7",
        ),
    ),
    "a reference that begins like a particle": case(
        references(lambda n: f"LA-{2040 + n}", "dossier LA 2041"),
        expect(
            others=(2,),
            record=3,
            line=4,
            field="poste",
            excerpt="Juriste, dossier LA 2041",
            fingerprint="575539fdd042b01c",
            says='Zoé Lefèvre (line 4) would see the reference of Jean Dupont (line 3) in "Poste": Juriste, dossier LA 2041',
        ),
    ),
    "a reference with digits first": case(
        references(lambda n: f"{4820 + n}-AB", "dossier 4821 AB"),
        expect(
            others=(2,),
            record=3,
            line=4,
            field="poste",
            excerpt="Juriste, dossier 4821 AB",
            fingerprint="9c8010583ba20632",
            says='Zoé Lefèvre (line 4) would see the reference of Jean Dupont (line 3) in "Poste": Juriste, dossier 4821 AB',
        ),
    ),
    "a number without its zero": case(
        cell(poste="au 6 12 34 56 01"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="au 6 12 34 56 01",
            fingerprint="bffd6a7f1127ff57",
            says='Jean Dupont (line 3) would see the telephone number of Inès Petit (line 2) in "Poste": au 6 12 34 56 01',
        ),
    ),
}
PASSES = {
    "a link of one's own that lets one in": numbered(
        "Lien", lambda n: f"https://dossiers.example/?k={drawn(n)}", "-", "\n{{ lien }}"
    ),
    "a link that many have": numbered(
        "Lien",
        lambda n: f"https://dossiers.example/?k={drawn(n % 2)}",
        "-",
        f"\nhttps://dossiers.example/?k={drawn(1)}",
    ),
    "an hour beside hours": numbered("Passage", lambda n: f"{9 + n}h30", "à 10h30"),
    "a room beside rooms": numbered("Salle", lambda n: f"B20{n}", "salle B201"),
    "a town and its postcode": numbered("Code postal", lambda n: f"3100{n}", "à 31001 Toulouse"),
    "an address with an entity, which MSG305 tells": cell(poste="ines.petit&#64;mail.example"),
    "a date beside a number": references(lambda n: f"{120526 + n}", "le 12/05/27"),
    "a level beside levels": numbered("Niveau", lambda n: ("A1", "A2", "B1", "B2", "C1", "C2")[n], "niveau B2"),
    "a code of an offer": numbered("Code offre", lambda n: f"OFF-2026-{110 + n}", "ou OFF-2026-111"),
    "an amount": numbered("Numéro", lambda n: str(48213 + 7 * n), "pour 48220 €"),
    "a year after a preposition": references(lambda n: f"A{2026 + n}", "à 2027"),
    "one's own home": numbered(
        "Adresse postale", lambda n: f"{10 + n} rue des Lilas, 31000 Toulouse", "au 12 rue des Lilas"
    ),
    "the writer's own number": lambda: inspection_of(
        changed(1, prenom="Claire", nom="Martin"), LETTER + "\nClaire Martin, 06 12 34 56 01\n"
    ),
    "one's own second address": second_address(1),
    "one's own": letter("{{ reference }} {{ telephone }}"),
    "a landline that two share": lambda: inspection_of(
        changed(2, telephone=PEOPLE[0][6]), LETTER + "\n{{ telephone }}\n"
    ),
    "a number that only ends the same": letter("{{ '96 12 34 56 01' }}"),
    "an address that nobody of the table has": cell(poste="voir accueil@autre.example"),
    "a name that the letter puts together far from any field": letter("Inès {% if nom %}Petit{% endif %}\n" + LONG),
    "a name that the letter puts together": letter("Inès {% if nom %}Petit{% endif %}"),
    "a year": cell(poste="Juriste 2026"),
}

test_fails, test_passes = cases_of("XRC401", FAILS, PASSES)


@pytest.mark.parametrize(
    ("name", "others"), [("an address", (1,)), ("the same reference in four messages", (3, 4, 5, 1))]
)
def test_the_others_are_named(name: str, others: tuple[int, ...]) -> None:
    finding = found(FAILS[name][0](), "XRC401")[0]
    assert finding.others == others


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("an address", 'Correct "Poste": it contains another person\'s data.'),
        (
            "a reference over two fields",
            "Correct the cells that the letter prints: they contain another person's data.",
        ),
    ],
)
def test_the_remedy_names_the_column(name: str, fix: str) -> None:
    assert found(FAILS[name][0](), "XRC401")[0].fix == fix


@each_row(("beside", "contacts"), [("", 6), (";", 6), (" ", 6), (" ;", 5), ("..", 5)])
def test_one_sign_beside_an_address_makes_no_text_of_it(beside: str, contacts: int) -> None:
    rows = [(*row, PEOPLE[n ^ 1][3] + beside * (n == 2)) for n, row in enumerate(PEOPLE)]
    table = table_of(rows, (*HEADERS, "Contact du binôme"))
    told = found(inspection_of(table, LETTER + "\nÉcrivez à {{ contact_du_binome }}.\n"), "XRC401")
    assert [(each.record, each.count) for each in told] == [(None, contacts), (3, 1)][: 7 - contacts]


@each_row("prefix", ("S", "ST", "SAINT", "D", "L", "N", "LE", "DU", "DE", "VAN", "M", "O"))
@each_row("form", ("{}-2027/{}", "{}/2027/{}", "{} 2027 {}", "{}-{}"))
def test_a_reference_that_begins_like_a_name_is_one(prefix: str, form: str) -> None:
    names = ("Saint-Martin", "D'Arcy", "L'Hostis", "N'Guyen", "Le Goff", "Du Bois")
    rows = [
        (*row[:2], name, f"{row[1]}@mail.example", row[4], form.format(prefix, 1041 + number), "")
        for number, (row, name) in enumerate(zip(PEOPLE, names, strict=True))
    ]
    rows[1] = (*rows[1][:4], f"Juriste (voir {rows[3][5]})", *rows[1][5:])
    (finding,) = found(inspection_of(rows), "XRC401")
    assert (finding.record, finding.others) == (2, (4,))
