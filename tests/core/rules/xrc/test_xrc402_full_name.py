"""XRC402: No full name of somebody else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, changed, inspection_of, table_of
from msgspec.structs import replace
from rule_cases import Case, birth_name, case, cases_of, cell, colleague, column, expect, found, named_people

from mailmerge.lint import Inspection, LintSettings
from mailmerge.model import Severity
from mailmerge.text.folding import identifier

LONG = (
    "Juriste au service du contentieux, à plein temps. Nous avons retenu la candidature de {} pour ce poste. Le service "
    "vous répondra dans les meilleurs délais."
)


def everywhere(text: str, after: str = "") -> Case:
    """What is the first person's name, or a part of it, in the job of everybody but the last."""
    rows = [(*row[:4], text, *row[5:]) for row in PEOPLE[:5]] + [PEOPLE[5]]
    return lambda: inspection_of(rows, LETTER.replace("{{ reference }}", "{{ poste }}" + after))


def named(names: dict[int, tuple[str, str]], text: str) -> Case:
    """People with these names; the letter to the second of the table prints a text."""
    rows: Sequence[Sequence[str]] = changed(2, poste=text)
    for number, (first, last) in names.items():
        rows = changed(number, rows, prenom=first, nom=last)
    return lambda: inspection_of(rows, LETTER.replace("Bonjour", "Cher"))


def lists_for_many() -> Inspection:
    """The feedback for four people lists surnames of five others."""
    people = named_people(20)
    surnames = ", ".join(row[2] for row in people[10:15])
    rows = [(*row, f"Vous étiez avec {surnames} ce jour-là." if n < 4 else "Merci.") for n, row in enumerate(people)]
    return inspection_of(table_of(rows, (*HEADERS, "Retour")), LETTER + "\n{{ retour }}\n")


def whole(names: Sequence[str], text: str) -> Case:
    """One column for the whole name; the last person's job names others."""
    rows = [(row[0], name, *row[3:]) for name, row in zip(names, PEOPLE, strict=True)]
    rows[-1] = (*rows[-1][:3], text, *rows[-1][4:])
    table = table_of(
        rows, (HEADERS[0], "Participant", *HEADERS[3:]), first_name="", last_name="", full_name="participant"
    )
    return lambda: inspection_of(table, LETTER.replace("{{ nom }}", "{{ participant }}"))


FAILS = {
    "the name at birth of somebody else": case(
        birth_name(2),
        expect(
            others=(2,),
            record=1,
            line=2,
            field="poste",
            excerpt="Juriste, voir Jean Martin",
            fingerprint="a9e2cb4253137e91",
            says='Inès Petit (line 2) would see the full name of Jean Dupont (line 3) in "Poste": Juriste, voir Jean Martin',
        ),
    ),
    "the same, last name first": case(
        birth_name(2, "{nom} {prenom}"),
        expect(
            others=(2,),
            record=1,
            line=2,
            field="poste",
            excerpt="Juriste, voir Martin Jean",
            fingerprint="a9e2cb4253137e91",
            says='Inès Petit (line 2) would see the full name of Jean Dupont (line 3) in "Poste": Juriste, voir Martin Jean',
        ),
    ),
    "a name in no column for colleagues": case(
        colleague("Recruteur", ()),
        expect(
            others=(2,),
            field="recruteur",
            severity=Severity.WARN,
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="37a7c980cd82e490",
            says='"Recruteur" names people who are in the table too: 5 people would see such a name, for example that of Jean Dupont (line 3) (lines 2, 4, 5, 6, 7)',
        ),
    ),
    "a name in a column for colleagues and in another": case(
        colleague("Recruteur", ("recruteur",), "\n{{ poste }}\n"),
        expect(
            others=(2,),
            field="recruteur",
            severity=Severity.WARN,
            affected=(1,),
            excerpt="Jean Dupont",
            fingerprint="37a7c980cd82e490",
            says='"Recruteur" names somebody who is in the table too: Inès Petit (line 2) would see the name of Jean Dupont (line 3)',
        ),
    ),
    "first and last": case(
        cell(poste="Juriste comme Inès Petit"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste comme Inès Petit",
            fingerprint="edf8a89c9c2907bd",
            says='Jean Dupont (line 3) would see the full name of Inès Petit (line 2) in "Poste": Juriste comme Inès Petit',
        ),
    ),
    "last and first, without accents": case(
        cell(poste="Juriste comme PETIT INES"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste comme PETIT INES",
            fingerprint="edf8a89c9c2907bd",
            says='Jean Dupont (line 3) would see the full name of Inès Petit (line 2) in "Poste": Juriste comme PETIT INES',
        ),
    ),
    "a compound name": case(
        cell(poste="avec Luc Saint Martin"),
        expect(
            others=(6,),
            record=2,
            line=3,
            field="poste",
            excerpt="avec Luc Saint Martin",
            fingerprint="2ef36a4514e9d184",
            says='Jean Dupont (line 3) would see the full name of Luc Saint-Martin (line 7) in "Poste": avec Luc Saint Martin',
        ),
    ),
    "over two fields": case(
        lambda: inspection_of(changed(2, poste="Inès"), LETTER.replace("{{ reference }}", "{{ poste }} Petit")),
        expect(
            others=(1,),
            record=2,
            line=3,
            excerpt="Inès Petit",
            fingerprint="edf8a89c9c2907bd",
            says="Jean Dupont (line 3) would see the full name of Inès Petit (line 2): Inès Petit",
        ),
    ),
    "a name that the letter puts together far from any field": case(
        lambda: inspection_of(letter=LETTER + "\nInès {% if nom %}Petit{% endif %}\n" + LONG),
        expect(
            others=(1,),
            affected=(2, 3, 4, 5, 6),
            count=5,
            excerpt="Inès Petit",
            fingerprint="86ac60b9e69d2a4a",
            says="5 people would see the full name of Inès Petit (line 2) in the text of lettre.md: lines 3, 4, 5, 6, 7",
        ),
    ),
    "a name that the letter puts together": case(
        lambda: inspection_of(letter=LETTER + "\nInès {% if nom %}Petit{% endif %}\n"),
        expect(
            others=(1,),
            affected=(2, 3, 4, 5, 6),
            count=5,
            excerpt="Inès Petit",
            fingerprint="86ac60b9e69d2a4a",
            says="5 people would see the full name of Inès Petit (line 2) in the text of lettre.md: lines 3, 4, 5, 6, 7",
        ),
    ),
    "a name that the letter puts together, beside a reference and a number": case(
        lambda: inspection_of(
            letter=LETTER + "\nInès {% if nom %}Petit, RC-{% endif %}0017, 06 12 34 {% if nom %}56 01{% endif %}.\n"
        ),
        expect(
            others=(1,),
            affected=(2, 3, 4, 5, 6),
            count=5,
            excerpt="Inès Petit",
            fingerprint="86ac60b9e69d2a4a",
            says="5 people would see the full name of Inès Petit (line 2) in the text of lettre.md: lines 3, 4, 5, 6, 7",
        ),
    ),
    "a name that an expression holds, beside a column for colleagues": case(
        colleague("Recruteur", ("recruteur",), "\n{{ 'Jean' ~ ' Dupont' }}\n"),
        expect(
            others=(2,),
            field="recruteur",
            severity=Severity.WARN,
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="37a7c980cd82e490",
            says='"Recruteur" names people who are in the table too: 5 people would see such a name, for example that of Jean Dupont (line 3) (lines 2, 4, 5, 6, 7)',
        ),
    ),
    "a name made of a column for colleagues and another": case(
        colleague("Recruteur", ("recruteur",), "\n{{ recruteur ~ nom }}\n{{ recruteur ~ ' ' ~ nom }}\n"),
        expect(
            others=(2,),
            field="recruteur",
            severity=Severity.WARN,
            affected=(1, 3, 4, 5, 6),
            count=5,
            excerpt="Jean Dupont",
            fingerprint="37a7c980cd82e490",
            says='"Recruteur" names people who are in the table too: 5 people would see such a name, for example that of Jean Dupont (line 3) (lines 2, 4, 5, 6, 7)',
        ),
    ),
    "a name that the letter puts together, for one person": case(
        lambda: inspection_of(letter=LETTER + "\nInès {% if nom == 'Dupont' %}Petit{% endif %}\n"),
        expect(
            others=(1,),
            affected=(2,),
            excerpt="Inès Petit",
            fingerprint="86ac60b9e69d2a4a",
            says="Jean Dupont (line 3) would see the full name of Inès Petit (line 2) in the text of lettre.md: Inès Petit",
        ),
    ),
    "a name in a column with a long header": case(
        lambda: inspection_of(
            table_of([(*row, "Inès Petit" if n == 1 else "") for n, row in enumerate(PEOPLE)], (*HEADERS, "E" * 41)),
            LETTER + "\n{{ " + "e" * 41 + "|default('') }}\n",
        ),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
            excerpt="Inès Petit",
            fingerprint="edf8a89c9c2907bd",
            says='Jean Dupont (line 3) would see the full name of Inès Petit (line 2) in "EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE…": Inès Petit',
        ),
    ),
    "a long text": case(
        cell(poste=LONG.format("Inès PETIT")),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="Nous avons retenu la candidature de Inès PETIT pour ce poste.",
            fingerprint="edf8a89c9c2907bd",
            says='Jean Dupont (line 3) would see the full name of Inès Petit (line 2) in "Poste": Nous avons retenu la candidature de Inès PETIT pour ce post…',
        ),
    ),
    "a long text with other words of the name before": case(
        cell(
            poste="Chez Petit et fils, à plein temps, au service du contentieux et des achats. "
            + LONG.format("Inès Petit")
        ),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="Nous avons retenu la candidature de Inès Petit pour ce poste.",
            fingerprint="edf8a89c9c2907bd",
            says='Jean Dupont (line 3) would see the full name of Inès Petit (line 2) in "Poste": Nous avons retenu la candidature de Inès Petit pour ce post…',
        ),
    ),
    "a name written as one word": case(
        cell(poste="Juriste avec PaulNguyen"),
        expect(
            others=(4,),
            record=2,
            line=3,
            field="poste",
            excerpt="Juriste avec PaulNguyen",
            fingerprint="27701d4dd3a88267",
            says='Jean Dupont (line 3) would see the full name of Paul Nguyen (line 5) in "Poste": Juriste avec PaulNguyen',
        ),
    ),
    "a name with a soft hyphen and a combining accent": case(
        cell(poste="avec Ine\u0300s Pe\u00adtit"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="avec Inès Pe\xadtit",
            fingerprint="edf8a89c9c2907bd",
            says='Jean Dupont (line 3) would see the full name of Inès Petit (line 2) in "Poste": avec Inès Pe‹U+00AD›tit',
        ),
    ),
    "a name over two fields, in the subject": case(
        lambda: inspection_of(
            changed(2, poste="PETIT"), LETTER.replace("poste de {{ poste }}\n", "{{ poste }} Inès\n")
        ),
        expect(
            others=(1,),
            record=2,
            line=3,
            excerpt="PETIT Inès",
            fingerprint="edf8a89c9c2907bd",
            says="Jean Dupont (line 3) would see the full name of Inès Petit (line 2): PETIT Inès",
        ),
    ),
    "four people, in a field": case(
        everywhere("Inès Petit"),
        expect(
            others=(3, 4, 5, 1),
            record=2,
            line=3,
            field="poste",
            affected=(2, 3, 4, 5),
            count=4,
            excerpt="Inès Petit",
            fingerprint="86ac60b9e69d2a4a",
            says='4 people would see the full name of Inès Petit (line 2) in "Poste": lines 3, 4, 5, 6',
        ),
    ),
    "four people, over two fields": case(
        everywhere("Inès", " Petit"),
        expect(
            others=(3, 4, 5, 1),
            record=2,
            line=3,
            affected=(2, 3, 4, 5),
            count=4,
            excerpt="Inès Petit",
            fingerprint="86ac60b9e69d2a4a",
            says="4 people would see the full name of Inès Petit (line 2): lines 3, 4, 5, 6",
        ),
    ),
    "the name of a recruiter": case(
        lambda: inspection_of(
            table_of(
                [(*row, "Jean Dupont") for row in PEOPLE[:2]] + [(*row, "") for row in PEOPLE[2:]],
                (*HEADERS, "Manager"),
            ),
            LETTER + "\n{{ manager|default('') }}\n",
        ),
        expect(
            others=(2,),
            field="manager",
            severity=Severity.WARN,
            affected=(1,),
            excerpt="Jean Dupont",
            fingerprint="8661c10c80b07f52",
            says='"Manager" names somebody who is in the table too: Inès Petit (line 2) would see the name of Jean Dupont (line 3)',
        ),
    ),
    "in your place": case(
        cell(poste="UX designer (à la place de Inès Petit)"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="UX designer (à la place de Inès Petit)",
            fingerprint="edf8a89c9c2907bd",
            says='Jean Dupont (line 3) would see the full name of Inès Petit (line 2) in "Poste": UX designer (à la place de Inès Petit)',
        ),
    ),
    "after a comma": case(
        cell(poste="Nous avons retenu, à votre place, Inès Petit."),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="Nous avons retenu, à votre place, Inès Petit.",
            fingerprint="edf8a89c9c2907bd",
            says='Jean Dupont (line 3) would see the full name of Inès Petit (line 2) in "Poste": Nous avons retenu, à votre place, Inès Petit.',
        ),
    ),
    "in the second round": case(
        cell(poste="au second tour, Inès Petit"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="au second tour, Inès Petit",
            fingerprint="edf8a89c9c2907bd",
            says='Jean Dupont (line 3) would see the full name of Inès Petit (line 2) in "Poste": au second tour, Inès Petit',
        ),
    ),
    "a remark of the jury": case(
        column("Retour du jury", ["", "le jury a préféré Paul Nguyen"], "\n{{ retour_du_jury|default('') }}\n"),
        expect(
            others=(4,),
            record=2,
            line=3,
            field="retour_du_jury",
            excerpt="le jury a préféré Paul Nguyen",
            fingerprint="608ddefa1f9f8707",
            says='Jean Dupont (line 3) would see the full name of Paul Nguyen (line 5) in "Retour du jury": le jury a préféré Paul Nguyen',
        ),
    ),
    "a title between the names": case(
        cell(poste="après PETIT Madame Inès"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="après PETIT Madame Inès",
            fingerprint="edf8a89c9c2907bd",
            says='Jean Dupont (line 3) would see the full name of Inès Petit (line 2) in "Poste": après PETIT Madame Inès',
        ),
    ),
    "a line of a list": case(
        cell(poste="| Petit | Toulouse | Inès |"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="| Petit | Toulouse | Inès |",
            fingerprint="edf8a89c9c2907bd",
            says='Jean Dupont (line 3) would see the full name of Inès Petit (line 2) in "Poste": | Petit | Toulouse | Inès |',
        ),
    ),
    "a longer name that begins like one's own": case(
        named({2: ("Zoé", "Martinval"), 3: ("Zoé", "Martinval-Leroyer")}, "dossier de Zoé Martinval-Leroyer"),
        expect(
            others=(3,),
            record=2,
            line=3,
            field="poste",
            excerpt="dossier de Zoé Martinval-Leroyer",
            fingerprint="0bcfe94eee6bf53f",
            says='Zoé Martinval (line 3) would see the full name of Zoé Martinval-Leroyer (line 4) in "Poste": dossier de Zoé Martinval-Leroyer',
        ),
    ),
    "a name spaced otherwise": case(
        named({1: ("Awa", "N'Diaye")}, "avec Awa Ndiaye"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="avec Awa Ndiaye",
            fingerprint="48872f2ae4a52249",
            says='Jean Dupont (line 3) would see the full name of Awa N\'Diaye (line 2) in "Poste": avec Awa Ndiaye',
        ),
    ),
    "a name put together otherwise": case(
        named({1: ("Karim", "Benslimane")}, "avec Ben Slimane Karim"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="avec Ben Slimane Karim",
            fingerprint="0b3a7c9ef1c399af",
            says='Jean Dupont (line 3) would see the full name of Karim Benslimane (line 2) in "Poste": avec Ben Slimane Karim',
        ),
    ),
    "an umlaut spelt out": case(
        named({1: ("Jürgen", "Groß")}, "mit Juergen Gross"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="mit Juergen Gross",
            fingerprint="6f2d0aae392db582",
            says='Jean Dupont (line 3) would see the full name of Jürgen Groß (line 2) in "Poste": mit Juergen Gross',
        ),
    ),
    "a Cyrillic letter": case(
        cell(poste="avec In\u0435s Petit"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="avec Inеs Petit",
            fingerprint="edf8a89c9c2907bd",
            says='Jean Dupont (line 3) would see the full name of Inès Petit (line 2) in "Poste": avec Inеs Petit',
        ),
    ),
    "one column for the whole name": case(
        whole(
            [
                "LE GALL Jean-Pierre",
                "Mme Anna MÜLLER (stagiaire)",
                "DURAND, Marc",
                "Léa Roy née Garnier",
                "Ali Ben",
                "Eva Lamy",
            ],
            "avec Jean-Pierre Le Gall, Müller Anna, Marc Durand et Léa Garnier",
        ),
        expect(
            others=(1,),
            record=6,
            line=7,
            field="poste",
            excerpt="avec Jean-Pierre Le Gall, Müller Anna, Marc Durand et Léa Garnier",
            fingerprint="810fae093f91d062",
            says='Eva Lamy (line 7) would see the full name of LE GALL Jean-Pierre (line 2) in "Poste": avec Jean-Pierre Le Gall, Müller Anna, Marc Durand et Léa G…',
        ),
        expect(
            others=(2,),
            record=6,
            line=7,
            field="poste",
            excerpt="avec Jean-Pierre Le Gall, Müller Anna, Marc Durand et Léa Garnier",
            fingerprint="f2bbc4e0daef0352",
            says='Eva Lamy (line 7) would see the full name of Mme Anna MÜLLER (stagiaire) (line 3) in "Poste": avec Jean-Pierre Le Gall, Müller Anna, Marc Durand et Léa G…',
        ),
        expect(
            others=(3,),
            record=6,
            line=7,
            field="poste",
            excerpt="avec Jean-Pierre Le Gall, Müller Anna, Marc Durand et Léa Garnier",
            fingerprint="6d207338f4c26dfd",
            says='Eva Lamy (line 7) would see the full name of DURAND, Marc (line 4) in "Poste": avec Jean-Pierre Le Gall, Müller Anna, Marc Durand et Léa G…',
        ),
        expect(
            others=(4,),
            record=6,
            line=7,
            field="poste",
            excerpt="avec Jean-Pierre Le Gall, Müller Anna, Marc Durand et Léa Garnier",
            fingerprint="6aef72a98e964233",
            says='Eva Lamy (line 7) would see the full name of Léa Roy née Garnier (line 5) in "Poste": avec Jean-Pierre Le Gall, Müller Anna, Marc Durand et Léa G…',
        ),
    ),
    "a list of surnames": case(
        column(
            "Retour", ["Nous avons vu Dupont, Lefèvre, Nguyen, Benali et Saint-Martin."], "\n{{ retour|default('') }}\n"
        ),
        expect(
            others=(2, 3, 4, 5, 6),
            record=1,
            line=2,
            field="retour",
            severity=Severity.WARN,
            excerpt="Nous avons vu Dupont, Lefèvre, Nguyen, Benali et Saint-Martin.",
            fingerprint="8cefcde66b0385a4",
            says='Inès Petit (line 2) would see 5 surnames of others in "Retour": Dupont, Lefèvre, Nguyen, Benali, Saint-Martin',
        ),
    ),
    "an initial with a surname, in a list and in no list": case(
        column(
            "Retour",
            ["Nous avons vu J. Dupont, Lefèvre, Nguyen, Benali et Saint-Martin.", "", "Vue par J. Dupont, comme Paul."],
            "\n{{ retour|default('') }}\n",
        ),
        expect(
            others=(2, 3, 4, 5, 6),
            record=1,
            line=2,
            field="retour",
            severity=Severity.WARN,
            excerpt="Nous avons vu J. Dupont, Lefèvre, Nguyen, Benali et Saint-Martin.",
            fingerprint="825c9a145cde0688",
            says='Inès Petit (line 2) would see 5 surnames of others in "Retour": Dupont, Lefèvre, Nguyen, Benali, Saint-Martin',
            fix='Check whether "Retour" lists other people; if so, remove them.',
        ),
        expect(
            others=(2,),
            record=3,
            line=4,
            field="retour",
            severity=Severity.WARN,
            excerpt="Vue par J. Dupont, comme Paul.",
            fingerprint="465388ca037c9f07",
            says='Zoé Lefèvre (line 4) would see the surname and initial of Jean Dupont (line 3) in "Retour": Vue par J. Dupont, comme Paul.',
            fix='Correct "Retour": it contains another person\'s data.',
        ),
    ),
    "of the place of": case(
        cell(poste="à la place d'Inès Petit"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="à la place d'Inès Petit",
            fingerprint="edf8a89c9c2907bd",
            says='Jean Dupont (line 3) would see the full name of Inès Petit (line 2) in "Poste": à la place d\'Inès Petit',
        ),
    ),
    "two names after another": case(
        named({2: ("Zoé", "Martin"), 4: ("Luc", "Martin"), 5: ("Éva", "Luc")}, "Zoé Martin, Luc Martin"),
        expect(
            others=(4,),
            record=2,
            line=3,
            field="poste",
            excerpt="Zoé Martin, Luc Martin",
            fingerprint="78aca11d22fe746d",
            says='Zoé Martin (line 3) would see the full name of Luc Martin (line 5) in "Poste": Zoé Martin, Luc Martin',
        ),
    ),
    "ordinary words with a title": case(
        named({1: ("Rose", "Blanc")}, "vue par Mme Rose Blanc"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="vue par Mme Rose Blanc",
            fingerprint="16f48aab0cdeb2b6",
            says='Jean Dupont (line 3) would see the full name of Rose Blanc (line 2) in "Poste": vue par Mme Rose Blanc',
        ),
    ),
    "ordinary words with capitals": case(
        named({1: ("Rose", "Blanc")}, "après Rose Blanc"),
        expect(
            others=(1,),
            record=2,
            line=3,
            field="poste",
            excerpt="après Rose Blanc",
            fingerprint="16f48aab0cdeb2b6",
            says='Jean Dupont (line 3) would see the full name of Rose Blanc (line 2) in "Poste": après Rose Blanc',
        ),
    ),
    "surnames of many, for many": case(
        lists_for_many,
        expect(
            record=1,
            line=2,
            field="retour",
            severity=Severity.WARN,
            affected=(1, 2, 3, 4),
            others=(2, 3, 4, 11, 12, 13, 14, 15),
            count=4,
            excerpt="Vous étiez avec Morac, Fornusse, Bastier, Jourdier, Quinaud ce jour-là.",
            fingerprint="4f35340aaca36f3a",
            says='4 people would see several surnames of others in "Retour", such as Morac, Fornusse, Bastier, Jourdier, Quinaud (lines 2, 3, 4, 5)',
        ),
    ),
}
PASSES = {
    "a reference and a telephone number of somebody else, which XRC401 tells": cell(poste="RC-0017, 06 12 34 56 01"),
    "ordinary words": named({1: ("Claire", "Fontaine")}, "près de la claire fontaine"),
    "the name of a house": named({1: ("Rose", "Blanche")}, "à La Rose Blanche"),
    "a line of a railway": named({1: ("Nancy", "Lyon")}, "sur Nancy-Lyon"),
    "a capital at the beginning of a sentence": named({1: ("Juste", "Petit")}, "Juste petit mot"),
    "a street with its number": cell(poste="12 bis, rue Inès Petit"),
    "a first name and a word in the next sentence": named(
        {1: ("Hugo", "Bon"), 2: ("Hugo", "Roy")}, "merci Hugo. Bon courage"
    ),
    "four surnames": column(
        "Retour", ["Nous avons vu Dupont, Lefèvre, Nguyen et Benali ce jour-là."], "\n{{ retour|default('') }}\n"
    ),
    "one's own compound name": named({1: ("Hervé", "Lecomte"), 2: ("Paul", "Hervé-Lecomte")}, "M. Hervé-Lecomte"),
    "one's own compound first name": named(
        {1: ("Claire", "Marie"), 2: ("Marie-Claire", "Roy")}, "Bonjour Marie-Claire"
    ),
    "one's own first names, the other way round": named(
        {1: ("Alonso", "Martín"), 2: ("Martín Alonso", "Ruiz")}, "Martín Alonso"
    ),
    "two lines": named({1: ("Camille", "Petit"), 2: ("Camille", "Roy")}, "Camille,\n\nPetit rappel"),
    "a list of towns": named({1: ("Hugo", "Paris"), 2: ("Hugo", "Roy")}, "Hugo,\n\nParis, Lyon"),
    "two points of a list": named({1: ("Hugo", "Paris"), 2: ("Hugo", "Roy")}, "- Hugo\n- Paris"),
    "a first name that is another's whole name": named({1: ("Mary", "Rose"), 2: ("Rosemary", "Roy")}, "Dear Rosemary"),
    "a menu": named({1: ("Rose", "Blanc")}, "vin rosé, blanc ou rouge"),
    "a school": cell(poste="au lycée Inès-Petit"),
    "a square": cell(poste="3 place Inès Petit, 31000 Toulouse"),
    "a reference that the letter puts together far from any field": lambda: inspection_of(
        letter=LETTER + "\nRC-{% if nom %}0017{% endif %}\n" + LONG
    ),
    "a name that the letter has anyway": lambda: inspection_of(letter=LETTER + "\nInès Petit.\n" + LONG),
    "a reference that the letter puts together": lambda: inspection_of(
        letter=LETTER + "\nRC-{% if nom %}0017{% endif %}\n"
    ),
    "who signs, in a cell": lambda: inspection_of(
        changed(2, poste="avec Luc Saint-Martin"), settings=LintSettings(signatories=("Saint-Martin Luc",))
    ),
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


@pytest.mark.parametrize(("name", "others"), [("first and last", (1,)), ("a name in no column for colleagues", (2,))])
def test_the_others_are_named(name: str, others: tuple[int, ...]) -> None:
    finding = found(FAILS[name][0](), "XRC402")[0]
    assert finding.others == others


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("first and last", 'Correct "Poste": it contains another person\'s data.'),
        ("a name that the letter puts together", "Correct the text of lettre.md: it contains another person's data."),
        ("over two fields", "Correct the cells that the letter prints: they contain another person's data."),
        (
            "a name in no column for colleagues",
            'If "Recruteur" names colleagues on purpose, add recruteur to names_of_others under [lint]; if not, correct the '
            "cells.",
        ),
    ],
)
def test_the_remedy_names_the_column(name: str, fix: str) -> None:
    assert found(FAILS[name][0](), "XRC402")[0].fix == fix


def staffed(header: str, names: Sequence[str], people: int = 80, letter: str = "") -> Inspection:
    """People each of whom has somebody in a further column, which the letter prints."""
    rows = [(*row, names[n % len(names)]) for n, row in enumerate(named_people(people))]
    field = identifier(header)
    return inspection_of(table_of(rows, (*HEADERS, header)), LETTER + f"\nEntretien avec {{{{ {field} }}}}.\n" + letter)


def listed(people: int, *numbers: int) -> list[str]:
    """The names of some people who are in the table too."""
    rows = named_people(people)
    return [f"{rows[number][1]} {rows[number][2]}" for number in numbers]


@each_row("header", ["Responsable", "N+1", "Formateur", "Binôme", "Manager", "Zzz", "Suivi par", "Buddy"])
@each_row("many", [1, 5, 9])
def test_a_column_of_colleagues_is_one_warning_however_it_is_called(header: str, many: int) -> None:
    (finding,) = found(staffed(header, listed(80, *range(many))), "XRC402")
    assert (finding.severity, finding.record, finding.field) == (Severity.WARN, None, identifier(header))
    assert len(finding.affected) == 80 - many  # each of them stands beside their own name once


@pytest.mark.parametrize("header", ["Responsable", "Zzz"])
def test_a_column_of_colleagues_can_be_allowed(header: str) -> None:
    inspection = staffed(header, listed(80, *range(9)))
    allowed = replace(inspection.settings, names_of_others=frozenset({identifier(header)}))
    assert found(replace(inspection, settings=allowed), "XRC402") == []


@pytest.mark.parametrize("header", ["Candidat retenu", "Selected candidate", "Personne choisie", "Lauréate"])
@pytest.mark.parametrize("many", [1, 3])
def test_a_column_of_those_who_were_chosen_stops(header: str, many: int) -> None:
    findings = found(staffed(header, listed(80, *range(many))), "XRC402")
    assert [finding.severity for finding in findings] == [Severity.BLOCK]


def test_another_recipient_in_each_row_stops_as_one_finding() -> None:
    (finding,) = found(staffed("Zzz", listed(80, *[(n + 17) % 80 for n in range(80)])), "XRC402")
    assert (finding.severity, len(finding.affected)) == (Severity.BLOCK, 80)


@pytest.mark.parametrize("header", ["Retour du jury", "Avis du manager", "Panel", "Commentaire du chef", "Feedback by"])
def test_a_remark_about_somebody_stops_whatever_its_header_says(header: str) -> None:
    names = listed(80, 0, 1, 2, 3)
    remarks = [f"le jury a préféré {name} pour ce poste" for name in names]
    findings = found(staffed(header, remarks), "XRC402")
    assert findings
    assert {finding.severity for finding in findings} == {Severity.BLOCK}


NOUNS = (
    "la bourse {}", "salle {}", "Société {}", "le programme {}", "au parc {}", "the prize {}", "room {}", "the ship {}",
    "das Stipendium {}", "Firma {}", "im Raum {}", "la beca {}", "la sala {}", "Empresa {}", "la borsa {}", "Ditta {}",
    "a bolsa {}", "stypendium {}", "Fundacja {}", "de beurs {}", "zaal {}", "promotion « {} »", "{} SARL", "rue {}",
)  # fmt: skip


def beside_a_noun(noun: str, bearers: int) -> Inspection:
    """A letter in which a noun is beside a cell, which has the name of the sixth person for the first ones."""
    rows = [(*row, "Luc Saint-Martin" if n < bearers else f"B{n}") for n, row in enumerate(PEOPLE)]
    table = table_of(rows, (*HEADERS, "Intitulé"))
    return inspection_of(table, LETTER + "\n" + noun.format("{{ intitule }}") + ".\n")


@each_row("noun", NOUNS)
def test_a_noun_of_the_letter_does_not_hide_whom_a_wrong_cell_names(noun: str) -> None:
    for bearers in (1, 2):
        findings = found(beside_a_noun(noun, bearers), "XRC402")
        assert [(each.severity, each.others) for each in findings] == [(Severity.BLOCK, (6,))] * bearers


@each_row("noun", NOUNS)
def test_what_several_rows_have_is_called_what_the_letter_says(noun: str) -> None:
    assert found(beside_a_noun(noun, 3), "XRC402") == []


@each_row("many", (4, 5, 6))
def test_a_list_of_names_in_a_cell_is_one_finding(many: int) -> None:
    people = named_people(12)
    names = ", ".join(f"{row[1]} {row[2]}" for row in people[6 : 6 + many])
    rows = [(*row, f"Étaient là : {names}." if n == 1 else "Merci.") for n, row in enumerate(people)]
    findings = found(inspection_of(table_of(rows, (*HEADERS, "Retour")), LETTER + "\n{{ retour }}\n"), "XRC402")
    assert {finding.record for finding in findings} == {2}
    assert {number for finding in findings for number in finding.others} == set(range(7, 7 + many))
    assert len(findings) == (many if many < 5 else 1)


CALLED = ("Inès", "Jean et Paul Nguyen", "Zoé", "Paul", "Aïcha et son mari", "Luc")


@each_row("said", ("Jean et Paul Nguyen", "Jean & Paul NGUYEN", "Jean, Nguyen Paul"))
def test_a_column_of_ones_own_names_hides_nobody_elses(said: str) -> None:
    (finding,) = found(column("Appel", [CALLED[0], said, *CALLED[2:]], "\n{{ appel }}\n")(), "XRC402")
    assert (finding.record, finding.others) == (2, (4,))


def test_a_couple_with_one_surname_in_a_column_of_names_is_the_couples() -> None:
    rows = [*PEOPLE[:3], ("M.", "Paul", "Dupont", "paul.dupont@mail.example", "Acheteur", "RC-0020", ""), *PEOPLE[4:]]
    table = table_of(
        [(*row, called) for row, called in zip(rows, (CALLED[0], "Jean et Paul Dupont", *CALLED[2:]), strict=True)],
        (*HEADERS, "Appel"),
    )
    blocking = [each for each in found(inspection_of(table, f"{LETTER}\n{{{{ appel }}}}\n"), "XRC402")
                if each.severity is Severity.BLOCK]  # fmt: skip
    assert blocking == []


@each_row("greeting", ("Caro/a", "Cher.e", "Estimado(a)", "Drogi(a)", "Liebe/r", "Chèr·e", "Querida/o", "Fala-se a"))
def test_the_ending_of_a_greeting_is_no_initial_of_a_longer_first_name(greeting: str) -> None:
    ending = greeting.rstrip(")")[-1]
    people = {1: (f"{ending.upper()}nne-Martin", "Rebel"), 2: ("Martin", "Rebel")}
    written = f"Subject: x\n\n{greeting} {{{{ prenom }}}} {{{{ nom }}}},\n\nMerci.\n"
    assert found(named(people, "x")(), "XRC402") == []
    assert found(inspection_of(named(people, "x")().table, written), "XRC402") == []


@each_row("written", ("A. Martin Rebel", "A Martin Rebel", "a. martin rebel"))
def test_an_initial_before_a_name_is_that_of_a_longer_first_name(written: str) -> None:
    assert found(named({1: ("Anne-Martin", "Rebel")}, f"vu par {written}")(), "XRC402")
