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
}
PASSES = {
    "a label": letter("Adresse e-mail : {{ adresse_e_mail }}\nPoste : {{ poste }}"),
    "a label in a sentence": letter("Votre Adresse e-mail : voir plus haut."),
    "words of a column that is printed": column("Poste visé", "Juriste", "\nle Poste visé est {{ poste_vise }}\n"),
    "small letters": letter("à votre adresse e-mail"),
    "one word": letter("Votre Poste et votre Nom"),
    "a comparison": letter('{% if poste == "Poste" %}x{% endif %}'),
    "another text": letter('{{ "Comptable" }}'),
}

test_fails, test_passes = cases_of("TPL210", FAILS, PASSES)
