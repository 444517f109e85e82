"""Several first names, each with the initial of a surname, are the people of the table; a few may be anybody."""

from __future__ import annotations

from collections.abc import Sequence

from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, inspection_of, table_of
from rule_cases import attached, found

from mailmerge.lint.identities.forms.initials import initials_in
from mailmerge.lint.identities.index import Identities

IDENTITIES = Identities(table_of())
JOINTS = (", ", " ; ", " et ", "\n- ", "\n", " / ")


def listed(people: int) -> list[str]:
    return [f"{row[1]} {row[2][0]}." for row in PEOPLE[:people]]


def owners(text: str) -> list[tuple[int, ...]]:
    return [hit.owners for hit in initials_in(IDENTITIES, text, signed=True)]


@each_row("joint", JOINTS)
@each_row(("people", "told"), [(1, 0), (3, 0), (4, 4), (6, 6)])
def test_four_are_a_list(joint: str, people: int, told: int) -> None:
    assert owners(f"Présents : {joint.join(listed(people))}") == [(n,) for n in range(1, told + 1)]


@each_row(
    "others",
    (
        ["Inès P. Durand", "Jean D. Durand", "Zoé L. Durand", "Paul N. Durand"],
        ["Inès Q.", "Jean Q.", "Zoé Q.", "Paul Q."],
        ["inès p.", "jean d.", "zoé l.", "paul n."],
        ["Inès, P.", "Jean, D.", "Zoé, L.", "Paul, N."],
    ),
)
def test_others_are_nobody_of_the_table(others: Sequence[str]) -> None:
    assert owners(" ; ".join(others)) == []


def test_a_first_name_and_an_initial_that_two_have_name_neither() -> None:
    rows = [*PEOPLE, ("M.", "Jean", "Duval", "j@mail.example", "Juriste", "RC-0099", "")]
    both = Identities(table_of(rows, HEADERS))
    assert [hit.owners for hit in initials_in(both, ", ".join(listed(5)), signed=True)] == [(1,), (3,), (4,), (5,)]


def test_it_is_told_in_the_letter_and_in_a_file() -> None:
    text = ", ".join(listed(5))
    assert found(inspection_of(letter=f"{LETTER}\n{text}\n"), "XRC402")
    assert found(attached("liste.txt", text.encode())(), "ATT502")
