"""XRC407: One record, one message, one recipient."""

from __future__ import annotations

from dataclasses import replace

from lint_cases import inspection_of
from rule_cases import case, cases_of, composed, expect, swapped

FAILS = {
    "another record's message": case(
        composed(swapped),
        expect(
            record=2,
            line=3,
            fingerprint="fbd7f7a8a046bb42",
            says="the message composed for Jean Dupont (line 3) is addressed to Zoé Lefèvre (line 4)",
        ),
    ),
    "a record twice": case(
        lambda: replace(inspection_of(), recipients=[*inspection_of().recipients, inspection_of().recipients[0]]),
        expect(record=1, line=2, fingerprint="1ea5587520bab7c2", says="Inès Petit (line 2) would receive 2 messages"),
    ),
}
PASSES = {
    "one each": inspection_of,
}

test_fails, test_passes = cases_of("XRC407", FAILS, PASSES)
