"""TPL202: Only what the letter may disclose."""

from __future__ import annotations

from lint_cases import inspection_of
from rule_cases import GREETING, case, cases_of, column, expect, header

FAILS = {
    "not declared": case(
        header("Fields: civilite, nom, poste"),
        expect(
            field="reference",
            letter_line=6,
            excerpt="{{ reference }}",
            fingerprint="5ccad861004e2a60",
            says="lettre.md, line 6: the letter prints reference, which its Fields: header does not declare",
        ),
    ),
    "not declared, in a condition": case(
        lambda: inspection_of(letter=f"Fields: civilite, nom\nSubject: x\n\n{GREETING}{{% if poste %}}a{{% endif %}}"),
        expect(
            field="poste",
            letter_line=4,
            excerpt="poste",
            fingerprint="e502633594a62df0",
            says="lettre.md, line 4: the letter depends on poste, which its Fields: header does not declare",
        ),
    ),
    "an internal field": case(
        column("Note", "12", "\n{{ note }}\n"),
        expect(
            field="note",
            letter_line=11,
            excerpt="{{ note }}",
            fingerprint="dbb8caa7b42e3140",
            says="lettre.md, line 11: the letter prints note, and its name suggests it is internal",
        ),
    ),
    "an internal field that decides": case(
        column("Score entretien", "12", "\n{% if score_entretien == '12' %}a{% endif %}\n"),
        expect(
            field="score_entretien",
            letter_line=11,
            excerpt="score_entretien == '12'",
            fingerprint="3d9aa2bff1f97032",
            says="lettre.md, line 11: the letter depends on score_entretien, and its name suggests it is internal",
        ),
    ),
}
PASSES = {
    "all declared": header("Fields: civilite, nom, poste, reference"),
    "the address in To": header(
        "Fields: civilite, prenom, nom, poste, reference\nTo: {{ prenom }} {{ nom }} <{{ adresse_e_mail }}>"
    ),
    "a harmless name": column("Notaire", "Maître X", "\n{{ notaire }}\n"),
}

test_fails, test_passes = cases_of("TPL202", FAILS, PASSES)
