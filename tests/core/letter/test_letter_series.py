"""Alternatives written as conditions of their own: the letter says the same, and it is known where none holds."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from each_row import each_row
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from letter_cases import VALUES, composed, letter_of
from lint_cases import HEADERS, PEOPLE, inspection_of, table_of
from rule_cases import found

from mailmerge.letter import Letter
from mailmerge.model import Severity

GREETINGS = {
    "chère": ("{}{} {{{{ nom }}}},", ("Chère", "Cher")),
    "chère madame": ("{}{} {{{{ nom }}}},", ("Chère Madame", "Cher Monsieur")),
    "bonjour": ("Bonjour {}{} {{{{ nom }}}},", ("Madame", "Monsieur")),
    "bonjour, apart": ("Bonjour {} {} {{{{ nom }}}},", ("Madame", "Monsieur")),
    "with its blank": ("Bonjour {}{}{{{{ nom }}}},", ("Mme ", "M. ")),
    "dear": ("Dear {}{} {{{{ nom }}}},", ("Ms", "Mr")),
    "sehr geehrte": ("Sehr geehrte{}{} {{{{ nom }}}},", (" Frau", "r Herr")),
    "in full": ("{}{} {{{{ prenom }}}} {{{{ nom }}}},", ("Estimada", "Estimado")),
    "bold": ("Bonjour **{}{} {{{{ nom }}}}**,", ("Madame", "Monsieur")),
}
TESTS = {
    "letters": ("genre == 'F'", "genre == 'M'"),
    "lists": ("genre in ['F', 'f']", "genre in ['M', 'm']"),
    "in capitals": ("genre|upper == 'F'", "genre|upper == 'M'"),
    "the other way": ("genre == 'M'", "genre == 'F'"),
    "with or": ("genre == 'F' or genre == 'f'", "genre == 'M' or genre == 'm'"),
    "by a name of its own": ("g == 'F'", "g == 'M'"),
}
SET = "{% set g = genre %}\n"


def letter_with(greeting: str, tests: tuple[str, str]) -> str:
    template, words = GREETINGS[greeting]
    conditions = [f"{{% if {test} %}}{said}{{% endif %}}" for test, said in zip(tests, words, strict=True)]
    own = SET if tests[0].startswith("g ") else ""
    return f"Subject: x\n\n{own}{template.format(*conditions)}\n\nVoici notre réponse.\n"


def gendered(*genders: str) -> list[tuple[str, ...]]:
    return [(*row, gender) for row, gender in zip(PEOPLE, genders, strict=True)]


def findings(letter: Letter, *genders: str) -> list[tuple[str, int | None]]:
    inspection = inspection_of(table_of(gendered(*genders), (*HEADERS, "Genre")), letter)
    return [(each.rule, each.record) for each in found(inspection, "MSG301")]


@each_row(("greeting", "tests"), product(GREETINGS, TESTS))
def test_a_greeting_of_which_no_alternative_holds_is_told_of(greeting: str, tests: str, tmp_path: Path) -> None:
    letter = letter_of(tmp_path, letter_with(greeting, TESTS[tests]))
    assert findings(letter, "F", "M", "", "M", "F", "F") == [("MSG301", 3)]


@each_row(("greeting", "tests"), product(GREETINGS, TESTS))
def test_a_greeting_in_which_one_holds_for_everybody_is_left_alone(greeting: str, tests: str, tmp_path: Path) -> None:
    letter = letter_of(tmp_path, letter_with(greeting, TESTS[tests]))
    assert findings(letter, "F", "M", "M", "M", "F", "F") == []


@pytest.mark.parametrize("greeting", GREETINGS)
def test_who_is_not_named_by_any_of_them_is_told_of(greeting: str, tmp_path: Path) -> None:
    letter = letter_of(tmp_path, letter_with(greeting, TESTS["letters"]))
    inspection = inspection_of(table_of(gendered("F", "M", "X", "M", "F", "F"), (*HEADERS, "Genre")), letter)
    assert [(each.record, each.severity) for each in found(inspection, "TPL220")] == [(3, Severity.WARN)]


@pytest.mark.parametrize(
    "line",
    [
        "Bonjour {% if civilite == 'Mme' %}Madame {% endif %}{% if genre == 'M' %}Monsieur {% endif %}{{ nom }},",
        "{% if civilite == 'Mme' %}Chère Madame{% endif %} {% if genre == 'M' %}Cher Monsieur{% endif %} {{ nom }},",
    ],
)
def test_titles_that_look_at_two_columns_and_neither_holds_are_told_of(line: str, tmp_path: Path) -> None:
    letter = letter_of(tmp_path, f"Subject: x\n\n{line}\n\nVoici notre réponse.\n")
    assert ("MSG301", 2) in findings(letter, "F", "", "F", "M", "F", "M")
    assert findings(letter, "F", "M", "F", "M", "F", "M") == []


@pytest.mark.parametrize(
    "line",
    [
        "Bonjour {% if genre %}{{ genre }} {% endif %}{{ nom }},",
        "Bonjour {{ nom }}{% if poste == 'Juriste' %} et{% endif %}{% if genre == 'X' %} bis{% endif %},",
        "Bonjour {% if poste == 'Juriste' %}maître {% endif %}{% if genre == 'X' %}docteur {% endif %}{{ nom }},",
        "Bonjour {{ civilite }} {% if genre == 'X' %}Dr {% endif %}{{ nom }},",
    ],
)
def test_what_is_left_out_on_purpose_is_left_alone(line: str, tmp_path: Path) -> None:
    letter = letter_of(tmp_path, f"Subject: x\n\n{line}\n\nVoici notre réponse.\n")
    assert findings(letter, "X", "", "", "", "", "") == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["genre == 'F'", "genre == 'M'", "genre == 'X'", "genre in ['F', 'M']", "genre != 'F'",
                             "genre", "poste == 'Juriste'", "genre|lower == 'f'"]),
            st.sampled_from(["Madame", " Monsieur", "Dr ", "e", "{{ nom }}", "{{ genre }} x"]),
            st.sampled_from(["", " ", "  ", "\n", " et ", "{{ prenom }}"]),
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["F", "M", "X", "f", "", "Mme"]),
    st.sampled_from(["Juriste", "Comptable"]),
)  # fmt: skip
def test_a_letter_says_what_it_would_say_as_it_is_written(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[tuple[str, str, str]], genre: str, poste: str
) -> None:
    body = "a" + "".join(f"{{% if {test} %}}{said}{{% endif %}}{after}" for test, said, after in pieces) + "z\n"
    values = {**VALUES, "genre": genre, "poste": poste}
    letter = letter_of(tmp_path_factory.mktemp("letter"), f"Subject: x\n\n{body}", "lettre.txt")
    alone = Environment().from_string(body).render(values)
    assert composed(letter, genre=genre, poste=poste).text.strip("\n") == alone.strip("\n")
