"""TPL210: No column's header is printed as if it were its content."""

from __future__ import annotations

from lint_cases import LETTER, inspection_of
from rule_cases import case, cases_of, column, expect, letter

FAILS = {
    "a literal": case(
        letter('au poste de {{ "Poste" }}'),
        expect(
            field="poste",
            letter_line=11,
            excerpt="Poste",
            fingerprint="db34e59b60501ad0",
            says='lettre.md, line 11: "Poste" is printed literally for every recipient, but it is the name of a column',
        ),
    ),
    "a literal in other letters": case(
        letter('{{ "téléphone " }}'),
        expect(
            field="telephone",
            letter_line=11,
            excerpt="Téléphone",
            fingerprint="779546feed5357b2",
            says='lettre.md, line 11: "Téléphone" is printed literally for every recipient, but it is the name of a column',
        ),
    ),
    "a literal in the subject": case(
        lambda: inspection_of(letter=LETTER.replace("{{ poste }}", '{{ "POSTE" }}', 1)),
        expect(
            field="poste",
            letter_line=1,
            excerpt="Poste",
            fingerprint="db34e59b60501ad0",
            says='lettre.md, line 1: "Poste" is printed literally for every recipient, but it is the name of a column',
        ),
    ),
    "a fallback": case(
        letter('{{ titre|default("Référence") }}'),
        expect(
            field="reference",
            letter_line=11,
            excerpt="Référence",
            fingerprint="331e43f9b06603e6",
            says='lettre.md, line 11: "Référence" is printed literally for every recipient, but it is the name of a column',
        ),
    ),
    "a variable": case(
        letter('{% set poste_voulu = "Adresse e-mail" %}{{ poste_voulu }}'),
        expect(
            field="adresse_e_mail",
            letter_line=11,
            excerpt="Adresse e-mail",
            fingerprint="a9bbd36b72a3c7ad",
            says='lettre.md, line 11: "Adresse e-mail" is printed literally for every recipient, but it is the name of a column',
        ),
    ),
    "words within a sentence": case(
        letter("Nous vous écrirons à Adresse e-mail dès que possible."),
        expect(
            field="adresse_e_mail",
            letter_line=11,
            excerpt="Adresse e-mail",
            fingerprint="a9bbd36b72a3c7ad",
            says='lettre.md, line 11: "Adresse e-mail" is printed literally for every recipient, but it is the name of a column',
        ),
    ),
    "words in quotation marks": case(
        column("Poste visé", "Juriste", "\nau poste de « Poste visé » chez nous\n"),
        expect(
            field="poste_vise",
            letter_line=11,
            excerpt="Poste visé",
            fingerprint="18854a958e66b737",
            says='lettre.md, line 11: "Poste visé" is printed literally for every recipient, but it is the name of a column',
        ),
    ),
    "words at the end of the subject": case(
        lambda: inspection_of(letter=LETTER.replace("au poste de {{ poste }}", "à Adresse e-mail", 1)),
        expect(
            field="adresse_e_mail",
            letter_line=1,
            excerpt="Adresse e-mail",
            fingerprint="a9bbd36b72a3c7ad",
            says='lettre.md, line 1: "Adresse e-mail" is printed literally for every recipient, but it is the name of a column',
        ),
    ),
    "a header of three letters": case(
        column("Âge", "12", '\n{{ "Age" }}\n'),
        expect(
            field="age",
            letter_line=11,
            excerpt="Âge",
            fingerprint="1744114d1e000e59",
            says='lettre.md, line 11: "Âge" is printed literally for every recipient, but it is the name of a column',
        ),
    ),
    "the same text twice": case(
        letter('{{ "Téléphone" }}\n{{ "téléphone" }}'),
        expect(
            field="telephone",
            letter_line=11,
            excerpt="Téléphone",
            fingerprint="779546feed5357b2",
            says='lettre.md, line 11: "Téléphone" is printed literally for every recipient, but it is the name of a column',
        ),
    ),
    "words after a field and a line break": case(
        letter("{{ nom }}\nNous vous écrirons à Adresse e-mail dès que possible."),
        expect(
            field="adresse_e_mail",
            letter_line=12,
            excerpt="Adresse e-mail",
            fingerprint="a9bbd36b72a3c7ad",
            says='lettre.md, line 12: "Adresse e-mail" is printed literally for every recipient, but it is the name of a column',
        ),
    ),
    "words between lines with a value behind them": case(
        column(
            "Entretien du",
            "12.10.2026",
            "\nvoir Entretien du {{ poste }}\npour Entretien du jour\nvoir Entretien du {{ nom }}\n",
        ),
        expect(
            field="entretien_du",
            letter_line=12,
            excerpt="Entretien du",
            fingerprint="065b458406a91da0",
            says='lettre.md, line 12: "Entretien du" is printed literally for every recipient, but it is the name of a column',
        ),
    ),
    "a long header": case(
        column("Poste " + "x" * 35, "12", '\n{{ "Poste ' + "x" * 35 + '" }}\n'),
        expect(
            field="poste_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            letter_line=11,
            excerpt="Poste xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            fingerprint="f0c4b9fa65b308c2",
            says='lettre.md, line 11: "Poste xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" is printed literally for every recipient, but it is the name of a column',
        ),
    ),
}
PASSES = {
    "a label": letter("Adresse e-mail : {{ adresse_e_mail }}\nPoste : {{ poste }}"),
    "a label in a sentence": letter("Votre Adresse e-mail : voir plus haut."),
    "words before another value": column("Entretien du", "12.10.2026", "\nmerci pour Entretien du {{ poste }}\n"),
    "words before a value in bold": column("Entretien du", "12.10.2026", "\nmerci pour Entretien du **{{ poste }}**\n"),
    "words of a column that is printed": column("Poste visé", "Juriste", "\nle Poste visé est {{ poste_vise }}\n"),
    "small letters": letter("à votre adresse e-mail"),
    "one word": letter("Votre Poste et votre Nom"),
    "a comparison": letter('{% if poste == "Poste" %}x{% endif %}'),
    "another text": letter('{{ "Comptable" }}'),
    "a header of two letters": column("Nb", "12", '\n{{ "Nb" }}\n'),
    "one word of a column that is not printed": letter("Votre Téléphone est noté."),
    "a header in small letters": column("poste visé", "Juriste", "\nau poste visé par vous\n"),
}

test_fails, test_passes = cases_of("TPL210", FAILS, PASSES)
