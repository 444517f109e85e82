"""A document, read by its kind and written as a letter."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from mailmerge.drafts.draft import CODE_CLOSE, CODE_OPEN, FIELD_CLOSE, FIELD_OPEN, LEFT, Draft
from mailmerge.drafts.fields import field_name, shown_tags, with_fields
from mailmerge.drafts.language import language_of
from mailmerge.drafts.markdown import escaped, html_to_markdown
from mailmerge.drafts.package import ENCRYPTED, NOT_THAT
from mailmerge.drafts.page import DraftPage
from mailmerge.drafts.pairing import in_pairs
from mailmerge.drafts.pictures import Pictures
from mailmerge.drafts.subject import header_text, without_subject_line
from mailmerge.drafts.typed_code import gathered
from mailmerge.errors import InputError, os_reason
from mailmerge.formats.decoding import decode
from mailmerge.i18n import N_
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

MOST_BYTES = 50 << 20
"""Of the file itself."""


def _word(content: bytes, path: Path) -> DraftPage:
    from mailmerge.drafts.word import read_word

    return read_word(content, path)


def _opendocument(content: bytes, path: Path) -> DraftPage:
    from mailmerge.drafts.opendocument import read_opendocument

    return read_opendocument(content, path)


def _mail(content: bytes, path: Path) -> DraftPage:
    from mailmerge.drafts.mail import read_mail

    return read_mail(content, path)


def _outlook(content: bytes, path: Path) -> DraftPage:
    from mailmerge.drafts.outlook import read_outlook

    return read_outlook(content, path)


def _web_page(content: bytes, path: Path) -> DraftPage:
    decoded = decode(content, _charset(content))
    if decoded is None or "<" not in decoded[0]:
        raise InputError(NOT_THAT, path=path, suffix=path.suffix)
    pictures = Pictures()
    embedded = pictures.keep_embedded(decoded[0])
    return DraftPage(decoded[0], subject=_title(decoded[0]), pictures=tuple(pictures.kept), cids=embedded)


def _title(page: str) -> str:
    """What a page is called; ``""`` where the program that saved it, or nobody, gave it its name."""
    found = _TITLE.search(page)
    title = " ".join(html.unescape(found[1]).split()) if found else ""
    return "" if fold(title) in _NO_TITLES or _FILE_NAME.search(title) else title


def _plain_text(content: bytes, path: Path) -> DraftPage:
    from mailmerge.drafts.mail import text_to_html

    decoded = decode(content, "cp1252")
    if decoded is None or "\0" in decoded[0]:
        raise InputError(NOT_THAT, path=path, suffix=path.suffix)
    head, _blank, body = decoded[0].replace("\r\n", "\n").partition("\n\n")
    if body and _HEADER.search(head):
        raise InputError(_LETTER, path=path)
    return DraftPage(text_to_html(decoded[0]))


def _charset(content: bytes) -> str:
    """The encoding that a page says of itself in its first kilobyte (HTML 13.2.3.2), else the usual one."""
    found = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", content[:1024], re.IGNORECASE)
    name = found[1].decode("ascii") if found else "cp1252"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


_READERS: Mapping[str, Callable[[bytes, Path], DraftPage]] = {
    ".docx": _word,
    ".docm": _word,
    ".dotx": _word,
    ".odt": _opendocument,
    ".ott": _opendocument,
    ".eml": _mail,
    ".emltpl": _mail,
    ".msg": _outlook,
    ".oft": _outlook,
    ".html": _web_page,
    ".htm": _web_page,
    ".txt": _plain_text,
}
SUFFIXES = frozenset(_READERS)
"""The kinds of files that can become a letter."""
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
"""Of a compound file in which Office keeps a document with a password (MS-OFFCRYPTO 2.3.4.4)."""
_AS_IT_IS = frozenset((".html", ".htm", ".txt"))
_HEADER = regex(r"^(?:Fields|Attachment|Content-Type|Content-Language|Reply-To):", re.MULTILINE | re.IGNORECASE)
"""Lines that a letter of this program begins with, and no other."""

_OTHER = N_("{path} cannot become a letter: give a .docx, .odt, .html, .txt, .eml, .msg or .oft file")
_OLD_WORD = N_("{path} is a document of an old Word: open it in Word or LibreOffice, and save it as .docx")
_RICH_TEXT = N_("{path} is rich text (RTF): open it in Word or LibreOffice, and save it as .docx")
_ADVICE = {
    ".rtf": _RICH_TEXT,
    ".doc": _OLD_WORD,
    ".dot": _OLD_WORD,
    ".pages": N_("{path} is a document of Pages: open it there, choose File > Export To > Word, and give that file"),
    ".gdoc": N_(
        "{path} is only a pointer to a document of Google Docs: open it, choose File > Download > Microsoft Word, and "
        "give that file"
    ),
    ".wpd": N_("{path} is a document of WordPerfect: open it in LibreOffice, and save it as .docx"),
    ".wps": N_("{path} is a document of Works: open it in LibreOffice, and save it as .docx"),
    ".fodt": N_("{path} is a flat document of LibreOffice: open it there, and save it as .odt"),
}
"""What to do with a file of a kind that is not read."""
_LETTER = N_("{path} is a letter already: give it to mailmerge check, or open it, as it is")
_PDF = N_("{path} is a PDF, which cannot become a letter: give the document that it was made from")
_EMPTY = N_("{path} is empty")
_NO_TEXT = N_("{path} has no text: write the letter in it, and save it again")
_TOO_LARGE = N_("{path} is larger than {limit} MB: a letter is text; take the large pictures out")


def is_document(path: Path) -> bool:
    """Whether a file has to become a letter first: a web page or a text can be one as it is."""
    return path.suffix.lower() in SUFFIXES - _AS_IT_IS


def read_draft(path: Path, columns: Collection[str] = ()) -> Draft:
    """The letter that a document becomes; ``columns`` are the headers of the table, by which its fields are known.

    Raises:
        InputError: it cannot be read, is of another kind, damaged, protected, too large, or has no text.
    """
    suffix = path.suffix.lower()
    content = _content(path)
    if content.startswith(b"%PDF-"):
        raise InputError(_PDF, path=path)
    if suffix not in _READERS:
        raise InputError(_ADVICE.get(suffix, _OTHER), path=path)
    if not content:
        raise InputError(_EMPTY, path=path)
    if suffix in (".docx", ".docm", ".dotx", ".odt", ".ott") and not content.startswith(b"PK"):
        if _ENCRYPTED_PART in content and content.startswith(b"\xd0\xcf\x11\xe0"):
            raise InputError(ENCRYPTED, path=path)
        if content.startswith(b"{\\rtf"):
            raise InputError(_RICH_TEXT, path=path)
        old = content.startswith(b"\xd0\xcf\x11\xe0") and suffix != ".odt"
        raise InputError(_OLD_WORD if old else NOT_THAT, path=path, suffix=suffix)
    draft = _letter(_READERS[suffix](content, path), columns)
    if not draft.body.strip():
        raise InputError(_NO_TEXT, path=path)
    return draft


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = os_reason(error) if isinstance(error, OSError) else str(error)
        raise InputError(N_("cannot read {path}: {why}"), path=path, why=why) from None
    if len(content) > MOST_BYTES:
        raise InputError(_TOO_LARGE, path=path, limit=MOST_BYTES >> 20)
    return content


def _letter(page: DraftPage, columns: Collection[str]) -> Draft:
    fields: dict[str, str] = {}

    def marked(text: str) -> str:
        """The text with the names of its fields between marks."""

        def mark(words: str) -> str:
            if words not in fields:
                fields[words] = field_name(words, columns)
            return f"{FIELD_OPEN}{fields[words]}{FIELD_CLOSE}"

        return with_fields(text, columns, mark).replace(LEFT, "")

    names = {picture.name: picture.name for picture in page.pictures} | page.cids
    page_html = _PHP.sub(lambda found: html.escape(found[0]), page.html.translate(_CONTROLS))
    body = html_to_markdown(
        in_pairs(gathered(shown_tags(page_html, columns))), lambda text: _markdown(marked(text)), names
    )
    subject, text = header_text(marked(in_pairs(page.subject.translate(_CONTROLS)))), body.text
    if not subject:
        subject, text = without_subject_line(text)
    used = [picture for picture in page.pictures if f"]({picture.name})" in text]
    lost = dict.fromkeys([*page.lost, *body.lost])
    names_used = tuple(dict.fromkeys(fields.values()))
    language = language_of(f"{subject}\n{text}", (*page.languages, *_LANGUAGE.findall(page.html)))
    return Draft(subject, text, tuple(used), tuple(fields), names_used, tuple(lost), language)


def _markdown(marked: str) -> str:
    """A text with its fields, in which Markdown and Jinja2 see nothing but the fields."""
    pieces = _MARKED.split(marked)
    pieces[1::2] = map(_code, pieces[1::2])
    pieces[::2] = map(escaped, pieces[::2])
    for index in range(1, len(pieces), 2):  # a brace beside a field is no part of it, for Jinja2 either
        pieces[index - 1] = _BRACE_BEFORE.sub(r"\1&#123;", pieces[index - 1])
        pieces[index + 1] = _BRACE_AFTER.sub("&#125;", pieces[index + 1])
    return "".join(pieces)


def _code(marked: str) -> str:
    """What a letter writes for a field, or for template code with the names of fields in it."""
    inner = marked[1:-1]
    if marked.startswith(FIELD_OPEN):
        return f"{{{{ {inner} }}}}"
    return inner.replace(FIELD_OPEN, "").replace(FIELD_CLOSE, "")


_TITLE = regex(r"<title\b[^<>]*>([^<>]{1,300})</title\s*>", re.IGNORECASE)
_NO_TITLES = frozenset(("document", "untitled", "untitled document", "sans titre", "email", "e mail", "newsletter",
                        "mail", "template", "mc subject", "ohne titel", "sin titulo"))  # fmt: skip
"""Titles that are in every page that a program makes, folded."""
_FILE_NAME = regex(r"\.(?:html?|docx?|odt|eml|txt|pdf)$", re.IGNORECASE)
_LANGUAGE = regex(r"<[^<>]*\slang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)\b", re.IGNORECASE)
"""Of an element of a page."""
_PHP = regex(r"<\?(?:php\b|=)(?:(?!<\?).){0,2000}?\?>", re.DOTALL | re.IGNORECASE)
"""What a browser takes for a comment, and a server fills in."""
_CONTROLS = dict.fromkeys({*range(32), 127} - set(map(ord, "\t\n\f\r")))
_MARKED = regex(f"({CODE_OPEN}[^{CODE_CLOSE}]*{CODE_CLOSE}|{FIELD_OPEN}[^{FIELD_CLOSE}]*{FIELD_CLOSE})")
_BRACE_BEFORE = regex(r"(?<!\\)((?:\\\\)*)\\?\{\Z")
_BRACE_AFTER = regex(r"\A\}")
