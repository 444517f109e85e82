"""In which order a name is in To: surname first where the language of the table has it so."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from each_row import each_row

from mailmerge.records import read_table

HUNGARIAN = (
    [("Anna", "Nagy"), ("Béla", "Kovács"), ("Zsófia", "Tóth Kiss")],
    ["Nagy Anna", "Kovács Béla", "Tóth Kiss Zsófia"],
)
VIETNAMESE = ([("An", "Nguyễn"), ("Bình", "Trần"), ("Minh Châu", "Lê")], ["Nguyễn An", "Trần Bình", "Lê Minh Châu"])
FRENCH = ([("Anne", "Roux"), ("Léo", "Petit"), ("Zoé", "Le Goff")], ["Anne Roux", "Léo Petit", "Zoé Le Goff"])
TABLES = {
    ("Keresztnév", "Vezetéknév"): HUNGARIAN,
    ("Utónév", "Családi név"): HUNGARIAN,
    ("Tên", "Họ"): VIETNAMESE,
    ("Tên", "Họ và tên đệm"): VIETNAMESE,
    ("Prénom", "Nom"): FRENCH,
    ("First name", "Last name"): FRENCH,
}


@each_row(("headers", "turned"), product(TABLES, (False, True)))
def test_a_name_has_the_order_of_its_language_however_the_columns_stand(
    tmp_path: Path, headers: tuple[str, str], *, turned: bool
) -> None:
    people, called = TABLES[headers]
    rows = [(*headers, "E-mail"), *((*person, f"u{n}@boite.example") for n, person in enumerate(people))]
    order = (1, 0, 2) if turned else (0, 1, 2)
    path = tmp_path / "people.csv"
    path.write_text("\n".join(";".join(row[at] for at in order) for row in rows), encoding="utf-8")
    table = read_table(path)
    assert [table.name_of(record) for record in table.records] == called
