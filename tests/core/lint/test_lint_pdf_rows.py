"""A table on a page of a PDF is read row by row, whatever the order it was drawn in; what is no table is not."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from each_row import each_row
from lint_files import raw_pdf

from mailmerge.lint.extract.reader import read_content

TABLE = [["Nom", "Ville", "Prenom"], ["Lestrade", "Rennes", "Solene"], ["Mazouni", "Metz", "Karim"]]
PLACES = [
    (50 + 130 * column, 600 - 15 * row, word) for row, words in enumerate(TABLE) for column, word in enumerate(words)
]


def _at(x: float, y: float, word: str) -> str:
    return f"BT /F1 10 Tf {x} {y} Td ({word}) Tj ET\n"


def _by_columns() -> str:
    return "".join(_at(*place) for place in sorted(PLACES))


def _from_below() -> str:
    return "".join(_at(*place) for place in reversed(PLACES))


def _letter_by_letter() -> str:
    return "".join(_at(x + 6 * number, y, letter) for x, y, word in PLACES for number, letter in enumerate(word))


def _in_arrays() -> str:
    lines = (" -9000 ".join(f"({word})" for word in words) for words in TABLE)
    return "BT /F1 10 Tf 50 600 Td " + " ".join(f"[{line}] TJ 0 -15 Td" for line in lines) + " ET"


def _moved_by_matrices() -> str:
    return "".join(f"q 1 0 0 1 {x} {y} cm BT /F1 1 Tf 10 0 0 10 0 0 Tm ({word}) Tj ET Q\n" for x, y, word in PLACES)


def _lying() -> str:
    return "".join(f"BT /F1 10 Tf 0 1 -1 0 {700 - y} {x} Tm ({word}) Tj ET\n" for x, y, word in PLACES)


def _from_above() -> str:
    return "".join(f"BT /F1 10 Tf 0 -1 1 0 {y - 300} {700 - x} Tm ({word}) Tj ET\n" for x, y, word in PLACES)


def _on_its_head() -> str:
    return "".join(f"BT /F1 10 Tf -1 0 0 -1 {500 - x} {700 - y} Tm ({word}) Tj ET\n" for x, y, word in PLACES)


DRAWN: dict[str, Callable[[], str]] = {
    "row by row": lambda: "".join(_at(*place) for place in PLACES),
    "column by column": _by_columns,
    "from below": _from_below,
    "letter by letter": _letter_by_letter,
    "with gaps in one string": _in_arrays,
    "by matrices": _moved_by_matrices,
    "some cells a little lower": lambda: "".join(_at(x, y - 4 * (x > 200), word) for x, y, word in PLACES),
    "columns close to each other": lambda: "".join(_at(50 + (x - 50) / 2, y, word) for x, y, word in PLACES),
    "lying": _lying,
    "lying, from above": _from_above,
    "on its head": _on_its_head,
}
NO_TABLES = {
    "prose": "BT /F1 10 Tf 50 600 Td (Bonjour Madame Lestrade,) Tj 0 -15 Td (Rennes, Solene) Tj ET",
    "words that are set one by one": _at(50, 600, "Lestrade") + _at(93, 600, "Rennes") + _at(131, 600, "Solene"),
    "words off and on their line": "BT /F1 10 Tf 14 TL 50 600 Td (Lestrade) Tj T* 43 14 Td (Rennes) Tj T* 38 14 Td "
    "(Solene) Tj ET",
    "columns of prose": _at(50, 600, "a" * 70) + _at(600, 600, "b" * 70),
    "addresses": _at(50, 600, "Lestrade") + _at(200, 600, "solene@poste.test"),
}


def _texts(drawn: str) -> list[str]:
    content = read_content(raw_pdf(zlib.compress(drawn.encode())), "a.pdf")
    assert content.opaque is None
    return [piece.text for piece in content.pieces]


@each_row("drawn", DRAWN.values(), ids=DRAWN)
def test_the_rows_of_a_table_have_tabs_between_their_cells(drawn: Callable[[], str]) -> None:
    [rows] = [text.replace(" ", "") for text in _texts(drawn()) if "\t" in text]
    assert sorted(line.split("\t") for line in rows.split("\n")) == sorted(TABLE)


@each_row("drawn", NO_TABLES.values(), ids=NO_TABLES)
def test_what_is_no_table_is_read_once(drawn: str) -> None:
    assert not any("\t" in text for text in _texts(drawn))


def test_the_rows_of_a_form_are_read_too() -> None:
    form = DRAWN["column by column"]()
    extra = f"<< /Subtype /Form /BBox [0 0 595 842] /Length {len(form)} >>\nstream\n{form}\nendstream"
    octets = raw_pdf(zlib.compress(b"/X1 Do"), extra=extra)
    octets = octets.replace(b"/Resources << ", b"/Resources << /XObject << /X1 7 0 R >> ", 1)
    assert any("Lestrade\tRennes\tSolene" in piece.text for piece in read_content(octets, "a.pdf").pieces)


def test_what_stands_before_the_numbers_of_pages_is_read() -> None:
    octets = raw_pdf(zlib.compress(b""), catalog="/PageLabels << /Nums [0 << /S /D /P (06 12 34 56 78 - ) >>] >>")
    assert any("06 12 34 56 78" in piece.text for piece in read_content(octets, "a.pdf").pieces)
