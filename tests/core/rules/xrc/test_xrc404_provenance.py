"""XRC404: Every printed value is this record's."""

from __future__ import annotations

from rule_cases import case, cases_of, composed, expect, letter, stale

FAILS = {
    "another record's value": case(
        composed(stale),
        expect(
            record=2,
            line=3,
            field="nom",
            affected=(2, 3, 4, 5, 6),
            count=5,
            excerpt="Petit",
            fingerprint="2dfed9f47cde804d",
            says='in 5 messages the letter prints a different value for "Nom" from the table\'s (lines 3, 4, 5, 6, 7)',
        ),
    ),
}
PASSES = {
    "capitals": letter("{{ nom|upper }} {{ nom|proper }}"),
    "a part of it": letter("{{ nom[:1] }}."),
}

test_fails, test_passes = cases_of("XRC404", FAILS, PASSES)
