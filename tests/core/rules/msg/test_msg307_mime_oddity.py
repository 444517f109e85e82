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
            fingerprint="2565e95c7752aac7",
            says="in 6 messages the number of attachments is 1, but lettre.md declares 0 (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
    "a message as a part": case(
        composed(lambda inspection, message: replace(message, attachments=(_attachment("a.eml", "message/rfc822"),))),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            fingerprint="4fbf2f4bb11256e3",
            says="6 people would get the attachment a.eml, which is a whole e-mail message (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
        expect(
            record=1,
            line=2,
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            fingerprint="2565e95c7752aac7",
            says="in 6 messages the number of attachments is 1, but lettre.md declares 0 (lines 2, 3, 4, 5, 6 and 1 more)",
        ),
    ),
}
PASSES = {
    "a declared attachment": attached("livret.pdf", pdf()),
}

test_fails, test_passes = cases_of("MSG307", FAILS, PASSES)
