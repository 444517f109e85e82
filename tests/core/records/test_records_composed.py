"""Accents are one character with their letter, however the file was written: no comparison is false in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unicodedata import combining, is_normalized, normalize

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st
from letter_cases import composed as message_of
from letter_cases import letter_of
from workbook_files import Number, Sheet, ods, xls, xlsx

from mailmerge.model import ProblemKind
from mailmerge.records import read_table
from mailmerge.records.file_kinds.composing import all_composed, composed
from mailmerge.text.shown import INVISIBLE, has_invisible

NAMES = (
    "Zoé",
    "François",
    "Noël",
    "Łukasz Dąbrowski",
    "Nguyễn Thị Hồng",
    "Ångström",
    "Žofie",
    "김민준",
    "Ñoño",
    "ậộữẽ",
)
AS_THEY_ARE = ("ﬁancé", "①er", "Ｄｕｐｏｎｔ", "x²", "½", "㎏", "ſ", "神\ufa19", "\ufa30 é", "Ⅳ", "ŉ")
"""Other forms of a character than the usual one: not the reader's to exchange."""


def as_text(encoding: str) -> Callable[[Sheet], bytes]:
    return lambda sheet: "\n".join(";".join(map(str, row)) for row in sheet.rows).encode(encoding)


def inline(sheet: Sheet) -> bytes:
    return xlsx(sheet, shared=False)


WRITERS = {
    "xlsx": xlsx, "inline": inline, "xls": xls, "ods": ods,
    **{encoding: as_text(encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le")},
}  # fmt: skip


@each_row("form", ["NFC", "NFD"])
@each_row("kind", WRITERS)
def test_cells_headers_and_sheets_are_the_same_in_both_forms(tmp_path: Path, kind: str, form: str):
    header = ["Prénom", "E-mail", "Décision", "Âge"]
    rows = [header, *([name, f"n{n}@x.example", "refusé", "é"] for n, name in enumerate(NAMES))]
    path = tmp_path / "table"
    name = normalize(form, "Recrutés") if kind in ("xlsx", "ods") else "Feuil1"
    path.write_bytes(WRITERS[kind](Sheet(name, [[normalize(form, cell) for cell in row] for row in rows])))
    table = read_table(path, sheet="recrutés") if kind in ("xlsx", "ods") else read_table(path)
    assert [field.header for field in table.fields] == header
    assert [list(record.values) for record in table.records] == rows[1:]


@pytest.mark.parametrize("kind", WRITERS)
def test_other_forms_of_a_character_stay(tmp_path: Path, kind: str):
    rows = [["Nom", "E-mail", "Texte"], *([f"N{n}", f"n{n}@x.example", cell] for n, cell in enumerate(AS_THEY_ARE))]
    apart = [[cell.replace("é", normalize("NFD", "é")) for cell in row] for row in rows]
    path = tmp_path / "table"
    path.write_bytes(WRITERS[kind](Sheet("Feuil1", apart)))
    assert [record.values[2] for record in read_table(path).records] == list(AS_THEY_ARE)


def test_the_words_of_a_number_format_are_composed(tmp_path: Path):
    code = normalize("NFD", '0" année"')
    path = tmp_path / "table.xlsx"
    path.write_bytes(xlsx(Sheet("Feuil1", [["Nom", "E-mail", "V"], ["N", "n@x.example", Number(3, code)]])))
    assert read_table(path).records[0].values[2] == "3 année"


@given(st.text())
def test_composing_does_not_change_what_a_text_is(text: str):
    done = composed(text)
    assert normalize("NFD", done) == normalize("NFD", text)
    assert composed(done) == done
    assert done == text or any(combining(each) for each in normalize("NFD", text)) or not is_normalized("NFC", text)


@given(st.lists(st.text(alphabet=st.sampled_from("eé\u0301A\u030a;\ufa19김\u1100\u1161"), max_size=4), max_size=6))
def test_many_texts_are_composed_as_one_by_one(texts: list[str]):
    assert list(all_composed(texts)) == list(map(composed, texts))


@each_row("character", [*sorted(INVISIBLE), "\u00a0", "\u2000", "\u2001", "\u202f", "\u3000"])
def test_what_does_not_show_is_still_seen(character: str):
    assert has_invisible(composed(f"Zoe\u0301{character}Le"))


@pytest.mark.parametrize("on_disk", ["NFC", "NFD"])
@pytest.mark.parametrize("in_the_cell", ["NFC", "NFD"])
@pytest.mark.parametrize("folder", ["", "pièces/"])
def test_a_file_is_found_whatever_way_its_name_is_composed(tmp_path: Path, on_disk: str, in_the_cell: str, folder: str):
    place = tmp_path / normalize(on_disk, folder)
    place.mkdir(exist_ok=True)
    (place / normalize(on_disk, "Zoé Léonü.pdf")).write_bytes(b"%PDF-1.4 Zoe")
    letter = letter_of(tmp_path, f"Subject: x\nAttachment: {folder}{{{{ nom }}}}.pdf\n\nBonjour\n")
    (attachment,) = message_of(letter, nom=normalize(in_the_cell, "Zoé Léonü")).attachments
    assert attachment.problem is None
    assert attachment.content == b"%PDF-1.4 Zoe"


def test_of_two_files_the_one_that_has_the_name_to_the_letter_is_taken(tmp_path: Path):
    for form in ("NFC", "NFD"):
        (tmp_path / normalize(form, "Zoé.txt")).write_text(form)
    letter = letter_of(tmp_path, "Subject: x\nAttachment: {{ nom }}.txt\n\nBonjour\n")
    for form in ("NFC", "NFD"):
        (attachment,) = message_of(letter, nom=normalize(form, "Zoé")).attachments
        assert attachment.content == form.encode()


def test_of_two_files_none_of_which_has_the_name_to_the_letter_none_is_taken(tmp_path: Path):
    for name in ("Zoe\u0301 Noël.txt", "Zoé Noe\u0308l.txt"):
        (tmp_path / name).write_text(name)
    letter = letter_of(tmp_path, "Subject: x\nAttachment: {{ nom }}.txt\n\nBonjour\n")
    (attachment,) = message_of(letter, nom="Zoé Noël").attachments
    assert attachment.problem is not None
    assert attachment.problem.kind is ProblemKind.MISSING


def test_a_link_under_another_form_of_the_name_is_refused(tmp_path: Path):
    (tmp_path / "other.txt").write_text("x")
    (tmp_path / normalize("NFD", "Zoé.txt")).symlink_to(tmp_path / "other.txt")
    letter = letter_of(tmp_path, "Subject: x\nAttachment: {{ nom }}.txt\n\nBonjour\n")
    (attachment,) = message_of(letter, nom="Zoé").attachments
    assert attachment.problem is not None
    assert attachment.problem.kind is ProblemKind.LINK
