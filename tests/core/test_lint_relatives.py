"""The name of somebody's child or spouse is theirs to read, and nobody else's; who has a row is known by that."""

from __future__ import annotations

from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, inspection_of, table_of
from rule_cases import found

from mailmerge.lint import Inspection

NAMES = ("Léo Petit", "Mia Dupont", "Noé Lefèvre", "Lan Nguyen", "Sami Benali", "Eve Saint-Martin")
COLUMNS = ("Enfant", "Nom de l'élève", "Conjoint", "Child", "Spouse", "Pupil's name", "Kind", "Schüler", "Hijo",
           "Alumna", "Figlio", "Filha", "Dziecko", "Leerling")  # fmt: skip


def family(header: str, text: str, names: tuple[str, ...] = NAMES) -> Inspection:
    """A column of relatives, and what the letter to the second person says besides."""
    remarks = [text if number == 1 else "Merci." for number in range(len(PEOPLE))]
    rows = [(*row, name, remark) for row, name, remark in zip(PEOPLE, names, remarks, strict=True)]
    table = table_of(rows, (*HEADERS, header, "Suite"))
    return inspection_of(table, f"{LETTER}\n{{{{ {table.names[-2]} }}}}\n{{{{ suite }}}}\n")


@each_row("header", COLUMNS)
@each_row("text", ("Copie sur {}.", "{}", "{} et {first} se connaissent"))
def test_nobody_reads_the_name_of_anothers_child(header: str, text: str) -> None:
    for name in ("Lan Nguyen", "NGUYEN Lan"):
        (finding,) = found(family(header, text.format(name, first="Mia")), "XRC402")
        assert (finding.record, finding.others, finding.field) == (2, (4,), "suite")


@each_row("header", COLUMNS)
def test_whoever_a_child_belongs_to_does(header: str) -> None:
    assert found(family(header, "Nous avons vu Mia Dupont."), "XRC402") == []


def test_two_rows_may_have_one_child() -> None:
    assert found(family("Enfant", "avec Léo Petit", ("Léo Petit", "Léo Petit", *NAMES[2:])), "XRC402") == []


def test_a_column_of_things_or_of_few_names_is_none_of_relatives() -> None:
    for header, names in (("Enfant", ("oui", "non") * 3), ("Enfant", ("Léo Petit",) * 6), ("Ville", NAMES)):
        assert found(family(header, "Copie sur Lan Nguyen.", names), "XRC402") == []


def test_a_wrong_cell_with_somebody_of_the_table_is_still_found() -> None:
    names = (NAMES[0], "Paul Nguyen", *NAMES[2:])
    findings = found(family("Enfant", "Merci.", names), "XRC402")
    assert [(each.record, each.others) for each in findings] == [(2, (4,))]
