"""XRC409: No message is far longer than those like it."""

from __future__ import annotations

from lint_cases import changed, inspection_of
from rule_cases import MANY, case, cases_of, expect

FAILS = {
    "one far too long": case(
        lambda: inspection_of(changed(7, MANY, poste="Comptable " + "et encore " * 60)),
        expect(
            record=7,
            line=8,
            fingerprint="d59a23c8b41f8112",
            says="the message to Prénomag Nomgaez (line 8) is 600 characters longer than similar messages",
        ),
    ),
}
PASSES = {
    "a long job title": lambda: inspection_of(
        changed(7, MANY, poste="Responsable administratif et financier du site de Saint-Martin-de-Crau")
    ),
}

test_fails, test_passes = cases_of("XRC409", FAILS, PASSES)
