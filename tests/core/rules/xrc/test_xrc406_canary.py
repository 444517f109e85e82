"""XRC406: Nothing of somebody who does not exist is in a message."""

from __future__ import annotations

from lint_cases import inspection_of
from rule_cases import case, cases_of, expect, with_canary

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
}
PASSES = {
    "nothing stays": inspection_of,
}

test_fails, test_passes = cases_of("XRC406", FAILS, PASSES)
