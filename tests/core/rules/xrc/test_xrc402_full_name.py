"""XRC402: No full name of somebody else."""

from __future__ import annotations

from lint_cases import LETTER, changed, inspection_of
from rule_cases import birth_name, case, cases_of, cell, colleague, expect

from mailmerge.model import Severity

FAILS = {
    "the name at birth of somebody else": case(
        birth_name(2),
        expect(
            record=1,
            line=2,
            field="poste",
            excerpt="Juriste, voir Jean Martin",
            fingerprint="a77dffd032a1b037",
            says='Inès Petit (line 2) would read the full name of Jean Dupont (line 3) in "poste": Juriste, voir Jean Martin',
        ),
    ),
    "the same, last name first": case(
        birth_name(2, "{nom} {prenom}"),
        expect(
            record=1,
            line=2,
            field="poste",
            excerpt="Juriste, voir Martin Jean",
            fingerprint="a77dffd032a1b037",
            says='Inès Petit (line 2) would read the full name of Jean Dupont (line 3) in "poste": Juriste, voir Martin Jean',
        ),
    ),
    "a name in no column for colleagues": case(
        colleague("Recruteur", ()),
        expect(
            field="recruteur",
            severity=Severity.WARN,
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="0739f42e80dacaf6",
            says='5 people would read the full name of Jean Dupont (line 3) in "recruteur": lines 2, 4, 5, 6, 7',
        ),
    ),
    "a name in a column for colleagues and in another": case(
        colleague("Recruteur", ("recruteur",), "\n{{ poste }}\n"),
        expect(
            field="recruteur",
            severity=Severity.WARN,
            affected=(1,),
            excerpt="Jean Dupont",
            fingerprint="0739f42e80dacaf6",
            says='1 people would read the full name of Jean Dupont (line 3) in "recruteur": lines 2',
        ),
    ),
    "first and last": case(
        cell(poste="Juriste comme Inès Petit"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste comme Inès Petit",
            fingerprint="9df64f340be222ef",
            says='Jean Dupont (line 3) would read the full name of Inès Petit (line 2) in "poste": Juriste comme Inès Petit',
        ),
    ),
    "last and first, without accents": case(
        cell(poste="Juriste comme PETIT INES"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste comme PETIT INES",
            fingerprint="9df64f340be222ef",
            says='Jean Dupont (line 3) would read the full name of Inès Petit (line 2) in "poste": Juriste comme PETIT INES',
        ),
    ),
    "a compound name": case(
        cell(poste="avec Luc Saint Martin"),
        expect(
            record=2,
            line=3,
            field="poste",
            excerpt="avec Luc Saint Martin",
            fingerprint="02b21a7ae506f23a",
            says='Jean Dupont (line 3) would read the full name of Luc Saint-Martin (line 7) in "poste": avec Luc Saint Martin',
        ),
    ),
    "over two fields": case(
        lambda: inspection_of(changed(2, poste="Inès"), LETTER.replace("{{ reference }}", "{{ poste }} Petit")),
        expect(
            record=2,
            line=3,
            excerpt="ines petit",
            fingerprint="9df64f340be222ef",
            says="Jean Dupont (line 3) would read the full name of Inès Petit (line 2): ines petit",
        ),
    ),
}
PASSES = {
    "one's own name at birth": birth_name(1),
    "a name in a column for colleagues": colleague("Recruteur", ("recruteur",)),
    "a homonym": lambda: inspection_of(
        changed(2, prenom="Inès", nom="Petit", adresse_e_mail="i.petit@x.example"),
        LETTER + "\n{{ prenom }} {{ nom }}\n",
    ),
    "a longer name of one's own": lambda: inspection_of(
        changed(2, prenom="Jean-Paul", nom="Nguyen", adresse_e_mail="jp.nguyen@x.example"),
        LETTER + "\n{{ prenom }} {{ nom }}\n",
    ),
    "a couple": lambda: inspection_of(changed(2, nom="Petit"), LETTER + "\n{{ prenom }} {{ nom }}\n"),
    "the town of Saint-Martin": cell(poste="Acheteur à Saint-Martin"),
    "a street": lambda: inspection_of(changed(2, poste="Juriste, 12 rue Luc Saint-Martin")),
}

test_fails, test_passes = cases_of("XRC402", FAILS, PASSES)
