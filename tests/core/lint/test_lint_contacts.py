"""Columns of colleagues' addresses and numbers, and switchboards: told once, allowed by name, or nobody's."""

from __future__ import annotations

from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, changed, inspection_of, table_of

from mailmerge.lint import Inspection, LintSettings, check
from mailmerge.model import Severity
from mailmerge.text.folding import identifier


def pairs(header: str, column: int, allowed: tuple[str, ...] = (), printed: str = "") -> Inspection:
    """Each of two people gets the other's address or number, in a column of its own."""
    name = identifier(header)
    rows = [(*row, PEOPLE[n ^ 1][column]) for n, row in enumerate(PEOPLE)]
    letter = f"{LETTER}\nÉcrivez à {printed or '{{ ' + name + ' }}'}.\n"
    return inspection_of(
        table_of(rows, (*HEADERS, header)), letter, settings=LintSettings(names_of_others=frozenset(allowed))
    )


COLLEAGUES = [
    "Contact du binôme", "Mentor contact", "Joindre le responsable", "Betreuer", "Team captain", "Capitaine d'équipe",
    "Mannschaftsführer", "Moderatorin", "Facilitador", "Éducatrice", "Istruttore", "Aanvoerder", "Verkäufer",
]  # fmt: skip


@each_row("header", COLLEAGUES)
def test_a_column_of_colleagues_contacts_is_one_finding_and_allowed_by_name(header: str) -> None:
    stopped = check(pairs(header, 3)).blocks
    assert [(each.rule, each.count, each.values["field"]) for each in stopped] == [("XRC401", 6, identifier(header))]
    report = check(pairs(header, 3, (identifier(header),)))
    assert not report.blocks
    assert [each.severity for each in report.findings if each.rule == "XRC401"] == [Severity.INFO]


@each_row("header", ["Mail", "Adresse de secours", "Mention"])
def test_a_column_of_anything_else_is_told_of_each_person_and_allowed_for_nobody(header: str) -> None:
    told = [each for each in check(pairs(header, 3, (identifier(header),))).blocks if each.rule == "XRC401"]
    assert told


def test_an_allowed_column_allows_no_other_place() -> None:
    header, name = "Contact du binôme", "contact_du_binome"
    leaking = pairs(header, 3, (name,), printed=f"{{{{ {name} }}}} ou {PEOPLE[3][3]}")
    assert [each.rule for each in check(leaking).blocks] == ["TPL203"]


@each_row("place", ["the letter", "a column"])
def test_a_switchboard_is_nobodys_number(place: str) -> None:
    rows = [(*row[:6], "05 61 00 00 00") for row in PEOPLE]
    text = "05.61.00.00.00" if place == "the letter" else "{{ telephone }}"
    assert not check(inspection_of(rows, f"{LETTER}\nStandard : {text}\n")).blocks


@each_row("sharing", [1, 2, 4])
def test_the_number_of_a_household_is_still_somebodys(sharing: int) -> None:
    rows = [tuple(row) for row in PEOPLE]
    for number in range(1, sharing + 1):
        rows = changed(number, rows, telephone="05 61 00 00 00")
    assert check(inspection_of(rows, f"{LETTER}\nStandard : 05 61 00 00 00\n")).blocks
