"""Every cell of the generated matrix, as read here and as the real LibreOffice shows it.

By hand: ``.venv/bin/python tests/benchmarks/compare_workbooks.py [SEEDS] [FORMATS]`` (3 seeds of 1,000 formats by
default). Counts the cells that were compared, and names those that differ.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))

from libreoffice_files import convert
from workbook_files import Sheet, xlsx
from workbook_matrix import cells, kept_in_an_xls, laid_out, layouts

from mailmerge.model import RecordTable
from mailmerge.records import read_table


def values(path: Path) -> list[str]:
    return [record.values[2] for record in read_table(path).records]


def shown(table: RecordTable) -> object:
    return [field.header for field in table.fields], list(table.records), table.notices, table.dialect.header_line


def convert_again(files: list[Path], folder: Path) -> None:
    """As ODS, as XLS, and that as ODS: what LibreOffice shows of each of the two."""
    profile = folder / "profile"
    convert(files, "ods", folder, profile)
    convert(files, "xls", folder, profile)
    convert([file.with_suffix(".xls") for file in files], "ods", folder / "again", profile)


def differing_formats(folder: Path, seed: int, formats: int) -> Iterator[str]:
    """Sentences about cells that differ; the last one counts."""
    matrix = cells(seed, formats)
    rows = [[f"N{n}", f"n{n}@x.example", cell] for n, cell in enumerate(matrix)]
    path = folder / f"formats-{seed}.xlsx"
    path.write_bytes(xlsx(Sheet("Feuil1", [["Nom", "E-mail", "Valeur"], *rows])))
    convert_again([path], folder)
    ours, theirs = values(path), values(path.with_suffix(".ods"))
    old, their_old = values(path.with_suffix(".xls")), values(folder / "again" / path.with_suffix(".ods").name)
    compared = 0
    for cell, one, other, third, fourth in zip(matrix, ours, theirs, old, their_old, strict=True):
        compared += 1
        if one != other:
            yield f"  XLSX {cell}: {one!r}, LibreOffice {other!r}"
        if kept_in_an_xls(cell):
            compared += 1
            if third != fourth:
                yield f"  XLS {cell}: {third!r}, LibreOffice {fourth!r}"
    yield f"{compared:,} cells of the formats of seed {seed} compared"


def differing_layouts(folder: Path, seed: int) -> Iterator[str]:
    """Sentences about sheets that differ; the last one counts."""
    chosen = layouts(seed, 96)
    path = folder / f"layouts-{seed}.xlsx"
    path.write_bytes(laid_out(chosen))
    convert_again([path], folder)
    compared = 0
    for number, layout in enumerate(chosen):
        ours, theirs, old = (
            read_table(path.with_suffix(suffix), sheet=f"Feuil{number}") for suffix in (".xlsx", ".ods", ".xls")
        )
        compared += 2 * sum(len(record.values) for record in ours.records)
        if shown(ours) != shown(theirs):
            yield f"  XLSX {layout}: {shown(ours)}, LibreOffice {shown(theirs)}"
        if shown(old) != shown(theirs):
            yield f"  XLS {layout}: {shown(old)}, LibreOffice {shown(theirs)}"
    yield f"{compared:,} cells of {len(chosen)} layouts of seed {seed} compared"


def main() -> None:
    seeds, formats = (int(each) for each in (*sys.argv[1:], *("3", "1000")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for seed in range(seeds):
            print(*differing_formats(folder, seed, formats), sep="\n", flush=True)
            print(*differing_layouts(folder, seed), sep="\n", flush=True)


if __name__ == "__main__":
    main()
