"""A French recruiter's workbook as flat OpenDocument, and the real LibreOffice that saves it in every other format."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

SOFFICE = shutil.which("soffice")
_FRENCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value>
</prop></item></oor:items>"""


def convert(files: Sequence[Path], target: str, folder: Path, profile: Path) -> None:
    """Let LibreOffice, set to French, save files in another format: an extension, and a filter with its options."""
    assert SOFFICE
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(_FRENCH, "utf-8")
    arguments = ["--headless", "--convert-to", target, "--outdir", str(folder), *map(str, files)]
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", *arguments],
        check=True,
        capture_output=True,
        timeout=120,
    )


@dataclass(frozen=True)
class Value:
    """A cell with a value, the name of its number style, and perhaps a formula; LibreOffice decides how it shows."""

    kind: str
    value: str
    style: str = ""
    formula: str = ""


Flat = str | Value | None


@dataclass(frozen=True)
class Table:
    """One sheet: its rows, what of it is hidden (counted from 1), how many cells its first one covers."""

    name: str
    rows: Sequence[Sequence[Flat]]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    title_spans: int = 1


_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle",
        "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip
_FORMULAS = 'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
_FR = 'number:language="fr" number:country="FR"'
_DAY, _MONTH = '<number:day number:style="long"/>', '<number:month number:style="long"/>'
_YEAR = '<number:year number:style="long"/>'
_NUMBER_STYLES = {
    "french-date": f'<number:date-style style:name="N1" {_FR}>{_DAY}<number:text>/</number:text>{_MONTH}'
    f"<number:text>/</number:text>{_YEAR}</number:date-style>",
    "iso-date": f'<number:date-style style:name="N2">{_YEAR}<number:text>-</number:text>{_MONTH}'
    f"<number:text>-</number:text>{_DAY}</number:date-style>",
    "long-date": f'<number:date-style style:name="N3" {_FR}><number:day/><number:text> </number:text>'
    f'<number:month number:style="long" number:textual="true"/><number:text> </number:text>{_YEAR}</number:date-style>',
    "five-digits": '<number:number-style style:name="N4"><number:number number:decimal-places="0"'
    ' number:min-integer-digits="5"/></number:number-style>',
    "percent": f'<number:percentage-style style:name="N5" {_FR}><number:number number:decimal-places="1"'
    ' number:min-decimal-places="1" number:min-integer-digits="1"/><number:text> %</number:text>'
    "</number:percentage-style>",
    "euros": f'<number:currency-style style:name="N6" {_FR}><number:number number:decimal-places="2"'
    ' number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/><number:text> </number:text>'
    '<number:currency-symbol number:language="fr" number:country="FR">€</number:currency-symbol>'
    "</number:currency-style>",
    "hour": f'<number:time-style style:name="N7" {_FR}><number:hours number:style="long"/><number:text>h</number:text>'
    '<number:minutes number:style="long"/></number:time-style>',
}


def fods(*tables: Table) -> bytes:
    """A workbook as flat XML (OpenDocument 1.3), French by default."""
    cell_styles = "".join(
        f'<style:style style:name="{name}" style:family="table-cell" style:data-style-name="N{n}"/>'
        for n, name in enumerate(_NUMBER_STYLES, 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMESPACES} {_FORMULAS} office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:styles>'
        '<style:default-style style:family="table-cell"><style:text-properties fo:language="fr" fo:country="FR"/>'
        "</style:default-style></office:styles><office:automatic-styles>"
        '<style:style style:name="shown" style:family="table"><style:table-properties table:display="true"/>'
        '</style:style><style:style style:name="hidden" style:family="table">'
        f'<style:table-properties table:display="false"/></style:style>{"".join(_NUMBER_STYLES.values())}{cell_styles}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{''.join(map(_table, tables))}"
        "</office:spreadsheet></office:body></office:document>"
    ).encode()


def _table(table: Table) -> str:
    columns = "".join(
        f"<table:table-column{_visibility(n in table.hidden_columns)}/>"
        for n in range(1, max(map(len, table.rows)) + 1)
    )
    rows = []
    for number, row in enumerate(table.rows, 1):
        cells = "".join(map(_cell, row))
        if number == 1 and table.title_spans > 1:
            cells = cells.replace("<table:table-cell", f"<table:table-cell {_spanning(table.title_spans)}", 1)
            cells += "<table:covered-table-cell/>" * (table.title_spans - 1)
        rows.append(f"<table:table-row{_visibility(number in table.hidden_rows)}>{cells}</table:table-row>")
    style = "hidden" if table.hidden else "shown"
    return (
        f'<table:table table:name={quoteattr(table.name)} table:style-name="{style}">{columns}{"".join(rows)}'
        "</table:table>"
    )


def _spanning(columns: int) -> str:
    return f'table:number-columns-spanned="{columns}" table:number-rows-spanned="1"'


def _visibility(hidden: bool) -> str:
    return ' table:visibility="collapse"' if hidden else ""


def _cell(cell: Flat) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
        return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
    name = {"date": "date-value", "time": "time-value", "string": "string-value", "boolean": "boolean-value"}
    value = f"office:{name.get(cell.kind, 'value')}={quoteattr(cell.value)}"
    style = f' table:style-name="{cell.style}"' if cell.style else ""
    formula = f" table:formula={quoteattr('of:=' + cell.formula)}" if cell.formula else ""
    return f'<table:table-cell office:value-type="{cell.kind}" {value}{style}{formula}/>'
