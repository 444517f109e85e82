"""TPL209: A refusal does not name what the law protects."""

from __future__ import annotations

from each_row import each_row
from rule_cases import case, cases_of, expect, found, letter

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
    "after a field, on the second line": case(
        letter("{{ nom }}\nMalheureusement, nous cherchons\nquelqu'un de plus jeune."),
        expect(
            letter_line=13,
            excerpt="plus jeune",
            fingerprint="5c25e5c5b2c4ab7e",
            says='lettre.md, line 13: "plus jeune" appears next to the refusal and could be read as refusing on grounds of age',
        ),
    ),
    "health": case(
        letter("Votre état de santé ne permet malheureusement pas ce travail."),
        expect(
            letter_line=11,
            excerpt="état de santé",
            fingerprint="cd13002538ae933c",
            says='lettre.md, line 11: "état de santé" appears next to the refusal and could be read as refusing on grounds of health or disability',
        ),
    ),
    "origin": case(
        letter("Votre nationalité ne peut malheureusement convenir."),
        expect(
            letter_line=11,
            excerpt="nationalité",
            fingerprint="c233de719ee3f560",
            says='lettre.md, line 11: "nationalité" appears next to the refusal and could be read as refusing on grounds of origin',
        ),
    ),
    "religion": case(
        letter("Malheureusement, le foulard n'est pas admis."),
        expect(
            letter_line=11,
            excerpt="foulard",
            fingerprint="04b9934faf8c480a",
            says='lettre.md, line 11: "foulard" appears next to the refusal and could be read as refusing on grounds of religion',
        ),
    ),
    "sex": case(
        letter("We regret that only men can do this work."),
        expect(
            letter_line=11,
            excerpt="men",
            fingerprint="08d93d0df3e23568",
            says='lettre.md, line 11: "men" appears next to the refusal and could be read as refusing on grounds of sex or sexual orientation',
        ),
    ),
    "union": case(
        letter("Nous regrettons votre engagement syndical : un syndicaliste dérange."),
        expect(
            letter_line=11,
            excerpt="syndical",
            fingerprint="1a117ddcda3a296d",
            says='lettre.md, line 11: "syndical" appears next to the refusal and could be read as refusing on grounds of trade union membership or political opinion',
        ),
    ),
    "family": case(
        letter("Vos enfants à charge nous font refuser votre demande."),
        expect(
            letter_line=11,
            excerpt="enfants à charge",
            fingerprint="f2f589c8fc82020f",
            says='lettre.md, line 11: "enfants à charge" appears next to the refusal and could be read as refusing on grounds of family situation',
        ),
    ),
    "residence": case(
        letter("Votre lieu de résidence nous oblige à un refus."),
        expect(
            letter_line=11,
            excerpt="lieu de résidence",
            fingerprint="b5a88bfbe85ba06f",
            says='lettre.md, line 11: "lieu de résidence" appears next to the refusal and could be read as refusing on grounds of place of residence',
        ),
    ),
}
PASSES = {
    "a charity": letter("L'association Femmes Solidaires n'a malheureusement pas retenu votre candidature."),
    "a centre": letter("Le centre pour les droits des femmes n'a malheureusement pas retenu votre candidature."),
    "foreign languages and a senior": letter(
        "Malheureusement un profil plus senior a été retenu; nous mettons l'accent sur les langues étrangères."
    ),
    "no distinction": letter(
        "Toutes les candidatures, même refusées, sont étudiées sans distinction d'âge, d'origine ou de sexe."
    ),
    "without a refusal": letter("Nous recherchons un profil plus jeune."),
    "in another sentence": letter("Nous le regrettons. Votre âge est noté."),
}

test_fails, test_passes = cases_of("TPL209", FAILS, PASSES)

NAMED = {
    "Malheureusement, le prix Femmes Solidaires est clos.": [],
    "Malheureusement, le prix d'Une Femme est clos.": [],
    "Malheureusement, le programme « femmes » est clos.": [],
    "Malheureusement, FEMMES et enfants ne sont pas admis.": ["FEMMES"],
    "Femmes et enfants ne sont malheureusement pas admis.": ["Femmes"],
    "**Femmes** : malheureusement, le poste est pourvu.": ["Femmes"],
    "Malheureusement, nous ne prenons pas de femmes.": ["femmes"],
    "Le centre de Lyon, pour femmes, regrette de refuser.": ["femmes"],
}


@each_row(("text", "told"), NAMED.items())
def test_a_word_with_a_capital_within_a_sentence_is_part_of_a_name(text: str, told: list[str]) -> None:
    assert [each.excerpt for each in found(letter(text)(), "TPL209")] == told
