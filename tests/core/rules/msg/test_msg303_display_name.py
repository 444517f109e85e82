"""MSG303: The name in To is this person's."""

from __future__ import annotations

from dataclasses import replace

from lint_cases import LETTER, inspection_of
from rule_cases import case, cases_of, cell, composed, expect, header

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
}
PASSES = {
    "a comma": lambda: inspection_of(letter='To: "{{ nom }}, {{ prenom }}" <{{ adresse_e_mail }}>\n' + LETTER),
    "a title": lambda: inspection_of(letter="To: {{ civilite }} {{ nom }} <{{ adresse_e_mail }}>\n" + LETTER),
}

test_fails, test_passes = cases_of("MSG303", FAILS, PASSES)
