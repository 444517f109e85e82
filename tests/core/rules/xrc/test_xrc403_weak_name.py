"""XRC403: Surnames of others, with an initial or a title."""

from __future__ import annotations

from rule_cases import case, cases_of, cell, expect, letter

FAILS = {
    "a title and a surname": case(
        cell(poste="vu avec Mme Petit"),
        expect(
            affected=(2,),
            count=2,
            excerpt="Mme Petit",
            fingerprint="cfca08e754f5636f",
            says='messages mention surnames that others in the table share, such as "Mme Petit" (mentions: 2; lines 3)',
        ),
    ),
    "an initial and a surname": case(
        cell(poste="vu avec I. Petit"),
        expect(
            affected=(2,),
            count=2,
            excerpt="I. Petit",
            fingerprint="cfca08e754f5636f",
            says='messages mention surnames that others in the table share, such as "I. Petit" (mentions: 2; lines 3)',
        ),
    ),
}
PASSES = {
    "one's own": letter("{{ civilite }} {{ nom }}"),
}

test_fails, test_passes = cases_of("XRC403", FAILS, PASSES)
