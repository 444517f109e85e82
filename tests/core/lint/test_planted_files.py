"""Whatever kind of file it is, and wherever in it a text is: another's identity is found, one's own is not an alarm."""

from __future__ import annotations

from collections.abc import Callable

import planted_apart
import planted_offices
import planted_pdfs
import planted_pictures
import planted_texts
from each_row import each_row
from rule_cases import attached, found, only

from mailmerge.lint.extract.raw import strings
from mailmerge.lint.extract.reader import read_content
from mailmerge.lint.extract.table_rows import rows_in

Maker = Callable[[str], bytes]

PLACES: dict[str, tuple[str, Maker]] = {
    **{f"PDF: {place}": ("a.pdf", make) for place, make in planted_pdfs.PLACES.items()},
    **{f"picture: {place}": made for place, made in planted_pictures.PLACES.items()},
    **{f"Office: {place}": made for place, made in planted_offices.PLACES.items()},
    **{f"text: {place}": made for place, made in planted_texts.PLACES.items()},
    **planted_apart.PLACES,
}
ADDRESSES = {**PLACES, **{f"PDF: {place}": ("a.pdf", make) for place, make in planted_pdfs.ADDRESS_PLACES.items()}}


@each_row(("name", "make"), PLACES.values(), ids=PLACES)
def test_the_name_of_another_is_found_wherever_it_is(name: str, make: Maker) -> None:
    findings = found(only(attached(name, make("Zoé Lefèvre")), 1)(), "ATT502")
    assert [finding.others for finding in findings] == [(3,)]


@each_row(("name", "make"), PLACES.values(), ids=PLACES)
def test_ones_own_name_is_no_alarm_wherever_it_is(name: str, make: Maker) -> None:
    assert found(only(attached(name, make("Zoé Lefèvre")), 3)(), "ATT502") == []


@each_row(("name", "make"), ADDRESSES.values(), ids=ADDRESSES)
def test_the_address_of_another_is_found_wherever_it_is(name: str, make: Maker) -> None:
    findings = found(only(attached(name, make("zoe.lefevre@mail.example")), 1)(), "ATT502")
    assert [finding.others for finding in findings] == [(3,)]


@each_row(("name", "make"), [(name, make) for name, make in PLACES.values()], ids=PLACES)
def test_a_text_is_kept_once_more_at_most_for_each_reading(name: str, make: Maker) -> None:
    content = read_content(make("Zoé Lefèvre"), name)
    assert sum(len(piece.text) for piece in content.pieces) < 20_000


def test_the_name_of_a_part_is_read_whole_however_it_is_cut() -> None:
    head = "Content-Disposition: attachment; filename*0*=utf-8''Zo%C3%A9%20Le; filename*1*=f%C3%A8vre.txt"
    parts = f"--b\r\n{head}\r\n\r\nas agreed\r\n--b--\r\n"
    mail = f"From: hr@firm.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{parts}"
    findings = found(only(attached("a.eml", mail.encode()), 1)(), "ATT502")
    assert [finding.others for finding in findings] == [(3,)]


def test_boxes_that_are_paragraphs_are_not_read_together() -> None:
    page = b"<html><div>Hello dear Zo\xc3\xa9</div><div>Lef\xc3\xa8vre is a street in the old town.</div></html>"
    assert found(only(attached("a.html", page), 1)(), "ATT502") == []


def test_a_number_is_whole_where_only_the_source_breaks_its_line() -> None:
    pieces = read_content(b"<html><p>Phone: 06 12 34\n      56 78</p></html>", "a.html").pieces
    assert any("06 12 34 56 78" in piece.text for piece in pieces)


@each_row("text", ["Hello Zoe, dear all, good day\nas agreed\nin short, yes\n", "a,b,c\n1,2\n3\n", 'a,b,c\n"d\n'])
def test_a_text_with_commas_is_no_table(text: str) -> None:
    assert rows_in(text) == ""


ALPHABETS = (
    "Zoé Lefèvre",
    "Łukasz Šimek",
    "Ngọc Nguyễn",
    "Hương Lê-Văn",
    "Ștefan Țurcanu",
    "Олена Шевченко",
    "Βασιλική Παπαδάκη",
    "דוד כהן",
    "فاطمة الزهراء",
)
ENCODINGS = {"utf-8": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@each_row(("name", "encoding", "mark"), [(name, *encoding) for name in ALPHABETS for encoding in ENCODINGS.items()])
def test_a_name_in_any_alphabet_is_found_among_data(name: str, encoding: str, mark: bytes) -> None:
    assert name in strings(b"\1\2\0" + mark + name.encode(encoding) + b"\0\0\3\4").split("\n")
