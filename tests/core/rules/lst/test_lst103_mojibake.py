"""LST103: Accented letters are intact, not garbled by a wrong encoding."""

from __future__ import annotations

from lint_cases import changed, inspection_of
from rule_cases import HEADER_LENGTHS, case, cases_of, cell, column, expect, headed

from mailmerge.lint.finding import fingerprint
from mailmerge.text import visible

FIX = 'Set the encoding of the file (encoding = "..."), export it again as "CSV UTF-8", or correct the cell.'

FAILS = {
    "decoded twice": case(
        cell(prenom="HÃ©lÃ¨ne"),
        expect(
            record=2,
            line=3,
            field="prenom",
            excerpt="HÃ©lÃ¨ne",
            fingerprint="9ced81c11953e33d",
            says='HÃ©lÃ¨ne Dupont (line 3) has garbled characters in "Prénom": HÃ©lÃ¨ne; it should probably read Hélène',
        ),
    ),
    "replacement characters": case(
        cell(nom="Lef\ufffdvre"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Lef�vre",
            fingerprint="1bc591d6d255e1de",
            says='Jean Lef�vre (line 3) has garbled characters in "Nom": Lef�vre',
        ),
    ),
    "a control character": case(
        cell(nom="Lef\x92vre"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="Lef\x92vre",
            fingerprint="b1f0434e9d4b3209",
            says='Jean Lef‹U+0092›vre (line 3) has garbled characters in "Nom": Lef‹U+0092›vre',
        ),
    ),
    "lost accents": case(
        cell(prenom="H?l?ne"),
        expect(
            record=2,
            line=3,
            field="prenom",
            excerpt="H?l?ne",
            fingerprint="2a82f9fdcf94863e",
            says='H?l?ne Dupont (line 3) has garbled characters in "Prénom": H?l?ne',
        ),
    ),
    "Mac Roman": case(
        cell(prenom="HÈlËne"),
        expect(
            record=2,
            line=3,
            field="prenom",
            excerpt="HÈlËne",
            fingerprint="30992a6a580c027c",
            says='HÈlËne Dupont (line 3) has garbled characters in "Prénom": HÈlËne',
        ),
    ),
    "four people, one of whom can be repaired": case(
        lambda: inspection_of(
            changed(1, changed(2, changed(3, changed(5, nom="a\ufffd"), nom="b\ufffd"), nom="HÃ©on"), nom="c\ufffd")
        ),
        expect(
            record=1,
            line=2,
            field="nom",
            excerpt="c\ufffd",
            affected=(1, 2, 3, 5),
            others=(2, 3, 5),
            count=4,
            fingerprint="4dd2abe35b07e9c8",
            says='4 people have garbled characters in "Nom", such as c\ufffd (lines 2, 3, 4, 6)',
            fix=FIX,
        ),
    ),
    "four people whose text can be repaired": case(
        lambda: inspection_of(
            changed(1, changed(2, changed(3, changed(5, nom="HÃ©a"), nom="HÃ©b"), nom="HÃ©c"), nom="HÃ©d")
        ),
        expect(
            record=1,
            line=2,
            field="nom",
            excerpt="HÃ©d",
            affected=(1, 2, 3, 5),
            count=4,
            fingerprint="4dd2abe35b07e9c8",
            says='4 people have garbled characters in "Nom", such as HÃ©d (lines 2, 3, 4, 6)',
            fix=FIX,
        ),
    ),
    "in the job title, which the letter prints": case(
        cell(poste="DÃ©veloppeur {cell} Ã©"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="DÃ©veloppeur {cell} Ã©",
            fingerprint="f4af1dc267922367",
            says='Jean Dupont (line 3) has garbled characters in "Poste": DÃ©veloppeur {cell} Ã©; it should probably '
            "read Développeur {cell} é",
            fix=FIX,
        ),
    ),
    **{
        f"a header and a word of {length} letters": case(
            headed(length, "Ã©" * length),
            expect(
                record=2,
                line=3,
                field="h" * length,
                excerpt="Ã©" * length,
                fingerprint=fingerprint("LST103", ("h" * length, "Ã©" * length)),
                says=f'Jean Dupont (line 3) has garbled characters in "{shown}": {"Ã©" * 29}Ã…; it should probably read '
                + shown.replace("H", "é"),
            ),
        )
        for length, shown in HEADER_LENGTHS.items()
    },
    "an apostrophe beside a lost accent": case(
        cell(nom="L'?toile"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="L'?toile",
            fingerprint="414eb7d5299c95f9",
            says="Jean L'?toile (line 3) has garbled characters in \"Nom\": L'?toile",
        ),
    ),
    **{
        f"U+{ord(character):04X}": case(
            cell(poste=f"Juriste{character}"),
            expect(
                record=2,
                line=3,
                field="poste",
                excerpt=f"Juriste{character}",
                fingerprint=fingerprint("LST103", ("poste", f"Juriste{character}")),
                says=f'Jean Dupont (line 3) has garbled characters in "Poste": Juriste{visible(character)}',
            ),
        )
        for character in "\x00\x08\x0b\x0c\x0e\x1f\x80\x9f"
    },
}
PASSES = {
    **{f"{character!a}": cell(poste=f"Juriste{character}b") for character in "\t\n\r\xa0"},
    "a question in what is not a name": cell(poste="Juriste?ou"),
    "two lines in ASCII": cell(poste="Juriste\nb"),
    "Mac Roman letters in what is not a name": cell(poste="caÈe"),
    "JOÃO": cell(prenom="JOÃO"),
    "many accents": cell(prenom="Zoë", nom="Ñúñez-Ibáñez de l’Être"),
    "Âge": cell(poste="Œnologue à Âmes"),
    "a question": cell(poste="Juriste ?"),
    "a field that nobody uses": column("Vieux", "HÃ©"),
}

test_fails, test_passes = cases_of("LST103", FAILS, PASSES)
