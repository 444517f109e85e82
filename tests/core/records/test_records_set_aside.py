"""Lines that are nobody are left out and named; a line that may be somebody is asked about."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from each_row import each_row
from workbook_files import Formula, Number, Sheet, ods, xlsx

from mailmerge.campaign import open_campaign
from mailmerge.model import DefectKind, RecordTable
from mailmerge.records import read_table

HEADER = ["Civilité", "Nom", "Prénom", "E-mail", "Service", "Note", "Né le"]
NAMES = ["Dupont", "Martin", "Petit", "Garcia", "Leroy", "Moreau", "Roux", "Fabre", "Simon", "Blanc"]
FIRST = ["Ana", "Luc", "Zoé", "Paul", "Inès", "Marc", "Eva", "Jean", "Lou", "Max"]
PEOPLE = [
    [
        "M.",
        last,
        first,
        f"{n}@mail.example",
        "RH" if n < 4 else "Ventes",
        str(12 + n * n),
        f"0{n + 1 % 9}/03/1990"[-10:],
    ]
    for n, (last, first) in enumerate(zip(NAMES, FIRST, strict=True))
]
SUM = sum(int(person[5]) for person in PEOPLE)
SUM_RH = sum(int(person[5]) for person in PEOPLE[:4])
LETTER = "Subject: Votre candidature\n\nBonjour {{ nom }},\n\nNous ne donnons pas suite.\n\nClaire Vasseur\n"
Rows = list[list[str]]


def as_csv(rows: Rows) -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows(rows)
    return written.getvalue().encode()


WRITERS: dict[str, Callable[[Rows], bytes]] = {
    "csv": as_csv,
    "xlsx": lambda rows: xlsx(Sheet("Feuil1", rows)),
    "ods": lambda rows: ods(Sheet("Feuil1", rows)),
}


def wide(rows: Sequence[Sequence[str]]) -> Rows:
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def table_of(folder: Path, rows: Sequence[Sequence[str]], kind: str = "csv") -> RecordTable:
    path = folder / f"table.{kind}"
    path.write_bytes(WRITERS[kind](wide(rows)))
    return read_table(path)


def at(column: int, text: str, **others: str) -> list[str]:
    row = [""] * len(HEADER)
    row[column] = text
    for position, value in others.items():
        row[int(position[1:])] = value
    return row


def left_out(table: RecordTable) -> set[int]:
    """The lines between the first and the last that are no people."""
    lines = {record.line for record in table.records}
    return set(range(table.dialect.header_line + 1, max(lines) + 1)) - lines


def assert_nobody_but_people(table: RecordTable, notices: int = 1) -> None:
    assert sorted(record.values[3] for record in table.records) == sorted(person[3] for person in PEOPLE)
    assert [record.number for record in table.records] == list(range(1, len(PEOPLE) + 1))
    assert len(table.notices) == notices
    assert table.defects == ()


TOTALS = (
    "Total", "TOTAL :", "Total général", "Sous-total", "Somme", "Moyenne", "Effectif", "Nombre de candidats",
    "Grand total", "Average", "Total rows", "Count:", "Summe", "Gesamtsumme", "Zwischensumme", "Anzahl Bewerber",
    "Mittelwert", "Suma:", "Total general", "Totale complessivo", "Somma :", "Soma:", "Média", "Totaal", "Gemiddelde",
    "Razem", "Średnia",
)  # fmt: skip
NOTES = (
    "Légende: les notes sont sur 20", "Légende : R = refusé", "Stand: 12.3.2026", "Source: HR", "Source : SIRH",
    "* provisional", "* Provisoire", "* sous réserve de confirmation", "(1) hors alternance", "NB : liste provisoire",
    "Mise à jour le 03/03/2026", "Page 1/1", "Page 2 sur 7", "Seite 1 von 1", "Pagina 3 di 4", "12.3.2026",
    "12/03/2026 14:05", "Toulouse, le 12 mars 2026", "Berlin, den 3. März 2026", "12 March 2026", "2026-03-12",
    "Établi par : Claire Vasseur", "Prepared by: Claire Vasseur", "Erstellt von: Claire Vasseur",
    "Filtre : statut = refusé", "Stichtag: 1.3.2026", "Generated on 12 March 2026", "340 lignes", "(340 rows)",
    "10 candidats", "10 Datensätze", "10 registros", "Fin de la liste", "End of report", "Ende der Liste",
    "A = admis", "R : refusé", "Last updated 3 March 2026", "Note: figures are provisional",
    "Les personnes marquées d'une étoile ont été reçues en mars", "These people were seen in March and not contacted",
    "Hinweis: vorläufige Liste", "Fuente: RR. HH.", "Bijgewerkt op 3 maart 2026", "Źródło: dział kadr",
    "© 2026 Maison Garonne", "Document confidentiel - ne pas diffuser en 2026", "Signature :", "Unterschrift:",
    "Fait à Toulouse, le 3 mars 2026", "-----", "____________", "***", "…",
)  # fmt: skip


@each_row("text", TOTALS)
@each_row("kind, column", [("csv", 1), ("xlsx", 4), ("ods", 0)])
def test_a_total_is_left_out_and_named(tmp_path: Path, text: str, kind: str, column: int):
    line = at(column, text, _5="12 500,00")
    for below in ([line], [[], line], [line, at(column, f"{text} 340")])[: 3 if kind == "csv" else 1]:
        table = table_of(tmp_path, [HEADER, *PEOPLE, *below], kind)
        assert_nobody_but_people(table)
        assert text.rstrip(" :") in table.notices[0]
    table = table_of(tmp_path, [HEADER, *PEOPLE[:4], line, *PEOPLE[4:]], kind)
    assert_nobody_but_people(table)
    assert left_out(table) == {6}
    assert "(line" in table.notices[0] or "line 6" in table.notices[0]


@each_row("text", NOTES)
@each_row("kind, column", [("csv", 1), ("xlsx", 0), ("ods", 1)])
def test_a_note_below_the_people_is_left_out_and_named(tmp_path: Path, text: str, kind: str, column: int):
    note = at(column, text)
    for below in ([note], [[], note], [[], at(0, "Total", _5=str(SUM)), [], note])[: 3 if kind == "csv" else 1]:
        table = table_of(tmp_path, [HEADER, *PEOPLE, *below], kind)
        assert_nobody_but_people(table)
        assert text[:20] in table.notices[0]


SUBTOTALS = (
    at(4, "Total RH", _5=str(SUM_RH)), at(0, "Sous-total RH", _5=str(SUM_RH)), at(4, "RH Total"),
    at(4, "RH Nombre", _5="4"), at(4, "Somme RH"), at(4, "RH Ergebnis", _5="3"), at(4, "RH Count", _5="4"),
    at(0, "Total service RH", _5="4"), at(0, "Sous-total", _4="RH", _5="7"), at(5, str(SUM_RH)),
    at(1, "Moyenne RH", _5="13,5"), at(4, "Subtotal RH"), at(0, "Zwischensumme RH", _5="54"),
    at(0, "Totale RH", _5="54"),
)  # fmt: skip
REPEATED = (
    [HEADER], [at(0, "Page 1/2")], [at(0, "Page 1 sur 2"), HEADER], [[], at(0, "Liste des candidats"), [], HEADER],
    [at(3, "- 1 -")], [at(0, "Seite 1 von 3"), [], HEADER], [["nom" if cell == "Nom" else cell for cell in HEADER]],
    [at(0, "12/03/2026", _6="Page 1/2"), HEADER],
)  # fmt: skip


@each_row("line", SUBTOTALS)
@each_row("kind", WRITERS)
def test_a_subtotal_of_a_group_is_left_out_and_named(tmp_path: Path, line: list[str], kind: str):
    table = table_of(tmp_path, [HEADER, *PEOPLE[:4], line, *PEOPLE[4:]], kind)
    assert_nobody_but_people(table)
    assert left_out(table) == {6}


@each_row("between", REPEATED)
@each_row("kind", WRITERS)
def test_what_a_print_repeats_on_each_page_is_left_out_and_named(tmp_path: Path, between: Rows, kind: str):
    title = at(0, "Liste des candidats")
    rows = [title, [], HEADER, *PEOPLE[:3], *between, *PEOPLE[3:6], *between, *PEOPLE[6:], *between[:1]]
    assert_nobody_but_people(table_of(tmp_path, rows, kind))


SECOND = (
    [["Service", "Effectif"], ["RH", "4"], ["Ventes", "6"], ["Total", "10"]],
    [["Répartition par service"], ["Service", "Effectif"], ["RH", "4"], ["Ventes", "6"]],
    [["Poste", "Nombre de candidats"], ["Juriste", "4"], ["Comptable", "6"]],
    [["Statut", "Nombre", "%"], ["retenu", "4", "40 %"], ["refusé", "6", "60 %"]],
    [["Abteilung", "Anzahl"], ["Personal", "4"], ["Vertrieb", "6"]],
    [["Department", "Headcount"], ["HR", "4"], ["Sales", "6"]],
    [[], ["", "", "", "", "Service", "Effectif"], ["", "", "", "", "RH", "4"]],
)


@each_row("second", SECOND)
@each_row("kind", WRITERS)
def test_a_table_of_figures_below_the_people_is_left_out_and_named(tmp_path: Path, second: Rows, kind: str):
    assert_nobody_but_people(table_of(tmp_path, [HEADER, *PEOPLE, [], *second], kind))


@each_row("texts", [["Légende: A"], ["Légende", "R = refusé", "A = admis"], ["", "voir la note"]])
@each_row("gap", [1, 2])
@each_row("kind", WRITERS)
def test_a_legend_beside_the_people_is_left_out_and_named(tmp_path: Path, texts: list[str], gap: int, kind: str):
    beside = [*texts, *[""] * (len(PEOPLE) - len(texts))]
    rows = [
        [*HEADER, *[""] * (gap + 1)],
        *([*row, *[""] * gap, text] for row, text in zip(PEOPLE, beside, strict=True)),
    ]
    table = table_of(tmp_path, rows, kind)
    assert_nobody_but_people(table)
    assert [field.header for field in table.fields] == HEADER
    assert f"column {'HIJ'[gap]} is left out" in table.notices[0]


@each_row("kind", WRITERS)
def test_a_word_far_below_and_beside_the_people_adds_nobody(tmp_path: Path, kind: str):
    rows = [HEADER, *PEOPLE, *[[""] * len(HEADER)] * 40, [*[""] * 12, "brouillon"]]
    table = table_of(tmp_path, rows, kind)
    assert_nobody_but_people(table)
    assert '"brouillon"' in table.notices[0]


@each_row("error", ["#NAME?", "#NOM?", "#VALEUR!", "#REF!", "#DIV/0!", "Err:508", "####"])
def test_a_total_that_failed_is_left_out_and_named(tmp_path: Path, error: str):
    assert_nobody_but_people(table_of(tmp_path, [HEADER, *PEOPLE, at(0, "Total", _5=error)]))


@each_row("first", [0, 1, 100])
def test_numbers_of_the_rows_below_a_blank_title_are_no_defect(tmp_path: Path, first: int):
    numbered = [[str(first + 2 * n), *person] for n, person in enumerate(PEOPLE)]
    assert table_of(tmp_path, [["", *HEADER], *numbered]).defects == ()
    table = table_of(tmp_path, [["", *HEADER], *numbered[::-1]])
    assert [each.kind for each in table.defects] == [DefectKind.EMPTY_HEADER]


@each_row("kind", WRITERS)
def test_a_longer_table_of_figures_beside_the_people_adds_nobody(tmp_path: Path, kind: str):
    figures = [["Ville", "Nombre"], *([f"Ville {n}", str(n)] for n in range(1, len(PEOPLE) + 3))]
    left = [HEADER, *PEOPLE, *[[""] * len(HEADER)] * 2]
    assert_nobody_but_people(
        table_of(tmp_path, [[*row, "", *each] for row, each in zip(left, figures, strict=True)], kind)
    )


@each_row("kind", WRITERS)
def test_a_signature_is_left_out_and_named_with_its_words(tmp_path: Path, kind: str):
    below = [at(0, "Fait à Toulouse, le 3 mars 2026"), at(0, "La directrice"), at(0, "Claire Vasseur")]
    table = table_of(tmp_path, [HEADER, *PEOPLE, [], *below], kind)
    assert_nobody_but_people(table)
    assert '"Claire Vasseur"' in table.notices[0]
    assert "(lines 13-15)" in table.notices[0]


SOMEBODY = (
    at(1, "Petit", _2="Hugo"), at(1, "Petit"), at(2, "Hugo"), at(1, "Hugo Petit"), at(0, "Mme", _1="Total"),
    at(1, "Max"), at(1, "Min", _5="12"), at(1, "Sum", _5="12"), at(2, "Max", _5="12"), at(1, "Page"),
    at(1, "Page", _2="Larry"), at(1, "Page Larry"), at(1, "Stand Mills"), at(1, "Data Kumar Singh"),
    at(1, "N. B. Kumar"), at(1, "Signe Larsen"), at(1, "Jean de la Tour du Pin"),
    at(1, "Maria da Silva Santos Pereira"), at(1, "Hugo Petit", _5="15"), at(1, "Total", _2="Jean", _5="12"),
    at(1, "Désistement : Hugo Petit"), at(0, "Absente : Anna Keller"), at(1, "* Hugo Petit"),
    at(1, "*Petit", _2="Hugo"), at(0, "Contact : rh@mail.example"), at(0, "Total : voir rh@mail.example"),
    at(1, "Petit", _3="?"), at(1, "Nom : Petit"), at(0, "Candidat : Petit"),
    at(1, "Petit", _5="parti le 3 mars 2026"), at(6, "12/03/1990"), at(0, "0612345678"), at(1, "Ventes"),
)  # fmt: skip


@each_row("line", SOMEBODY)
def test_whoever_may_be_somebody_stays_to_be_asked_about(tmp_path: Path, line: list[str]):
    for below in ([line], [[], line], [at(0, "Total", _5=str(SUM)), line]):
        table = table_of(tmp_path, [HEADER, *PEOPLE, *below])
        assert [record.values for record in table.records][-1] == tuple(line)
    table = table_of(tmp_path, [HEADER, *PEOPLE[:4], line, *PEOPLE[4:]])
    assert tuple(line) in [record.values for record in table.records]
    assert table.notices == ()


@each_row("second", [
    [["Nom", "Prénom", "Téléphone"], ["Keller", "Anna", "0600000000"]],
    [["Absents", "Note"], ["Anna Keller", "12"]],
    [["Jury", "E-mail"], ["Anna Keller", "anna@mail.example"]],
    [["Responsable", "Effectif"], ["Keller", "12"]],
    [["Candidat", "Score"], ["Keller", "12"]],
    [["Poste", "Titulaire"], ["Juriste", "Anna Keller"]],
])  # fmt: skip
def test_a_second_table_with_people_stays_to_be_asked_about(tmp_path: Path, second: Rows):
    table = table_of(tmp_path, [HEADER, *PEOPLE, [], *second])
    assert len(table.records) == len(PEOPLE) + len(second)
    assert table.notices == ()


def test_a_number_of_somebody_below_the_people_stays_to_be_asked_about(tmp_path: Path):
    header = ["Matricule", "Nom", "E-mail"]
    people = [[str(1041 + n), name, f"{name.lower()}@mail.example"] for n, name in enumerate(NAMES)]
    assert len(table_of(tmp_path, [header, *people, ["1099", "", ""]]).records) == len(people) + 1
    assert len(table_of(tmp_path, [header, *people, ["10", "", ""]]).records) == len(people)


def test_where_no_column_holds_names_a_remark_does_not_take_a_person_away(tmp_path: Path):
    people = [[f"x{n}@mail.example", "2026"] for n in range(9)]
    table = table_of(tmp_path, [["E-mail", "Remarque"], *people, ["pas d'adresse", "parti le 3 mars 2026"]])
    assert len(table.records) == len(people) + 1


def test_a_total_that_was_never_calculated_is_no_reason_to_calculate(tmp_path: Path):
    path = tmp_path / "table.xlsx"
    rows = [HEADER[:6], *([*row[:5], Number(int(row[5]))] for row in PEOPLE), ["Total", "", "", "", "", Formula("")]]
    path.write_bytes(xlsx(Sheet("Feuil1", rows)))  # type: ignore[arg-type]
    table = read_table(path)
    assert len(table.records) == len(PEOPLE)
    assert not [each for each in table.defects if each.kind is DefectKind.NEVER_CALCULATED]


def test_a_table_in_which_nobody_has_an_address_keeps_all_its_lines(tmp_path: Path):
    rows = [HEADER, *([*row[:3], "", *row[4:]] for row in PEOPLE), at(0, "Total", _5=str(SUM))]
    assert len(table_of(tmp_path, rows).records) == len(PEOPLE) + 1


@each_row("kind", WRITERS)
def test_such_a_table_can_be_sent_and_the_check_says_what_was_left_out(tmp_path: Path, kind: str):
    below: Rows = [[], at(0, "Total", _5=str(SUM)), at(0, "Légende: les notes sont sur 20")]
    (tmp_path / f"table.{kind}").write_bytes(WRITERS[kind](wide([HEADER, *PEOPLE, *below])))
    (tmp_path / "letter.md").write_text(LETTER, encoding="utf-8")
    campaign = open_campaign([tmp_path / f"table.{kind}", tmp_path / "letter.md"])
    assert campaign.check().report.findings == ()
    assert len(campaign.recipients) == len(PEOPLE)
    assert "lines 13-14" in campaign.table.notices[0]


@each_row("header", ["Email", "Mail", "E-mail", "COURRIEL", "Adresse e-mail"])
@each_row("kind", WRITERS)
@each_row("gap", [0, 1, 3])
def test_another_table_of_people_below_is_told_and_stays_told_without_its_header(
    tmp_path: Path, header: str, kind: str, gap: int
):
    """Its people have addresses in the same column: with its header left out they would get the letter."""
    others = [at(1, "Castéra", _3="odile.castera@y.example"), at(1, "Villard", _3="bruno.villard@y.example")]
    blank = [[""] * len(HEADER)] * gap
    table = table_of(tmp_path, [HEADER, *PEOPLE, *blank, at(1, "Manager", _3=header), *others], kind)
    (found,) = table.defects
    assert (found.kind, found.line, found.record) == (DefectKind.SECOND_HEADER, None, None)
    assert found.values == {"at": len(PEOPLE) + gap + 2, "header": header}


@each_row("cell", ["Email", "Castéra", "", "à compléter"])
def test_a_word_in_the_place_of_the_last_address_begins_no_table(tmp_path: Path, cell: str):
    table = table_of(tmp_path, [HEADER, *PEOPLE, at(1, "Castéra", _2="Odile", _3=cell)])
    assert DefectKind.SECOND_HEADER not in [defect.kind for defect in table.defects]


@each_row("kind", WRITERS)
@each_row("down", [0, 1, 2, 5])
def test_words_beside_the_table_take_nobody_from_it(tmp_path: Path, kind: str, down: int):
    """Where they are in lines of their own, those are no rows of the table, and the next ones move up."""
    beside = [["Légende"], ["R : retenu"], ["A : attente"]]
    rows: list[list[str]] = [HEADER, *PEOPLE]
    for number, words in enumerate(beside):
        at_row = 1 + down + 2 * number
        rows.insert(at_row, [*[""] * len(HEADER), "", *words])
    rows.insert(4, at(0, "Service Paie"))
    rows.append(at(0, "Service Achats"))
    table = table_of(tmp_path, rows, kind)
    assert [list(record.values) for record in table.records] == PEOPLE


SURVEYS: dict[str, tuple[list[str], list[list[str]]]] = {
    "SurveyMonkey": (
        ["Respondent ID", "Email Address", "First Name", "Last Name", "Which days suit you?"],
        [["", "", "", "", "Open-Ended Response"]],
    ),
    "SurveyMonkey in French": (
        ["ID du répondant", "Adresse e-mail", "Prénom", "Nom", "Quels jours ?"],
        [["", "", "", "", "Réponse ouverte"]],
    ),
    "Qualtrics": (
        ["ResponseId", "RecipientEmail", "RecipientFirstName", "RecipientLastName", "Q1"],
        [
            ["Response ID", "Recipient Email", "Recipient First Name", "Recipient Last Name", "Which days suit you?"],
            [f'{{"ImportId":"{each}"}}' for each in ("_recordId", "email", "first", "last", "QID1")],
        ],
    ),
}


@each_row("survey", SURVEYS)
@each_row("kind", WRITERS)
def test_what_a_survey_writes_below_its_header_is_nobody(tmp_path: Path, survey: str, kind: str) -> None:
    header, below = SURVEYS[survey]
    people = [["R1", "anne@x.example", "Anne", "Aubry", "Monday"], ["R2", "luc@x.example", "Luc", "Roux", "Response"]]
    table = table_of(tmp_path, [header, *below, *people], kind)
    assert [list(record.values) for record in table.records] == people
    assert table.defects == ()
