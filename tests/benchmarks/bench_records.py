"""Reading a table, beside the standard library's csv into dicts and beside calamine alone.

By hand: ``.venv/bin/python tests/benchmarks/bench_records.py [ROWS]`` (100,000 people x 12 columns by default).
Each figure is the best of several runs, the two sides taken in turn, and the median of the ratios of the pairs; memory
is of one reading in a process of its own.
"""

from __future__ import annotations

import csv
import gc
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))

from workbook_files import Cell, Number, Sheet, xlsx

from mailmerge.records import read_table

HEADER = [
    "Civilité", "Prénom", "Nom", "Adresse e-mail", "Référence", "Poste", "Ville", "Date d'entretien", "Téléphone",
    "Statut", "Langue", "Commentaire",
]  # fmt: skip
RUNS = 9


def people(count: int) -> Iterator[list[str]]:
    first = ["Zoé", "Jean", "Élodie", "Hélène", "François", "Marie", "Karim", "Chloé"]
    last = ["Dupont", "Martin", "Lefèvre", "Nguyen", "Müller", "Saint-Martin", "O'Brien", "Garcia"]
    for n in range(count):
        yield [
            "M." if n % 2 else "Mme", first[n % 8], f"{last[n // 8 % 8]}{n}", f"candidat{n}@mail{n % 50}.example",
            f"R-{n:06}", f"Développeur {n % 40}", "Toulouse", f"{n % 28 + 1:02}/{n % 12 + 1:02}/2026", f"06{n:08}",
            "refusé" if n % 3 else "retenu", "fr", f"Bonne candidature, n° {n}",
        ]  # fmt: skip


def csv_into_dicts(path: Path, encoding: str) -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def calamine_alone(path: Path) -> object:
    from python_calamine import load_workbook

    return load_workbook(path).get_sheet_by_index(0).to_python()


def timed(action: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    result = action()
    elapsed = time.perf_counter() - start
    del result
    return elapsed


def side_by_side(title: str, theirs: Callable[[], object], ours: Callable[[], object]) -> None:
    both = [(timed(theirs), timed(ours)) for _ in range(RUNS)]
    base, own = min(pair[0] for pair in both), min(pair[1] for pair in both)
    usual = statistics.median(pair[1] / pair[0] for pair in both)
    print(f"{title:48} {base:6.3f} s {own:6.3f} s   ratio {own / base:4.2f}, of pairs {usual:4.2f}", flush=True)


def kept(expression: str, path: Path) -> str:
    """Megabytes that the result of one reading takes, and the peak while reading, in a process of its own."""
    program = (
        "import csv, sys, tracemalloc; from pathlib import Path; from mailmerge.records import read_table;"
        f"path = Path(sys.argv[1]); tracemalloc.start(); result = {expression};"
        "kept, peak = tracemalloc.get_traced_memory(); print(f'{kept >> 20:4} MB kept, {peak >> 20} MB peak')"
    )
    return subprocess.run([sys.executable, "-c", program, path], check=True, capture_output=True, text=True).stdout


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        rows = list(people(count))
        print(f"{count:,} people x {len(HEADER)} columns, best of {RUNS}{'':17} theirs      ours")
        for encoding in ("utf-8-sig", "cp1252"):
            path = Path(folder) / f"{encoding}.csv"
            with path.open("w", encoding=encoding, newline="") as file:
                writer = csv.writer(file, delimiter=";")
                writer.writerows([HEADER, *rows])
            side_by_side(
                f"csv {encoding}: csv.DictReader / read_table",
                lambda path=path, encoding=encoding: csv_into_dicts(path, encoding),
                lambda path=path: read_table(path),
            )
        reading = "list(csv.DictReader(path.open(encoding='cp1252', newline=''), delimiter=';'))"
        print(
            f"memory, csv into dicts: {kept(reading, path)}memory, read_table:     {kept('read_table(path)', path)}",
            end="",
        )
        print(f"{'the first 50 people':48} {timed(lambda: read_table(path, first_rows=50)):17.3f} s")
        numbers: list[list[Cell]] = [
            [*row[:7], Number(46000 + n % 365, "dd/mm/yyyy"), Number(600000000 + n, "0#########"), *row[9:]]
            for n, row in enumerate(rows)
        ]
        many: list[list[Cell]] = [
            [
                *row[:4],
                Number(n, "0"),
                *row[5:9],
                Number(n % 100 / 100, "0%"),
                row[10],
                Number(46000.5 + n % 365, "h:mm"),
            ]
            for n, row in enumerate(numbers)
        ]
        for title, cells in (("text", rows), ("dates and phone numbers", numbers), ("five formats", many)):
            path = Path(folder) / f"{title}.xlsx"
            path.write_bytes(xlsx(Sheet("Feuil1", [HEADER, *cells])))
            side_by_side(
                f"xlsx, {title}: calamine / read_table",
                lambda path=path: calamine_alone(path),
                lambda path=path: read_table(path),
            )


if __name__ == "__main__":
    main()
