"""A file that bears the right name and has a neighbour's content is found, by whatever the content has of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, inspection_of, letter_of, table_of
from lint_files import pdf

from mailmerge.lint import Report, check
from mailmerge.model import Severity

SALARIES = (31250, 42780, 28940, 55310, 37620, 61050)
BIRTHS = ("12/03/1981", "25/11/1990", "07/07/1976", "30/01/1988", "19/09/1995", "02/12/1969")
HOMES = tuple(f"{n * 7 + 3} rue des Lilas, 3100{n} Toulouse" for n in range(6))
IBANS = tuple(f"FR76 3000 6000 0112 3456 789{n} 18{n}" for n in range(6))
COLUMNS = (*HEADERS, "Salaire brut", "Date de naissance", "Adresse postale", "IBAN", "Fichier")
AMOUNTS: dict[str, Callable[[int], str]] = {
    "plain": str,
    "with a space": lambda n: f"{n // 1000} {n % 1000:03}",
    "with a narrow space": lambda n: f"{n // 1000}\u202f{n % 1000:03}",
    "with cents": lambda n: f"{n},00",
    "English": lambda n: f"{n:,}.00",
    "German": lambda n: f"{n // 1000}.{n % 1000:03},00",
    "Swiss": lambda n: f"{n // 1000}'{n % 1000:03}",
}


def report_of(folder: Path, texts: Sequence[str], write: Callable[[int], str] = str, suffix: str = ".txt") -> Report:
    names = [f"{row[5]}{suffix}" for row in PEOPLE]
    for name, text in zip(names, texts, strict=True):
        (folder / name).write_bytes(pdf(text) if suffix == ".pdf" else text.encode())
    rows = [(*row, write(SALARIES[n]), BIRTHS[n], HOMES[n], IBANS[n], names[n]) for n, row in enumerate(PEOPLE)]
    letter = letter_of("Attachment: {{ fichier }}\n" + LETTER, folder)
    return check(inspection_of(table_of(rows, COLUMNS), letter))


def own(n: int) -> str:
    return f"Bulletin de {PEOPLE[n][1]} {PEOPLE[n][2]}, dossier {PEOPLE[n][5]}"


CERTAIN = {
    "name": lambda n: f"{PEOPLE[n][1]} {PEOPLE[n][2]}",
    "name reversed": lambda n: f"{PEOPLE[n][2].upper()} {PEOPLE[n][1]}",
    "address": lambda n: PEOPLE[n][3],
    "reference": lambda n: PEOPLE[n][5],
    "telephone": lambda n: PEOPLE[n][6],
    "IBAN": lambda n: IBANS[n],
}
DETAIL = {"birth": lambda n: BIRTHS[n], "home": lambda n: HOMES[n]}


@each_row("suffix", [".txt", ".pdf"])
@each_row("of_another", [*CERTAIN.values(), *DETAIL.values()], ids=[*CERTAIN, *DETAIL])
@each_row("also_own", [True, False])
@each_row(("mine", "theirs"), [(2, 1), (0, 5)])
def test_whatever_the_content_has_of_a_neighbour_is_found(
    tmp_path: Path, suffix: str, of_another: Callable[[int], str], also_own: bool, mine: int, theirs: int
) -> None:
    texts = [own(n) for n in range(6)]
    texts[mine] = f"{own(mine) if also_own else 'Bulletin'}\n\n{of_another(theirs)}\n"
    report = report_of(tmp_path, texts, suffix=suffix)
    found = [each for each in report.findings if each.severity is not Severity.INFO]
    assert [(each.rule, each.affected) for each in found] == [("ATT502", (mine + 1,))], [f.message for f in found]
    assert theirs + 1 in found[0].others
    assert found[0].severity is (Severity.BLOCK if of_another in CERTAIN.values() else Severity.WARN)


@each_row("in_table", AMOUNTS.values(), ids=AMOUNTS)
@each_row("in_file", AMOUNTS.values(), ids=AMOUNTS)
def test_the_salary_of_a_neighbour_is_found_where_the_other_files_have_their_own(
    tmp_path: Path, in_table: Callable[[int], str], in_file: Callable[[int], str]
) -> None:
    salaries = [*SALARIES[:2], SALARIES[1], *SALARIES[3:]]
    texts = [f"{own(n)}\nSalaire : {in_file(salaries[n])} euros, prime 1 200 euros" for n in range(6)]
    (finding,) = report_of(tmp_path, texts, in_table).blocks
    assert (finding.rule, finding.affected, finding.others) == ("ATT504", (3,), (2,))


@pytest.mark.parametrize("lag", [1, 2, -1])
def test_salaries_that_are_some_rows_off_are_one_finding(tmp_path: Path, lag: int) -> None:
    texts = [f"{own(n)}\nSalaire : {SALARIES[(n + lag) % 6]} euros" for n in range(6)]
    (finding,) = report_of(tmp_path, texts).blocks
    assert (finding.rule, finding.affected) == ("ATT504", (1, 2, 3, 4, 5, 6))


HARMLESS = {
    "their own": lambda n: f"Salaire : {SALARIES[n]} euros",
    "none": lambda n: "Sans montant",
    "their own, and a list of bands": lambda n: f"Salaire : {SALARIES[n]}. Grille : 28940, 31250, 42780, 55310",
    "the same for everybody": lambda n: "Plafond : 42 780 euros",
    "all of them as bands": lambda n: "Grille : " + " / ".join(map(str, SALARIES)),
    "a number within another": lambda n: f"Salaire : {SALARIES[n]} ; réf. 1427801, 42780/7, 3.42780",
    "a year and a date": lambda n: "Toulouse, le 12 mars 2026",
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_amounts_that_say_nothing_of_a_neighbour_are_left_alone(tmp_path: Path, text: Callable[[int], str]) -> None:
    report = report_of(tmp_path, [f"{own(n)}\n{text(n)}" for n in range(6)])
    assert [each.message for each in report.findings if each.severity is not Severity.INFO] == []


@pytest.mark.parametrize("certain", CERTAIN.values(), ids=CERTAIN)
def test_a_file_that_is_wholly_a_neighbours_is_one_finding(tmp_path: Path, certain: Callable[[int], str]) -> None:
    texts = [f"{own(n)}\nSalaire : {SALARIES[n]}" for n in range(6)]
    texts[2] = f"Bulletin de {certain(1)}, {SALARIES[1]} euros"
    (finding,) = report_of(tmp_path, texts).blocks
    assert (finding.rule, finding.affected) == ("ATT502", (3,))
