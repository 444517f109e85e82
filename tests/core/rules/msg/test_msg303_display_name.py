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
            says="Jean Dupont anne@y.example (line 3): the name in To holds @, <, > or a line break: Jean Dupont anne@y.example",
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
            says="Jean Dupont <x> (line 3): the name in To holds @, <, > or a line break: Jean Dupont <x>",
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
            fingerprint="f8b84fc8c06a2df9",
            says="Inès Petit (line 2): the name in To is not this person's: Candidat Modèle (6 people affected: lines 2, 3, 4, 5, 6 and 1 more)",
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
            fingerprint="24c400b35b6f9ca7",
            says="Inès Petit (line 2): the name in To is not this person's: Zoé Lefèvre (5 people affected: lines 2, 3, 5, 6, 7)",
        ),
    ),
}
PASSES = {
    "a comma": lambda: inspection_of(letter='To: "{{ nom }}, {{ prenom }}" <{{ adresse_e_mail }}>\n' + LETTER),
    "a title": lambda: inspection_of(letter="To: {{ civilite }} {{ nom }} <{{ adresse_e_mail }}>\n" + LETTER),
}

test_fails, test_passes = cases_of("MSG303", FAILS, PASSES)
