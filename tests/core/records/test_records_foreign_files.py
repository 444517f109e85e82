"""What people give in place of a table is named for what it is, with what to do; a table that begins alike is read."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path

import pytest
from each_row import each_row
from workbook_files import biff5

from mailmerge.errors import TableError
from mailmerge.records import read_table

CSV = b"Nom;E-mail\r\nDurand;zoe@x.example\r\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return buffer.getvalue()


def compound(*streams: str) -> bytes:
    return OLE + bytes(504) + bytes(64).join(stream.encode("utf-16-le") for stream in streams) + bytes(500)


def dbase() -> bytes:
    columns = b"".join(name.ljust(11, b"\0") + b"C" + bytes(4) + b"\x14" + bytes(15) for name in (b"NOM", b"EMAIL"))
    head = b"\x03\x7e\x0b\x1b" + struct.pack("<IHH", 1, 97, 41) + bytes(20) + columns
    return head + b"\r " + b"Durand".ljust(20) + b"zoe@x.example".ljust(20) + b"\x1a"


SAVE = "open it in Excel or LibreOffice and save it as .xlsx or CSV"
GIVE = "give a CSV, XLSX, XLS or ODS file"
EXPORT = "export the people from it as an Excel or CSV file"
UNPACK = "unpack it and give the table in it"
LINK = "save the table itself on this computer"
DOWNLOAD = "download the file, then give it"
PASSWORD = "remove the password"
FOREIGN: dict[str, tuple[bytes, str, str]] = {
    "b.xlsb": (
        zipped(**{"xl/workbook.bin": b"x", "[Content_Types].xml": b"x"}),
        "binary workbook (XLSB)", "save it as",
    ),
    "n.numbers": (zipped(**{"Index/Document.iwa": b"x"}), "Apple Numbers", "export it as Excel or CSV"),
    "n09.numbers": (zipped(**{"index.apxl": b"x"}), "Apple Numbers", "export it as Excel or CSV"),
    "t.zip": (zipped(**{"table.csv": CSV}), "a ZIP archive", UNPACK),
    "p.pptx": (zipped(**{"ppt/presentation.xml": b"x"}), "a presentation", GIVE),
    "w.docx": (zipped(**{"word/document.xml": b"x"}), "a text document", GIVE),
    "e.xlsx": (compound("EncryptionInfo", "EncryptedPackage"), "protected by a password", PASSWORD),
    "r.xlsx": (compound("EncryptedPackage", "DRMEncryptedDataSpace"), "rights management", "remove the protection"),
    "e.ods": (
        zipped(**{
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b"<manifest:encryption-data/>", "content.xml": b"\1\2",
        }),
        "protected by a password", PASSWORD,
    ),
    "whole.ods": (
        zipped(**{"META-INF/manifest.xml": b"<manifest:encryption-data/>", "encrypted-package": b"\1\2"}),
        "protected by a password", PASSWORD,
    ),
    "m.msg": (compound("__substg1.0_0037001F"), "a mail that Outlook saved", GIVE),
    "q.wb3": (compound("NativeContent_MAIN"), "a Quattro Pro spreadsheet", SAVE),
    "o.doc": (compound("WordDocument"), "an old Word document", GIVE),
    "o.ppt": (compound("PowerPoint Document"), "an old PowerPoint presentation", GIVE),
    "biff2.xls": (bytes.fromhex("0900040002001000") + bytes(200), "a workbook of a very old Excel", SAVE),
    "biff3.xls": (bytes.fromhex("09020600000010000000") + bytes(200), "a workbook of a very old Excel", SAVE),
    "biff4.xls": (bytes.fromhex("09040600000010000000") + bytes(200), "a workbook of a very old Excel", SAVE),
    "works.wks": (bytes.fromhex("ff00020004040554") + bytes(200), "a Microsoft Works spreadsheet", SAVE),
    "lotus.wk1": (bytes.fromhex("00000200060406000800") + bytes(200), "a Lotus 1-2-3 spreadsheet", SAVE),
    "lotus.123": (bytes.fromhex("00001a00031004000000") + bytes(200), "a Lotus 1-2-3 spreadsheet", SAVE),
    "base.dbf": (dbase(), "a dBase table", SAVE),
    "a.mdb": (b"\0\1\0\0Standard Jet DB\0" + bytes(200), "an Access database", EXPORT),
    "a.accdb": (b"\0\1\0\0Standard ACE DB\0" + bytes(200), "an Access database", EXPORT),
    "o.pst": (b"!BDN" + bytes(200), "an Outlook data file", EXPORT),
    "p.parquet": (b"PAR1" + bytes(200) + b"PAR1", "a Parquet file", EXPORT),
    "c.slk": (b'ID;PSCALC3\nC;X1;Y1;K"Nom"\nC;X2;Y1;K"E-mail"\nC;X2;Y2;K"zoe@x.example"\nE\n', "SYLK", SAVE),
    "excel.slk": (b'ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K"Nom"\r\nE\r\n', "SYLK", SAVE),
    "c.dif": (b'TABLE\r\n0,1\r\n"EXCEL"\r\nVECTORS\r\n0,2\r\n', "a DIF spreadsheet", SAVE),
    "x.xls": (
        b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        "of 2003", SAVE,
    ),
    "f.fods": (b'<?xml version="1.0"?>\n<office:document xmlns:office="urn:x">', "a flat OpenDocument file", SAVE),
    "h.xls": (b"<!-- x -->\n<html><body><table><tr><td>Nom</td></tr></table>", "a web page (HTML)", SAVE),
    "h2.xls": ("\ufeff<html><table><tr><td>é</td>".encode("utf-16-le"), "a web page (HTML)", SAVE),
    "login.xlsx": (
        b"\r\n<!-- (C) -->\r\n<!DOCTYPE html><html><title>Sign in</title>",
        "sign-in page", "sign in, download",
    ),
    "m.xls": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "a web archive (MHTML)", SAVE),
    "m.eml": (
        b"From: Claire <c@x.example>\nTo: z@x.example\nSubject: Liste\n x\nMessage-ID: <1@x>\n\nNom;E-mail\n",
        "an e-mail message", GIVE,
    ),
    "g.gsheet": (
        json.dumps({"url": "https://docs.google.com/open?id=1", "doc_id": "1", "email": "a@x.example"}).encode(),
        "a link to a Google document", LINK,
    ),
    "g2.gsheet": (
        json.dumps({"": "WARNING! DO NOT EDIT!", "doc_id": "1", "email": "a@x.example"}).encode(),
        "a link to a Google document", LINK,
    ),
    "t.lnk": (bytes.fromhex("4c0000000114020000000000c000000000000046") + bytes(200), "a link to a file", LINK),
    "t.url": (b"[InternetShortcut]\r\nURL=https://x.example/t.xlsx\r\n", "a link to a file", LINK),
    "t.desktop": (b"[Desktop Entry]\nType=Link\nURL=https://x.example\n", "a link to a file", LINK),
    "t.webloc": (
        b'<?xml version="1.0"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN">\n<plist/>',
        "a link to a file", LINK,
    ),
    "b.webloc": (b"bplist00\xd1\1\2SURL_\x10\x13https://x.example" + bytes(40), "a link to a file", LINK),
    ".t.xlsx.icloud": (b"bplist00\xd4\1\2\3\4" + b"NSURLNameKey" + bytes(100), "takes the place of a file", DOWNLOAD),
    "lfs.xlsx": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n",
        "takes the place of a file", DOWNLOAD,
    ),
    "z.csv.xz": (b"\xfd7zXZ\0" + b"\1" * 50, "a compressed archive", UNPACK),
    "z.csv.zst": (b"\x28\xb5\x2f\xfd" + b"\1" * 60, "a compressed archive", UNPACK),
    "z.csv.bz2": (b"BZh91AY&SY" + b"\1" * 60, "a compressed archive", UNPACK),
    "d.ldif": (b"version: 1\n\ndn: cn=Zoe,dc=x\nmail: zoe@x.example\n", "a directory export (LDIF)", EXPORT),
    "y.yml": (b"- nom: Durand\n  email: zoe@x.example\n", "a YAML file", GIVE),
    "j.json": (b'[{"nom": "Durand", "email": "zoe@x.example"}]', "a JSON file", GIVE),
    "~$t.xlsx": (b"\6Claire" + bytes(158), "while it is open", "give the table itself"),
    ".~lock.t.ods#": (b",claire,host,27.11.2026 12:00,file:///x;", "while it is open", "give the table itself"),
}  # fmt: skip


def refusal(path: Path) -> str:
    with pytest.raises(TableError) as refused:
        read_table(path)
    message = str(refused.value)
    assert "\n" not in message
    assert path.name in message
    return message


@each_row("name", FOREIGN)
@each_row("renamed", ["", "table.xlsx", "table.xls", "table.csv"])
def test_what_is_no_table_is_named_with_what_to_do_whatever_it_is_called(tmp_path: Path, name: str, renamed: str):
    content, what, advice = FOREIGN[name]
    if renamed and ("while it is open" in what or name.startswith(".t.")):
        renamed = ""  # its name alone tells what it is
    path = tmp_path / (renamed or name)
    path.write_bytes(content)
    message = refusal(path)
    assert what in message
    assert advice in message


def test_a_numbers_document_that_is_a_folder_is_named(tmp_path: Path):
    (tmp_path / "t.numbers").mkdir()
    assert "Apple Numbers" in refusal(tmp_path / "t.numbers")


@each_row("beginning", [
    "ID;Prénom;E-mail\nC;Zoé;zoe@x.example\n", "ID;P;E-mail\nB;Zoé;zoe@x.example\n",
    "Table;Nom;E-mail\n0,1;Zoé;z@x.example\n",
    "Date: 27/11/2026\nExport: Claire\n\nNom;E-mail\nDurand;zoe@x.example\n",
    "From: Claire\nDate: 27/11/2026\nNom;E-mail\nDurand;zoe@x.example\n",
    "From;To\nClaire;zoe@x.example\n", "dn;mail\nZoé;zoe@x.example\n", "[Liste]\nNom;E-mail\nDurand;zoe@x.example\n",
    "Version: 2\nNom;E-mail\nDurand;zoe@x.example\n", "BZh;E-mail\n1;zoe@x.example\n", "L;E-mail\n1;zoe@x.example\n",
    "Rar;E-mail\n1;zoe@x.example\n", "- Nom;E-mail\n1;zoe@x.example\n", "GIF;E-mail\n1;zoe@x.example\n",
    "Received;E-mail\n1;zoe@x.example\n", "{Nom};E-mail\n1;zoe@x.example\n",
    "Subject: liste\n\nNom;E-mail\n1;zoe@x.example\n",
    "<Nom>;E-mail\n1;zoe@x.example\n", "Message;E-mail\n1;zoe@x.example\n", "PAR;E-mail\n1;zoe@x.example\n",
])  # fmt: skip
@each_row("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_that_begins_like_something_else_is_read(tmp_path: Path, beginning: str, encoding: str):
    path = tmp_path / "t.csv"
    path.write_bytes(beginning.encode(encoding))
    table = read_table(path)
    assert table.value(table.records[0], table.columns.email).endswith("@x.example")


@each_row("name", ["Book", "Workbook"])
def test_a_workbook_of_excel_5_and_95_is_read(tmp_path: Path, name: str):
    path = tmp_path / "t.xls"
    path.write_bytes(biff5([["Prénom", "E-mail", "Prime"], ["Zoé", "zoe@x.example", 1200.5]], stream=name))
    table = read_table(path)
    assert list(table.records[0].values) == ["Zoé", "zoe@x.example", "1200.5"]
