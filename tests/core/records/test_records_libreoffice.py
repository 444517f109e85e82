"""What the real LibreOffice writes, in every format and dialect, is read as what it shows: the same people."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock
from libreoffice_files import SOFFICE, Flat, Table, Value, convert, fods
from workbook_files import Cell, Number, Sheet, xlsx

from mailmerge.model import RecordTable
from mailmerge.records import preview_table, read_mailboxes, read_table, sheet_names

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")

HEADER = [
    "Civilité", "Prénom", "Nom", "Adresse e-mail", "Code postal", "Dossier", "Né(e) le", "Convocation", "Jour",
    "Heure", "Note", "Âge", "Moyenne", "Salaire", "Nom complet", "Double", "Reçu", "Avis", "Secret", "Adresse",
]  # fmt: skip
SECRET = HEADER.index("Secret")
HIDDEN_LINE = 6
ADDRESS = '12, rue de l’Œuvre ; bât. "B"\n31000 Toulouse'
EXPECTED = {
    4: (
        "Mme", "Zoé", "Lefèvre", "zoe@x.example", "01000", "00042", "07/02/1990", "2026-03-14", "14 mars 2026",
        "14h30", "12,5 %", "31", "14,5", "32\u00a0000,00 €", "Zoé Lefèvre", "62", "VRAI", "2", "ne rien dire", ADDRESS,
    ),
    5: (
        "M.", "François", "Müller", "f.muller@x.example", "75011", "01234", "31/12/1985", "2026-03-15",
        "15 mars 2026", "09h05", "100,0 %", "40", "12", "45\u00a0000,50 €", "François Müller", "80", "FAUX", "#N/A",
        "007", "x",
    ),
    6: (
        "M.", "Noël", "Ombre", "ombre@x.example", "00000", "00007", "01/01/1999", "2026-03-16", "16 mars 2026",
        "23h59", "0,0 %", "20", "0", "1,00 €", "Noël Ombre", "40", "FAUX", "#REF!", "", "caché",
    ),
    7: (
        "Mme", "Élodie", "D'Artagnan", "elodie@x.example", "31000", "99999", "15/06/2001", "2026-04-01",
        "1 avril 2026", "00h00", "50,0 %", "25", "-3,25", "0,00 €", "Élodie D'Artagnan", "50", "VRAI", "#DIV/0!",
        "non", "",
    ),
}  # fmt: skip
FORMULAS = {4: "1+1", 5: "NA()", 6: 'INDIRECT("absent!A1")', 7: "1/0"}
BORN = {4: "1990-02-07", 5: "1985-12-31", 6: "1999-01-01", 7: "2001-06-15"}


def stored(line: int) -> list[Flat]:
    """The cells of a person as a spreadsheet stores them: values and how to show them."""
    shown = dict(zip(HEADER, EXPECTED[line], strict=True))
    hour, minute = shown["Heure"].split("h")
    day = shown["Convocation"]
    euros = shown["Salaire"].removesuffix(" €").replace("\u00a0", "").replace(",", ".")
    values: dict[str, Flat] = {
        **{header: text or None for header, text in shown.items()},
        "Dossier": Value("float", str(int(shown["Dossier"])), "five-digits"),
        "Né(e) le": Value("date", BORN[line], "french-date"),
        "Convocation": Value("date", day, "iso-date"),
        "Jour": Value("date", day, "long-date"),
        "Heure": Value("time", f"PT{hour}H{minute}M00S", "hour"),
        "Note": Value("percentage", str(float(shown["Note"].removesuffix(" %").replace(",", ".")) / 100), "percent"),
        "Âge": Value("float", shown["Âge"]),
        "Moyenne": Value("float", shown["Moyenne"].replace(",", ".")),
        "Salaire": Value("currency", euros, "euros"),
        "Nom complet": Value("string", "", formula=f'[.B{line}]&" "&[.C{line}]'),
        "Double": Value("float", "0", formula=f"[.L{line}]*2"),
        "Reçu": Value("boolean", "true" if shown["Reçu"] == "VRAI" else "false"),
        "Avis": Value("float", "0", formula=FORMULAS[line]),
    }
    return list(values.values())


WORKBOOK = fods(
    Table("Lisez-moi", [["Ce classeur ne sert qu’aux convocations"]]),
    Table(
        "Candidats 2026",
        [["Candidatures 2026, à convoquer"], [], HEADER, *map(stored, EXPECTED)],
        hidden_rows=frozenset({HIDDEN_LINE}),
        hidden_columns=frozenset({SECRET + 1}),
        title_spans=8,
    ),
    Table("Recrutés", [["Nom", "E-mail"], ["Été", "ete@x.example"]]),
    Table("Archive", [["Nom", "E-mail"], ["Vieux", "vieux@x.example"]], hidden=True),
)

CSV = {
    "semicolons": ("59,34,76,1,,0,false", ";", "utf-8"),
    "commas": ("44,34,1,1,,0,true", ",", "cp1252"),
    "tabs": ("9,34,65535,1,,0,false", "\t", "utf-16"),
    "mac": ("59,34,2,1,,0,false", ";", "mac-roman"),
}
"""Separator, quote, character set, first line, columns, language, all texts quoted; then the dialect to be found."""
_SECOND_SHEET_AS_SHOWN = ",true,true,false,false,2"
_WORKBOOKS = ("xlsx", "xls", "ods")

FORMATS: list[Cell] = [
    12.0, 0.1 + 0.2, 1.5, 33612345678.0, 283017512345678.0, -3.0, True, "007", " Zoé  Le\u00a0Goff ", 1234567.891,
    *(Number(612345678, code) for code in (
        '0#" "##" "##" "##" "##', "0#########", "00 00 00 00 00", "0#\\ ##\\ ##\\ ##\\ ##",
        "[>=3000000000000]#\\ ##\\ ##\\ ##\\ ###\\ ###\\ |\\ ##;0#\\ ##\\ ##\\ ##\\ ##",
    )),
    *(Number(32000.5, code) for code in (
        "0", "0.00", "#,##0", "#,##0.00", '#,##0\\ "€"', "_-* #,##0.00\\ [$€-40C]_-", "#,##0.00\\ [$€-407]",
        "[$$-409]#,##0.00", "# ##0.00", "0,", "0.00E+00", '0" ans"', 'General" ans"', "@", "General",
        "[>=1000]#,##0;0.00", "[Blue]0;[Red]-0",
    )),
    *(Number(-12.5, code) for code in ("0", "#,##0_);(#,##0)", "0.0;;", "0;[Red]-0", "[Blue]0.0;[Red](0.0)")),
    *(Number(0, code) for code in ("0", "#", "0.0;;", '0;-0;"aucun"', ";;;")),
    *(Number(0.125, code) for code in ("0.00", "0.0%", "0.00\\ %", "0.##")),
    *(Number(code, '[=1]"Mme";[=2]"M.";0') for code in (1, 2, 3)),
    Number(-0.001, "0.00"), Number(2.5, "0"), Number(1.005, "0.00"), Number(42, '"R-"000000'), Number(1200, "00000"),
    *(Number(46086.375, code) for code in (
        "mm-dd-yy", "m/d/yy h:mm", "h:mm", "dd/mm/yyyy", "dd/mm/yy;@", "dd/mm/yyyy\\ hh:mm", "d/m/yy", "dd.mm.yyyy",
        "[$-40C]d mmmm yyyy;@", "d mmmm yyyy", "dd\\-mmm\\-yy", "mmm\\-yy", "mmmmm", "ddd dd/mm", "dddd d mmmm yyyy",
        "[$-409]dddd, mmmm d, yyyy", "[$-809]d mmmm yyyy", "[$-407]d. mmmm yyyy", "yyyy\\-mm\\-dd", "yyyy",
        "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "hh\\hmm", 'h"h"mm', "h:mm AM/PM",
    )),
    Number(1.5, "[h]:mm"), Number(0.5, "[mm]:ss"),
]  # fmt: skip
"""Left out is where LibreOffice differs from Excel: fractions, ``0%`` (it adds a space), ``0.##`` of a whole number."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Everything that LibreOffice has written, once in a run of the tests however many processes they run in."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "libreoffice"
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            making = folder.with_suffix(".making")
            making.mkdir()
            _write_all(making)
            making.rename(folder)
    return folder


def _write_all(folder: Path) -> None:
    people, formats = folder / "candidats.fods", folder / "formats.xlsx"
    people.write_bytes(WORKBOOK)
    header: list[Cell] = ["Nom", "E-mail", "Valeur"]
    rows = [[f"N{n}", f"n{n}@x.example", cell] for n, cell in enumerate(FORMATS)]
    formats.write_bytes(xlsx(Sheet("Feuil1", [header, *rows])))

    def workbooks() -> None:
        for kind in _WORKBOOKS:
            convert([people, formats] if kind == "ods" else [people], kind, folder, folder / "profile-1")

    def texts() -> None:
        for name, (options, _, _) in CSV.items():
            target = f"csv:Text - txt - csv (StarCalc):{options}{_SECOND_SHEET_AS_SHOWN}"
            convert([people], target, folder / name, folder / "profile-2")

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(workbooks), pool.submit(texts)]:
            done.result()


def without_the_secret(values: tuple[str, ...]) -> tuple[str, ...]:
    return values[:SECRET] + values[SECRET + 1 :]


def read_csv(folder: Path, dialect: str) -> RecordTable:
    (path,) = (folder / dialect).glob("*.csv")
    return read_table(path)


@pytest.mark.parametrize("kind", _WORKBOOKS)
def test_a_workbook_of_libreoffice_is_read_as_it_shows(folder: Path, kind: str):
    table = read_table(folder / f"candidats.{kind}")
    people = {record.line: record.values for record in table.records}
    assert people == {line: without_the_secret(values) for line, values in EXPECTED.items() if line != HIDDEN_LINE}
    assert [field.header for field in table.fields] == [header for header in HEADER if header != "Secret"]
    assert table.defects == ()
    assert (table.dialect.sheet, table.dialect.header_line) == ("Candidats 2026", 3)
    assert [notice.partition(":")[0] for notice in table.notices] == [
        "1 hidden row is left out (line 6)",
        "hidden column S is left out",
    ]
    assert (table.columns.email, table.columns.first_name, table.columns.title) == (
        "adresse_e_mail", "prenom", "civilite",
    )  # fmt: skip


@pytest.mark.parametrize("dialect", CSV)
def test_a_csv_of_libreoffice_is_read_as_it_shows(folder: Path, dialect: str):
    table = read_csv(folder, dialect)
    _, delimiter, encoding = CSV[dialect]
    assert (table.dialect.delimiter, table.dialect.encoding) == (delimiter, encoding)
    assert {record.line: record.values for record in table.records} == EXPECTED
    assert [field.header for field in table.fields] == HEADER
    assert table.dialect.header_line == 3
    assert table.defects == ()


@pytest.mark.parametrize("kind", _WORKBOOKS)
def test_the_other_sheets_of_a_workbook_are_there(folder: Path, kind: str):
    path = folder / f"candidats.{kind}"
    assert sheet_names(path) == ("Lisez-moi", "Candidats 2026", "Recrutés")
    assert [record.values for record in read_table(path, sheet="Recrutés").records] == [("Été", "ete@x.example")]
    assert [record.values for record in read_table(path, sheet="Archive").records] == [("Vieux", "vieux@x.example")]


@pytest.mark.parametrize("kind", _WORKBOOKS)
def test_everybody_in_a_workbook_can_be_kept_from_being_written_to(folder: Path, kind: str):
    assert read_mailboxes(folder / f"candidats.{kind}") == {
        "ete@x.example", "vieux@x.example", *(values[3] for values in EXPECTED.values()),
    }  # fmt: skip


@pytest.mark.parametrize("kind", _WORKBOOKS)
def test_a_quick_look_shows_the_same(folder: Path, kind: str):
    path = folder / f"candidats.{kind}"
    whole, glance = read_table(path), preview_table(path, first_rows=2)
    assert list(glance.records) == list(whole.records)[:2]
    assert glance.fields == whole.fields


def test_a_workbook_of_excel_shows_what_libreoffice_shows_of_it(folder: Path):
    ours, theirs = ([r.values[2] for r in read_table(folder / f"formats.{kind}").records] for kind in ("xlsx", "ods"))
    assert dict(zip(map(repr, FORMATS), ours, strict=True)) == dict(zip(map(repr, FORMATS), theirs, strict=True))
