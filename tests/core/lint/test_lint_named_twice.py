"""MSG302: nobody is greeted with a name twice, as where first and last names were put in one column."""

from __future__ import annotations

from each_row import each_row
from lint_cases import PEOPLE, inspection_of, letter_of, table_of
from rule_cases import found

from mailmerge.model import Severity

GREETINGS = ("Bonjour {{ prenom }} {{ nom }},", "Dear {{ nom }} {{ prenom }},", "Chère {{ prenom }} {{ nom | upper }},")
TWICE = (("Zoé Martin", "Martin"), ("Zoé", "Zoé Martin"), ("Zoé Le Gall", "Le Gall"), ("ZOÉ MARTIN", "Martin"))
ONCE = (
    ("Zoé", "Martin"),
    ("Ali", "Ali"),
    ("Thomas", "Thomas"),
    ("Anna Maria", "Mariani"),
    ("Zoé", "Martin Martin"),
    ("Jean-Martin", "Saint-Martin"),
)


def told(greeting: str, first: str, last: str) -> list[tuple[str, Severity]]:
    title, _first, _last, mail, *rest = PEOPLE[0]
    table = table_of([(title, first, last, mail, *rest), *PEOPLE[1:]])
    findings = found(inspection_of(table, letter_of(f"Subject: x\n\n{greeting}\n\nVoici notre réponse.\n")), "MSG302")
    return [(each.says.id, each.severity) for each in findings]


@each_row("greeting", GREETINGS[:1])
@each_row(("first", "last"), TWICE)
def test_a_name_twice_is_told_of(greeting: str, first: str, last: str) -> None:
    assert told(greeting, first, last) == [("msg302.named-twice", Severity.WARN)]


@each_row("greeting", GREETINGS)
@each_row(("first", "last"), ONCE)
def test_a_name_once_is_left_alone(greeting: str, first: str, last: str) -> None:
    assert told(greeting, first, last) == []


@each_row(("first", "last", "header"), [("Zoé Martin", "Martin", "Prénom"), ("Zoé", "Zoé Martin", "Nom")])
def test_the_column_with_both_names_is_told(first: str, last: str, header: str) -> None:
    title, _first, _last, mail, *rest = PEOPLE[0]
    table = table_of([(title, first, last, mail, *rest), *PEOPLE[1:]])
    [finding] = found(inspection_of(table, letter_of(f"Subject: x\n\n{GREETINGS[0]}\n\nMerci.\n")), "MSG302")
    assert str(finding.values["header"]) == header
