"""``where`` and ``[columns] name``: the same sandbox, errors in one line."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from letter_cases import VALUES

from mailmerge.errors import CampaignError
from mailmerge.letter import compile_condition, compile_value, fields_of_value


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        ("poste == 'Comptable'", True),
        ("poste != 'Comptable'", False),
        ("Poste in ('Comptable', 'x') and not titre", True),
        ("civilite|lower == 'madame' or nom.startswith('X')", True),
        ("titre", False),
        ("nom is defined and nom|length > 3", True),
        ("nom ~ prenom == 'DurandZoé'", True),
    ],
)
def test_a_condition_reads_one_record(source: str, holds: bool) -> None:
    assert compile_condition(source)(VALUES) is holds


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("poste ==", "cannot be read"),
        ("poste == 'x' nom", 'not a condition; write it as field == "a value"'),
        ("poste %} x", "cannot be read"),
        ("nom.__class__", "properties of a value"),
        ("nom * 9", "cannot be used"),
        ("nom|safe", "safe"),
        ("nom|propre", "propre"),
        ("", "cannot be read"),
    ],
)
def test_a_condition_that_cannot_be_used_is_refused(source: str, words: str) -> None:
    with pytest.raises(CampaignError, match=words) as caught:
        compile_condition(source)
    assert "where" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("source", ["statut == 'x'", "nom ~ '' > 3", "not statut"])
def test_a_condition_that_fails_for_a_record_says_so(source: str) -> None:
    with pytest.raises(CampaignError, match="fails"):
        compile_condition(source)(VALUES)


def test_a_value_is_text_of_one_record() -> None:
    assert compile_value("{{ prenom }} {{ nom|upper }}")(VALUES) == "Zoé DURAND"
    assert compile_value("{{ titre }} {{ nom }}")(VALUES) == " Durand"
    assert compile_value("{% if titre %}{{ titre }}{% else %}-{% endif %}")(VALUES) == "-"


@pytest.mark.parametrize("source", ["{{ prenom", "{% include 'x' %}", "{{ nom|safe }}", "{{ nom.mro }}"])
def test_a_value_that_cannot_be_used_is_refused(source: str) -> None:
    with pytest.raises(CampaignError, match="cannot be"):
        compile_value(source)


def test_a_value_of_an_unknown_field_is_refused() -> None:
    with pytest.raises(CampaignError, match='no column "name"'):
        compile_value("{{ name }}")(VALUES)


@pytest.mark.parametrize(
    "source", ["{{ prénom }}", "{{ prénom|upper }} {{ nom }}", "{% if prénom %}{{ nom }}{% endif %}"]
)
def test_a_value_is_the_same_however_its_accents_are_composed(source: str) -> None:
    composed, apart = normalize("NFC", source), normalize("NFD", source)
    assert compile_value(composed)(VALUES) == compile_value(apart)(VALUES)
    assert fields_of_value(composed) == fields_of_value(apart) != frozenset()
