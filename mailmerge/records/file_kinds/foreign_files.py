"""Files that people give in place of a table: what each really is, and what to do with it.

Links, packed files, databases, mails, documents and spreadsheets of other programs. How a file begins decides, not its
name: a ``.xlsx`` may be the page of a sign-in.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Final

from mailmerge.errors import TableError
from mailmerge.i18n import N_, Term
from mailmerge.text.regex import regex
from mailmerge.text.shown import visible

_GIVE: Final = N_("{path} is {what}, not a table: give a CSV, XLSX, XLS or ODS file")
_SAVE_AS: Final = N_("{path} is actually {what}: open it in Excel or LibreOffice and save it as .xlsx or CSV")
_EXPORT: Final = N_("{path} is {what}: export the people from it as an Excel or CSV file")
_UNPACK: Final = N_("{path} is {what}: unpack it and give the table in it")
_LINK: Final = N_(
    "{path} is only {what}: open it, save the table itself on this computer as .xlsx or CSV, and give that file"
)
_ABSENT: Final = N_(
    "{path} only takes the place of a file that is not on this computer yet: download the file, then give it"
)
_NO_PAGE: Final = N_(
    "{path} is a web page (HTML) without a table, probably a sign-in page that was downloaded instead of the table: "
    "sign in, download the table again and give that file"
)
_NUMBERS: Final = N_("{path} is an Apple Numbers document: export it as Excel or CSV (File, Export To)")

_OLD_WORKBOOK = N_("a workbook of a very old Excel")
_LOTUS = N_("a Lotus 1-2-3 spreadsheet")
_PACKED = N_("a compressed archive")
_PROGRAM = N_("a program")
_HTML = N_("a web page (HTML)")
_SHORTCUT = N_("a link to a file")

_BINARIES = (
    (b"%PDF-", N_("a PDF document"), _GIVE),
    (b"\x89PNG", N_("a picture (PNG)"), _GIVE),
    (b"\xff\xd8\xff", N_("a picture (JPEG)"), _GIVE),
    (b"GIF8", N_("a picture (GIF)"), _GIVE),
    (b"\x1f\x8b", N_("a compressed archive (gzip)"), _UNPACK),
    (b"7z\xbc\xaf", N_("a compressed archive (7z)"), _UNPACK),
    (b"Rar!", N_("a compressed archive (rar)"), _UNPACK),
    (b"\xfd7zXZ\x00", _PACKED, _UNPACK),
    (b"BZh91AY&SY", _PACKED, _UNPACK),
    (b"\x28\xb5\x2f\xfd", _PACKED, _UNPACK),
    (b"SQLite format 3\0", N_("a database (SQLite)"), _EXPORT),
    (b"\0\1\0\0Standard ", N_("an Access database"), _EXPORT),
    (b"PAR1", N_("a Parquet file"), _EXPORT),
    (b"!BDN", N_("an Outlook data file"), _EXPORT),
    (b"{\\rtf", N_("a text document (RTF)"), _GIVE),
    (b"\x7fELF", _PROGRAM, _GIVE),
    (b"MZ\x90", _PROGRAM, _GIVE),
    (b"L\0\0\0\x01\x14\x02\0", _SHORTCUT, _LINK),
    (b"\x09\x00\x04\x00", _OLD_WORKBOOK, _SAVE_AS),
    (b"\x09\x02\x06\x00", _OLD_WORKBOOK, _SAVE_AS),
    (b"\x09\x04\x06\x00", _OLD_WORKBOOK, _SAVE_AS),
    (b"\x09\x08\x08\x00\x00\x05", _OLD_WORKBOOK, _SAVE_AS),
    (b"\0\0\x02\0", _LOTUS, _SAVE_AS),
    (b"\0\0\x1a\0", _LOTUS, _SAVE_AS),
    (b"\xff\0\x02\0", N_("a Microsoft Works spreadsheet"), _SAVE_AS),
)
_DBASE = regex(rb"[\x03\x30\x31\x83\x8b\xf5\xfb].[\x01-\x0c][\x01-\x1f]", 16)
_DBASE_NAME = regex(rb"[A-Za-z_][A-Za-z0-9_]*\0+\Z")
_TEXTS = (
    (regex(rb"begin:vcard\s"), N_("a file of contacts (vCard)"), _GIVE),
    (regex(rb"begin:vcalendar\s"), N_("a calendar (iCalendar)"), _GIVE),
    (regex(rb'\{[^}]{0,2000}(?:"doc_id"|docs\.google\.com)'), N_("a link to a Google document"), _LINK),
    (regex(rb'\[\s*\{\s*"|\{\s*"[^"\n]*"\s*:'), N_("a JSON file"), _GIVE),
    (regex(rb"id;p[^\r\n;]*(?:;[ne])*\r?\n(?:[bcfopw]|nn);"), N_("a SYLK spreadsheet"), _SAVE_AS),
    (regex(rb"table\r?\n0,1\r?\n"), N_("a DIF spreadsheet"), _SAVE_AS),
    (regex(rb"(?:version: 1\s+)?dn::? [^\n;]*="), N_("a directory export (LDIF)"), _EXPORT),
    (regex(rb"\[(?:internetshortcut|desktop entry)\]"), _SHORTCUT, _LINK),
    (regex(rb"(?:---\s*\n)?- [^\n:;,\t]+: [^\n;]*\n  [^\n:;,]+: "), N_("a YAML file"), _GIVE),
    (regex(rb"mime-version:"), N_("a web archive (MHTML)"), _SAVE_AS),
    (
        regex(
            rb"(?:from \S+@\S+ [^\n]*\n)?(?:[\w-]+:[^\n]*\n(?:[ \t]+[^\n]*\n)*){0,40}?"
            rb"(?:received|return-path|message-id|mime-version):"
        ),
        N_("an e-mail message"),
        _GIVE,
    ),
)
"""How texts begin that are no tables of lines, in small letters."""
_LFS = b"version https://git-lfs"
_COMMENTS = rb"(?:<!--.*?-->\s*)*+"
_PAGE = regex(_COMMENTS + rb"<(?:!doctype html|html|head|body|table|meta|style|title|script|div)", re.DOTALL)
_XML = regex(_COMMENTS + rb"<\?xml", re.DOTALL)
_KINDS_OF_XML = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", N_("an XML spreadsheet of 2003"), _SAVE_AS),
    (b"office:document", N_("a flat OpenDocument file"), _SAVE_AS),
    (b"<!doctype plist", _SHORTCUT, _LINK),
    (b"<!doctype html", _HTML, _SAVE_AS),
    (b"<html", _HTML, _SAVE_AS),
)
_OTHER_XML = N_("an XML document")
_COMPOUNDS = (
    ("__substg1.0_", N_("a mail that Outlook saved"), _GIVE),
    ("WordDocument", N_("an old Word document"), _GIVE),
    ("PowerPoint Document", N_("an old PowerPoint presentation"), _GIVE),
    ("NativeContent_MAIN", N_("a Quattro Pro spreadsheet"), _SAVE_AS),
)
_OTHER_COMPOUND = N_("{path} is an old Office document or a damaged workbook: give a CSV, XLSX or ODS file")


def named(path: Path) -> str:
    """The path as a message shows it."""
    return visible(str(path))


def _refusal(path: Path, what: str, advice: str) -> TableError:
    return TableError(advice, path=named(path), what=Term(what))


def refuse_package(path: Path) -> None:
    """See that a folder is not a document that a Mac shows as one file.

    Raises:
        TableError: it is.
    """
    if path.suffix.lower() == ".numbers":
        raise TableError(_NUMBERS, path=named(path))


def refuse_foreign(path: Path, content: bytes) -> None:
    """See that a file may be a table of lines.

    Raises:
        TableError: it begins as a file of another kind does.
    """
    head = content[:4096]
    for magic, what, advice in _BINARIES:
        if head.startswith(magic):
            raise _refusal(path, what, advice)
    if head.startswith(b"bplist00") and (b"NSURL" in content or path.suffix.lower() == ".icloud"):
        raise TableError(_ABSENT, path=named(path))
    if head.startswith(b"bplist00") and b"URL" in content:
        raise _refusal(path, _SHORTCUT, _LINK)
    if _DBASE.match(head) and _DBASE_NAME.match(head[32:43]):
        raise _refusal(path, N_("a dBase table"), _SAVE_AS)
    opening = head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip(b"\xff\xfe \t\r\n").lower()
    if opening.startswith(_LFS):
        raise TableError(_ABSENT, path=named(path))
    for beginning, what, advice in _TEXTS:
        if beginning.match(opening):
            raise _refusal(path, what, advice)
    if _PAGE.match(opening):
        if b"<table" not in content.replace(b"\x00", b"").lower() and b"<frame" not in content.lower():
            raise TableError(_NO_PAGE, path=named(path))
        raise _refusal(path, _HTML, _SAVE_AS)
    if _XML.match(opening):
        found = next((kind for kind in _KINDS_OF_XML if kind[0] in opening), (b"", _OTHER_XML, _SAVE_AS))
        raise _refusal(path, found[1], found[2])


def foreign_archive(path: Path, names: Collection[str], mimetype: bytes) -> TableError:
    """What to say of a ZIP archive that is no workbook; ``mimetype`` is what it says itself."""
    if "word/document.xml" in names or mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return TableError(N_("{path} is a text document: give a CSV, XLSX, XLS or ODS file"), path=named(path))
    if "ppt/presentation.xml" in names or mimetype.startswith(b"application/vnd.oasis.opendocument.presentation"):
        return _refusal(path, N_("a presentation"), _GIVE)
    if any(name in names for name in ("Index/Document.iwa", "Index.zip", "index.apxl", "index.numbers")):
        return TableError(_NUMBERS, path=named(path))
    return TableError(N_("{path} is a ZIP archive: unpack it and give the table in it"), path=named(path))


def foreign_compound(path: Path, content: bytes) -> TableError:
    """What to say of an OLE container that is no workbook."""
    for stream, what, advice in _COMPOUNDS:
        if stream.encode("utf-16-le") in content:
            return _refusal(path, what, advice)
    return TableError(_OTHER_COMPOUND, path=named(path))
