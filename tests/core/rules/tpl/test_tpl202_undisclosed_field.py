"""TPL202: Only what the letter may disclose."""

from __future__ import annotations

from lint_cases import HEADERS, PEOPLE, inspection_of, table_of
from rule_cases import GREETING, case, cases_of, column, expect, header

from mailmerge.text.folding import identifier

MARKS = ("12,5", "14", "9", "16,75", "11", "8")
FAILS = {
    "a field that nobody knows": case(
        lambda: inspection_of(letter="Fields: nom\nSubject: x\n\nBonjour {{ nom }} {{ score }},\n"),
        expect(
            field="score",
            letter_line=4,
            excerpt="{{ score }}",
            fingerprint="6d2c420329a67cfb",
            says='lettre.md, line 4: the letter prints "score", which its Fields: header does not declare',
            fix='Remove "score" from the letter, or add it to the Fields: header if the recipient may see it.',
        ),
    ),
    "a place in an order": case(
        column("Rang", ["3e", "12e", "1er"], "\n{{ rang }}\n"),
        expect(
            field="rang",
            letter_line=11,
            excerpt="{{ rang }}",
            fingerprint="9bdec71091a3f5a1",
            says='lettre.md, line 11: the letter prints "Rang", and its name suggests it is internal',
        ),
    ),
    **{
        f"a mark that is {what}": case(
            column("Note", values, f"\n{said} {{{{ note }}}}\n"),
            expect(
                field="note",
                letter_line=line,
                excerpt="{{ note }}",
                fingerprint="dbb8caa7b42e3140",
                says=f'lettre.md, line {line}: the letter prints "Note", and its name suggests it is internal',
            ),
        )
        for what, line, said, values in (
            ("announced far above", 17, "Votre note suit.\n\nMerci.\n\nÀ bientôt.\n\n", MARKS),
            ("not announced", 11, "Merci.", MARKS),
            ("a remark", 11, "Votre note :", (*MARKS[1:], "trop jeune")),
        )
    },
    "another field beside the address in To": case(
        lambda: inspection_of(
            table_of([(*row, "12") for row in PEOPLE], (*HEADERS, "A")),
            "Fields: nom\nTo: {{ a }} <{{ adresse_e_mail }}>\nSubject: x\n\nBonjour {{ nom }},\n",
        ),
        expect(
            field="a",
            letter_line=2,
            excerpt="{{ a }}",
            fingerprint="c37fcd064293d1b2",
            says='lettre.md, line 2: the letter prints "A", which its Fields: header does not declare',
        ),
    ),
    "not declared": case(
        header("Fields: civilite, nom, poste"),
        expect(
            field="reference",
            letter_line=6,
            excerpt="{{ reference }}",
            fingerprint="5ccad861004e2a60",
            says='lettre.md, line 6: the letter prints "Référence", which its Fields: header does not declare',
        ),
    ),
    "not declared, in a condition": case(
        lambda: inspection_of(letter=f"Fields: civilite, nom\nSubject: x\n\n{GREETING}{{% if poste %}}a{{% endif %}}"),
        expect(
            field="poste",
            letter_line=4,
            excerpt="poste",
            fingerprint="e502633594a62df0",
            says='lettre.md, line 4: the letter depends on "Poste", which its Fields: header does not declare',
        ),
    ),
    "an internal field": case(
        column("Note", "12", "\n{{ note }}\n"),
        expect(
            field="note",
            letter_line=11,
            excerpt="{{ note }}",
            fingerprint="dbb8caa7b42e3140",
            says='lettre.md, line 11: the letter prints "Note", and its name suggests it is internal',
        ),
    ),
    "an internal field that decides": case(
        column("Score entretien", "12", "\n{% if score_entretien == '12' %}a{% endif %}\n"),
        expect(
            field="score_entretien",
            letter_line=11,
            excerpt="score_entretien == '12'",
            fingerprint="3d9aa2bff1f97032",
            says='lettre.md, line 11: the letter depends on "Score entretien", and its name suggests it is internal',
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
            says='lettre.md, line 5: the letter prints "Adresse e-mail", which its Fields: header does not declare',
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
            says='lettre.md, line 4: the letter prints "Adresse e-mail", which its Fields: header does not declare',
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
            says='lettre.md, line 2: the letter prints "Prénom", which its Fields: header does not declare',
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
            says='lettre.md, line 4: the letter prints "Poste", which its Fields: header does not declare',
        ),
        expect(
            field="poste",
            letter_line=5,
            excerpt="{{ poste }}",
            fingerprint="05645b9bc4415536",
            says='lettre.md, line 5: the letter prints "Poste", which its Fields: header does not declare',
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
            says='lettre.md, line 5: the letter prints "Signature", which its Fields: header does not declare',
        ),
    ),
    "the header Prétentions": case(
        column("Prétentions", "x", "\n{{ pretentions }}\n"),
        expect(
            field="pretentions",
            letter_line=11,
            excerpt="{{ pretentions }}",
            fingerprint="bed5b917253f56b1",
            says='lettre.md, line 11: the letter prints "Prétentions", and its name suggests it is internal',
        ),
    ),
    "the header Points faibles": case(
        column("Points faibles", "x", "\n{{ points_faibles }}\n"),
        expect(
            field="points_faibles",
            letter_line=11,
            excerpt="{{ points_faibles }}",
            fingerprint="48857785e3e5bda3",
            says='lettre.md, line 11: the letter prints "Points faibles", and its name suggests it is internal',
        ),
    ),
    "the header Verdict": case(
        column("Verdict", "x", "\n{{ verdict }}\n"),
        expect(
            field="verdict",
            letter_line=11,
            excerpt="{{ verdict }}",
            fingerprint="98b22a53aefbc352",
            says='lettre.md, line 11: the letter prints "Verdict", and its name suggests it is internal',
        ),
    ),
    "the header Résultat du test": case(
        column("Résultat du test", "x", "\n{{ resultat_du_test }}\n"),
        expect(
            field="resultat_du_test",
            letter_line=11,
            excerpt="{{ resultat_du_test }}",
            fingerprint="a87a49280f66b0ce",
            says='lettre.md, line 11: the letter prints "Résultat du test", and its name suggests it is internal',
        ),
    ),
    "the header Liste noire": case(
        column("Liste noire", "x", "\n{{ liste_noire }}\n"),
        expect(
            field="liste_noire",
            letter_line=11,
            excerpt="{{ liste_noire }}",
            fingerprint="fcfdc0c93955a176",
            says='lettre.md, line 11: the letter prints "Liste noire", and its name suggests it is internal',
        ),
    ),
    "the header TJM": case(
        column("TJM", "x", "\n{{ tjm }}\n"),
        expect(
            field="tjm",
            letter_line=11,
            excerpt="{{ tjm }}",
            fingerprint="31a76bdc861a202c",
            says='lettre.md, line 11: the letter prints "TJM", and its name suggests it is internal',
        ),
    ),
    "the header Shortlist": case(
        column("Shortlist", "x", "\n{{ shortlist }}\n"),
        expect(
            field="shortlist",
            letter_line=11,
            excerpt="{{ shortlist }}",
            fingerprint="ed1ecac7b842861c",
            says='lettre.md, line 11: the letter prints "Shortlist", and its name suggests it is internal',
        ),
    ),
    "the header Budget": case(
        column("Budget", "x", "\n{{ budget }}\n"),
        expect(
            field="budget",
            letter_line=11,
            excerpt="{{ budget }}",
            fingerprint="39825b421507a160",
            says='lettre.md, line 11: the letter prints "Budget", and its name suggests it is internal',
        ),
    ),
    "the header Salary expectations": case(
        column("Salary expectations", "x", "\n{{ salary_expectations }}\n"),
        expect(
            field="salary_expectations",
            letter_line=11,
            excerpt="{{ salary_expectations }}",
            fingerprint="a265e4a0b2e3c8ae",
            says='lettre.md, line 11: the letter prints "Salary expectations", and its name suggests it is internal',
        ),
    ),
}
PASSES = {
    "a date of a test": column("Date du test", "3 mars", "\n{{ date_du_test }}\n"),
    "all declared": header("Fields: civilite, nom, poste, reference"),
    "the address in To": header(
        "Fields: civilite, prenom, nom, poste, reference\nTo: {{ prenom }} {{ nom }} <{{ adresse_e_mail }}>"
    ),
    "a rank on a ship": column("Rank", ["Cook", "Bosun", "Oiler"], "\n{{ rank }}\n"),
    "a rating on a ship": column("Rating", ["AB", "OS", "Fitter"], "\n{{ rating }}\n"),
    "a rank of the fire brigade": column("Rang", "Oberfeuerwehrfrau", "\n{{ rang }}\n"),
    "a row of seats": column("Rang", ["B", "C", "AA"], "\n{{ rang }}\n"),
    "a rank that a condition asks for": column("Rank", "Cook", "\n{% if rank == 'Cook' %}a{% endif %}\n"),
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
    **{
        f"a mark that the letter announces: {name}": column(name, values, f"\n{said} {{{{ {identifier(name)} }}}}\n")
        for name, said, values in (
            ("Note", "Votre note :", MARKS),
            ("Score", "Your score is", ("51", "48", "77", "90", "65", "12")),
            ("Punktzahl", "Ihre Punktzahl:", ("51/60", "48/60", "7/60", "9/60", "6/60", "1/60")),
            ("Cijfer", "Uw cijfer:", ("7", "8", "6,5", "9", "5", "10")),
            ("Resultat", "Votre résultat :", ("80 %", "75 %", "60%", "20 %", "99 %", "1 %")),
            ("Grade", "Your grade:", ("A", "B+", "C", "D-", "A", "F")),
        )
    },
    "an internal field that is declared": lambda: inspection_of(
        table_of([(*row, "12") for row in PEOPLE], (*HEADERS, "Note")),
        "Fields: nom, note\nSubject: x\n\nBonjour {{ nom }}, {{ note }}\n",
    ),
}

test_fails, test_passes = cases_of("TPL202", FAILS, PASSES)
