"""LST113: No formula in a field that is used."""

from __future__ import annotations

from rule_cases import case, cases_of, cell, column, expect

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
}
PASSES = {
    "a line of a list": column("Retour", "- bon parcours (5 ans)", "\n{{ retour }}\n"),
    "a telephone number": column("Mobile", "+33 6 12 34 56 78", "\n{{ mobile }}\n"),
    "a negative number": column("Ecart", "-5 %", "\n{{ ecart }}\n"),
    "a dash": column("Ville", "- Toulouse", "\n{{ ville }}\n"),
}

test_fails, test_passes = cases_of("LST113", FAILS, PASSES)
