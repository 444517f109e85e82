"""XRC408: A text written for one person is sent to one person."""

from __future__ import annotations

from lint_cases import HEADERS, LETTER, PEOPLE, inspection_of, table_of
from rule_cases import FEEDBACK, MANY, Case, case, cases_of, column, expect

from mailmerge.lint import Inspection


def feedback(*which: int, header: str = "Retour") -> Case:
    """Feedback for as many people, by number: the same number is the same text."""
    cells = [
        f"Nous avons apprécié le parcours numéro {number:02}, et surtout votre expérience de la paie."
        for number in which
    ]
    rows = [(*row, cell) for row, cell in zip(MANY, cells, strict=False)]
    table = table_of(rows, (*HEADERS, header))
    return lambda: inspection_of(table, f"{LETTER}\n{{{{ {table.names[-1]} }}}}\n")


def beside_texts_of_ones_own() -> Inspection:
    """Everybody's own text in one column, and two alike in the next."""
    rows = [(*row, own, own) for row, own in zip(PEOPLE, FEEDBACK, strict=True)]
    rows[5] = (*rows[5][:-1], FEEDBACK[4])
    return inspection_of(table_of(rows, (*HEADERS, "Avis", "Retour")), f"{LETTER}\n{{{{ avis }}}} {{{{ retour }}}}\n")


FAILS = {
    "a remark copied down, beside texts of one's own": case(
        beside_texts_of_ones_own,
        expect(
            record=6,
            line=7,
            field="retour",
            affected=(5, 6),
            excerpt=FEEDBACK[4],
            fingerprint="b96006c17ee4aae4",
            says='Aïcha Benali (line 6) and Luc Saint-Martin (line 7) would get identical text in "Retour", although it is usually different for each person: Nous avons apprécié votre parcours numéro cinq, et surtout …',
        ),
    ),
    "two alike, behind four alike": case(
        feedback(*range(54), 5, 5, 5, 7),
        expect(
            record=58,
            line=59,
            field="retour",
            affected=(8, 58),
            excerpt="Nous avons apprécié le parcours numéro 07, et surtout votre expérience de la paie.",
            others=(8,),
            fingerprint="94540a1b15175db0",
            says='Prénomah Nomhaez (line 9) and Prénomcf Nomfcez (line 59) would get identical text in "Retour", although it is usually different for each person: Nous avons apprécié le parcours numéro 07, et surtout votre…',
        ),
    ),
    "a remark copied down": case(
        column("Retour", [*FEEDBACK[:5], FEEDBACK[4]], "\n{{ retour }}\n"),
        expect(
            record=6,
            line=7,
            field="retour",
            affected=(5, 6),
            excerpt="Nous avons apprécié votre parcours numéro cinq, et surtout votre expérience de la comptabilité générale.",
            fingerprint="b96006c17ee4aae4",
            says='Aïcha Benali (line 6) and Luc Saint-Martin (line 7) would get identical text in "Retour", although it is usually different for each person: Nous avons apprécié votre parcours numéro cinq, et surtout …',
        ),
    ),
    "three alike among sixty": case(
        feedback(*range(58), 5, 5),
        expect(
            record=60,
            line=61,
            field="retour",
            affected=(6, 59, 60),
            excerpt="Nous avons apprécié le parcours numéro 05, et surtout votre expérience de la paie.",
            others=(6, 59),
            fix="Compare the cells in \"Retour\": one person's text may have been copied to another's row.",
            fingerprint="62188e548ffe730a",
            says='Prénomaf Nomfaez (line 7), Prénomcg Nomgcez (line 60) and 1 more would get identical text in "Retour", although it is usually different for each person: Nous avons apprécié le parcours numéro 05, et surtout votre…',
        ),
    ),
    "seven texts among ten people": case(
        feedback(*range(7), 0, 1, 2),
        expect(
            record=8,
            line=9,
            field="retour",
            affected=(1, 8),
            excerpt="Nous avons apprécié le parcours numéro 00, et surtout votre expérience de la paie.",
            others=(1,),
            fingerprint="3d074c76e448674b",
            says='Prénomaa Nomaaez (line 2) and Prénomah Nomhaez (line 9) would get identical text in "Retour", although it is usually different for each person: Nous avons apprécié le parcours numéro 00, et surtout votre…',
        ),
        expect(
            record=9,
            line=10,
            field="retour",
            affected=(2, 9),
            excerpt="Nous avons apprécié le parcours numéro 01, et surtout votre expérience de la paie.",
            others=(2,),
            fingerprint="3a7563c266515a0e",
            says='Prénomab Nombaez (line 3) and Prénomai Nomiaez (line 10) would get identical text in "Retour", although it is usually different for each person: Nous avons apprécié le parcours numéro 01, et surtout votre…',
        ),
        expect(
            record=10,
            line=11,
            field="retour",
            affected=(3, 10),
            excerpt="Nous avons apprécié le parcours numéro 02, et surtout votre expérience de la paie.",
            others=(3,),
            fingerprint="7dd04650601e6904",
            says='Prénomac Nomcaez (line 4) and Prénomaj Nomjaez (line 11) would get identical text in "Retour", although it is usually different for each person: Nous avons apprécié le parcours numéro 02, et surtout votre…',
        ),
    ),
    "under a long header": case(
        feedback(*range(9), 0, header="Retour du recruteur après le deuxième entretien"),
        expect(
            record=10,
            line=11,
            field="retour_du_recruteur_apres_le_deuxieme_entretien",
            affected=(1, 10),
            excerpt="Nous avons apprécié le parcours numéro 00, et surtout votre expérience de la paie.",
            fingerprint="6cdd828f97946666",
            says='Prénomaa Nomaaez (line 2) and Prénomaj Nomjaez (line 11) would get identical text in "Retour du recruteur après le deuxième e…", although it is usually different for each person: Nous avons apprécié le parcours numéro 00, et surtout votre…',
        ),
    ),
}
PASSES = {
    "standard reasons": column("Motif type", [FEEDBACK[n % 2] for n in range(6)], "\n{{ motif_type }}\n"),
    "everybody their own": column("Retour", FEEDBACK, "\n{{ retour }}\n"),
    "four alike among sixty": feedback(*range(57), 5, 5, 5),
    "six texts among nine people": feedback(*range(6), 0, 1, 2),
}

test_fails, test_passes = cases_of("XRC408", FAILS, PASSES)
