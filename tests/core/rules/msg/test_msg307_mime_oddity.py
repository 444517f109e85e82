"""MSG307: Only the parts that the letter declares."""

from __future__ import annotations

from dataclasses import replace

from lint_files import pdf
from rule_cases import _attachment, attached, case, cases_of, composed, expect

FAILS = {
    "a part too many": case(
        composed(
            lambda inspection, message: replace(message, attachments=(*message.attachments, _attachment("a.pdf")))
        ),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            fingerprint="dc4112e791ac5e8c",
            says="Inès Petit (line 2): 1 attachments instead of 0 (6 people affected: lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a message as a part": case(
        composed(lambda inspection, message: replace(message, attachments=(_attachment("a.eml", "message/rfc822"),))),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            fingerprint="0624eb2196de5a54",
            says="Inès Petit (line 2): a part is a whole message (a.eml) (6 people affected: lines 2, 3, 4, 5, 6 and 1 more)",
        ),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            fingerprint="dc4112e791ac5e8c",
            says="Inès Petit (line 2): 1 attachments instead of 0 (6 people affected: lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
}
PASSES = {
    "a declared attachment": attached("livret.pdf", pdf()),
}

test_fails, test_passes = cases_of("MSG307", FAILS, PASSES)
