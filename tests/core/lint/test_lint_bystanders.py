"""People of hidden rows and of other sheets, and a person's further names and addresses, are known to the linter."""

from __future__ import annotations

from pathlib import Path

import pytest
from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, SENDER, inspection_of, letter_of
from lint_files import pdf
from workbook_files import Cell, Sheet, ods, xls, xlsx

from mailmerge.lint import Report, check
from mailmerge.model import Severity
from mailmerge.records import bystanders_of, read_table

HEADER: list[Cell] = [*HEADERS, "Commentaire interne", "Message"]
REMARK = "Excellente en entretien mais demande un salaire bien trop haut"
OTHER: list[Cell] = [
    "Mme", "Solène", "Quéméneur", "solene.quemeneur@poste.example", "Acheteur", "RC-0077", "06 55 44 33 22", REMARK, "",
]  # fmt: skip
LEAKS = {
    "name": "nous avons retenu Solène Quéméneur pour ce poste",
    "name in capitals": "la place est à QUEMENEUR Solène",
    "address": "écrivez à solene.quemeneur@poste.example",
    "telephone": "appelez le 06.55.44.33.22",
    "reference": "voir le dossier RC 0077",
    "remark": f"Elle est {REMARK.lower()}, dit le jury.",
}


def rows_with(message: str) -> list[list[Cell]]:
    """The people of the table; the message is in the letter of the first."""
    return [[*row, "", message if number == 0 else "Merci."] for number, row in enumerate(PEOPLE)]


def report_of(path: Path, *sheets: Sheet, write: object = xlsx) -> Report:
    path.write_bytes(write(*sheets))  # type: ignore[operator]
    table = read_table(path)
    assert "solene.quemeneur@poste.example" not in {table.value(each, "adresse_e_mail") for each in table.records}
    letter = LETTER + "\n{{ message }}\n"
    return check(inspection_of(table, letter, bystanders=bystanders_of(table)))


def blocked(report: Report) -> set[int]:
    return {number for finding in report.blocks for number in finding.affected}


@each_row("write", [xlsx, xls, ods])
@each_row("message", LEAKS.values(), ids=LEAKS)
@each_row("at", [0, 3, 6])
def test_what_a_hidden_row_says_of_somebody_is_stopped_in_the_letter_of_another(
    tmp_path: Path, write: object, message: str, at: int
) -> None:
    rows = rows_with(message)
    rows.insert(at, OTHER)
    report = report_of(tmp_path / "table", Sheet("Feuil1", [HEADER, *rows], hidden_rows={at + 2}), write=write)
    assert blocked(report) == {1}, [finding.message for finding in report.findings]
    (finding,) = report.blocks
    assert f"line {at + 2}" in finding.message
    assert all(number <= len(PEOPLE) for number in finding.others)


@each_row("write", [xlsx, ods])
@each_row("message", [text for name, text in LEAKS.items() if name != "remark"])
@each_row("state", ["", "hidden"])
def test_what_another_sheet_says_of_somebody_is_reported(
    tmp_path: Path, write: object, message: str, state: str
) -> None:
    archive = Sheet("Session de mars", [HEADER[:7], OTHER[:7]], **({"state": state} if state else {}))
    main = Sheet("Feuil1", [HEADER, *rows_with(message)])
    report = (
        report_of(tmp_path / "table", main, archive, write=write) if state else _decided(tmp_path, main, archive, write)
    )
    found = [finding for finding in report.findings if finding.severity is not Severity.INFO]
    assert [finding.affected for finding in found] == [(1,)], [finding.message for finding in found]
    assert 'sheet "Session de mars", line 2' in found[0].message
    assert (found[0].severity is Severity.BLOCK) == ("@" in message)


def _decided(folder: Path, main: Sheet, archive: Sheet, write: object) -> Report:
    """With two sheets that show, somebody says which one is meant."""
    path = folder / "table"
    path.write_bytes(write(main, archive))  # type: ignore[operator]
    table = read_table(path, sheet="Feuil1")
    return check(inspection_of(table, LETTER + "\n{{ message }}\n", bystanders=bystanders_of(table)))


@pytest.mark.parametrize("changes", [{}, {3: "ines.autre@mail.example"}, {2: "PETIT", 6: "06 99 88 77 66"}])
@pytest.mark.parametrize("where", ["hidden row", "sheet"])
def test_whoever_is_in_the_table_too_is_that_person(tmp_path: Path, changes: dict[int, str], where: str) -> None:
    again: list[Cell] = [*PEOPLE[0], "", ""]
    for at, value in changes.items():
        again[at] = value
    message = f"Chère Inès Petit, votre dossier RC-0017 et votre numéro {again[6]} sont enregistrés."
    rows = rows_with(message)
    path = tmp_path / "table"
    if where == "sheet":
        path.write_bytes(xlsx(Sheet("Feuil1", [HEADER, *rows]), Sheet("Archive", [HEADER, again], state="hidden")))
    else:
        path.write_bytes(xlsx(Sheet("Feuil1", [HEADER, *rows, again], hidden_rows={len(rows) + 2})))
    table = read_table(path)
    report = check(inspection_of(table, LETTER + "\n{{ message }}\n", bystanders=bystanders_of(table)))
    assert [finding.message for finding in report.findings if finding.severity is not Severity.INFO] == []


COLLEAGUES = {
    "by the sheet": ("Recruteurs", "poste.example"),
    "by a team": ("Équipe RH", "poste.example"),
    "by the domain": ("Liste 2", SENDER.address.partition("@")[2]),
}


@pytest.mark.parametrize(("sheet", "domain"), COLLEAGUES.values(), ids=COLLEAGUES)
def test_colleagues_on_a_sheet_of_their_own_may_be_named(tmp_path: Path, sheet: str, domain: str) -> None:
    people: list[list[Cell]] = [
        ["Nom", "Prénom", "E-mail", "Téléphone"],
        ["Roy", "Hélène", f"h.roy@{domain}", "0511223344"],
    ]
    main = Sheet("Feuil1", [HEADER, *rows_with("Votre interlocutrice est Hélène Roy, 05 11 22 33 44.")])
    path = tmp_path / "table"
    path.write_bytes(xlsx(main, Sheet(sheet, people)))
    table = read_table(path, sheet="Feuil1")
    report = check(inspection_of(table, LETTER + "\n{{ message }}\n", bystanders=bystanders_of(table)))
    assert [finding.message for finding in report.findings if finding.severity is not Severity.INFO] == []


def test_sheets_without_people_name_nobody(tmp_path: Path) -> None:
    towns: list[list[Cell]] = [["Code", "Ville"], ["31", "Toulouse"], ["69", "Lyon"]]
    main = Sheet("Feuil1", [HEADER, *rows_with("Rendez-vous à Toulouse.")])
    path = tmp_path / "table"
    path.write_bytes(xlsx(main, Sheet("Villes", towns), Sheet("Vide", [["x"]])))
    table = read_table(path)
    assert bystanders_of(table) == ()


SECOND = {
    "nom de naissance": ("Nom de naissance", "Le Gouarec", "Zoé Le Gouarec a accepté"),
    "maiden name": ("Maiden name", "Vandamme", "we chose Zoé Vandamme"),
    "Geburtsname": ("Geburtsname", "Hölderlin", "Zoé Hölderlin hat zugesagt"),
    "nom d'usage": ("Nom d'usage", "Quéméneur", "c'est Zoé Quéméneur"),
    "prénom usuel": ("Prénom usuel", "Maëlys", "c'est Maëlys Lefèvre"),
    "known as": ("Known as", "Maëlys", "it is Maëlys Lefèvre"),
    "preferred name": ("Preferred name", "Maëlys", "it is Maëlys Lefèvre"),
    "Rufname": ("Rufname", "Maëlys", "Maëlys Lefèvre hat zugesagt"),
    "second address": ("E-mail secondaire", "maelys77@poste.example", "écrivez à maelys77@poste.example"),
    "private address": ("Personal email", "maelys77@poste.example", "write to maelys77@poste.example"),
}


@pytest.mark.parametrize(("header", "cell", "message"), SECOND.values(), ids=SECOND)
def test_a_second_name_or_address_of_somebody_is_theirs(tmp_path: Path, header: str, cell: str, message: str) -> None:
    people = [*HEADERS, header, "Message"]
    own = ["", "", cell, "", "", ""]
    others = ["" if "@" not in cell else f"autre{n}@poste.example" for n in range(6)]
    rows = [[*row, own[n] or others[n], message if n in (0, 2) else "Merci."] for n, row in enumerate(PEOPLE)]
    path = tmp_path / "table.csv"
    path.write_text("\n".join(";".join(row) for row in (people, *rows)), encoding="utf-8")
    table = read_table(path, email="Adresse e-mail")
    report = check(inspection_of(table, LETTER + "\n{{ message }}\n"))
    assert blocked(report) == {1}, [finding.message for finding in report.findings]


@pytest.mark.parametrize(("hidden", "severity"), [(True, Severity.BLOCK), (False, Severity.WARN)])
@pytest.mark.parametrize("said", ["Reçu de Solène Quéméneur", "Dossier RC-0077"])
def test_files_are_searched_for_them_too(tmp_path: Path, hidden: bool, severity: Severity, said: str) -> None:
    rows = rows_with("Merci.")
    if hidden:
        sheets = [Sheet("Feuil1", [HEADER, *rows, OTHER], hidden_rows={len(rows) + 2})]
    else:
        sheets = [Sheet("Feuil1", [HEADER, *rows]), Sheet("Archive", [HEADER, OTHER], state="hidden")]
    path = tmp_path / "table"
    path.write_bytes(xlsx(*sheets))
    (tmp_path / "livret.pdf").write_bytes(pdf(said))
    table = read_table(path)
    letter = letter_of("Attachment: livret.pdf\n" + LETTER, tmp_path)
    report = check(inspection_of(table, letter, bystanders=bystanders_of(table)))
    (finding,) = [each for each in report.findings if each.severity is not Severity.INFO]
    assert (finding.rule, finding.severity, len(finding.affected)) == ("ATT502", severity, len(PEOPLE))
