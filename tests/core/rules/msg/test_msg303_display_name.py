"""MSG303: The name in To is this person's."""

from __future__ import annotations

from lint_cases import HEADERS, LETTER, PEOPLE, changed, inspection_of, table_of
from msgspec.structs import replace
from rule_cases import Case, case, cases_of, cell, composed, expect, header, only


def to(name: str, *table: object) -> Case:
    """The usual letter, with this name in To."""
    return lambda: inspection_of(*table, letter=f"To: {name} <{{{{ adresse_e_mail }}}}>\n{LETTER}")


RECRUITER = table_of([(*row, "Zoé Lefèvre") for row in PEOPLE], (*HEADERS, "Recruteur"))
NAMESAKE = changed(3, changed(2, nom="Dupont Martin"), prenom="Jean", nom="Martin")
FULL_NAME = table_of(changed(2, nom="Jean <x> Dupont"), full_name="nom", first_name="", last_name="")


FAILS = {
    "an at sign": case(
        cell(nom="Dupont anne@y.example"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Jean Dupont anne@y.example",
            fingerprint="df4086b9a3d6ea9c",
            says="Jean Dupont anne@y.example (line 3): the name in To contains @, <, > or a line break: Jean Dupont anne@y.example",
        ),
    ),
    "angle brackets": case(
        cell(nom="Dupont <x>"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Jean Dupont <x>",
            fingerprint="e1c85e6b70abd5da",
            says="Jean Dupont <x> (line 3): the name in To contains @, <, > or a line break: Jean Dupont <x>",
        ),
    ),
    "the same name for everybody": case(
        header("To: Candidat Modèle <{{ adresse_e_mail }}>"),
        expect(
            record=1,
            line=2,
            field="nom",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Candidat Modèle",
            fingerprint="4ae007852b8a6cd3",
            says="in 6 messages the name in To is not the recipient's: Candidat Modèle (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "one's own name beside another's": case(
        only(to("{{ prenom }} {{ nom }} et Jean Dupont"), 1),
        expect(
            record=1,
            line=2,
            field="nom",
            excerpt="Inès Petit et Jean Dupont",
            fingerprint="59685051c5b727bd",
            says="Inès Petit (line 2): the name in To is not this person's: Inès Petit et Jean Dupont",
        ),
    ),
    "another's name": case(
        composed(
            lambda inspection, message: replace(message, recipient=replace(message.recipient, name="Zoé Lefèvre"))
        ),
        expect(
            record=1,
            line=2,
            field="nom",
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Zoé Lefèvre",
            fingerprint="43bdac192968b46e",
            says="in 5 messages the name in To is not the recipient's: Zoé Lefèvre (lines 2, 3, 5, 6, 7)",
        ),
    ),
    "the same name for everybody, once": case(
        only(to("Candidat Modèle"), 2),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Candidat Modèle",
            fix="In the To header of lettre.md, use the fields that hold the person's own name.",
            fingerprint="e99c93163a79954f",
            says="Jean Dupont (line 3): the name in To is not this person's: Candidat Modèle",
        ),
    ),
    "an unsafe cell in the header": case(
        to("{{ poste }}", changed(2, poste="Juriste <x>")),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Juriste <x>",
            fix="Correct the cells that the To header of lettre.md prints.",
            fingerprint="a2c063c8a23a13e9",
            says="Jean Dupont (line 3): the name in To contains @, <, > or a line break: Juriste <x>",
        ),
    ),
    "unsafe for everybody": case(
        to("{{ poste }}", [(*row[:4], "Juriste <x>", *row[5:]) for row in PEOPLE]),
        expect(
            record=1,
            line=2,
            field="nom",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Juriste <x>",
            fix="Correct the cells that the To header of lettre.md prints.",
            fingerprint="77c6ed20daea3c51",
            says="in 6 messages the name in To contains @, <, > or a line break: Juriste <x> (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "unsafe in the table": case(
        only(cell(nom="Dupont <x>"), 2),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Jean Dupont <x>",
            fix="Correct the name in the table.",
            fingerprint="e1c85e6b70abd5da",
            says="Jean Dupont <x> (line 3): the name in To contains @, <, > or a line break: Jean Dupont <x>",
        ),
    ),
    "not theirs, in the table": case(
        only(
            composed(
                lambda inspection, message: replace(message, recipient=replace(message.recipient, name="Ana Gil"))
            ),
            2,
        ),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Ana Gil",
            fix="Correct the name in the table.",
            fingerprint="d93217840e1148fd",
            says="Jean Dupont (line 3): the name in To is not this person's: Ana Gil",
        ),
    ),
    "a colleague of the table": case(
        only(to("{{ recruteur }}", RECRUITER), 2),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Zoé Lefèvre",
            fix="In the To header of lettre.md, use the fields that hold the person's own name.",
            fingerprint="8e46223ac1cdcd02",
            says="Jean Dupont (line 3): the name in To is not this person's: Zoé Lefèvre",
        ),
    ),
    "a full name": case(
        lambda: inspection_of(FULL_NAME),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Jean <x> Dupont",
            fingerprint="82207803a648fdd6",
            says="Jean <x> Dupont (line 3): the name in To contains @, <, > or a line break: Jean <x> Dupont",
        ),
    ),
    "a first name alone": case(
        lambda: inspection_of(table_of(changed(2, prenom="Jean <x>"), last_name="")),
        expect(
            record=2,
            line=3,
            excerpt="Jean <x>",
            fingerprint="d0bdac05736b2486",
            says="Jean <x> (line 3): the name in To contains @, <, > or a line break: Jean <x>",
        ),
    ),
    "unsafe in the table, for everybody": case(
        lambda: inspection_of([(*row[:1], "Jean", "Dupont <x>", *row[3:]) for row in PEOPLE]),
        expect(
            record=1,
            line=2,
            field="nom",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Jean Dupont <x>",
            fix="Correct the name in the table.",
            fingerprint="9b9eb89c742969cf",
            says="in 6 messages the name in To contains @, <, > or a line break: Jean Dupont <x> (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
}
PASSES = {
    "a comma": lambda: inspection_of(letter='To: "{{ nom }}, {{ prenom }}" <{{ adresse_e_mail }}>\n' + LETTER),
    "a title": lambda: inspection_of(letter="To: {{ civilite }} {{ nom }} <{{ adresse_e_mail }}>\n" + LETTER),
    "people without names": to("Candidat", table_of(first_name="", last_name="")),
    "a part of one's name that is another's whole name": only(to("Jean Martin", NAMESAKE), 2),
    "a value of one's own row": to("{{ poste }}"),
    "one's own name and a word more": only(to("Jean Candidat"), 2),
    "the other's own name": only(to("{{ recruteur }}", RECRUITER), 3),
}

test_fails, test_passes = cases_of("MSG303", FAILS, PASSES)
