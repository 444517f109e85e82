"""LST117: Each exclusion names exactly one person."""

from __future__ import annotations

from lint_cases import inspection_of
from rule_cases import case, cases_of, excluding, expect

from mailmerge.model import Severity

FAILS = {
    "two people": case(
        excluding((2, 3)),
        expect(
            fingerprint="72d565f28e496abc",
            says="the exclusion of Ana Gil <a@x.example> matches Jean Dupont (line 3) and Zoé Lefèvre (line 4): nobody can tell which of them is meant",
        ),
    ),
    "nobody any more": case(
        excluding(()),
        expect(
            severity=Severity.WARN,
            fingerprint="4bb9460b4099968f",
            says="the exclusion of Ana Gil <a@x.example> matches nobody in the table any more",
        ),
    ),
    "nobody, but somebody near": case(
        excluding((), (2,)),
        expect(
            severity=Severity.WARN,
            fingerprint="4bb9460b4099968f",
            says="the exclusion of Ana Gil <a@x.example> matches nobody in the table any more; the nearest is Jean Dupont (line 3)",
        ),
    ),
}
PASSES = {
    "one person": excluding((2,)),
    "nobody left out": inspection_of,
}

test_fails, test_passes = cases_of("LST117", FAILS, PASSES)
