"""What is before a surname, in a column of its own: the "van den" of Jan van den Berg belongs to the name in To."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

from each_row import each_row
from lint_cases import inspection_of

from mailmerge.lint import Report, check
from mailmerge.model import RecordTable
from mailmerge.records import read_table

PEOPLE = [
    ("Jan", "van den", "Berg"), ("Sanne", "", "Jansen"), ("Piet", "de", "Vries"), ("Lotte", "", "Bakker"),
    ("Kees", "ten", "Brink"), ("Anouk", "", "Smit"),
]  # fmt: skip
CALLED = ["Jan van den Berg", "Sanne Jansen", "Piet de Vries", "Lotte Bakker", "Kees ten Brink", "Anouk Smit"]
PREFIXES = {
    "Dutch": ("Voornaam", "Tussenvoegsel", "Achternaam"),
    "Dutch, several": ("Roepnaam", "Tussenvoegsel(s)", "Achternaam"),
    "Dutch, another word": ("voornaam", "voorvoegsel", "achternaam"),
    "German": ("Vorname", "Namenszusatz", "Nachname"),
    "German, another word": ("Vorname", "Vorsatzwort", "Familienname"),
    "French": ("Pr\u00e9nom", "Particule", "Nom"),
    "English": ("First name", "Infix", "Last name"),
}
OPTIONAL = {
    "a middle name": ("First name", "Middle name", "Last name"),
    "an initial": ("First", "MI", "Last"),
    "a second first name": ("Imi\u0119", "Drugie imi\u0119", "Nazwisko"),
    "an academic title": ("Vorname", "Titel", "Nachname"),
    **PREFIXES,
}


def table_of(
    folder: Path, headers: Sequence[str], people: Sequence[Sequence[str]] = PEOPLE, order: Sequence[int] = (0, 1, 2)
) -> RecordTable:
    lines = [[*(row[at] for at in order), last] for *row, last in ((*headers, "E-mail"),)]
    lines += [[*(row[at] for at in order), f"u{n}@boite.example"] for n, row in enumerate(people)]
    path = folder / "mensen.csv"
    path.write_text("\n".join(map(";".join, lines)), encoding="utf-8")
    return read_table(path)


def checked(table: RecordTable, greeting: str) -> Report:
    return check(inspection_of(table, f"Subject: x\n\n{greeting},\n\nTot dan.\n"))


@each_row("headers", PREFIXES.values(), ids=PREFIXES)
@each_row("order", list(permutations(range(3))))
def test_it_is_in_the_name(tmp_path: Path, headers: tuple[str, ...], order: tuple[int, ...]) -> None:
    table = table_of(tmp_path, headers, order=order)
    assert [table.name_of(record) for record in table.records] == CALLED


def test_it_is_not_there_twice(tmp_path: Path) -> None:
    whole = [(first, prefix, f"{prefix} {last}".strip()) for first, prefix, last in PEOPLE]
    table = table_of(tmp_path, PREFIXES["Dutch"], whole)
    assert [table.name_of(record) for record in table.records] == CALLED


@each_row("headers", OPTIONAL.values(), ids=OPTIONAL)
def test_a_part_that_not_everybody_has_may_be_blank_within_a_name(tmp_path: Path, headers: tuple[str, ...]) -> None:
    table = table_of(tmp_path, headers)
    first, part, last = (f"{{{{ {name} }}}}" for name in table.names[:3])
    assert checked(table, f"Beste {first} {part} {last}").blocks == ()
    assert "TPL201" in {finding.rule for finding in checked(table, f"Beste {part}").blocks}


def test_a_name_with_it_is_somebody_elses_in_every_form(tmp_path: Path) -> None:
    table = table_of(tmp_path, PREFIXES["Dutch"])
    for written in ("Jan van den Berg", "J. van den Berg", "van den Berg, Jan", "VAN DEN BERG Jan"):
        assert checked(table, f"Beste {{{{ voornaam }}}}, zoals {written} zei").findings, written
