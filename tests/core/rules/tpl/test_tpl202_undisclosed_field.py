"""TPL202: Only what the letter may disclose."""

from __future__ import annotations

from lint_cases import HEADERS, PEOPLE, inspection_of, table_of
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
    "the address in the text": case(
        lambda: inspection_of(
            letter="Fields: nom\nTo: {{ nom }} <{{ adresse_e_mail }}>\nSubject: x\n\nBonjour {{ nom }}, {{ adresse_e_mail }}\n"
        ),
        expect(
            field="adresse_e_mail",
            letter_line=5,
            excerpt="{{ adresse_e_mail }}",
            fingerprint="4448d31c18dd458c",
            says="lettre.md, line 5: the letter prints adresse_e_mail, which its Fields: header does not declare",
        ),
    ),
    "the address in the header after To": case(
        lambda: inspection_of(
            letter="To: {{ nom }}\n <{{ adresse_e_mail }}>\nFields: nom\nSubject: {{ adresse_e_mail }}\n\nBonjour {{ nom }},\n"
        ),
        expect(
            field="adresse_e_mail",
            letter_line=4,
            excerpt="{{ adresse_e_mail }}",
            fingerprint="4448d31c18dd458c",
            says="lettre.md, line 4: the letter prints adresse_e_mail, which its Fields: header does not declare",
        ),
    ),
    "another field in To": case(
        lambda: inspection_of(
            letter="Fields: nom\nTo: {{ prenom }} {{ nom }} <{{ adresse_e_mail }}>\nSubject: x\n\nBonjour {{ nom }},\n"
        ),
        expect(
            field="prenom",
            letter_line=2,
            excerpt="{{ prenom }}",
            fingerprint="65342fa967379e95",
            says="lettre.md, line 2: the letter prints prenom, which its Fields: header does not declare",
        ),
    ),
    "the same field twice on a line, and once on the next": case(
        lambda: inspection_of(
            letter="Fields: nom\nSubject: x\n\nBonjour {{ nom }}, {{ poste }} {{ poste|upper }}\n{{ poste }}\n"
        ),
        expect(
            field="poste",
            letter_line=4,
            excerpt="{{ poste }}",
            fingerprint="05645b9bc4415536",
            says="lettre.md, line 4: the letter prints poste, which its Fields: header does not declare",
        ),
        expect(
            field="poste",
            letter_line=5,
            excerpt="{{ poste }}",
            fingerprint="05645b9bc4415536",
            says="lettre.md, line 5: the letter prints poste, which its Fields: header does not declare",
        ),
    ),
    "a signature that is a column": case(
        lambda: inspection_of(
            table_of([(*row, "x") for row in PEOPLE], (*HEADERS, "Signature")),
            "Fields: nom\nSubject: x\n\nBonjour {{ nom }},\n{{ signature }}\n",
        ),
        expect(
            field="signature",
            letter_line=5,
            excerpt="{{ signature }}",
            fingerprint="c13b01624bcf32d4",
            says="lettre.md, line 5: the letter prints signature, which its Fields: header does not declare",
        ),
    ),
}
PASSES = {
    "all declared": header("Fields: civilite, nom, poste, reference"),
    "the address in To": header(
        "Fields: civilite, prenom, nom, poste, reference\nTo: {{ prenom }} {{ nom }} <{{ adresse_e_mail }}>"
    ),
    "a harmless name": column("Notaire", "Maître X", "\n{{ notaire }}\n"),
    "a signature that is no column": lambda: inspection_of(
        letter="Fields: nom\nSubject: x\n\nBonjour {{ nom }},\n{{ signature }}\n"
    ),
    "the address on a folded line of To": lambda: inspection_of(
        letter="Fields: nom\nTo: {{ nom }}\n <{{ adresse_e_mail }}>\nSubject: x\n\nBonjour {{ nom }},\n"
    ),
    "the address in To as the last header": lambda: inspection_of(
        letter="Subject: x\nFields: nom\nTo: {{ nom }} <{{ adresse_e_mail }}>\n\nBonjour {{ nom }},\n"
    ),
    "an internal field that is declared": lambda: inspection_of(
        table_of([(*row, "12") for row in PEOPLE], (*HEADERS, "Note")),
        "Fields: nom, note\nSubject: x\n\nBonjour {{ nom }}, {{ note }}\n",
    ),
}

test_fails, test_passes = cases_of("TPL202", FAILS, PASSES)
