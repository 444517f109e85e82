"""XRC406: Messages contain nothing of somebody who does not exist."""

from __future__ import annotations

from lint_cases import inspection_of
from rule_cases import case, cases_of, expect, letter, only, with_canary

FAILS = {
    "the first value stays": case(
        with_canary,
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            fingerprint="bf36998a73337865",
            says="6 messages contain something from a message composed earlier (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "the first value stays, once": case(
        only(with_canary, 2),
        expect(
            record=2,
            line=3,
            fix="Do not send. Report this as a bug: messages depend on each other.",
            fingerprint="a812c9d3fa1c00aa",
            says="Jean Dupont (line 3): the message contains something from a message composed earlier",
        ),
    ),
    "in the words of the letter": case(
        only(letter("Qzcanari7"), 2),
        expect(
            record=2,
            line=3,
            fingerprint="a812c9d3fa1c00aa",
            says="Jean Dupont (line 3): the message contains something from a message composed earlier",
        ),
    ),
    "in the words of the letter, far from any value": case(
        only(letter("Nous vous remercions " * 9 + "Qzcanari7" + " de votre intérêt" * 9), 2),
        expect(
            record=2,
            line=3,
            fingerprint="a812c9d3fa1c00aa",
            says="Jean Dupont (line 3): the message contains something from a message composed earlier",
        ),
    ),
}
PASSES = {
    "nothing stays": inspection_of,
}

test_fails, test_passes = cases_of("XRC406", FAILS, PASSES)
