"""TPL204: Nothing is left of the letter that this one was made from."""

from __future__ import annotations

from lint_cases import LETTER, inspection_of
from rule_cases import case, cases_of, expect, letter

from mailmerge.lint import LintSettings

FAILS = {
    "another person's name": case(
        letter("Chère Madame Garnier,"),
        expect(
            letter_line=11,
            excerpt="Madame Garnier",
            fingerprint="2ff80fbfe15e2023",
            says='lettre.md, line 11: "Madame Garnier" seems to be left over from another letter; every recipient would see it',
        ),
    ),
    "a date of another year": case(
        letter("Suite à notre entretien du 12 mars 2019,"),
        expect(
            letter_line=11,
            excerpt="12 mars 2019",
            fingerprint="129a24773b3563a1",
            says='lettre.md, line 11: "12 mars 2019" seems to be left over from another letter; every recipient would see it',
        ),
    ),
    "in English": case(
        letter("Dear Mr Smith, as agreed on 4 May 2018"),
        expect(
            letter_line=11,
            excerpt="Mr Smith",
            fingerprint="914c401710b348aa",
            says='lettre.md, line 11: "Mr Smith" seems to be left over from another letter; every recipient would see it',
        ),
        expect(
            letter_line=11,
            excerpt="4 May 2018",
            fingerprint="cf65d500ebba1b76",
            says='lettre.md, line 11: "4 May 2018" seems to be left over from another letter; every recipient would see it',
        ),
    ),
}
PASSES = {
    "both titles": letter("Madame, Monsieur,"),
    "a function": letter("Madame la Directrice,"),
    "who signs": lambda: inspection_of(
        letter=LETTER + "\nMme Claire Durand\n", settings=LintSettings(signatories=("Claire Durand",))
    ),
    "the date of a law": letter("règlement (UE) 2016/679 du 27 avril 2016"),
}

test_fails, test_passes = cases_of("TPL204", FAILS, PASSES)
