"""XRC408: A text written for one person is read by one person."""

from __future__ import annotations

from rule_cases import FEEDBACK, case, cases_of, column, expect

FAILS = {
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
}
PASSES = {
    "standard reasons": column("Motif type", [FEEDBACK[n % 2] for n in range(6)], "\n{{ motif_type }}\n"),
    "everybody their own": column("Retour", FEEDBACK, "\n{{ retour }}\n"),
}

test_fails, test_passes = cases_of("XRC408", FAILS, PASSES)
