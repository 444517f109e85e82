"""What is no table of people is refused in one line: what, where, and what to do."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from each_row import each_row

from mailmerge.errors import TableError
from mailmerge.formats.compound import MAGIC
from mailmerge.records import read_table
from mailmerge.records.file_kinds import file_type


def refusal(path: Path, **told: str) -> str:
    with pytest.raises(TableError) as refused:
        read_table(path, **told)
    message = str(refused.value)
    assert "\n" not in message
    assert str(path.name) in message
    assert ":" in message
    return message


def holding(tmp_path: Path, content: bytes, name: str = "candidats.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def archive(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in entries.items():
            file.writestr(name.replace("__", "/").replace("--", "."), content)
    return buffer.getvalue()


def test_no_such_file(tmp_path: Path):
    assert "absent.csv does not exist: check the name" in refusal(tmp_path / "absent.csv")


def test_a_name_that_cannot_be_a_file(tmp_path: Path):
    with pytest.raises(TableError, match="cannot read"):
        read_table(tmp_path / "a\0b.csv")
    with pytest.raises(TableError, match="cannot read"):
        read_table(tmp_path / ("x" * 5000))


def test_a_folder(tmp_path: Path):
    assert "is a folder" in refusal(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.csv")
    assert "not a plain file" in refusal(tmp_path / "pipe.csv")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_file_that_may_not_be_read(tmp_path: Path):
    path = holding(tmp_path, b"nom;email\n")
    path.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)  # the superuser may read everything, nobody may not
    try:
        assert "permission denied" in refusal(path)
    finally:
        os.seteuid(user)


@pytest.mark.parametrize(
    "content", [b"", b"\r\n\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b" \t\n", b";;;\n;;;\n", b"\0" * 64]
)
def test_an_empty_file(tmp_path: Path, content: bytes):
    assert "is empty" in refusal(holding(tmp_path, content))


@pytest.mark.parametrize("content", [b"nom;email", b"nom;email\r\n\r\n;\r\n", b"sep=;\r\nnom;email\r\n"])
def test_a_header_and_nobody_below(tmp_path: Path, content: bytes):
    assert "no people in" in refusal(holding(tmp_path, content))


def test_people_without_a_header_are_not_taken_for_one(tmp_path: Path):
    message = refusal(holding(tmp_path, b"Dupont;d@x.example\nMartin;m@x.example\n"))
    assert 'line 1 already holds the address "d@x.example"' in message


LISTED = [
    "Zoé Blanc <zoe@x.example>", "Blanc, Zoé <zoe@x.example>", '"Blanc, Zoé" <zoe@x.example>', "<zoe@x.example>",
    "mailto:zoe@x.example", "SMTP:zoe@x.example", "'zoe@x.example'", "Zoé Blanc <mailto:zoe@x.example>",
]  # fmt: skip


@each_row("mailbox", LISTED)
@each_row("between", ["; ", ", ", ";\n", "\n", "\t", ";\r\n\r\n"])
def test_a_list_of_addresses_loses_nobody_to_the_header(tmp_path: Path, mailbox: str, between: str):
    others = [mailbox.replace("zoe", name).replace("Zoé", name.title()) for name in ("luc", "ana")]
    message = refusal(holding(tmp_path, between.join([mailbox, *others]).encode(), "list.txt"))
    assert "is a list of addresses, not a table" in message


@each_row("title", ["Contact : RH <rh@firm.example>", "Questions: rh@firm.example", "mailto:rh@firm.example"])
@each_row("header", ["Nom;Mail;Poste", "Nom;Courriel;Poste"])
def test_an_address_in_a_title_is_no_list(tmp_path: Path, title: str, header: str):
    people = "Blanc;zoe.blanc@x.example;Chef\nNoir;luc.noir@x.example;Aide\nGil;ana.gil@x.example;Aide\n"
    path = holding(tmp_path, f"{title};;\n;;\n{header}\n{people}".encode())
    assert [record.values[0] for record in read_table(path).records] == ["Blanc", "Noir", "Gil"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture (JPEG)"),
        (gzip.compress(b"nom;email\n", mtime=0), "a compressed archive (gzip)"),
        (b"SQLite format 3\0" + b"\0" * 84, "a database (SQLite)"),
        (bytes(range(256)) * 40, "a binary file"),
        (b"nom;email\n" + b"\0\1\2\3" * 20, "a binary file"),
        (archive(readme__txt=b"x"), "a ZIP archive"),
        (archive(word__document_xml=b"x", **{"word/document.xml": b"x"}), "a text document"),
        (archive(**{"Index/Document.iwa": b"x"}), "an Apple Numbers document"),
        (MAGIC + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "an old Word document"),
        (MAGIC + b"\0" * 600, "an old Office document"),
    ],
)
def test_a_file_of_another_kind_is_named(tmp_path: Path, content: bytes, what: str):
    assert what in refusal(holding(tmp_path, content))


@each_row("name", ["export.xls", "export.xlsx", "export.csv"])
@each_row(
    ("content", "what"),
    [
        (b"<html><body><table><tr><td>nom</td></tr></table></body></html>", "a web page (HTML)"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE HTML>\n<html><table>", "a web page (HTML)"),
        ("<table><tr><td>é</td></tr></table>".encode("utf-16"), "a web page (HTML)"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "a web archive (MHTML)"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "an XML spreadsheet of 2003",
        ),
        (b'<?xml version="1.0"?><people/>', "an XML document"),
    ],
)
def test_a_web_page_named_like_a_workbook_is_named(tmp_path: Path, name: str, content: bytes, what: str):
    assert f"is actually {what}" in refusal(holding(tmp_path, content, name))


def test_a_few_nul_bytes_are_kept_for_the_linter_to_find(tmp_path: Path):
    path = holding(tmp_path, b"nom;email\nDu\0pont;d@x.example\n")
    assert read_table(path).records[0].values[0] == "Du\0pont"


def test_too_many_columns(tmp_path: Path):
    header = ";".join(["email", *(f"c{n}" for n in range(1000))])
    path = holding(tmp_path, f"{header}\n{';'.join(['a@x.example'] * 1001)}\n".encode())
    assert "1,001 columns, more than 1,000" in refusal(path)


def test_more_bytes_than_are_read(tmp_path: Path):
    path = holding(tmp_path, b"nom;email\n")
    with path.open("r+b") as file:
        file.truncate(file_type.MAX_BYTES + 1)
    assert "more than the 64 MB" in refusal(path)


def test_a_file_that_grows_while_it_is_read_is_refused_once_it_is_too_large(tmp_path: Path, monkeypatch):
    path = holding(tmp_path, b"nom;email\nA;a@x.example\n")
    monkeypatch.setattr(file_type, "MAX_BYTES", 30)
    stood = path.stat()
    path.write_bytes(path.read_bytes() * 5)
    monkeypatch.setattr(Path, "stat", lambda self, **_: stood)
    assert "grew beyond" in refusal(path)


def test_more_rows_than_a_sheet_holds(tmp_path: Path):
    path = holding(tmp_path, b"e;n\n" + b"a@x.example;\n" * 1_048_577)
    assert "more than 1,048,576 rows" in refusal(path)


def test_a_sheet_that_is_blank_to_its_very_last_row_is_read(tmp_path: Path):
    path = holding(tmp_path, b"email;nom\na@x.example;A\n" + b";\n" * 1_048_574)
    assert len(read_table(path).records) == 1


def test_a_path_with_control_characters_shows_them_harmlessly(tmp_path: Path):
    with pytest.raises(TableError) as refused:
        read_table(tmp_path / "\x1b]0;x\x07.csv")
    assert "\x1b" not in str(refused.value)


SUFFIXES = (".xlsx", ".XLSX", ".xlsm", ".xls", ".ods")


@each_row("suffix", SUFFIXES)
@each_row("content", [b"xxx", b"PK\x03", b"\x01\x02\x03", b"PK", b"Nom;E-mail\n"])
def test_a_few_octets_that_are_called_a_workbook_are_told_as_such(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"table{suffix}"
    path.write_bytes(content)
    with pytest.raises(TableError) as caught:
        read_table(path)
    assert f"is not a workbook, although its name ends in {suffix}: it has only {len(content)} bytes" in str(
        caught.value
    )


@each_row("suffix", SUFFIXES)
@each_row("content", [b"", b"\x00" * 40, b"\n\n  \n"])
def test_an_empty_file_that_is_called_a_workbook_is_empty(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"table{suffix}"
    path.write_bytes(content)
    with pytest.raises(TableError, match="is empty"):
        read_table(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_text_that_is_called_a_workbook_says_what_it_is(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"table{suffix}"
    path.write_text("Nom;E-mail\n" + "".join(f"N{n};n{n}@x.example\n" for n in range(9)))
    table = read_table(path)
    assert len(table.records) == 9
    assert table.notices == (f"it is a text file (CSV), although its name ends in {suffix}",)
    path.write_text("Ceci est une lettre. " * 20)
    with pytest.raises(TableError, match="is a text file without a table of people"):
        read_table(path)


def test_a_csv_file_is_called_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Nom;E-mail\nPetit;p@x.example\n")
    assert read_table(path).notices == ()


@pytest.mark.parametrize("name", ["~$candidats.xlsx", ".~lock.candidats.ods#", "~$liste.xls"])
def test_the_mark_of_an_open_workbook_is_no_table(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x06Claire" + b" \x00" * 70)
    with pytest.raises(TableError, match="beside it while it is open: give the table itself"):
        read_table(tmp_path / name)


@each_row(
    "content, what",
    [
        ("BEGIN:VCARD\r\nFN:Zoé\r\nEMAIL:z@x.example\r\nEND:VCARD\r\n", "a file of contacts (vCard)"),
        ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "a calendar (iCalendar)"),
        ('[{"email": "a@x.example"}]', "a JSON file"),
        ('{\n  "people": [{"email": "a@x.example"}]\n}\n', "a JSON file"),
        ('[\n  {\n    "email": "a@x.example"}]', "a JSON file"),
    ],
)
def test_a_text_that_is_no_table_is_called_by_its_name(tmp_path: Path, content: str, what: str):
    path = tmp_path / "people.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TableError) as error:
        read_table(path)
    assert str(error.value) == f"{path} is {what}, not a table: give a CSV, XLSX, XLS or ODS file"
