"""XRC405: A message is the same whoever was written to before."""

from __future__ import annotations

from lint_cases import inspection_of
from rule_cases import case, cases_of, expect, with_memory

FAILS = {
    "a counter": case(
        with_memory,
        expect(
            record=6,
            line=7,
            affected=(6, 5, 4, 3, 2, 1),
            count=6,
            fingerprint="c71eeb8d93577d93",
            says="6 messages are different when they are composed after others (lines 7, 6, 5, 4, 3 and 1 more)",
        ),
    ),
}
PASSES = {
    "every message for itself": inspection_of,
}

test_fails, test_passes = cases_of("XRC405", FAILS, PASSES)
