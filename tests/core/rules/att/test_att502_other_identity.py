"""ATT502: No attachment tells of somebody else."""

from __future__ import annotations

from lint_files import office, pdf
from rule_cases import attached, case, cases_of, expect, personal

FAILS = {
    "in the text": case(
        attached("planning.pdf", pdf("9 h Jean Dupont")),
        expect(
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="dupont jean",
            fingerprint="89467ae5a4a9adfb",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment planning.pdf (page 1): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in a hidden sheet": case(
        attached("planning.docx", office({"word/custom.xml": "<a>Zoé LEFÈVRE</a>"})),
        expect(
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="lefevre zoe",
            fingerprint="da131b35c1866efc",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment planning.docx (word/custom.xml): lines 2, 3, 5, 6, 7",
        ),
    ),
    "over runs": case(
        attached("a.docx", office(text="Jean Du</w:t></w:r><w:r><w:t>pont")),
        expect(
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="dupont jean",
            fingerprint="16329d2db196c091",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment a.docx (word/document.xml): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in the metadata": case(
        attached("a.docx", office(author="Zoé Lefèvre")),
        expect(
            affected=(1, 2, 4, 5, 6),
            count=5,
            excerpt="lefevre zoe",
            fingerprint="ccae8999170b2c60",
            says="5 people would get the full name of Zoé Lefèvre (line 4) in the attachment a.docx (docProps/core.xml): lines 2, 3, 5, 6, 7",
        ),
    ),
    "in the name": case(
        attached("Dupont_Jean.pdf", pdf()),
        expect(
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="dupont jean",
            fingerprint="ba0ad8b3defc0c78",
            says="5 people would get the full name of Jean Dupont (line 3) in the attachment Dupont_Jean.pdf (its name): lines 2, 4, 5, 6, 7",
        ),
    ),
    "in another's file": case(
        personal(content=lambda row: pdf("Attestation RC-0018")),
        expect(
            record=1,
            line=2,
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="rc 0018",
            fingerprint="bafe0d465b25de67",
            says="5 people would get the reference of Jean Dupont (line 3) in the attachment RC-0017.pdf (page 1): lines 2, 4, 5, 6, 7",
        ),
    ),
}
PASSES = {
    "one's own": personal(),
    "nobody": attached("livret.pdf", pdf("Bienvenue")),
}

test_fails, test_passes = cases_of("ATT502", FAILS, PASSES)
