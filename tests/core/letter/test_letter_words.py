"""Agreement, names and dates."""

from __future__ import annotations

from pathlib import Path

import pytest
from each_row import each_row
from letter_cases import body_letter, composed, letter_of

from mailmerge.errors import RenderFailed
from mailmerge.letter.values.filters import accord, date, proper


@pytest.mark.parametrize(
    "title",
    [
        "Madame",
        "MADAME",
        "Mme",
        "mme.",
        "Mlle",
        "Mrs",
        "Ms.",
        "Miss",
        "F",
        "Femme",
        "féminin",
        "Madame la Directrice",
        "Dr Mme",
        "Mme Dr.",
    ],
)
def test_a_woman_is_recue(title: str) -> None:
    assert accord("reçu", title) == "reçue"


@pytest.mark.parametrize("title", ["Monsieur", "M.", "M", "Mr", "H", "homme", "Monsieur le Directeur", "M. le Pr"])
def test_a_man_is_recu(title: str) -> None:
    assert accord("reçu", title) == "reçu"


@pytest.mark.parametrize("title", ["", "Dr", "Mx", "?", "M. et Mme", "Mme/M.", "Dr H"])
def test_who_gives_no_title_gets_both_forms(title: str) -> None:
    assert accord("reçu", title) == "reçu(e)"
    assert accord("actif", title) == "actif/active"
    assert accord("apte", title) == "apte"
    assert accord("recruteur", title, "recrutrice") == "recruteur/recrutrice"


@pytest.mark.parametrize(
    ("word", "feminine"),
    [
        ("candidat", "candidate"),
        ("premier", "première"),
        ("heureux", "heureuse"),
        ("actif", "active"),
        ("professionnel", "professionnelle"),
        ("citoyen", "citoyenne"),
        ("bon", "bonne"),
        ("nouveau", "nouvelle"),
        ("retenu", "retenue"),
        ("apte", "apte"),
    ],
)
def test_regular_feminine_forms(word: str, feminine: str) -> None:
    assert accord(word, "Madame") == feminine


def test_the_letter_can_agree_and_give_the_irregular_form(tmp_path: Path) -> None:
    source = (
        '{{ accord("reçu", civilite) }} {{ accord("directeur", civilite, "directrice") }} {{ accord("", civilite) }}'
    )
    assert composed(body_letter(tmp_path, source, "l.txt"), civilite="Mme").text == "reçue directrice e\n"


@each_row(
    ("name", "written"),
    [
        ("DUPONT-MARTIN", "Dupont-Martin"),
        ("dupont", "Dupont"),
        ("O'NEILL", "O'Neill"),
        ("D'ORMESSON", "d'Ormesson"),
        ("L’HERMITE", "L’Hermite"),
        ("DE VILLIERS", "de Villiers"),
        ("Charles DE GAULLE", "Charles de Gaulle"),
        ("DE LA FONTAINE", "de La Fontaine"),
        ("VAN DER BERG", "van der Berg"),
        ("DU PONT", "du Pont"),
        ("LE GOFF", "Le Goff"),
        ("MCDONALD", "McDonald"),
        ("McDonald", "McDonald"),
        ("ÉLODIE", "Élodie"),
        ("jean-pierre", "Jean-Pierre"),
        ("SAINT-MAUR-DES-FOSSÉS", "Saint-Maur-des-Fossés"),
        ("LOUIS II", "Louis II"),
        ("J.-P. MARTIN", "J.-P. Martin"),
        ("MARTIN (BERNARD)", "Martin (Bernard)"),
        ("XI", "Xi"),
        ("DUPONT (née MARTIN)", "Dupont (née Martin)"),
        ("DUPONT ÉP. MARTIN", "Dupont ép. Martin"),
        ("DUPONT NÉE MARTIN", "Dupont née Martin"),
        ("", ""),
    ],
)
def test_proper_writes_names_as_a_letter_does(name: str, written: str) -> None:
    assert proper(name) == written
    assert proper(written) == written


@pytest.mark.parametrize("particle", ["da", "dos", "di", "della", "la", "ben", "bin", "al", "ter", "zur", "af", "e"])
@pytest.mark.parametrize("surname", ["{} Conceição", "{} CONCEIÇÃO", "Silva {} Costa", "SILVA {} COSTA"])
def test_a_particle_is_small_where_it_was_written_so_beside_capitals_and_only_there(
    particle: str, surname: str
) -> None:
    small = surname.title()
    assert proper(surname.format(particle)) == small.format(particle)
    assert proper(surname.format(particle).upper()) == small.format(particle.title())
    assert proper(surname.format(particle).lower()) == small.format(particle.title())
    assert proper(small.format(particle.title())) == small.format(particle.title())


@pytest.mark.parametrize(
    "text",
    [
        "03/09/2026",
        "3/9/2026",
        "03-09-2026",
        "03.09.2026",
        "03/09/26",
        "2026-09-03",
        "2026-09-03 00:00:00",
        "2026-09-03T08:30",
        " 03/09/2026 ",
    ],
)
def test_a_date_is_written_in_the_letters_language(text: str) -> None:
    assert date(text, "long", "fr") == "3 septembre 2026"
    assert date(text, "long", "en-GB") == "3 September 2026"


def test_dates_take_a_style_or_a_pattern() -> None:
    assert date("03/09/2026", "full", "fr") == "jeudi 3 septembre 2026"
    assert date("03/09/2026", "EEEE d MMMM", "fr") == "jeudi 3 septembre"
    assert date("03/09/2026", "short", "fr") == "03/09/2026"


def test_the_first_of_a_month_is_premier_in_french() -> None:
    assert date("01/09/2026", "long", "fr") == "1er septembre 2026"
    assert date("01/09/2026", "full", "fr-CA") == "mardi 1er septembre 2026"
    assert date("01/01/2026", "d/M/y", "fr") == "1/1/2026"
    assert date("01/09/2026", "long", "en") == "September 1, 2026"


@pytest.mark.parametrize("text", ["31/02/2026", "13/31/2026", "demain", "2026", "03/09/2026x", "03/09/123"])
def test_what_is_no_date_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        date(text, "long", "fr")


def test_a_letter_without_a_language_says_how_to_give_one(tmp_path: Path) -> None:
    with pytest.raises(RenderFailed, match="Content-Language: fr"):
        composed(body_letter(tmp_path, "{{ date_entretien|date }}"))
    with pytest.raises(RenderFailed, match='"na" is not a language'):
        composed(letter_of(tmp_path, "Content-Language: na\n\n{{ date_entretien|date }}"))


def test_the_date_filter_uses_the_letters_language(tmp_path: Path) -> None:
    letter = letter_of(
        tmp_path, 'Content-Language: fr\n\n{{ date_entretien|date }} {{ date_entretien|date("d MMM") }}', "l.txt"
    )
    assert composed(letter).text == "3 septembre 2026 3 sept.\n"
