"""LST112: No spreadsheet error where a value should be."""

from __future__ import annotations

from lint_cases import PEOPLE, inspection_of
from rule_cases import case, cases_of, cell, cells, column, expect, headerless, under_header

FAILS = {
    "a shortened number with a decimal and no plus": case(
        cell(reference="1.2E11"),
        expect(
            record=2,
            line=3,
            field="reference",
            excerpt="1.2E11",
            fingerprint="6110421701818d78",
            says='Jean Dupont (line 3) has a long number that the spreadsheet shortened to 1.2E11 in "Référence"',
        ),
    ),
    "N/A": case(
        cell(poste="#N/A"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="#N/A",
            fingerprint="e3381da2630e4c2e",
            says='Jean Dupont (line 3) has a spreadsheet error in "Poste": #N/A',
        ),
    ),
    "VALEUR": case(
        cell(poste="#VALEUR!"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="#VALEUR!",
            fingerprint="4efc62a31d5b12ea",
            says='Jean Dupont (line 3) has a spreadsheet error in "Poste": #VALEUR!',
        ),
    ),
    "too narrow": case(
        cell(reference="#####"),
        expect(
            record=2,
            line=3,
            field="reference",
            excerpt="#####",
            fingerprint="35150b6f28204151",
            says='Jean Dupont (line 3) has ##### instead of a value in "Référence"',
        ),
    ),
    "a long number": case(
        cell(reference="1,2E+11"),
        expect(
            record=2,
            line=3,
            field="reference",
            excerpt="1,2E+11",
            fingerprint="077ac83dc33ae831",
            says='Jean Dupont (line 3) has a long number that the spreadsheet shortened to 1,2E+11 in "Référence"',
        ),
    ),
    "everybody": case(
        lambda: inspection_of([(*row[:4], "#NOM ?", *row[5:]) for row in PEOPLE]),
        expect(
            record=1,
            line=2,
            field="poste",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            others=(2, 3, 4, 5, 6),
            excerpt="#NOM ?",
            fingerprint="107f38291af61e22",
            says='6 people have a spreadsheet error in "Poste": #NOM ? (lines 2, 3, 4, 5, 6 and 1 more)',
            fix='Correct the formula in "Poste", or type the value.',
        ),
    ),
    "everybody's too narrow": case(
        lambda: inspection_of([(*row[:5], "####", *row[6:]) for row in PEOPLE]),
        expect(
            record=1,
            line=2,
            field="reference",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            others=(2, 3, 4, 5, 6),
            excerpt="####",
            fingerprint="401ff74ffa90e5d7",
            says='6 people have #### instead of a value in "Référence" (lines 2, 3, 4, 5, 6 and 1 more)',
            fix='The cell cannot show its value: widen the column "Référence" or give it another number format, such as General or a plain date, and save the file again.',
        ),
    ),
    "everybody's long number": case(
        lambda: inspection_of([(*row[:5], "-3.5e+12", *row[6:]) for row in PEOPLE]),
        expect(
            record=1,
            line=2,
            field="reference",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            others=(2, 3, 4, 5, 6),
            excerpt="-3.5e+12",
            fingerprint="8dc0d77af4b0eadb",
            says='6 people have a long number that the spreadsheet shortened to -3.5e+12 in "Référence" (lines 2, 3, 4, 5, 6 and 1 more)',
            fix='Format the column "Référence" as text, and type the number again.',
        ),
    ),
    "two kinds": case(
        cells(poste=(1, "Err:502"), reference=(2, "1E+11")),
        expect(
            record=1,
            line=2,
            field="poste",
            excerpt="Err:502",
            fingerprint="ed3149e0b4d63374",
            says='Inès Petit (line 2) has a spreadsheet error in "Poste": Err:502',
            fix='Correct the formula in "Poste", or type the value.',
        ),
        expect(
            record=2,
            line=3,
            field="reference",
            excerpt="1E+11",
            fingerprint="4017e3e90f9471cd",
            says='Jean Dupont (line 3) has a long number that the spreadsheet shortened to 1E+11 in "Référence"',
            fix='Format the column "Référence" as text, and type the number again.',
        ),
    ),
    "within a text": case(
        cell(poste="Chef #BEZUG! de rang"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="Chef #BEZUG! de rang",
            fingerprint="9a00181bb925e491",
            says='Jean Dupont (line 3) has a spreadsheet error in "Poste": Chef #BEZUG! de rang',
            fix='Correct the formula in "Poste", or type the value.',
        ),
    ),
    "the same error in two rows": case(
        cells(poste=(1, "#REF!"), poste_=(4, "#REF!")),
        expect(
            record=1,
            line=2,
            field="poste",
            excerpt="#REF!",
            fingerprint="6d559b58e14dd2bc",
            says='Inès Petit (line 2) has a spreadsheet error in "Poste": #REF!',
            fix='Correct the formula in "Poste", or type the value.',
        ),
        expect(
            record=4,
            line=5,
            field="poste",
            excerpt="#REF!",
            fingerprint="e6bc8feeb518348d",
            says='Paul Nguyen (line 5) has a spreadsheet error in "Poste": #REF!',
            fix='Correct the formula in "Poste", or type the value.',
        ),
    ),
    "three signs": case(
        cell(poste="###"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="###",
            fingerprint="ec734a3f74b3f22b",
            says='Jean Dupont (line 3) has ### instead of a value in "Poste"',
            fix='The cell cannot show its value: widen the column "Poste" or give it another number format, such as General or a plain date, and save the file again.',
        ),
    ),
    "in a column without a header": case(
        headerless("poste", cells(poste=(2, "#DIV/0!"))),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="#DIV/0!",
            fingerprint="1aaae2be5b452a2a",
            says='Jean Dupont (line 3) has a spreadsheet error in "poste": #DIV/0!',
            fix='Correct the formula in "poste", or type the value.',
        ),
    ),
    "in the name": case(
        cell(nom="#N/D"),
        expect(
            record=2,
            line=3,
            field="nom",
            excerpt="#N/D",
            fingerprint="4b1b4bc3b6ea6887",
            says='Jean #N/D (line 3) has a spreadsheet error in "Nom": #N/D',
            fix='Correct the formula in "Nom", or type the value.',
        ),
    ),
    "a long text": case(
        under_header(f"Colonne {'x' * 50}", f"#REF! {'y' * 50}"),
        expect(
            record=2,
            line=3,
            field="colonne_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            excerpt="#REF! yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
            fingerprint="434df646da94d84b",
            says='Jean Dupont (line 3) has a spreadsheet error in "Colonne xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…": #REF! yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…',
            fix='Correct the formula in "Colonne xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…", or type the value.',
        ),
    ),
}
PASSES = {
    **{f"a room called {room}": cells(poste=(1, room)) for room in ("1E10", "2e04", "3E112", "1E00")},
    "a code with a decimal among others of its kind": column(
        "Local", ["1.2E10", "1.3B10", "1.4C02", "2.1E11"], "\n{{ local|default('') }}\n"
    ),
    "a person called Na": cell(nom="Na"),
    "a hash": cell(poste="Développeur C#"),
    "a field that nobody uses": column("Vieux", "#REF!"),
    "two signs": cell(poste="##"),
    "signs in a text": cell(poste="#### Paris"),
    "a number after Err": cell(poste="Err:50"),
    "a word that begins so": cell(poste="Errance"),
    "one digit": cell(reference="1,2E+1"),
    "a reference": cell(reference="A1E+11"),
    "a reference that begins with a digit": cell(reference="1E+11B"),
    "nothing": column("Note", "", "\n{{ note|default('') }}\n"),
}

test_fails, test_passes = cases_of("LST112", FAILS, PASSES)
