"""People with two surnames, as in Spain and Latin America: the first name comes first, and both are theirs."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

from each_row import each_row
from lint_cases import inspection_of

from mailmerge.lint import check
from mailmerge.model import RecordTable
from mailmerge.records import read_table
from mailmerge.text.folding import strip_accents

PEOPLE = [
    ("Inés", "Garrido", "Peña"), ("Álvaro", "Montes", "Rey"), ("Lucía", "Serra", "Bosch"), ("Nuno", "Vaz", "Teles"),
    ("Itziar", "Goñi", "Arana"), ("Pilar", "Cano", "Duarte"), ("Hugo", "Prat", "Ferrer"), ("Noa", "Lema", "Souto"),
]  # fmt: skip
HEADERS = {
    "figures": ("Nombre", "Apellido 1", "Apellido 2"),
    "figures that are joined": ("nombre", "apellido1", "apellido2"),
    "ordinals": ("Nombre", "1º Apellido", "2º Apellido"),
    "short ordinals": ("NOMBRE", "1er apellido", "2do apellido"),
    "words": ("Nombre", "Primer apellido", "Segundo apellido"),
    "the parents": ("Nombres", "Apellido paterno", "Apellido materno"),
    "snake case": ("nombre", "PRIMER_APELLIDO", "SEGUNDO_APELLIDO"),
    "Catalan": ("Nom", "Cognom 1", "Cognom 2"),
    "Catalan words": ("Nom", "Primer cognom", "Segon cognom"),
    "Portuguese": ("Nome", "Apelido 1", "Apelido 2"),
    "Portuguese words": ("Nome", "Primeiro apelido", "Segundo apelido"),
    "English": ("First name", "First surname", "Second surname"),
    "English figures": ("First name", "Last name 1", "Last name 2"),
}
LOCALS = {
    "first.last": lambda first, one, _two: f"{first}.{one}",
    "last.first": lambda first, one, _two: f"{one}.{first}",
    "all of it": lambda first, one, two: f"{first}.{one}.{two}",
    "the second surname": lambda first, _one, two: f"{two}{first}",
    "nothing": lambda _first, _one, two: f"u{len(two) * 7919}",
}


def table_of(folder: Path, headers: tuple[str, ...], local: str, order: tuple[int, ...]) -> RecordTable:
    """The people below these headers, in such an order, and their addresses behind."""
    lines = [";".join([*(headers[at] for at in order), "E-mail"])]
    for number, person in enumerate(PEOPLE):
        plain = [strip_accents(part).casefold() for part in person]
        lines.append(";".join([*(person[at] for at in order), f"{LOCALS[local](*plain)}{number}@boite.example"]))
    path = folder / "personas.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_table(path)


@each_row("headers", HEADERS.values(), ids=HEADERS)
@each_row(("local", "order"), [(local, order) for local in LOCALS for order in permutations(range(3))])
def test_the_first_name_and_the_first_surname_are_what_a_person_is_called(
    tmp_path: Path, headers: tuple[str, ...], local: str, order: tuple[int, ...]
) -> None:
    table = table_of(tmp_path, headers, local, order)
    assert [table.name_of(record) for record in table.records] == [f"{first} {one}" for first, one, _two in PEOPLE]
    assert len(table.columns.names) == 3


@each_row(
    ("first", "last"),
    [("Nombre", "Apelativo"), ("Nome", "Casata"), ("Ime", "Rod"), ("Nom", "Cognoms"), ("Nom", "Llinatges"),
     ("Izena", "Abizenak"), ("Nome", "Apelidos")],
)  # fmt: skip
@each_row("local", ("first.last", "last.first"))
def test_a_word_for_the_first_name_is_no_surname_beside_another_column_that_fits(
    tmp_path: Path, first: str, last: str, local: str
) -> None:
    table = table_of(tmp_path, (first, last, "Ciudad"), local, (1, 0))
    assert [table.name_of(record) for record in table.records] == [f"{first} {one}" for first, one, _two in PEOPLE]


@each_row("headers", HEADERS.values(), ids=HEADERS)
def test_both_surnames_may_be_printed_to_their_own_person_and_to_nobody_else(
    tmp_path: Path, headers: tuple[str, ...]
) -> None:
    table = table_of(tmp_path, headers, "first.last", (0, 1, 2))
    printed = " ".join(f"{{{{ {name} }}}}" for name in table.names[:3])
    letter = f"Subject: Certificado\nContent-Language: es\n\nEstimado/a {printed}:\n\nGracias."
    assert {finding.rule for finding in check(inspection_of(table, letter)).findings} <= {"LST118", "LST110"}
    without = letter.replace(f"{{{{ {table.names[1]} }}}} ", "")
    assert {finding.rule for finding in check(inspection_of(table, without)).warnings} >= {"TPL212"}
    leaked = check(inspection_of(table, f"{letter} Lo vimos con Lucía Bosch."))
    assert {finding.rule for finding in leaked.blocks} == {"TPL203"}


@each_row("usual", ("Nombre habitual", "Nombre usual", "Nombre preferido", "Nome usual", "Nome habitual", "Nome usado"))
@each_row(
    "own", (("Apellidos", "Nombre"), ("Apellidos", "Nombre de pila"), ("Apelido", "Nome próprio"), ("Cognome", "Nome"))
)
def test_the_usual_first_name_takes_no_surnames_place(usual: str, own: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "gente.csv"
    rows = [
        f"{last};{first};{first[0].lower()}{n}@mail.example;{first[:3]}" for n, (first, last, _) in enumerate(PEOPLE)
    ]
    path.write_text("\n".join([f"{own[0]};{own[1]};Correo;{usual}", *rows]), "utf-8")
    table = read_table(path)
    assert [table.name_of(record) for record in table.records] == [f"{first[:3]} {last}" for first, last, _ in PEOPLE]
