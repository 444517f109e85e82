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


COUPLES = ("Jean Dupont", "Inès Petit", "Paul Nguyen", "Zoé Lefèvre", "Marie Roux", "")


@each_row("header", ("Conjoint", "Spouse / partner", "Ehepartner", "Cónyuge", "Coniuge", "Cônjuge", "Małżonek"))
def test_two_people_of_the_table_who_name_each_other_are_a_couple(header: str) -> None:
    assert found(family(header, "Merci.", COUPLES), "XRC402") == []
    turned = tuple(" ".join(reversed(name.split())) for name in COUPLES)
    assert found(family(header, "Merci.", turned), "XRC402") == []


def test_couples_whose_names_have_particles_are_known_too() -> None:
    rows = [*PEOPLE[:4], ("Mme", "Ghislaine", "D’Hervilly", "g@mail.example", "", "RC-1", ""),
            ("M.", "Gaël", "D’Hervilly", "h@mail.example", "", "RC-2", "")]  # fmt: skip
    names = ("Jean Dupont", "Inès Petit", "Paul Nguyen", "Zoé Lefèvre", "Gaël D’Hervilly", "Ghislaine D’Hervilly")
    table = table_of([(*row, name) for row, name in zip(rows, names, strict=True)], (*HEADERS, "Conjoint"))
    assert found(inspection_of(table, f"{LETTER}\n{{{{ conjoint }}}}\n"), "XRC402") == []


def test_a_column_of_couples_that_is_a_row_off_is_still_found() -> None:
    moved = (*COUPLES[-1:], *COUPLES[:-1])
    assert found(family("Conjoint", "Merci.", moved), "XRC402")


def test_whose_spouse_is_named_by_one_side_only_is_still_found() -> None:
    names = ("Jean Dupont", "", "Léo Martin", "Mia Martin", "Noé Martin", "Eve Martin")
    assert [each.record for each in found(family("Conjoint", "Merci.", names), "XRC402")] == [1]


@each_row(
    "headers",
    (
        ("Prénom de l'enfant", "Nom de l'enfant"),
        ("Nom enfant 1", "Prénom enfant 1"),
        ("Child first name", "Child surname"),
        ("Vorname Kind", "Nachname Kind"),
        ("Nombre del hijo", "Apellidos del hijo"),
        ("Nome figlio", "Cognome figlio"),
        ("Imię dziecka", "Nazwisko dziecka"),
        ("Voornaam kind", "Achternaam kind"),
    ),
)
def test_a_child_named_in_two_columns_is_somebodys(headers: tuple[str, str]) -> None:
    def campaign(text: str) -> Inspection:
        rows = [
            (*row, *(name.split(" ", 1) if "Nom " not in headers[0] else reversed(name.split(" ", 1))), remark)
            for row, name, remark in zip(PEOPLE, NAMES, ("", text, *[""] * 4), strict=True)
        ]
        return inspection_of(table_of(rows, (*HEADERS, *headers, "Suite")), f"{LETTER}\n{{{{ suite|default('') }}}}\n")

    (finding,) = found(campaign("Copie sur Lan Nguyen."), "XRC402")
    assert (finding.record, finding.others, finding.field) == (2, (4,), "suite")
    assert found(campaign("Nous avons vu Mia Dupont."), "XRC402") == []
