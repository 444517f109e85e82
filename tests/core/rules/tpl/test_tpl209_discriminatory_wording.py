"""TPL209: A refusal does not name what the law protects."""

from __future__ import annotations

from rule_cases import case, cases_of, expect, letter

FAILS = {
    "age": case(
        letter("Malheureusement nous recherchons un profil plus jeune."),
        expect(
            letter_line=11,
            excerpt="plus jeune",
            fingerprint="62cb8fbad017d8f8",
            says='lettre.md, line 11: "plus jeune" appears next to the refusal and could be read as refusing on grounds of age',
        ),
    ),
    "pregnancy": case(
        letter("Votre grossesse ne nous permet malheureusement pas de donner suite."),
        expect(
            letter_line=11,
            excerpt="grossesse",
            fingerprint="1e4781c4bfa06510",
            says='lettre.md, line 11: "grossesse" appears next to the refusal and could be read as refusing on grounds of pregnancy',
        ),
    ),
    "in English": case(
        letter("Unfortunately we need a younger candidate."),
        expect(
            letter_line=11,
            excerpt="younger",
            fingerprint="d6622a3708c94d60",
            says='lettre.md, line 11: "younger" appears next to the refusal and could be read as refusing on grounds of age',
        ),
    ),
}
PASSES = {
    "foreign languages and a senior": letter(
        "Malheureusement un profil plus senior a été retenu; nous mettons l'accent sur les langues étrangères."
    ),
    "no distinction": letter(
        "Toutes les candidatures, même refusées, sont étudiées sans distinction d'âge, d'origine ou de sexe."
    ),
}

test_fails, test_passes = cases_of("TPL209", FAILS, PASSES)
