"""Which columns hold the names: the usual one, whatever other columns speak of names."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from each_row import each_row

from mailmerge.model import ColumnEvidence, Columns, RecordTable
from mailmerge.records import read_table
from mailmerge.text.folding import identifier

PEOPLE = [("Zoé", "Lefèvre"), ("Paul", "Petit-Jean"), ("Ana", "Gil"), ("Luc", "d'Arcy"), ("Inès", "Roux")]
OTHER_NAMES = [
    "Nom du manager", "Nom de l'entreprise", "Nom du poste", "Company name", "Company", "Username", "User name",
    "Nom d'utilisateur", "Nickname", "Surnom", "File name", "Nom du fichier", "Nom du tuteur", "Manager Name",
    "Assistant's Name", "Spouse", "Nom de l'école", "Job name", "Nom du parrain", "Recruiter name", "N+1 nom",
]  # fmt: skip
BIRTH_NAMES = [
    "Nom de naissance", "Nom de jeune fille", "Nom de famille de naissance", "Maiden name", "Birth name",
    "Name at birth", "Ancien nom", "Previous surname",
]  # fmt: skip
USUAL_NAMES = ["Nom d'usage", "Nom usuel", "Nom marital", "Nom d'épouse", "Married name", "Preferred last name"]
PAIRS = [
    ("Prénom", "Nom"), ("Prénom(s)", "NOM"), ("First Name", "Last Name"), ("GivenName", "Surname"),
    ("firstname", "lastname"),
    ("Prénom du salarié", "Nom du salarié"), ("Votre prénom", "Votre nom"), ("Given Name", "Family Name"),
    ("FNAME", "LNAME"),
    ("Candidate First Name", "Candidate Last Name"), ("Prénom de l'élève", "Nom de l'élève"), ("givenName", "sn"),
    ("Prénom", "Nom de famille"), ("Legal First Name", "Legal Last Name"),
    ("First Name [Required]", "Last Name [Required]"),
]  # fmt: skip


def address(first: str, last: str) -> str:
    letters = "".join(character for character in f"{first}.{last}".lower() if character.isalpha() or character == ".")
    return letters.translate(str.maketrans("éèïç", "eeic")) + "@x.example"


def read(tmp_path: Path, headers: list[str], rows: list[list[str]]) -> RecordTable:
    path = tmp_path / "table.csv"
    path.write_text("\n".join(";".join(row) for row in [headers, *rows]) + "\n", encoding="utf-8")
    return read_table(path)


def people(*more: str) -> list[list[str]]:
    return [[first, last, address(first, last), *more] for first, last in PEOPLE]


def headers_of(table: RecordTable, *names: str) -> list[str]:
    return [table.header(name) for name in names]


@each_row(("first", "last"), PAIRS)
def test_first_and_last_name_are_found_among_all_other_columns_with_names(tmp_path: Path, first: str, last: str):
    others = [*OTHER_NAMES, *BIRTH_NAMES]
    for headers in ([first, last, "mail", *others], [*others, "mail", last, first]):
        rows = people(*(f"Autre{index}" for index, _ in enumerate(others)))
        if headers[0] != first:
            rows = [[*row[3:], row[2], row[1], row[0]] for row in rows]
        table = read(tmp_path, headers, rows)
        assert headers_of(table, table.columns.first_name, table.columns.last_name) == [first, last]
        assert table.columns.usual_last_name == ""
        assert sorted(headers_of(table, *table.columns.other_last_names)) == sorted(BIRTH_NAMES)
        assert table.name_of(table.records[0]) == "Zoé Lefèvre"
        assert table.names_reason is not None
        assert table.names_reason.evidence is ColumnEvidence.HEADER


@each_row("usual", USUAL_NAMES)
@each_row("birth", BIRTH_NAMES)
def test_the_usual_name_is_used_and_the_one_at_birth_only_where_there_is_no_other(
    tmp_path: Path, usual: str, birth: str
):
    for order in permutations((usual, birth, "Prénom", "mail")):
        cells = [{usual: "Martin", birth: "Durand"}, {usual: "", birth: "Petit"}]
        rows = [
            [{"Prénom": "Ana", "mail": f"u{n}@x.example", **each}[h] for h in order] for n, each in enumerate(cells)
        ]
        table = read(tmp_path, list(order), rows)
        assert headers_of(table, table.columns.last_name, *table.columns.other_last_names) == [usual, birth]
        assert [table.name_of(record) for record in table.records] == ["Ana Martin", "Ana Petit"]


@pytest.mark.parametrize("usual", USUAL_NAMES)
def test_a_usual_name_beside_the_surname_is_used_where_it_is_filled_in(tmp_path: Path, usual: str):
    table = read(
        tmp_path,
        ["Prénom", "Nom", usual, "mail"],
        [["Ana", "Gil", "Roy", "a@x.example"], ["Luc", "Roux", "", "b@x.example"]],
    )
    assert table.columns.last_name == "nom"
    assert headers_of(table, table.columns.usual_last_name) == [usual]
    assert [table.name_of(record) for record in table.records] == ["Ana Roy", "Luc Roux"]


def test_a_first_name_that_somebody_goes_by_is_used_where_it_is_filled_in(tmp_path: Path):
    rows = [["Anastasia", "Ana", "Gil", "a@x.example"], ["Luc", "", "Roux", "b@x.example"]]
    table = read(tmp_path, ["Prénom", "Prénom usuel", "Nom", "mail"], rows)
    assert [table.name_of(record) for record in table.records] == ["Ana Gil", "Luc Roux"]


@pytest.mark.parametrize("headers", [("A", "B"), ("Col 1", "Col 2"), ("c1", "x"), ("", "Champ")])
def test_without_headers_the_addresses_say_which_columns_are_the_names(tmp_path: Path, headers: tuple[str, str]):
    rows = [[first, last, "Paris", address(first, last)] for first, last in PEOPLE]
    for first_at in (0, 1):
        ordered = rows if first_at == 0 else [[row[1], row[0], *row[2:]] for row in rows]
        table = read(tmp_path, [*headers, "Ville", "mail"], ordered)
        assert table.columns.first_name == table.names[first_at]
        assert table.columns.last_name == table.names[1 - first_at]
        assert table.names_reason is not None
        assert table.names_reason.evidence is ColumnEvidence.CONTENT


def test_one_column_of_whole_names_is_found_by_the_addresses_too(tmp_path: Path):
    rows = [[f"{first} {last}", "Lyon", address(first, last)] for first, last in PEOPLE]
    assert read(tmp_path, ["Qui", "Site", "mail"], rows).columns.full_name == "qui"


def test_a_missing_half_of_the_name_is_found_beside_the_known_one(tmp_path: Path):
    table = read(tmp_path, ["Petit nom", "Nom", "mail"], people())
    assert (table.columns.first_name, table.columns.last_name) == ("petit_nom", "nom")


def test_addresses_that_resemble_nobody_say_nothing_about_names(tmp_path: Path):
    rows = [[first, last, f"u{number}@x.example"] for number, (first, last) in enumerate(PEOPLE)]
    table = read(tmp_path, ["A", "B", "mail"], rows)
    assert table.columns == Columns(email="mail")
    assert table.names_reason is None


def test_a_name_column_that_holds_the_first_name_as_well_is_the_whole_name(tmp_path: Path):
    rows = [[f"{last.upper()} {first}", first, address(first, last)] for first, last in PEOPLE]
    table = read(tmp_path, ["Nom", "Prénom", "mail"], rows)
    assert table.columns.full_name == "nom"
    assert table.name_of(table.records[0]) == "LEFÈVRE Zoé"


def test_another_column_that_could_be_the_name_is_kept_in_mind(tmp_path: Path):
    rows = [["Bob Lee", f"{first} {last}", address(first, last)] for first, last in PEOPLE]
    table = read(tmp_path, ["Contact", "Candidat", "mail"], rows)
    assert table.columns.full_name == "candidat"
    assert table.names_reason is not None
    assert table.names_reason.instead_of == ("contact",)


@pytest.mark.parametrize("whose", ["du tuteur", "N+1", "(manager)", "responsable légal"])
def test_a_letter_to_somebody_else_has_their_name_and_not_that_of_the_row(tmp_path: Path, whose: str):
    path = tmp_path / "table.csv"
    head = f"Prénom élève;Nom élève;Nom {whose};Prénom {whose};E-mail {whose};E-mail élève"
    path.write_text(f"{head}\nZoé;Lefèvre;Gil;Ana;ana.gil@x.example;zoe@y.example\n", encoding="utf-8")
    table = read_table(path, email=f"E-mail {whose}")
    assert [table.name_of(record) for record in table.records] == ["Ana Gil"]
    assert table.columns.emails == table.columns.emails[:1]
    path.write_text(f"Prénom élève;Nom élève;E-mail {whose}\nZoé;Lefèvre;ana.gil@x.example\n", encoding="utf-8")
    assert read_table(path, email=f"E-mail {whose}").columns.names == ()
    assert read_table(path, email=f"E-mail {whose}").names_reason is None


@each_row("header", ["Parent", "Parent 1", "Responsable légal 1", "Nom des parents", "Mère", "Représentant légal",
                     "Legal guardian", "Guardian name", "Parent/Guardian"])  # fmt: skip
@each_row("mail", ["Courriel responsable", "E-mail du tuteur", "Parent e-mail"])
def test_another_word_for_whom_the_addresses_are_is_above_their_name(tmp_path: Path, header: str, mail: str):
    path = tmp_path / "table.csv"
    for parents in (
        ["M. et Mme BERNARD", "Mme N'DIAYE Fatou", "M. LE GOFF", "Mme GARCIA Ana", "M. ROBERT Paul"],
        ["Jeanne Bernard", "Fatou N'Diaye", "Yann Le Goff", "Ana Garcia", "Paul Robert"],
    ):
        boxes = ["bernard.famille", "fatou.ndiaye", "legoff", "ana.garcia", "paul.robert"]
        pupils = ["Lilou Bernard", "Awa N'Diaye", "Maël Le Goff", "Inès Garcia", "Zoé Robert"]
        lines = [
            f"{a};{b};Luc Petit {n};{c}@x.example"
            for n, (a, b, c) in enumerate(zip(pupils, parents, boxes, strict=True))
        ]
        path.write_text("\n".join([f"Élève;{header};Enseignant;{mail}", *lines]), encoding="utf-8")
        table = read_table(path, email=mail)
        assert table.header(table.columns.full_name) == header
        opaque = [f"{line.rpartition(';')[0]};u{n}@x.example" for n, line in enumerate(lines)]
        path.write_text("\n".join([f"Élève;{header};Enseignant;{mail}", *opaque]), encoding="utf-8")
        assert read_table(path, email=mail).columns.names in ((), table.columns.names)


def test_another_column_with_the_same_persons_name_is_no_doubt(tmp_path: Path):
    rows = [[f"{last}, {first}", first, last, address(first, last)] for first, last in PEOPLE]
    table = read(tmp_path, ["name", "givenName", "sn", "mail"], rows)
    assert (table.columns.first_name, table.columns.last_name) == ("givenname", "sn")
    assert table.names_reason is not None
    assert table.names_reason.instead_of == ()


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [("PERNR;VORNA;NACHN;USRID_LONG", ("vorna",), ("nachn",)),
     ("NACHN;VORNA;RUFNM;E-Mail", ("rufnm", "vorna"), ("nachn",))],
)  # fmt: skip
def test_the_field_names_of_sap_are_known(
    tmp_path: Path, header: str, first: tuple[str, ...], last: tuple[str, ...]
) -> None:
    names = {"VORNA": ("Zoé", "Jean"), "RUFNM": ("Zoé", "Jean"), "NACHN": ("Dupont", "Martin"), "PERNR": ("1", "2")}
    mails = ("z@a.example", "j@b.example")
    rows = [";".join(names.get(each, mails)[at] for each in header.split(";")) for at in (0, 1)]
    path = tmp_path / "t.csv"
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    columns = read_table(path).columns
    assert (set(columns.first_names), columns.last_names) == (set(first), last)


DATES = ["12/05/2010", "1998-02-03", "7 mai 2011", "1.2.1999", "30/11/2009"]


@each_row(
    "header", ["Né(e) le", "Née le", "Né le", "Nee", "Geborene", "Origine", "Nom de famille", "Ancien", "Nom complet"]
)
@each_row("cells", [DATES, ["1041", "1042", "2", "33", "7"]])
def test_a_column_of_dates_or_numbers_is_no_name_whatever_its_header_may_mean(
    tmp_path: Path, header: str, cells: list[str]
):
    rows = [[*row, cell] for row, cell in zip(people(), cells, strict=True)]
    table = read(tmp_path, ["Prénom", "Nom", "Mail", header], rows)
    assert headers_of(table, *table.columns.names) == ["Prénom", "Nom"]


def test_a_column_is_a_name_where_half_of_it_begins_with_letters(tmp_path: Path):
    cells = ["12/05/2010", "Moreau", "", "7", "Le Goff"]
    rows = [[*row, cell] for row, cell in zip(people(), cells, strict=True)]
    table = read(tmp_path, ["Prénom", "Nom", "Mail", "Née"], rows)
    assert headers_of(table, *table.columns.other_last_names) == ["Née"]


OF_SOMEBODY = (
    ("Prénom payeur", "Nom payeur", "Email payeur"),
    ("Nom acheteur", "Prénom acheteur", "E-mail acheteur"),
    ("Buyer first name", "Buyer last name", "Buyer email"),
    ("Donor: first name", "Donor: surname", "Donor: e-mail"),
    ("Käufer Vorname", "Käufer Nachname", "Käufer E-Mail"),
    ("Nombre comprador", "Apellidos comprador", "Correo comprador"),
    ("Nome acquirente", "Cognome acquirente", "Email acquirente"),
)


@each_row(("one", "other", "email"), OF_SOMEBODY)
def test_names_beside_an_address_of_the_same_word_are_its_owners(
    tmp_path: Path, one: str, other: str, email: str
) -> None:
    is_surname_first = one.startswith("Nom ")
    rows = [[*((last, first) if is_surname_first else (first, last)), address(first, last)] for first, last in PEOPLE]
    columns = read(tmp_path, [one, other, email], rows).columns
    headers = (other, one) if is_surname_first else (one, other)
    assert (columns.first_name, columns.last_name) == tuple(map(identifier, headers))


@each_row("header", ["Nom prénom", "NOM\nPrénom", "Nom", "Candidat", "Full name"])
def test_a_name_in_two_lines_of_its_cell_is_a_name(tmp_path: Path, header: str):
    rows = [[f'"{last.upper()}\n{first}"', f"{n}@x.example"] for n, (first, last) in enumerate(PEOPLE)]
    table = read(tmp_path, [f'"{header}"', "E-mail"], rows)
    assert headers_of(table, table.columns.full_name or table.columns.last_name) == [" ".join(header.split())]


@each_row("prefix", ["ag", "emp", "p", "benef"])
@each_row("first", ["pren", "prenom", "first_name", "vorname"])
def test_names_are_known_behind_a_prefix_that_no_list_has(tmp_path: Path, prefix: str, first: str):
    last = {"first_name": "last_name", "vorname": "nachname"}.get(first, "nom")
    headers = [f"{prefix}_{last}", f"{prefix}_{first}", f"{prefix}_mail"]
    table = read(tmp_path, headers, [[last, first, f"k{n}@x.example"] for n, (first, last) in enumerate(PEOPLE)])
    assert headers_of(table, table.columns.last_name, table.columns.first_name, table.columns.email) == headers
