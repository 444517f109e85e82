"""MSG307: Only the parts that the letter declares."""

from __future__ import annotations

from lint_files import pdf
from msgspec.structs import replace
from rule_cases import _attachment, attached, case, cases_of, composed, expect, only

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
    "a message as a part, once": case(
        only(
            composed(
                lambda inspection, message: replace(message, attachments=(_attachment("a.eml", "message/rfc822"),))
            ),
            2,
        ),
        expect(
            record=2,
            line=3,
            letter="lettre.md",
            fix="Remove it from lettre.md; send documents as PDF.",
            fingerprint="24e1fc4c1979365d",
            says="Jean Dupont (line 3): the attachment a.eml is a whole e-mail message",
        ),
        expect(
            record=2,
            line=3,
            letter="lettre.md",
            fix="Check the Attachment headers of lettre.md.",
            fingerprint="2dae08c399de55da",
            says="Jean Dupont (line 3): the number of attachments is 1, but lettre.md declares 0",
        ),
    ),
    "several parts as a part": case(
        only(
            composed(
                lambda inspection, message: replace(message, attachments=(_attachment("a.mht", "multipart/related"),))
            ),
            2,
        ),
        expect(
            record=2,
            line=3,
            fingerprint="ee17ca03d27c6bcb",
            says="Jean Dupont (line 3): the attachment a.mht is a whole e-mail message",
        ),
        expect(
            record=2,
            line=3,
            fingerprint="2dae08c399de55da",
            says="Jean Dupont (line 3): the number of attachments is 1, but lettre.md declares 0",
        ),
    ),
}
PASSES = {
    "a declared attachment": attached("livret.pdf", pdf()),
}

test_fails, test_passes = cases_of("MSG307", FAILS, PASSES)
