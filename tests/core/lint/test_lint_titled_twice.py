"""MSG302: nobody is greeted with a title before a title."""

from __future__ import annotations

from each_row import each_row
from lint_cases import changed, inspection_of, letter_of
from rule_cases import found

GREETINGS = (
    "Bonjour {{ civilite }} {{ nom }},", "{{ civilite }} {{ nom }},", "Chère {{ civilite }} {{ nom }},",
    "Bonjour {% if civilite %}{{ civilite }} {% endif %}{{ nom }},", "Dear {{ civilite }} {{ nom }},",
    "Bonjour Madame {{ nom }},",
)  # fmt: skip
TITLED = (
    "Sra. Petit",
    "Signora Petit",
    "Mevrouw Petit",
    "Pani Petit",
    "Senhor Petit",
    "Mme Petit",
    "Madame Petit",
    "MME PETIT",
    "M. Petit",
    "Mlle Petit",
    "Mrs. Petit",
    "Frau Petit",
    "mme. Petit",
)
PLAIN = (
    "Pan Li",
    "Heer Singh",
    "Petit",
    "Herr",
    "Petit Martin",
    "Le Petit",
    "Sire",
    "Mme",
    "Monsieur-Petit",
    "De La Dame",
    "Mailly",
)


def told(greeting: str, name: str, title: str = "Mme") -> list[int | None]:
    letter = letter_of(f"Subject: x\n\n{greeting}\n\nVoici notre réponse.\n")
    findings = found(inspection_of(changed(1, nom=name, civilite=title), letter), "MSG302")
    return [each.record for each in findings if each.says.id == "msg302.titled-twice"]


@each_row("greeting", GREETINGS)
@each_row("name", TITLED)
def test_a_title_before_a_title_is_told_of(greeting: str, name: str) -> None:
    assert told(greeting, name) == [1]


@each_row("greeting", GREETINGS)
@each_row("name", PLAIN)
def test_a_name_without_a_title_is_left_alone(greeting: str, name: str) -> None:
    assert told(greeting, name) == []


@each_row("greeting", ["Bonjour {{ nom }},", "Bonjour {{ prenom }} {{ nom }},", "Dear {{ nom }},"])
@each_row("name", TITLED)
def test_the_only_title_is_left_alone(greeting: str, name: str) -> None:
    assert told(greeting, name) == []
