"""TPL219: nobody is decided about by the spelling of a cell."""

from __future__ import annotations

from collections.abc import Sequence

from lint_cases import changed, inspection_of
from rule_cases import Case, case, cases_of, column, expect

SPELT = ("Refusé", "Refuse", "REFUSÉ", "Retenu", "Retenu", "Refusé")


def decided(condition: str, values: Sequence[str] = SPELT) -> Case:
    return column("Statut", values, f"\n{{% if {condition} %}}Non.{{% else %}}Bravo.{{% endif %}}\n")


def greeted(condition: str, otherwise: str, *titles: str) -> Case:
    """The first people with these titles; the others have Mme and M."""
    rows = None
    for number, title in enumerate(titles, 1):
        rows = changed(number, **({} if rows is None else {"rows": rows}), civilite=title)  # type: ignore[arg-type]
    letter = f"Subject: x\n\n{{% if {condition} %}}Chère Madame{{% else %}}{otherwise}{{% endif %}} {{{{ nom }}}},\n\nTexte.\n"
    return lambda: inspection_of(rows or changed(1), letter)


FAILS = {
    "another spelling": case(
        decided("statut == 'Refusé'"),
        expect(
            record=2,
            line=3,
            field="statut",
            letter_line=11,
            affected=(2, 3),
            excerpt="Refuse",
            fingerprint="017ce34205acae19",
            says='lettre.md, line 11: the condition looks for "Refusé" in "Statut" and misses other spellings of it: "Refuse", "REFUSÉ"; this concerns Jean Dupont (line 3) and Zoé Lefèvre (line 4)',
            fix="Write these cells as the others, or write statut in ['Refusé', 'Refuse', 'REFUSÉ'] in the letter.",
        ),
    ),
    "another gender": case(
        decided("statut == 'Refusé'", ("Refusé", "Refusée", "Retenu", "Refusées", "", "")),
        expect(
            record=2,
            line=3,
            field="statut",
            letter_line=11,
            affected=(2, 4),
            excerpt="Refusée",
            fingerprint="fa4a2b95c8f7ba64",
            says='lettre.md, line 11: the condition looks for "Refusé" in "Statut" and misses what seems to mean the same: "Refusée", "Refusées"; this concerns Jean Dupont (line 3) and Paul Nguyen (line 5)',
            fix="Write these cells as the others, or write statut in ['Refusé', 'Refusée', 'Refusées'] in the letter.",
        ),
    ),
    "another word": case(
        greeted("civilite == 'Mme'", "Cher Monsieur", "Madame"),
        expect(
            record=1,
            line=2,
            field="civilite",
            letter_line=3,
            excerpt="Madame",
            fingerprint="f4982eeba4082d75",
            says='lettre.md, line 3: the condition looks for "Mme" in "Civilité" and misses what seems to mean the same: "Madame"; this concerns Inès Petit (line 2)',
            fix="Write these cells as the others, or write civilite in ['Mme', 'Madame'] in the letter.",
        ),
    ),
    "no title for a man": case(
        greeted("civilite == 'Mme'", "Cher Monsieur", "", "Dr"),
        expect(
            record=1,
            line=2,
            field="civilite",
            letter_line=3,
            affected=(1, 2),
            fingerprint="7a98ae9e76214a70",
            says='lettre.md, line 3: everybody whose "Civilité" is not "Mme" would be addressed as a man; this concerns Inès Petit (line 2) and Jean Dupont (line 3), with "", "Dr" in that column',
            fix="Write one alternative for each title, and neutral words after {% else %}.",
        ),
    ),
    "no title for a woman": case(
        greeted("civilite != 'M.'", "Cher Monsieur", "Dr"),
        expect(
            record=1,
            line=2,
            field="civilite",
            letter_line=3,
            excerpt="Dr",
            fingerprint="fb680ed524ef4c5b",
            says='lettre.md, line 3: everybody whose "Civilité" is not "M." would be addressed as a woman; this concerns Inès Petit (line 2), with "Dr" in that column',
            fix="Write one alternative for each title, and neutral words after {% else %}.",
        ),
    ),
}
PASSES = {
    "every spelling named": decided("statut in ['Refusé', 'Refuse', 'REFUSÉ']"),
    "one spelling": decided("statut == 'Refusé'", ("Refusé", "Retenu", "Refusé", "", "En attente", "Retenu")),
    "two genders and nothing else": decided("statut == 'Candidat'", ("Candidat", "Candidate", "Candidat", "", "", "")),
    "signs that mean something": decided("statut == 'A'", ("A", "A+", "A-", "B", "C", "C++")),
    "numbers of a level": decided("statut == 'Niveau 1'", ("Niveau 1", "Niveau 2", "Niveau 11", "", "", "")),
    "both titles": greeted("civilite == 'Mme' %}Chère Madame{% elif civilite == 'M.'", "Bonjour", "Dr", ""),
    "neutral words for the others": greeted("civilite == 'Mme'", "Bonjour", "Dr", ""),
    "what says nothing of a gender": greeted("poste == 'Comptable'", "Cher Monsieur"),
    "sizes": decided("statut == 'S'", ("S", "M", "L", "T", "XL", "")),
}

test_fails, test_passes = cases_of("TPL219", FAILS, PASSES)
