"""MSG308: Internal notes about a person do not reach that person."""

from __future__ import annotations

from lint_cases import HEADERS, LETTER, PEOPLE, inspection_of, table_of
from rule_cases import Case, case, cases_of, column, expect, found, only


def noted(note: str, feedback: str = "{note}", *, header: str = "Commentaire", text: str = "{{ retour }}") -> Case:
    """Internal notes, and feedback that holds them."""
    table = table_of([(*row, note, feedback.format(note=note)) for row in PEOPLE], (*HEADERS, header, "Retour"))
    return only(lambda: inspection_of(table, LETTER + f"\n{text}\n"), 2)


NOTE = "Excellente en entretien, nous lui proposons le poste à 42 k€ dès lundi"


def worded_alike(said: str, people: int = 6) -> Case:
    """Notes about some people that differ in their names alone; the feedback for the second person, or the letter."""
    notes = [
        f"Rappeler {row[1]} avant vendredi pour négocier son préavis" if n < people else ""
        for n, row in enumerate(PEOPLE)
    ]
    retour = [said if n == 1 else "Merci." for n in range(len(PEOPLE))]
    rows = [(*row, note, text) for row, note, text in zip(PEOPLE, notes, retour, strict=True)]
    return lambda: inspection_of(table_of(rows, (*HEADERS, "Avis interne", "Retour")), LETTER + "\n{{ retour }}\n")


def remarked(of: int, to: int | None, *, part: bool = False, few: bool = False) -> Case:
    """A note about one person, in the feedback for another or in the letter itself."""
    notes = [NOTE if number == of else "" for number in range(len(PEOPLE))]
    said = "Merci. " + (NOTE[25:62] if part else NOTE[:23] if few else NOTE) + "."
    rows = [(*row, notes[n], said if n == to else "Merci.") for n, row in enumerate(PEOPLE)]
    text = "\n{{ retour }}\n" + (f"\n{NOTE}.\n" if to is None else "")
    return lambda: inspection_of(table_of(rows, (*HEADERS, "Avis interne", "Retour")), LETTER + text)


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
    "one of them alone": case(
        noted("Difficile en entretien", "Merci. {note}."),
        expect(
            record=2,
            line=3,
            field="retour",
            excerpt="Difficile en entretien",
            fix='Remove the internal text from "Retour", which the letter prints.',
            fingerprint="1735992042ac2aa6",
            says='Jean Dupont (line 3) would see the internal note "Commentaire" about themselves: Difficile en entretien',
        ),
    ),
    "twenty characters": case(
        noted("Trop cher pour le 12"),
        expect(
            record=2,
            line=3,
            field="retour",
            excerpt="Trop cher pour le 12",
            fingerprint="cc9a3b01c4570e29",
            says='Jean Dupont (line 3) would see the internal note "Commentaire" about themselves: Trop cher pour le 12',
        ),
    ),
    "printed twice": case(
        noted("Difficile en entretien", text="{{ retour }} {{ retour }}"),
        expect(
            record=2,
            line=3,
            field="retour",
            excerpt="Difficile en entretien",
            fingerprint="1735992042ac2aa6",
            says='Jean Dupont (line 3) would see the internal note "Commentaire" about themselves: Difficile en entretien',
        ),
    ),
    "spelt in capitals": case(
        noted("Difficile en entretien", text="{{ retour|upper }}"),
        expect(
            record=2,
            line=3,
            field="retour",
            excerpt="Difficile en entretien",
            fingerprint="1735992042ac2aa6",
            says='Jean Dupont (line 3) would see the internal note "Commentaire" about themselves: Difficile en entretien',
        ),
    ),
    "two fields in one expression": case(
        noted("Difficile en entretien", text="{{ poste ~ ' ' ~ retour }}"),
        expect(
            record=2,
            line=3,
            field="commentaire",
            excerpt="Difficile en entretien",
            fix="Remove the internal text from \"{{ poste ~ ' ' ~ retour }}\", which the letter prints.",
            fingerprint="1735992042ac2aa6",
            says='Jean Dupont (line 3) would see the internal note "Commentaire" about themselves: Difficile en entretien',
        ),
    ),
    "a long header": case(
        noted("Difficile en entretien", header="Commentaire interne après le deuxième entretien"),
        expect(
            record=2,
            line=3,
            field="retour",
            excerpt="Difficile en entretien",
            fingerprint="0a30bfb40c694c74",
            says='Jean Dupont (line 3) would see the internal note "Commentaire interne après le deuxième e…" about themselves: Difficile en entretien',
        ),
    ),
    "the second of two notes": case(
        only(
            lambda: inspection_of(
                table_of(
                    [(*row, "bien", "Difficile en entretien", "Difficile en entretien") for row in PEOPLE],
                    (*HEADERS, "Note", "Avis", "Retour"),
                ),
                LETTER + "\n{{ retour }}\n",
            ),
            2,
        ),
        expect(
            record=2,
            line=3,
            field="retour",
            excerpt="Difficile en entretien",
            fingerprint="1baabbab357d437a",
            says='Jean Dupont (line 3) would see the internal note "Avis" about themselves: Difficile en entretien',
        ),
    ),
    "another's note": case(
        remarked(2, 0),
        expect(
            others=(3,),
            record=1,
            line=2,
            field="retour",
            excerpt="Excellente en entretien, nous lui proposons le poste à 42 k€ dès lundi",
            fingerprint="9254935b5838f2e4",
            says='Inès Petit (line 2) would see the internal note "Avis interne" about Zoé Lefèvre (line 4): Excellente en entretien, nous lui proposons le poste à 42 k…',
        ),
    ),
    "another's note, a part of it": case(
        remarked(2, 0, part=True),
        expect(
            others=(3,),
            record=1,
            line=2,
            field="retour",
            excerpt="nous lui proposons le poste à 42 k",
            fingerprint="6c435f78c9c027e1",
            says='Inès Petit (line 2) would see the internal note "Avis interne" about Zoé Lefèvre (line 4): nous lui proposons le poste à 42 k',
        ),
    ),
    "another's note in the letter": case(
        remarked(2, None),
        expect(
            others=(3,),
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="Excellente en entretien, nous lui proposons le poste à 42 k€ dès lundi",
            fingerprint="7d985eb31a28e36b",
            says='the text of lettre.md contains the internal note "Avis interne" about Zoé Lefèvre (line 4): Excellente en entretien, nous lui proposons le poste à 42 k… (5 messages)',
        ),
    ),
    "a note about one, in the feedback for many": case(
        lambda: inspection_of(
            table_of(
                [(*row, NOTE if n == 0 else "", f"Merci. {NOTE}." if n else "Merci.") for n, row in enumerate(PEOPLE)],
                (*HEADERS, "Avis interne", "Retour"),
            ),
            LETTER + "\n{{ retour }}\n",
        ),
        expect(
            record=2,
            line=3,
            field="retour",
            affected=(2, 3, 4, 5, 6),
            others=(3, 4, 5, 6, 1),
            count=5,
            excerpt="Excellente en entretien, nous lui proposons le poste à 42 k€ dès lundi",
            fingerprint="2a0b7e03ca20eb9a",
            says='5 people would see the internal note "Avis interne" about Inès Petit (line 2): Excellente en entretien, nous lui proposons le poste à 42 k… (lines 3, 4, 5, 6, 7)',
        ),
    ),
    "one's own note, worded like those about others": case(
        worded_alike("Rappeler Jean avant vendredi pour négocier son préavis", 3),
        expect(
            record=2,
            line=3,
            field="retour",
            excerpt="Rappeler Jean avant vendredi pour négocier son préavis",
            fingerprint="246f4b5ebe6779c0",
            says='Jean Dupont (line 3) would see the internal note "Avis interne" about themselves: Rappeler Jean avant vendredi pour négocier son préavis',
        ),
    ),
    "a note about another, worded like those about many": case(
        worded_alike("Rappeler Zoé avant vendredi pour négocier son préavis"),
        expect(
            record=2,
            line=3,
            field="retour",
            others=(3,),
            excerpt="Rappeler Zoé avant vendredi pour négocier son préavis",
            fingerprint="110c5c78261c82f1",
            says='Jean Dupont (line 3) would see the internal note "Avis interne" about Zoé Lefèvre (line 4): Rappeler Zoé avant vendredi pour négocier son préavis',
        ),
    ),
    "a piece of a note about another alone": case(
        worded_alike("Écrire avant vendredi pour négocier son préavis.", 1),
        expect(
            record=2,
            line=3,
            field="retour",
            others=(1,),
            excerpt="avant vendredi pour négocier son préavis",
            fingerprint="87c2f821c306d373",
            says='Jean Dupont (line 3) would see the internal note "Avis interne" about Inès Petit (line 2): avant vendredi pour négocier son préavis',
        ),
    ),
}
PASSES = {
    "the words of a form, which notes about many have": worded_alike(
        "Écrire avant vendredi pour négocier son préavis."
    ),
    "a few words of another's note": remarked(2, 0, few=True),
    "two columns with one job title": column("Avis intitule", [row[4] for row in PEOPLE], ""),
    "nineteen characters": noted("Trop cher pour le 1"),
    "one long word": noted("anticonstitutionnellement"),
    "another text": noted("Difficile en entretien", "Merci de votre visite, et à bientôt"),
}

test_fails, test_passes = cases_of("MSG308", FAILS, PASSES)


LONG = "Trop lent et hésitant, ne pas rappeler avant longtemps"


def commented(said: str, *, in_rows: tuple[int, ...]) -> Case:
    """A column of comments that is printed, with the note of the last person in some cells of it."""
    notes = [f"Bon contact, à revoir au printemps pour le poste {n}" for n in range(len(PEOPLE) - 1)] + [said]
    comments = [said if n in in_rows else f"Merci de votre visite numéro {n}" for n in range(len(PEOPLE))]
    rows = [(*row, comment, note) for row, comment, note in zip(PEOPLE, comments, notes, strict=True)]
    table = table_of(rows, (*HEADERS, "Commentaire", "Avis interne"))
    return lambda: inspection_of(table, f"{LETTER}\n{{{{ commentaire }}}}\n")


def test_a_printed_cell_does_not_make_a_note_of_another_its_own() -> None:
    assert [each.affected for each in found(commented(LONG, in_rows=(1,))(), "MSG308")] == [(2,)]


def test_a_text_that_is_used_again_and_again_is_no_note_of_another() -> None:
    assert found(commented(LONG, in_rows=(1, 3))(), "MSG308") == []
    assert found(commented("Dossier complet et soigné", in_rows=(1,))(), "MSG308") == []
