"""A matrix of cells, generated from a seed: number formats by values, and sheets by the ways of writing them down."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from workbook_files import MAIN, Cell, Error, Number, Sheet, Text, column_letters, xlsx, zipped

from mailmerge.records.number_formats.places import UNSHOWABLE

PLACES = (
    "0", "0.0", "0.00", "#", "#,##0", "#,##0.00", "000", "00000", "#.0", "0.0#", "# ##0.00", "0# ## ##", "#,##0.0",
    "0.000", "00.0", "#,###", "#,##0,", "0,", "0.0,", "#,##0.0,", "0.0,,", "#,##0.00,,",
)  # fmt: skip
AROUND = (
    "{}", '{}"k€"', '{}\\ "€"', "[$€-40C]{}", "{} [$€-407]", "_-{}_-", '"R-"{}', "({})", "{}\\%", '{}" ; "', "{}\\ %",
    "+{}",
)  # fmt: skip
SECTIONS = (
    "{0}", "[Red]{0}", "[Green]{0};[Blue]{1}", "{0};{1}", "{0};-{1}", "{0};({1})", '{0};[Red]-{1};"néant"', "{0};{1};",
    "{0};;{1}", ";;;", ";{0}", "{0};{1};{0};@", '{0};{1};{0};"t "@', "[>=1000]{0};{1}", "[<0]{0};{1}",
    "[<=100]{0};[>1000]{1};0", '[=0]"rien";{0}', "[>100]{0};[<-100]{1};{0}", '[=1]"un";[=2]"deux";{0}',
    "[<>0]{0};{1}", "{0};@", "[>=1000000]{0};[>=1000]{1};0",
)  # fmt: skip
FRACTIONS = ("# ?/?", "# ??/??", "?/?", "# ?/2", "# ?/8", "# ??/100", "0 ?/?", "# ???/???", "#\\ ?/?")
EXPONENTS = ("0.00E+00", "0E+0", "##0.0E+0", "0.0E-00", "00.0E+0")
DATES = (
    "dd/mm/yyyy", "d/m/yy", "dd.mm.yyyy", "yyyy\\-mm\\-dd", "d mmmm yyyy", "mmm\\-yy", "mmmmm", "ddd dd/mm",
    "dddd d mmmm yyyy", "[$-409]dddd, mmmm d, yyyy", "[$-40C]d mmmm yyyy;@", "[$-407]d. mmmm yyyy", "yyyy", "yy",
    "dd/mm/yyyy\\ hh:mm", "dd/mm/yyyy hh:mm:ss", '"le "dd/mm/yyyy" à "hh"h"mm', "[<40000]dd/mm/yyyy;mm/yyyy",
    "d\\e\\r mmm", "dd/mm/yyyy;;;", "m/d/yyyy h:mm", "mm-dd-yy", "m/d/yy h:mm",
)  # fmt: skip
TIMES = (
    "h:mm", "hh:mm", "h:mm:ss", "hh\\hmm", 'h"h"mm', "h:mm AM/PM", "mm:ss", "hh:mm:ss.0", "mm:ss.00", "h",
    "[$-F400]h:mm:ss\\ AM/PM",
)  # fmt: skip
ELAPSED = (
    "[h]:mm", "[hh]:mm:ss", "[mm]:ss", "[m]", "[s]", "[h]\\h", "[<4.17][hh]:mm:ss;[hh]:mm", "[hh]\\hmm", "[h]:mm:ss;@",
)  # fmt: skip
OF_TEXTS = (
    "@",
    ";;;",
    '0;0;0;"Dr "@',
    '"Dr "@',
    "0;-0;0;",
    "0.00",
    "dd/mm/yyyy",
    'General;General;General;"t: "@',
    "0;@",
)

BY_NUMBER = tuple(f"built-in {number}" for number in range(82))
"""The formats that a workbook names by number only."""
OF_CULTURES = (
    "b2yyyy", "b1yy", "B2dd/mm/yyyy", "bb", "bbbb", "ge", "gge", "ggge", "[$-411]ge.m.d", "[$-2060401]dd/mm/yyyy",
    "[$-107041E]d mmm yyyy", "[$-2000401]0", "[$-D07041E]d mmm yyyy", "[DBNum1]0", "[$-1070000]dd/mm/yyyy",
)  # fmt: skip
"""Formats of other calendars and digits."""
OF_LOCALES = (
    "0,0", "0,0.0", "00,0", "0,00", "0,0;-0,0", '0,0" ans"', "0,000", "[$-40C]mmmm", "[$-407]dddd", "[$-410]d mmmm",
    "[$-413]mmmm", "[$-C0A]d mmmm", "[$-F800]dddd d", "[$-1010409]d/m/yyyy", "[$-419]d mmmm",
)  # fmt: skip
OF_EVERY_KIND = (0, 62, -62, 1234.5, -1234.5, 0.25, -0.25, 0.375, 46086.375, 1234567.891, 99999.5)

NUMBERS = (
    0, 1, 2, -1, 0.5, -0.5, 2.5, 45.6, -45.6, 0.05, 999.5, 1000, -1000, 38500, -38500, 1234567.891, -1234567.891, 1e-7,
    0.1 + 0.2, 123456789012, 612345678, 1.005, 99999.995, -0.001, 3.14159265, 1e14,
)  # fmt: skip
DAYS = (
    46000,
    46000.5,
    46095.375,
    45306 + 86399 / 86400,
    32874,
    36526.25,
    45351 + 52201 / 86400,
    73050.125,
    61.5,
    100.75,
)
HOURS = (0, 0.375, 0.5, 14.5 / 24, 86314 / 86400, 1 / 86400, 1 / 24, 86399 / 86400, 46095.375)
SPANS = (0, 0.25, 1.5, 2.75, 4.0, 5.125, 46000.5, 99 + 86399 / 86400, 1 / 24)
TEXTS = ("Zoé", "007", "-5", "a@x.example")
PLAIN = (12.0, 0.1 + 0.2, 1.5, -3.0, 33612345678.0, True, False, *TEXTS)


def agreed(cell: Cell) -> bool:
    """Whether LibreOffice shows the cell as Excel does. Where it does not, Excel's way is kept and tested by itself.

    - below zero it drops the sign wherever sections have conditions; Excel drops it where the section is for numbers
      below zero only (Apache POI's CellFormat and its tests);
    - it has no fraction of a number beyond a thousand million, and halves of a fixed denominator it rounds down;
    - it cuts seconds where Excel rounds them, so only whole seconds are here;
    - it multiplies by a hundred in binary, so that 1.005 is 100 %; Excel has 15 decimal digits, and 101 %;
    - it does not know a scale before the point (``0,.0``), or times elapsed beside a date;
    - it leaves the comma out of ``0.##`` and ``#.##E+0`` where no decimal follows;
    - it puts digits without a place (``.0``) before the text that precedes them;
    - ``0%`` in French gets a space.
    """
    if not isinstance(cell, Number):
        return True
    if cell.value < 0 and any(sign in cell.code for sign in ("[>", "[=", "[<")) and not cell.code.startswith("[<0]"):
        return False
    if "%" in cell.code and cell.value == 1.005:
        return False
    if "/?" in cell.code or cell.code.endswith(("/2", "/8", "/100")):
        return abs(cell.value) < 1e9 and cell.value not in (1.005, 99999.995)
    return True


def by_number() -> list[Cell]:
    """Each format that has a number only, and those of other cultures, by values of every kind."""
    codes = (*BY_NUMBER, *OF_CULTURES, *OF_LOCALES)
    found: list[Cell] = [Number(float(value), code) for code, value in product(codes, OF_EVERY_KIND)]
    found += [Number(float(value), code) for code in OF_LOCALES[:7] for value in (5, -5)]
    return [*found, *(Text("Zoé", code) for code in codes)]


def same_or_refused(ours: str, theirs: str, cell: Cell) -> bool:
    """Whether a cell shows as in LibreOffice, or as nothing but hashes.

    Hashes are for what Excel does not show either (days before the first, negative times), for other calendars and
    digits, and for times too long for LibreOffice; a percent sign has no space before it, as in Excel.
    """
    spaced = isinstance(cell, Number) and cell.code in ("built-in 9", "built-in 10", "built-in 67", "built-in 68")
    refused = isinstance(cell, Number) and (cell.value < 62 or cell.code in OF_CULTURES)
    too_long = isinstance(cell, Number) and cell.value > 90_000 and theirs == "#FMT"
    alike = ours == theirs or (spaced and ours == theirs.replace(" ", ""))
    return alike or (ours == UNSHOWABLE and refused) or too_long


def only_in_newer_workbooks(cell: Cell) -> bool:
    """Whether LibreOffice knows the format in an XLSX and not in an XLS, where Excel always spells it out."""
    return isinstance(cell, Number) and cell.code in {f"built-in {number}" for number in (*range(5, 9), *range(41, 45))}


def kept_in_an_xls(cell: Cell) -> bool:
    """Whether LibreOffice writes the cell into an XLS as what it is: not a truth value, and not ``0# ## ##``."""
    return not isinstance(cell, bool) and not (isinstance(cell, Number) and "0# ##" in cell.code)


def cells(seed: int, numbers: int) -> list[Cell]:
    """Formats by values; of the formats of numbers, so many that chance chooses."""
    chance = random.Random(seed)
    codes = [_chosen_code(chance) for _ in range(numbers)]
    found: list[Cell] = [Number(value, code) for code in codes for value in chance.sample(NUMBERS, 8)]
    found += [Number(value, code) for code in (*FRACTIONS, *EXPONENTS) for value in NUMBERS]
    for codes_of, values in ((DATES, DAYS), (TIMES, HOURS), (ELAPSED, SPANS)):
        found += [Number(value, code) for code, value in product(codes_of, values)]
    found += [Text(text, code) for code, text in product(OF_TEXTS, TEXTS)]
    return [cell for cell in (*found, *PLAIN) if agreed(cell)]


def _chosen_code(chance: random.Random) -> str:
    """A code of one to four sections."""
    pieces = [chance.choice(AROUND).format(chance.choice(PLACES)) for _ in range(2)]
    return chance.choice(SECTIONS).format(*pieces)


@dataclass(frozen=True)
class Layout:
    """Where a table lies on its sheet, what of it is hidden, and how its XML is written."""

    right: int
    """Empty columns before it."""
    down: int
    """Empty rows above it."""
    hidden: str
    """``rows``, ``columns``, ``both`` or nothing."""
    places: str
    """Which elements say where they are: ``all``, ``rows``, or ``none``."""
    quote: str
    prefix: str
    shuffled: bool
    """Whether attributes come in another order, with more blanks than needed, and a comment stands between rows."""


def layouts(seed: int, count: int) -> list[Layout]:
    """So many of all that there are, chosen by chance."""
    return random.Random(seed).sample(list(_layouts()), count)


def _layouts() -> Iterator[Layout]:
    hidden, places = ("", "rows", "columns", "both"), ("all", "rows", "none")
    return (Layout(*each) for each in product((0, 1, 3), (0, 2), hidden, places, ('"', "'"), ("", "x:"), (False, True)))


_PEOPLE: tuple[tuple[Cell, ...], ...] = (
    ("Nom", "E-mail", "Prime", "Taux", "Code", "Avis interne", "Statut", "Entretien", "Heure"),
    *(
        (f"N{n}", f"n{n}@x.example", Number(38500.0 + n, '#,##0.0,"k€"'), Number(0.05 * n, "0.0\\ %"),
         Number(1000.0 + n, "00000"), f"secret {n}", Error("#DIV/0!") if n == 3 else "vu",
         Number(46095.375 + n, "dd/mm/yyyy\\ hh:mm"), Number(1.5 * n, "[h]:mm"))
        for n in range(1, 7)
    ),
)  # fmt: skip
_HIDDEN_ROW, _HIDDEN_COLUMN = 4, 6


def laid_out(chosen: Sequence[Layout]) -> bytes:
    """A workbook in which each layout has a sheet, called Feuil0, Feuil1, ..."""
    content = xlsx(*(_sheet(f"Feuil{number}", layout) for number, layout in enumerate(chosen)))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for number, layout in enumerate(chosen, 1):
        part = f"xl/worksheets/sheet{number}.xml"
        parts[part] = _written(parts[part], layout)
    return zipped(parts.items())


def _sheet(name: str, layout: Layout) -> Sheet:
    rows: list[list[Cell]] = [[] for _ in range(layout.down)]
    rows += [[*[None] * layout.right, *row] for row in _PEOPLE]
    return Sheet(
        name,
        rows,
        hidden_rows={_HIDDEN_ROW + layout.down} if layout.hidden in ("rows", "both") else (),
        hidden_columns={_HIDDEN_COLUMN + layout.right} if layout.hidden in ("columns", "both") else (),
    )


def _written(xml: bytes, layout: Layout) -> bytes:
    """The XML of a sheet, written down in the way of the layout."""
    root = ElementTree.fromstring(xml)
    declared = f"xmlns:{layout.prefix[:-1]}" if layout.prefix else "xmlns"
    return f"<?xml version='1.0'?>{_element(root, layout, f' {declared}={layout.quote}{MAIN}{layout.quote}')}".encode()


def _element(node: ElementTree.Element, layout: Layout, head: str = "") -> str:
    name = node.tag.rpartition("}")[2]
    attributes = dict(node.attrib)
    if (name == "c" and layout.places != "all") or (name == "row" and layout.places == "none"):
        attributes.pop("r", None)
    told = list(attributes.items())
    gap = " "
    if layout.shuffled:
        told, gap = told[::-1], "\n  "
    quote = layout.quote
    text = "".join(f"{gap}{key.replace(_XML, 'xml:')}={quote}{escape(value)}{quote}" for key, value in told)
    inside = escape(node.text or "") + "".join(_children(node, layout))
    return f"<{layout.prefix}{name}{head}{text}>{inside}</{layout.prefix}{name}>"


_XML = "{http://www.w3.org/XML/1998/namespace}"


def _children(node: ElementTree.Element, layout: Layout) -> Iterator[str]:
    """What is inside; where places are not said, whatever was left out is there, but empty."""
    name = node.tag.rpartition("}")[2]
    at = 0
    for child in node:
        if name in ("sheetData", "row"):
            at += 1
            own = child.get("r", "")
            while layout.places != "all" and name == "row" and not own.startswith(column_letters(at)):
                yield f"<{layout.prefix}c/>"
                at += 1
            while layout.places == "none" and name == "sheetData" and own != str(at):
                yield f"<{layout.prefix}row/>"
                at += 1
        if layout.shuffled and name == "sheetData":
            yield "<!-- <row r='1'> -->"
        yield _element(child, layout)
