"""MSG308: What is written about a person for colleagues does not reach the person."""

from __future__ import annotations

from lint_cases import HEADERS, LETTER, PEOPLE, inspection_of, table_of
from rule_cases import case, cases_of, column, expect

FAILS = {
    "pasted into the feedback": case(
        lambda: inspection_of(
            table_of(
                [(*row, "Trop cher, et difficile en entretien", "Merci.") for row in PEOPLE[:1]]
                + [
                    (
                        *row,
                        f"Difficile en entretien, à revoir {row[1]}",
                        f"Merci. Difficile en entretien, à revoir {row[1]}.",
                    )
                    for row in PEOPLE[1:]
                ],
                (*HEADERS, "Commentaire interne", "Retour"),
            ),
            LETTER + "\n{{ retour }}\n",
        ),
        expect(
            record=2,
            line=3,
            field="retour",
            affected=(2, 3, 4, 5, 6),
            count=5,
            excerpt="Difficile en entretien, à revoir Jean",
            fingerprint="180a3257f13759b8",
            says='5 people would see the internal note "Commentaire interne" about themselves (lines 3, 4, 5, 6, 7)',
        ),
    ),
}
PASSES = {
    "two columns with one job title": column("Avis intitule", [row[4] for row in PEOPLE], ""),
}

test_fails, test_passes = cases_of("MSG308", FAILS, PASSES)
