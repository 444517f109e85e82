"""MSG302: The greeting names this person, or nobody."""

from __future__ import annotations

from lint_cases import HEADERS, PEOPLE, inspection_of, table_of
from rule_cases import case, cases_of, composed, expect, stale

FAILS = {
    "a colleague's name": case(
        lambda: inspection_of(
            table_of([(*row, "Marc") for row in PEOPLE], (*HEADERS, "Recruteur")),
            "Subject: x\n\nBonjour {{ recruteur }},\n\nMerci.\n",
        ),
        expect(
            record=1,
            line=2,
            field="recruteur",
            letter_line=3,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Marc",
            fingerprint="af39404e8fcf082b",
            says='6 people would be greeted by something other than their name, such as "Marc" (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "not a name": case(
        lambda: inspection_of(letter="Subject: x\n\nBonjour {{ poste }},\n\nMerci.\n"),
        expect(
            record=1,
            line=2,
            field="poste",
            letter_line=3,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            excerpt="Comptable",
            fingerprint="db356fcbddaa8291",
            says='6 people would be greeted by something other than their name, such as "Comptable" (lines 2, 3, 4, 5, 6 and 1 more)',
        ),
    ),
    "a stale name": case(
        composed(stale),
        expect(
            record=2,
            line=3,
            field="nom",
            letter_line=3,
            affected=(2, 3, 4, 5, 6),
            count=5,
            excerpt="Petit",
            fingerprint="99abaaaef7c779d3",
            says='5 people would be greeted by something other than their name, such as "Petit" (lines 3, 4, 5, 6, 7)',
        ),
    ),
}
PASSES = {
    "a colleague further down": lambda: inspection_of(
        table_of([(*row, "Olivier") for row in PEOPLE], (*HEADERS, "Recruteur")),
        "Subject: x\n\n{{ prenom }},\n\nMme {{ recruteur }} vous contactera la semaine prochaine.\n",
    ),
    "one's own name": inspection_of,
    "capitals": lambda: inspection_of(letter="Subject: x\n\nChère Madame {{ nom|upper }},\n\nMerci.\n"),
    "a title field": lambda: inspection_of(
        table_of([(*row, "Chère Madame") for row in PEOPLE], (*HEADERS, "Formule")),
        "Subject: x\n\n{{ formule }} {{ nom }},\n\nMerci.\n",
    ),
    "nobody": lambda: inspection_of(letter="Subject: x\n\nMadame, Monsieur,\n\n{{ poste }}\n"),
}

test_fails, test_passes = cases_of("MSG302", FAILS, PASSES)
