"""LST113: No formula in a field that is used."""

from __future__ import annotations

from rule_cases import case, cases_of, cell, cells, column, expect, headerless, under_header

FAILS = {
    "a link": case(
        cell(poste='=HYPERLINK("http://x.example";"Voir")'),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt='=HYPERLINK("http://x.example";"Voir")',
            fingerprint="ad823e848e2e927d",
            says='Jean Dupont (line 3) has what looks like a formula in "Poste": =HYPERLINK("http://x.example";"Voir")',
        ),
    ),
    "a command": case(
        cell(poste="+cmd|' /C calc'!A0"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="+cmd|' /C calc'!A0",
            fingerprint="9ae5938048834048",
            says="Jean Dupont (line 3) has what looks like a formula in \"Poste\": +cmd|' /C calc'!A0",
        ),
    ),
    "an at sign": case(
        cell(poste="@SUM(A1:A9)"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="@SUM(A1:A9)",
            fingerprint="9c828b4e397866c5",
            says='Jean Dupont (line 3) has what looks like a formula in "Poste": @SUM(A1:A9)',
        ),
    ),
    "everybody": case(
        column("Ville", "=A1", "\n{{ ville }}\n"),
        expect(
            record=1,
            line=2,
            field="ville",
            affected=(1, 2, 3, 4, 5, 6),
            count=6,
            others=(2, 3, 4, 5, 6),
            excerpt="=A1",
            fingerprint="be302a2e77eb49d0",
            says='6 people have what looks like a formula in "Ville" (lines 2, 3, 4, 5, 6 and 1 more)',
            fix='Replace the formula in "Ville" with its value.',
        ),
    ),
    "a minus and a word": case(
        cell(poste="-bon parcours"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="-bon parcours",
            fingerprint="f2e83f9c88cf1471",
            says='Jean Dupont (line 3) has what looks like a formula in "Poste": -bon parcours',
            fix='Replace the formula in "Poste" with its value.',
        ),
    ),
    "a space after the equals sign": case(
        cell(poste="= A1"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="= A1",
            fingerprint="7ffc58468af6beee",
            says='Jean Dupont (line 3) has what looks like a formula in "Poste": = A1',
            fix='Replace the formula in "Poste" with its value.',
        ),
    ),
    "the shortest": case(
        cell(poste="@a"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="@a",
            fingerprint="72d9c949d45fcfe8",
            says='Jean Dupont (line 3) has what looks like a formula in "Poste": @a',
            fix='Replace the formula in "Poste" with its value.',
        ),
    ),
    "an equals sign and a number": case(
        cell(reference="=1"),
        expect(
            record=2,
            line=3,
            field="reference",
            excerpt="=1",
            fingerprint="fc567ec48d160799",
            says='Jean Dupont (line 3) has what looks like a formula in "Référence": =1',
            fix='Replace the formula in "Référence" with its value.',
        ),
    ),
    "two people": case(
        cells(poste=(1, "=A1"), poste_=(4, "=A1")),
        expect(
            record=1,
            line=2,
            field="poste",
            excerpt="=A1",
            fingerprint="d8466a462a5e0f6e",
            says='Inès Petit (line 2) has what looks like a formula in "Poste": =A1',
            fix='Replace the formula in "Poste" with its value.',
        ),
        expect(
            record=4,
            line=5,
            field="poste",
            excerpt="=A1",
            fingerprint="d8466a462a5e0f6e",
            says='Paul Nguyen (line 5) has what looks like a formula in "Poste": =A1',
            fix='Replace the formula in "Poste" with its value.',
        ),
    ),
    "a number that is too short for a telephone": case(
        cell(poste="+33 a"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="+33 a",
            fingerprint="1da9c3e9ab3dcd42",
            says='Jean Dupont (line 3) has what looks like a formula in "Poste": +33 a',
            fix='Replace the formula in "Poste" with its value.',
        ),
    ),
    "a number with letters after it": case(
        cell(poste="-5 % de"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="-5 % de",
            fingerprint="fecd5a7e3a2a5503",
            says='Jean Dupont (line 3) has what looks like a formula in "Poste": -5 % de',
            fix='Replace the formula in "Poste" with its value.',
        ),
    ),
    "in a column without a header": case(
        headerless("poste", cells(poste=(2, "=A1"))),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="=A1",
            fingerprint="d8466a462a5e0f6e",
            says='Jean Dupont (line 3) has what looks like a formula in "poste": =A1',
            fix='Replace the formula in "poste" with its value.',
        ),
    ),
    "a long text": case(
        under_header(f"Colonne {'x' * 50}", f"={'y' * 60}"),
        expect(
            record=2,
            line=3,
            field="colonne_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            excerpt="=yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
            fingerprint="a42d6e7208f5a4b4",
            says='Jean Dupont (line 3) has what looks like a formula in "Colonne xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…": =yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…',
            fix='Replace the formula in "Colonne xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" with its value.',
        ),
    ),
}
PASSES = {
    "a line of a list": column("Retour", "- bon parcours (5 ans)", "\n{{ retour }}\n"),
    "a telephone number": column("Mobile", "+33 6 12 34 56 78", "\n{{ mobile }}\n"),
    "a negative number": column("Ecart", "-5 %", "\n{{ ecart }}\n"),
    "a dash": column("Ville", "- Toulouse", "\n{{ ville }}\n"),
    "a field that nobody uses": column("Vieux", "=A1"),
    "one sign alone": cell(poste="="),
    "a percentage": column("Ecart", "+2,5 %", "\n{{ ecart }}\n"),
    "a formula within a text": cell(poste="Chef =A1"),
    "nothing": column("Note", "", "\n{{ note|default('') }}\n"),
    "a telephone number with all its signs": column("Mobile", "+33 (0)6-12/34.56", "\n{{ mobile }}\n"),
}

test_fails, test_passes = cases_of("LST113", FAILS, PASSES)
