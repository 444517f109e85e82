"""LST122: Every cell belongs to its row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from each_row import each_row
from lint_cases import HEADERS, LETTER, inspection_of, table_of
from rule_cases import MANY, Case, case, cases_of, expect, found, named_people

from mailmerge.lint import Inspection
from mailmerge.model import Severity
from mailmerge.text.folding import fold, identifier

Make = Callable[[int, Sequence[str]], str]
CELLS: dict[str, Make] = {
    "file of the name": lambda n, row: f"CV_{fold(row[2])}.pdf",
    "file of both names": lambda n, row: f"{row[1]} {row[2].upper()} - bilan.docx",
    "file of the reference": lambda n, row: f"{row[5]}.pdf",
    "link": lambda n, row: f"https://rdv.example/?c={row[5]}",
    "feedback": lambda n, row: (
        f"Chère {row[1]} {row[2]}, votre parcours nous a beaucoup intéressés, et nous le disons."
    ),
}


def lagging(what: str, lag: int, people: int = 40, header: str = "Suite", head: str = "") -> Inspection:
    """A column that spells the person some rows away."""
    rows = named_people(people)
    cells = [CELLS[what](n, row) for n, row in enumerate(rows)]
    rows = [(*row, cells[(n + lag) % people]) for n, row in enumerate(rows)]
    letter = f"{head}{LETTER}\n{{{{ {identifier(header)} }}}}\n"
    return inspection_of(table_of(rows, (*HEADERS, header)), letter)


def partners() -> Inspection:
    """Each two people one below the other name one another."""
    rows = named_people(40)
    named = [" ".join(rows[n ^ 1][1:3]) for n in range(40)]
    rows = [(*row, partner) for row, partner in zip(rows, named, strict=True)]
    return inspection_of(table_of(rows, (*HEADERS, "Avec qui")), f"{LETTER}\n{{{{ avec_qui }}}}\n")


TOWNS = {
    "31000": "Toulouse",
    "59000": "Lille",
    "69000": "Lyon",
    "44000": "Nantes",
    "33000": "Bordeaux",
    "67000": "Metz",
}


def posted(lag: int, people: int = 48) -> Inspection:
    """Postcodes, and towns some rows away."""
    codes = [list(TOWNS)[(n * n + n // 5) % len(TOWNS)] for n in range(people)]
    rows = [(*row, codes[n], TOWNS[codes[(n + lag) % people]]) for n, row in enumerate(named_people(people))]
    return inspection_of(table_of(rows, (*HEADERS, "Code postal", "Ville")), f"{LETTER}\n{{{{ ville }}}}\n")


def titled(people: int, wrong: int, *, turned: int = 0, first: str = "M.", used: bool = True) -> Case:
    """People two of whom share each first name, sorted by a title that is not theirs for some of them."""
    men = [*range(wrong), *(wrong + n // 2 for n in range(people - 2 * wrong))]
    titles = [*(("M.", n) for n in men), *(("Mme", n) for n in range(wrong))]
    titles = [*titles[turned:], *titles[:turned]]
    if first == "Mme":
        titles.insert(0, titles.pop(titles.index(("Mme", 0))))
    rows = [(title, f"{chr(97 + n)}ien", *row[2:]) for (title, n), row in zip(titles, MANY, strict=False)]
    letter = LETTER if used else "Subject: x\n\nBonjour {{ prenom }} {{ nom }},\n\nMerci.\n"
    return lambda: inspection_of(rows, letter)


def logins(change: Callable[[list[str]], None], people: int = 24) -> Case:
    """Logins made of an initial and as much of the surname as a machine takes, some of them moved."""

    def make() -> Inspection:
        rows = named_people(people)
        cells = [f"{row[1][0]}{row[2][:6]}{n % 7}".lower() for n, row in enumerate(rows)]
        change(cells)
        rows = [(*row, cell) for row, cell in zip(rows, cells, strict=True)]
        return inspection_of(table_of(rows, (*HEADERS, "Identifiant")), f"{LETTER}\n{{{{ identifiant }}}}\n")

    return make


def codes(change: Callable[[list[str]], None], people: int = 24) -> Case:
    """Codes that begin with three letters of the surname, some of them moved."""

    def make() -> Inspection:
        rows = named_people(people)
        cells = [f"{row[2][:3].upper()}-{1000 + n * 7919 % 9000}" for n, row in enumerate(rows)]
        change(cells)
        rows = [(*row, cell) for row, cell in zip(rows, cells, strict=True)]
        return inspection_of(table_of(rows, (*HEADERS, "Dossier")), f"{LETTER}\n{{{{ dossier }}}}\n")

    return make


def pupils(change: Callable[[list[str]], None], people: int = 24) -> Case:
    """Children beside their parents, of whom every sixth has another name; some of them moved."""

    def make() -> Inspection:
        rows = named_people(people)
        names = ["Zoé", "Léa", "Tom", "Noa", "Ugo"]
        cells = [f"{names[n % 5]} {row[2] if n % 6 else 'Autrement'}" for n, row in enumerate(rows)]
        change(cells)
        rows = [(*row, cell) for row, cell in zip(rows, cells, strict=True)]
        return inspection_of(table_of(rows, (*HEADERS, "Enfant")), f"{LETTER}\n{{{{ enfant }}}}\n")

    return make


def swap(one: int, other: int) -> Callable[[list[str]], None]:
    def change(cells: list[str]) -> None:
        cells[one], cells[other] = cells[other], cells[one]

    return change


def up(first: int, last: int) -> Callable[[list[str]], None]:
    """A cell is deleted, and those below move up."""

    def change(cells: list[str]) -> None:
        cells[first:last] = [*cells[first + 1 : last], "Pas encore"]

    return change


FAILS = {
    "two children in each other's place": case(
        pupils(swap(2, 15)),
        expect(
            field="enfant",
            others=(3, 16),
            severity=Severity.WARN,
            fingerprint="d1f9e25bb243e490",
            says='Bruno Navusse (line 4) and Karim Hamong (line 17) seem to have each other\'s cell in "Enfant": Zoé Hamong and Tom Navusse',
            fix='If the two cells of "Enfant" are wrong, swap them.',
        ),
    ),
    "titles of other rows": case(
        titled(20, 4),
        expect(
            field="civilite",
            severity=Severity.WARN,
            fingerprint="4988e1f53a19ffcf",
            says='"Civilité" seems to belong to other rows: of 20 people who share a first name, 4 have another title '
            "than most who are called so, such as aien Nomaaez (line 2) (M.)",
            others=(1, 2, 3, 4),
            affected=(),
        ),
    ),
    "words two rows down": case(
        lambda: lagging("feedback", 2),
        expect(
            field="suite",
            others=(1, 3),
            fingerprint="1dde4099074246e5",
            says='"Suite" is 2 rows off: Chère Lena Quinusse, votre parcours nous a beaucoup intéres…, for example, is beside Julie Fornelle (line 2) but belongs to Lena Quinusse (line 4)',
            fix='Move the cells of "Suite" back beside their rows, or export the list again from its source.',
        ),
    ),
    "links three rows up": case(
        lambda: lagging("link", -3),
        expect(
            field="suite",
            others=(4, 1),
            fingerprint="7b00b92a0d1228d9",
            says='"Suite" is 3 rows off: https://rdv.example/?c=RC-0001, for example, is beside Julie Morac (line 5) but belongs to Julie Fornelle (line 2)',
            fix='Move the cells of "Suite" back beside their rows, or export the list again from its source.',
        ),
    ),
    "towns one row off their postcodes": case(
        lambda: posted(1),
        expect(
            field="ville",
            others=(5, 6),
            fingerprint="4d2abc0609df0ee6",
            says='"Ville" and "Code postal" are 1 row apart: Lyon, beside Elise Kesslart (line 6), belongs with 69000, beside Elise Fornel (line 7)',
            fix='Compare "Ville" and "Code postal" with the original list, and move the cells back.',
        ),
    ),
    "towns two rows off their postcodes": case(
        lambda: posted(2),
        expect(
            field="ville",
            others=(4, 6),
            fingerprint="4d2abc0609df0ee6",
            says='"Ville" and "Code postal" are 2 rows apart: Lyon, beside Julie Gaubette (line 5), belongs with 69000, beside Elise Fornel (line 7)',
            fix='Compare "Ville" and "Code postal" with the original list, and move the cells back.',
        ),
    ),
    **{
        f"a column of {what}": case(
            lambda head=head: lagging("file of the reference", 1, head=head),
            expect(
                field="suite",
                others=(1, 2),
                fingerprint="9f5ae0f02278db7b",
                says='"Suite" is 1 row off: RC-0002.pdf, for example, is beside Julie Fornelle (line 2) but belongs to Bruno Navong (line 3)',
                files=files,
            ),
        )
        for what, head, files in (
            ("files", "Attachment: {{ suite }}\n", True),
            ("words, beside another of files", "Attachment: {{ reference }}.pdf\n", False),
        )
    },
    "feedback one row down": case(
        lambda: lagging("file of the reference", 1),
        expect(
            others=(1, 2),
            field="suite",
            fingerprint="9f5ae0f02278db7b",
            says='"Suite" is 1 row off: RC-0002.pdf, for example, is beside Julie Fornelle (line 2) but belongs to Bruno Navong (line 3)',
        ),
    ),
}
PASSES: dict[str, Case] = {
    **{f"{what} in its row": lambda what=what: lagging(what, 0) for what in CELLS},
    "postcodes and towns that fit": lambda: posted(0),
    "couples, one below the other": lambda: partners(),
    "three people": lambda: lagging("file of the name", 1, 3),
}

test_fails, test_passes = cases_of("LST122", FAILS, PASSES)


@each_row("what", CELLS)
@each_row("lag", [1, 2, 3, 5, -1, -4])
def test_a_column_some_rows_off_stops_as_one_finding(what: str, lag: int) -> None:
    inspection = lagging(what, lag)
    (finding,) = found(inspection, "LST122")
    assert (finding.severity, finding.field, finding.values["rows"]) == (Severity.BLOCK, "suite", abs(lag))
    beside, owner = finding.others
    assert owner - beside == lag
    for number in (beside, owner):
        assert inspection.table.name_of(inspection.table.record(number)) in finding.message


@pytest.mark.parametrize("lag", [1, 2, 4, -1, -3])
def test_two_columns_that_belong_together_stop_when_one_was_moved(lag: int) -> None:
    inspection = posted(lag)
    (finding,) = found(inspection, "LST122")
    assert finding.values["rows"] == abs(lag)
    beside, owner = (inspection.table.record(number) for number in finding.others)
    values = inspection.table.values(beside), inspection.table.values(owner)
    assert TOWNS[values[1]["code_postal"]] == values[0]["ville"]


def test_a_column_that_no_letter_uses_is_left_alone() -> None:
    inspection = lagging("file of the name", 1)
    unused = inspection_of(inspection.table, LETTER)
    assert found(unused, "LST122") == []


PUPILS = ("Prénom élève", "Prénom de l'enfant", "Pupil first name", "Vorname Kind", "Nombre del alumno", "Imię dziecka")
NAMES = ("Yann", "Faith", "Mia", "Luc", "Noé", "Zoé", "Ida", "Max", "Eve", "Lou", "Tom", "Ana", "Ben", "Kim", "Leo")


@each_row("header", PUPILS)
@each_row("lag", (0, 1, -2))
def test_a_remark_on_a_pupil_that_is_beside_another_stops(header: str, lag: int) -> None:
    people = named_people(30)
    pupils = [f"{NAMES[number % 15]}{'ia' * (number // 15)}" for number in range(30)]
    said = [f"{pupil} lit volontiers." for pupil in pupils]
    rows = [
        (*row, pupil, remark) for row, pupil, remark in zip(people, pupils, [*said[lag:], *said[:lag]], strict=True)
    ]
    letter = f"{LETTER}\n{{{{ suite }}}}\n"
    findings = found(inspection_of(table_of(rows, (*HEADERS, header, "Suite")), letter), "LST122")
    assert [finding.field for finding in findings] == (["suite"] if lag else [])


def test_titles_that_change_often_were_not_sorted() -> None:
    assert found(titled(20, 4, turned=3)(), "LST122")
    assert not found(titled(20, 4, turned=3, first="Mme")(), "LST122")


def test_twelve_people_who_share_first_names_show_what_their_titles_are() -> None:
    assert found(titled(12, 3)(), "LST122")
    assert not found(titled(10, 3)(), "LST122")


def women_and_men(rows: int = 0, *, others: int = 0, run: int = 0, people: int = 40) -> Inspection:
    """Two first names of women, two of men, in no order or in runs; the titles are some rows away, a few wrong."""
    drawn = [n * n // 7 + n // 3 + n for n in range(people)]
    called = [(n // run % 2 + 2 * each if run else each) % 4 for n, each in enumerate(drawn)]
    titles = [("Mme", "M.")[name % 2 == (n < others)] for n, name in enumerate(called)]
    titles = [*titles[rows:], *titles[:rows]]
    names = ["Sophie", "Bruno", "Agathe", "Karim"]
    return inspection_of(
        [(title, names[name], *row[2:]) for title, name, row in zip(titles, called, named_people(people), strict=True)],
        LETTER,
    )


@each_row(("rows", "told"), [(0, False), (1, True), (-1, True), (3, True), (5, True), (-5, True), (6, False)])
def test_titles_some_rows_away_are_those_of_others(rows: int, told: bool) -> None:
    assert bool(found(women_and_men(rows), "LST122")) is told


@each_row(("others", "told"), [(0, True), (4, True), (5, False)])
def test_most_titles_fit_the_names_that_they_were_moved_from(others: int, told: bool) -> None:
    assert bool(found(women_and_men(1, others=others), "LST122")) is told


@each_row(("run", "told"), [(5, True), (6, False)])
def test_titles_in_long_runs_do_not_show_that_they_were_moved(run: int, told: bool) -> None:
    assert bool(found(women_and_men(2, run=run), "LST122")) is told


@each_row("column", (logins, pupils))
@each_row(("first", "last", "told"), [(1, 5, False), (1, 6, True), (13, 24, True), (0, 24, True)])
def test_some_cells_in_succession_are_moved(column: Callable[..., Case], first: int, last: int, told: bool) -> None:
    rows = [finding.values["rows"] for finding in found(column(up(first, last))(), "LST122")]
    assert rows == ([1] if told else [])


@each_row(("first", "last"), [(1, 12), (13, 24), (0, 24)])
def test_codes_made_of_surnames_are_moved_in_part_or_all(first: int, last: int) -> None:
    assert [finding.values["rows"] for finding in found(codes(up(first, last))(), "LST122")] == [1]


@each_row("column", (logins, pupils, codes))
def test_cells_beside_their_own_rows_are_left_alone(column: Callable[..., Case]) -> None:
    for people in (8, 24, 60):
        assert found(column(swap(1, 1), people)(), "LST122") == []


@each_row(("others", "told"), [(4, True), (5, False)])
def test_two_are_swapped_where_three_of_four_have_their_own(others: int, told: bool) -> None:
    def change(cells: list[str]) -> None:
        swap(8, 15)(cells)
        for at in range(others):
            cells[16 + at] = "zzz"

    assert bool(found(logins(change)(), "LST122")) is told
