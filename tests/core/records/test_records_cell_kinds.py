"""Every kind of cell that an XLSX may have, in every way to write it down, is read as what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

from each_row import each_row
from workbook_files import Cell, Sheet, part_changed, xlsx

from mailmerge.records import read_table

KEPT = ' xml:space="preserve"'
PHONETIC = '<rPh sb="0" eb="1"><t>フリ</t></rPh><phoneticPr fontId="1"/>'
KINDS = {
    "number": ('<c r="C2" s="0"><v>12.5</v></c>', "12,5"),
    "number, told": ('<c r="C2" t="n"><v>1E3</v></c>', "1000"),
    "truth": ('<c r="C2" t="b"><v>1</v></c>', "VRAI"),
    "error": ('<c r="C2" t="e"><v>#N/A</v></c>', "#N/A"),
    "text of a formula": ('<c r="C2" t="str"><f>"x"</f><v>Zoé  Lefèvre</v></c>', "Zoé  Lefèvre"),
    "text without a formula": ('<c r="C2" t="str"><v>Zoé &amp; Léa</v></c>', "Zoé & Léa"),
    "text of its own": (f'<c r="C2" t="inlineStr"><is><t{KEPT}> Zoé  L </t></is></c>', "Zoé  L"),
    "runs": (
        f'<c r="C2" t="inlineStr"><is><r><t{KEPT}>Zoé </t></r><r><rPr><b/></rPr><t{KEPT}>Le</t></r>'
        f"<r><t{KEPT}> Goff</t></r></is></c>",
        "Zoé Le Goff",
    ),
    "a blank run": (
        f'<c r="C2" t="inlineStr"><is><r><t>Zoé</t></r><r><t{KEPT}> </t></r><r><t>Léa</t></r></is></c>',
        "Zoé Léa",
    ),
    "phonetic": (f'<c r="C2" t="inlineStr"><is><t>東京</t>{PHONETIC}</is></c>', "東京"),
    "text as a value": ('<c r="C2" t="inlineStr"><v>Zoé &lt;3</v></c>', "Zoé <3"),
    "text as a value, with a style": ('<c r="C2" s="0" t="inlineStr"><v>Zoé</v></c>', "Zoé"),
    "text and value": (f'<c r="C2" t="inlineStr"><v>4</v><is><t{KEPT}>Zoé</t></is></c>', "Zoé"),
    "text and value after it": ('<c r="C2" t="inlineStr"><is><t>Zoé</t></is><v>4</v></c>', "Zoé"),
    "unknown style": ('<c r="C2" s="99"><v>46000</v></c>', "46000"),
}
"""A cell as Excel would write it, and what it shows."""


def prefixed(xml: str) -> str:
    return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml).replace("xmlns=", "xmlns:x=")


def without_places(xml: str) -> str:
    return re.sub(r'(<(?:c|row)) r="\w+"', r"\1", xml)


WAYS: dict[str, Callable[[str], str]] = {
    "Excel's": str,
    "prefixes": prefixed,
    "no places": without_places,
    "single quotes": lambda xml: re.sub(r'="([^"]*)"', r"='\1'", xml),
    "indented": lambda xml: re.sub(r"(<(?:c|v|is|r|f|t)[ >]|</(?:c|is|r)>)", r"\n  \1", xml),
}


@each_row(("cell", "shown"), KINDS.values(), ids=KINDS)
@each_row("way", WAYS.values(), ids=WAYS)
@each_row("people", [1, 300])
def test_a_cell_of_any_kind_is_read_as_it_shows(
    tmp_path: Path, cell: str, shown: str, way: Callable[[str], str], people: int
):
    """Of one person, and of so many that the layout of the rows is known."""
    rows: list[list[Cell]] = [[f"N{n}", f"n{n}@x.example", "(here)"] for n in range(people)]
    content = xlsx(Sheet("Feuil1", [["Nom", "E-mail", "Valeur"], *rows]), shared=False)
    here = re.compile(r'<c r="C(\d+)" t="inlineStr"><is><t xml:space="preserve">\(here\)</t></is></c>')

    def changed(xml: bytes) -> bytes:
        head, end, sheet = xml.decode().partition("?>")
        return (head + end + way(here.sub(lambda at: cell.replace('"C2"', f'"C{at[1]}"'), sheet))).encode()

    path = tmp_path / "table.xlsx"
    path.write_bytes(part_changed(content, "sheet1.xml", changed))
    table = read_table(path)
    assert [record.values for record in table.records] == [(f"N{n}", f"n{n}@x.example", shown) for n in range(people)]
    assert table.defects == ()


SHARED = {
    "plain": ("<t>Zoé</t>", "Zoé"),
    "runs": (f"<r><t{KEPT}>Zoé </t></r><r><rPr><b/></rPr><t>Léa</t></r>", "Zoé Léa"),
    "phonetic": (f"<t>東京</t>{PHONETIC}", "東京"),
    "runs, phonetic": (f"<r><t>東</t></r><r><t>京</t></r>{PHONETIC}", "東京"),
    "blank": ("<t/>", ""),
    "a section": ("<t><![CDATA[a<b & c]]></t>", "a<b & c"),
    "a comment": ("<t>a<!-- x -->b</t>", "ab"),
    "a code": ("<t>a_x0041_b</t>", "aAb"),
}


@each_row(("item", "shown"), SHARED.values(), ids=SHARED)
def test_a_shared_text_of_any_kind_is_read_as_it_shows(tmp_path: Path, item: str, shown: str):
    content = xlsx(Sheet("Feuil1", [["Nom", "E-mail", "Valeur"], ["N", "n@x.example", "(here)"]]))
    old = f"<t{KEPT}>{escape('(here)')}</t>".encode()
    path = tmp_path / "table.xlsx"
    path.write_bytes(part_changed(content, "sharedStrings.xml", lambda xml: xml.replace(old, item.encode())))
    assert [record.values for record in read_table(path).records] == [("N", "n@x.example", shown)]
