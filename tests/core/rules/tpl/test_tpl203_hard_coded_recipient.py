"""TPL203: Nobody of the table stands in the letter itself."""

from __future__ import annotations

from lint_cases import LETTER, changed, inspection_of
from rule_cases import case, cases_of, expect, header, letter

from mailmerge.lint import LintSettings
from mailmerge.model import Severity

FAILS = {
    "a full name": case(
        letter("Comme convenu avec Zoé Lefèvre."),
        expect(
            letter_line=11,
            excerpt="Zoé Lefèvre",
            fingerprint="4f8b444ff4bac1c5",
            says="lettre.md, line 11: the letter text itself contains the full name of Zoé Lefèvre (line 4), which every recipient would see",
        ),
    ),
    "the other way round, in capitals": case(
        letter("LEFEVRE ZOE"),
        expect(
            letter_line=11,
            excerpt="LEFEVRE ZOE",
            fingerprint="4f8b444ff4bac1c5",
            says="lettre.md, line 11: the letter text itself contains the full name of Zoé Lefèvre (line 4), which every recipient would see",
        ),
    ),
    "an address": case(
        letter("Écrivez à jean.dupont@mail.example."),
        expect(
            letter_line=11,
            excerpt="jean.dupont@mail.example",
            fingerprint="ea0f61dc1a1c0f8a",
            says="lettre.md, line 11: the letter text itself contains the e-mail address of Jean Dupont (line 3), which every recipient would see",
        ),
    ),
    "a reference": case(
        letter("Dossier RC-0019."),
        expect(
            letter_line=11,
            excerpt="RC-0019",
            fingerprint="78a6907f8f0222ba",
            says="lettre.md, line 11: the letter text itself contains the reference of Zoé Lefèvre (line 4), which every recipient would see",
        ),
    ),
    "a telephone number": case(
        letter("Appelez le +33 6 12 34 56 03."),
        expect(
            letter_line=5,
            fingerprint="3d7fbe0589927d6f",
            says="lettre.md, line 5: the letter text itself contains the telephone number of Zoé Lefèvre (line 4), which every recipient would see",
        ),
    ),
    "who signs (listed)": case(
        lambda: inspection_of(letter=LETTER + "\nInès Petit\n", settings=LintSettings(signatories=("Inès Petit",))),
        expect(
            severity=Severity.INFO,
            letter_line=11,
            excerpt="Inès Petit",
            fingerprint="5bdcc097cc309239",
            says="lettre.md, line 11: the letter text itself contains the full name of Inès Petit (line 2), a declared signatory",
        ),
    ),
}
PASSES = {
    "nobody": inspection_of,
    "the name in From": header("From: Claire Durand <rh@exemple.test>"),
    "ordinary words": lambda: inspection_of(
        changed(2, prenom="Juste", nom="Petit", adresse_e_mail="j@x.example"),
        LETTER + "\nNous avons un petit, juste un petit regret.\n",
    ),
    "a street": lambda: inspection_of(
        changed(2, prenom="Victor", nom="Hugo", adresse_e_mail="v.hugo@x.example"),
        LETTER + "\n12 rue Victor Hugo, 31000 Toulouse\n",
    ),
}

test_fails, test_passes = cases_of("TPL203", FAILS, PASSES)
