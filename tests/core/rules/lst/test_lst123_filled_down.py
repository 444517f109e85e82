"""LST123: A link or reference that is each person's own is in one row only."""

from __future__ import annotations

import random
from collections.abc import Callable

from each_row import each_row
from lint_cases import HEADERS, LETTER, inspection_of, table_of
from rule_cases import Case, case, cases_of, expect, found, named_people

from mailmerge.lint import Inspection
from mailmerge.lint.finding import fingerprint
from mailmerge.text.folding import identifier

OWN: dict[str, Callable[[int], str]] = {
    "link": lambda n: f"https://rdv.example/s/{n * 7919:06x}ab",
    "reference": lambda n: f"DOS-{n * 31:05}",
    "long number": lambda n: f"{2026000 + n * 13}",
    "code": lambda n: f"K{n:03}-{n * 17 % 97:02}Z",
}
SHARED: dict[str, Callable[[int], str]] = {
    "one link for everybody": lambda n: "https://rdv.example/s/everybody",
    "times": lambda n: f"{8 + n % 10}h{n * 7 % 60:02}",
    "dates": lambda n: f"{1 + n % 28:02}/0{1 + n % 9}/2026",
    "levels": lambda n: ("A1", "A2", "B1", "B2", "C1", "C2")[n % 6],
    "amounts": lambda n: f"{n * 37 % 1000},00",
    "towns": lambda n: ("Toulouse", "Lyon", "Lille")[n % 3],
    "phones": lambda n: f"06 12 34 {n // 2:02} 99",
    "years": lambda n: f"{1960 + n}",
}


def filled(
    make: Callable[[int], str], first: int = 0, last: int = 0, people: int = 40, *, used: bool = True
) -> Inspection:
    """A column of somebody's own values, one of which was dragged down."""
    cells = [make(n) for n in range(people)]
    cells[first : last + 1] = [cells[first]] * (last + 1 - first)
    rows = [(*row, cells[n]) for n, row in enumerate(named_people(people))]
    return inspection_of(table_of(rows, (*HEADERS, "Espace")), LETTER + ("\n{{ espace }}\n" if used else ""))


DRAWN: dict[str, Callable[[int], str]] = {
    "access code": lambda n: f"{10007 + n * 77213 % 89963}",
    "code with a word": lambda n: f"BAD-{1009 + n * 7321 % 8887}",
    "long number": lambda n: f"{700000000 + n * 123457 * 7919 % 99999989}",
}
IN_ORDER: dict[str, Callable[[int], str]] = {
    "badges one after another": lambda n: f"{20110 + n}",
    "badges in order": lambda n: f"{20110 + 3 * n + n % 2}",
    "numbers of those who came, by name": lambda n: f"{5000 + n * 17 % 41}",
    "years of birth": lambda n: f"{1960 + n * 13 % 40}",
}


def counted(make: Callable[[int], str], first: int = 0, last: int = 0, people: int = 40) -> Inspection:
    """A column of codes, one of which was dragged down by a spreadsheet that counts."""
    cells = [make(n) for n in range(people)]
    head = cells[first].rstrip("0123456789")
    number = int(cells[first][len(head) :])
    cells[first : last + 1] = [f"{head}{number + n}" for n in range(last + 1 - first)]
    rows = [(*row, cells[n]) for n, row in enumerate(named_people(people))]
    return inspection_of(table_of(rows, (*HEADERS, "Accès")), LETTER + "\n{{ acces }}\n")


def owned_twice() -> Inspection:
    """One person has two rows and one reference; behind them one reference was dragged down."""
    people = named_people(40)
    people[1] = (*people[0][:3], *people[1][3:])
    cells = [OWN["reference"](n) for n in range(40)]
    cells[1], cells[4:7] = cells[0], [cells[4]] * 3
    rows = [(*row, cell) for row, cell in zip(people, cells, strict=True)]
    return inspection_of(table_of(rows, (*HEADERS, "Espace")), LETTER + "\n{{ espace }}\n")


def secret_and_counted() -> Inspection:
    """A column of secrets that are as they should be, and one of codes that count up somewhere."""
    cells = [DRAWN["access code"](n) for n in range(40)]
    cells[10:13] = ["62433", "62434", "62435"]
    rows = [(*row, f"{n * 7919 % 90001 + 9999}", cells[n]) for n, row in enumerate(named_people(40))]
    table = table_of(rows, (*HEADERS, "Mot de passe", "Accès"))
    return inspection_of(table, LETTER + "\n{{ mot_de_passe }} {{ acces }}\n")


def grouped(people: int, size: int, *, dates: bool = False, make: str = "https://visio.example/join?room={}") -> Case:
    """A link for each few rows; ``dates`` that differ from group to group say why."""
    cells = [make.format(7919 * (n - n % size)) for n in range(people)]
    rows = [
        (*row, cell, f"{n // size + 1} mars" if dates else f"{n + 1} mars")
        for n, (row, cell) in enumerate(zip(named_people(people), cells, strict=True))
    ]
    return lambda: inspection_of(table_of(rows, (*HEADERS, "Lien", "Jour")), LETTER + "\n{{ lien }} {{ jour }}\n")


def apart(make: str) -> Case:
    """One value in rows that are not one after another, and one of their own for the others."""
    cells = [make.format(7919 * (0 if n in (0, 2, 3, 4) else n + 1)) for n in range(8)]
    rows = [(*row, cell) for row, cell in zip(named_people(8), cells, strict=True)]
    return lambda: inspection_of(table_of(rows, (*HEADERS, "Lien")), LETTER + "\n{{ lien }}\n")


GROUPED_FIX = (
    'If each person has a link of their own, put it in "Lien": a cell was probably dragged down. If they share it on '
    "purpose, no action is needed."
)

FAILS = {
    "a link for each four of twelve": case(
        grouped(12, 4),
        expect(
            record=1,
            line=2,
            field="lien",
            affected=tuple(range(1, 13)),
            others=tuple(range(2, 13)),
            excerpt="https://visio.example/join?room=0",
            fingerprint=fingerprint("LST123", ("lien", "grouped", "https://visio.example/join?room=0")),
            says='neighbouring rows have the same link in "Lien", for example Ivan Carpette (line 2), Julie Ostier (line 3) and 2 more, and no other column says that they belong together: https://visio.example/join?room=0',
            fix=GROUPED_FIX,
        ),
    ),
    "a link in rows that are apart": case(
        apart("https://visio.example/join?room={}"),
        expect(
            record=1,
            line=2,
            field="lien",
            affected=(1, 3, 4, 5),
            others=(3, 4, 5),
            excerpt="https://visio.example/join?room=0",
            fingerprint=fingerprint("LST123", ("lien", "https://visio.example/join?room=0")),
            says='Anne Carpier (line 2), Fabien Perrault (line 4) and 2 more have the same value in "Lien", which is different for nearly everybody else: https://visio.example/join?room=0',
        ),
    ),
    "a reference dragged down, behind one that a person has twice": case(
        lambda: owned_twice(),
        expect(
            record=5,
            line=6,
            field="espace",
            affected=(5, 6, 7),
            others=(6, 7),
            excerpt="DOS-00124",
            fingerprint="dfbe5a6979a619a6",
            says='Elise Hamel (line 6), Karim Fornac (line 7) and 1 more have the same value in "Espace", which is different for nearly everybody else: DOS-00124',
            fix='Put each person\'s own value in "Espace": this one was probably copied down.',
        ),
    ),
    "short codes of neighbours, behind one of people far away": case(
        lambda: secrets(
            "Mot de passe",
            [*DRAWN_CODES[:10], DRAWN_CODES[3], *DRAWN_CODES[11:20], DRAWN_CODES[19], *DRAWN_CODES[21:30]],
        ),
        expect(
            record=20,
            line=21,
            field="mot_de_passe",
            affected=(20, 21),
            others=(21,),
            excerpt="28674",
            fingerprint="3fb31d5e49b366a2",
            says='Lena Gaubault (line 21) and Elise Ostart (line 22) have the same value in "Mot de passe", which is different for nearly everybody else: 28674',
            fix='Put each person\'s own value in "Mot de passe": this one was probably copied down.',
        ),
    ),
    "codes that count up, behind a column of secrets": case(
        lambda: secret_and_counted(),
        expect(
            record=11,
            line=12,
            field="acces",
            affected=(11, 12, 13),
            others=(12, 13),
            excerpt="62433",
            fingerprint="3e7289a94228bf38",
            says='"Accès" counts up from 62433 over Gilles Delmong (line 12), Julie Delmigny (line 13) and 1 more, and does not elsewhere: was the first cell dragged down?',
            fix='Check the values of these people in "Accès" against where they come from.',
        ),
    ),
    "codes that count up": case(
        lambda: counted(DRAWN["access code"], 10, 14),
        expect(
            record=11,
            line=12,
            field="acces",
            affected=(11, 12, 13, 14, 15),
            others=(12, 13, 14, 15),
            excerpt="62433",
            fingerprint="3e7289a94228bf38",
            says='"Accès" counts up from 62433 over Gilles Delmong (line 12), Julie Delmigny (line 13) and 3 more, and does not elsewhere: was the first cell dragged down?',
            fix='Check the values of these people in "Accès" against where they come from.',
        ),
    ),
    "a code of everybody's": case(
        lambda: secrets("Code personnel", ["48213"] * 12),
        expect(
            field="code_personnel",
            excerpt="48213",
            fingerprint="06e14a90ecffba9c",
            says='everybody has the same value in "Code personnel", which should be each person\'s own: 48213',
            fix='Put each person\'s own value in "Code personnel", or give the column a name that says what it opens.',
        ),
    ),
    "secrets that count up": case(
        lambda: secrets("Mot de passe", [*DRAWN_CODES[:4], "50001", "50002", "50003", *DRAWN_CODES[7:12]]),
        expect(
            record=5,
            line=6,
            field="mot_de_passe",
            affected=(5, 6, 7),
            others=(6, 7),
            excerpt="50001",
            fingerprint="9e40fec0b178863f",
            says='Ivan Fornelle (line 6), Gilles Gaubier (line 7) and 1 more have values in "Mot de passe" that count up by one from row to row, such as 50001 and 50002: anybody can guess the next person\'s',
            fix='Put each person\'s own value in "Mot de passe": a spreadsheet counts up when a cell is dragged down.',
        ),
    ),
    "a link dragged down": case(
        lambda: filled(OWN["reference"], 4, 6),
        expect(
            record=5,
            line=6,
            field="espace",
            affected=(5, 6, 7),
            others=(6, 7),
            excerpt="DOS-00124",
            fingerprint="dfbe5a6979a619a6",
            says='Elise Hamel (line 6), Karim Fornac (line 7) and 1 more have the same value in "Espace", which is different for nearly everybody else: DOS-00124',
        ),
    ),
}
PASSES: dict[str, Case] = {
    "a link for each four of twelve, and a day for them": grouped(12, 4, dates=True),
    "a link for each half": grouped(12, 6),
    "a page for each four of twelve": grouped(12, 4, make="https://visio.example/rooms/{}"),
    "a page in rows that are apart": apart("https://visio.example/rooms/{}"),
    **{f"{name}, each their own": lambda make=make: filled(make) for name, make in OWN.items()},
    **{f"{name}, some shared": lambda make=make: filled(make, 4, 6) for name, make in SHARED.items()},
    **{f"{name}, in no order": lambda make=make: counted(make) for name, make in DRAWN.items()},
    **{name: lambda make=make: counted(make) for name, make in IN_ORDER.items()},
    "two codes that follow by chance": lambda: counted(DRAWN["access code"], 4, 5),
    "a column that no letter uses": lambda: filled(OWN["link"], 4, 6, used=False),
    "seven people": lambda: filled(OWN["link"], 0, 1, 7),
}

test_fails, test_passes = cases_of("LST123", FAILS, PASSES)


@each_row("what", OWN)
@each_row(("first", "last"), [(0, 1), (10, 14), (37, 39)])
def test_a_value_dragged_down_is_told_with_everybody_who_has_it(what: str, first: int, last: int) -> None:
    (finding,) = found(filled(OWN[what], first, last), "LST123")
    assert finding.affected == tuple(range(first + 1, last + 2))


SECRETS = (
    "Code d'accès", "CODE PERSONNEL", "Mot de passe", "Code PIN", "Access code", "Password", "Voting code",
    "Zugangscode", "Kennwort", "Contraseña", "Código de acceso", "Codice di accesso", "Wachtwoord", "Toegangscode",
    "Hasło", "Kod dostępu", "Código de acesso", "Senha", "Code de vote", "Mot de passe provisoire",
)  # fmt: skip
OPEN = (
    "Code", "Matricule", "Dossier", "Numéro", "Badge", "Code postal", "Code d'accès visio", "Mot de passe de la réunion",
    "Code du portail", "Code promo", "Meeting password", "Wifi password", "Zoom access code", "PIN de la salle",
    "Kundennummer", "N° adhérent", "Ticket", "Place", "Bib number", "Code de la porte",
)  # fmt: skip
COUNTED: dict[str, Callable[[int], str]] = {
    "five digits": lambda n: f"{12345 + n}",
    "six digits": lambda n: f"{480017 + n}",
    "four digits": lambda n: f"{4800 + n}",
    "letters before": lambda n: f"AB{12345 + n}",
    "leading zeros": lambda n: f"{97 + n:06}",
}
DRAWN_CODES = [f"{(n * 7919 + 48213) % 90000 + 10000}" for n in range(60)]


def secrets(header: str, cells: list[str]) -> Inspection:
    rows = [(*row, cells[n]) for n, row in enumerate(named_people(len(cells)))]
    name = identifier(header)
    return inspection_of(table_of(rows, (*HEADERS, header)), f"{LETTER}\n{{{{ {name} }}}}\n")


@each_row("header", SECRETS)
@each_row("make", COUNTED)
def test_codes_that_count_up_are_told_of(header: str, make: str) -> None:
    (finding,) = found(secrets(header, [COUNTED[make](n) for n in range(12)]), "LST123")
    assert finding.affected == tuple(range(1, 13))


@each_row("header", SECRETS)
@each_row(("first", "last"), [(0, 2), (5, 9), (27, 29)])
def test_the_rows_of_which_codes_count_up_are_named(header: str, first: int, last: int) -> None:
    cells = DRAWN_CODES[:30]
    cells[first : last + 1] = [str(int(cells[first]) + n) for n in range(last + 1 - first)]
    (finding,) = found(secrets(header, cells), "LST123")
    assert finding.affected == tuple(range(first + 1, last + 2))
    assert f"{cells[first]} and {cells[first + 1]}:" in finding.message


@each_row("letters", ["ABCDEFGHIJKL", "LKJIHGFEDCBA"])
def test_codes_with_another_letter_in_front_do_not_count_up(letters: str) -> None:
    assert found(secrets("Mot de passe", [f"{letter}{1000 + n}" for n, letter in enumerate(letters)]), "LST123") == []


@each_row("header", SECRETS)
def test_a_short_code_copied_to_the_next_rows_is_told_of_and_random_ones_are_not(header: str) -> None:
    assert found(secrets(header, DRAWN_CODES), "LST123") == []
    for first, last in ((10, 12), (10, 11), (11, 12)):
        cells = DRAWN_CODES[:]
        cells[first - 1 : last] = [cells[first - 1]] * (last + 1 - first)
        (finding,) = found(secrets(header, cells), "LST123")
        assert finding.affected == tuple(range(first, last + 1))
    assert found(secrets(header, [*DRAWN_CODES[:10], DRAWN_CODES[3], *DRAWN_CODES[11:]]), "LST123") == []


@each_row("header", OPEN)
@each_row("make", COUNTED)
def test_numbers_that_are_no_secret_may_count_up(header: str, make: str) -> None:
    assert found(secrets(header, [COUNTED[make](n) for n in range(12)]), "LST123") == []


@each_row("header", ["Code personnel", "Mot de passe", "Voting code", "Code PIN individuel", "Wachtwoord", "Own token"])
def test_one_code_for_everybody_is_told_of_where_it_is_each_person_s_own(header: str) -> None:
    (finding,) = found(secrets(header, ["48213"] * 12), "LST123")
    assert finding.excerpt == "48213"


@each_row(("filled", "told"), [(7, False), (8, True)])
@each_row("cells", [["48213"] * 8, [COUNTED["six digits"](n) for n in range(8)]])
def test_a_column_of_eight_secrets_can_be_judged(cells: list[str], filled: int, told: bool) -> None:
    for left_out in (0, 2):
        column = [*cells[:filled], *[""] * left_out]
        assert bool(found(secrets("Mot de passe", column), "LST123")) is told


@each_row("header", [*OPEN, "Code d'accès", "Zugangscode", "Access code"])
def test_one_code_for_everybody_may_open_a_meeting(header: str) -> None:
    assert found(secrets(header, ["48213"] * 12), "LST123") == []


@each_row("what", DRAWN)
@each_row(("first", "last"), [(0, 2), (10, 14), (36, 39)])
def test_codes_that_count_up_over_a_few_rows_are_told(what: str, first: int, last: int) -> None:
    (finding,) = found(counted(DRAWN[what], first, last), "LST123")
    assert finding.affected == tuple(range(first + 1, last + 2))
    assert "counts up" in finding.message


def codes(*cells: str, names: dict[int, str] = {}, header: str = "Accès") -> Inspection:  # noqa: B006
    """A column of these codes; some people of another surname."""
    people = [list(row) for row in named_people(len(cells))]
    for place, name in names.items():
        people[place][2] = name
    rows = [(*row, cell) for row, cell in zip(people, cells, strict=True)]
    return inspection_of(table_of(rows, (*HEADERS, header)), f"{LETTER}\n{{{{ {identifier(header)} }}}}\n")


@each_row(
    "header",
    ("Salle", "Consulta", "Aula", "Zimmer", "Raum", "Lokaal", "Pokój", "Gabinete", "Cabinet", "Bay", "Bureau 2027"),
)
def test_two_people_may_have_one_room(header: str) -> None:
    rooms = [f"C-{n * 37 % 89:02}" for n in range(22)]
    assert found(codes(*rooms, header=header), "LST123") == []
    assert found(codes(*rooms[:20], rooms[3], rooms[7], header=header), "LST123") == []
    assert len(found(codes(*rooms[:20], rooms[3], rooms[7], header="Badge"), "LST123")) == 2


RANDOM = [f"{10007 + n * 77213 % 89963}" for n in range(20)]


def test_a_family_has_its_tickets_from_one_sale_and_others_have_not():
    cells = [*RANDOM[:4], "50001", "50002", "50003", *RANDOM[4:8], "60001", "60002", "60003", *RANDOM[8:12]]
    (finding,) = found(codes(*cells, names=dict.fromkeys((4, 5, 6), "Delattre")), "LST123")
    assert finding.affected == (12, 13, 14)
    assert finding.record == 12
    assert finding.others == (13, 14)


def test_every_run_is_told():
    cells = ["50001", "50002", "50003", *RANDOM[4:8], "60001", "60002", "60003", "60004", *RANDOM[8:12]]
    assert [each.affected for each in found(codes(*cells), "LST123")] == [(1, 2, 3), (8, 9, 10, 11)]


def test_another_word_before_the_digits_is_no_step():
    cells = [*RANDOM[:6], "A-50001", "B-50002", "C-50003", *RANDOM[6:14]]
    assert found(codes(*cells), "LST123") == []


@each_row(("step", "told"), [(100, False), (101, True)])
def test_a_list_in_order_takes_steps_of_a_hundred_at_most(step: int, told: bool) -> None:
    cells = [str(10000 + n * step) for n in range(24)]
    cells[10:13] = ["91000", "91001", "91002"]
    assert bool(found(codes(*cells), "LST123")) is told


@each_row(("filled", "told"), [(7, False), (8, True)])
def test_a_column_of_eight_codes_can_be_judged(filled: int, told: bool) -> None:
    cells = ["50001", "50002", "50003", "99871", "10432", "77123", "21090", "64001"][:filled]
    assert bool(found(codes(*cells), "LST123")) is told


@each_row(("others", "told"), [(2, True), (3, False)])
def test_nine_cells_of_ten_are_codes(others: int, told: bool) -> None:
    cells = [*RANDOM[:15], "50001", "50002", "50003", *["au bureau"] * others]
    assert bool(found(codes(*cells), "LST123")) is told


@each_row(("family", "told"), [("", True), ("Delattre", False)])
def test_names_in_one_column_tell_a_family_as_well(family: str, told: bool) -> None:
    cells = [*RANDOM[:6], "50001", "50002", "50003", *RANDOM[6:14]]
    surnames = [family if family and 6 <= n < 9 else row[2] for n, row in enumerate(named_people(len(cells)))]
    rows = [
        (f"{surname} {row[1]}", row[3], cell)
        for surname, row, cell in zip(surnames, named_people(len(cells)), cells, strict=True)
    ]
    table = table_of(rows, ("Candidat", "Adresse e-mail", "Dossier"), full_name="candidat")
    letter = "Subject: x\n\nBonjour {{ candidat }},\n\n{{ dossier }}\n"
    assert bool(found(inspection_of(table, letter), "LST123")) is told


@each_row(("far", "told"), [(4, True), (3, False)])
def test_half_of_the_steps_of_a_column_in_no_order_are_far(far: int, told: bool) -> None:
    numbers = [50001, 50002, 50003]
    for n in range(6):  # steps of 10 are near, steps back are far
        numbers.append(numbers[-1] + (10 if n >= far else (-1000, 2000)[n % 2]))
    assert bool(found(codes(*map(str, numbers[:9])), "LST123")) is told


@each_row(("span", "told"), [(160, True), (159, False)])
def test_codes_that_are_close_together_may_follow_by_chance(span: int, told: bool) -> None:
    low = 50000
    cells = [low + 60, low + 61, low + 62, low + 5, low + span, low, low + 90, low + 30]
    assert bool(found(codes(*map(str, cells)), "LST123")) is told


@each_row(("copies", "told"), [(4, True), (5, False)])
def test_six_cells_of_ten_are_nobody_elses(copies: int, told: bool) -> None:
    cells = [OWN["link"](0 if n % 2 == 0 and n < 2 * copies else n) for n in range(10)]
    assert bool(found(codes(*cells), "LST123")) is told


@each_row(("rows", "told"), [(2, False), (3, True)])
@each_row("digits", ["7", "07", "007", "4807"])
def test_three_secrets_of_three_digits_count_up(rows: int, told: bool, digits: str) -> None:
    cells = [f"{int(digits) + n:0{len(digits)}}" for n in range(rows)]
    findings = found(secrets("Mot de passe", [*DRAWN_CODES[:5], *cells, *DRAWN_CODES[7:12]]), "LST123")
    assert bool(findings) is (told and len(digits) >= 3)


def blocks(*lengths: int, people: int = 20) -> Inspection:
    """Columns of references, of which the first in each block was dragged down over so many rows."""
    cells = [OWN["reference"](n) for n in range(people)]
    start = 0
    for length in lengths:
        cells[start : start + length] = [cells[start]] * length
        start += length + 1
    rows = [(*row, cells[n]) for n, row in enumerate(named_people(people))]
    return inspection_of(table_of(rows, (*HEADERS, "Dossier")), LETTER + "\n{{ dossier }}\n")


def test_one_block_may_be_most_of_the_rows() -> None:
    assert [len(each.affected) for each in found(blocks(14), "LST123")] == [14]  # 6 of 20 are somebody's own
    assert found(blocks(15), "LST123") == []


def test_several_blocks_are_groups_unless_most_have_their_own() -> None:
    assert [len(each.affected) for each in found(blocks(4, 4), "LST123")] == [4, 4]  # 12 of 20
    assert found(blocks(5, 4), "LST123") == []


@each_row(("others", "told"), [(2, True), (3, False)])
@each_row("header", ["Mot de passe", "Espace"])
def test_nine_values_of_ten_are_codes_where_one_is_copied(header: str, others: int, told: bool) -> None:
    codes = [f"{'' if header == 'Mot de passe' else 'DOS-'}{10007 + n * 7919}" for n in range(18)]
    cells = [codes[0], *codes, *[f"au bureau {n}" for n in range(others)]]
    assert bool(found(secrets(header, cells), "LST123")) is told


LOTS: dict[str, Callable[[int], str]] = {
    "letters and digits": lambda n: _drawn(n, "ABCDEFGHJKMNPQRSTUVWXYZ23456789", 8),
    "small letters too": lambda n: _drawn(n, "abcdefghkmnpqrstuvwxyzABCDEFGH2345", 10),
}


def _drawn(n: int, signs: str, length: int) -> str:
    return "".join(random.Random(n).choices(signs, k=length))


@each_row("header", ["Gutschein", "Voucher code", "Bon cadeau", "Erstpasswort", "Kod dostępu", "Startwachtwoord"])
@each_row("make", LOTS)
def test_a_code_drawn_by_lot_is_in_one_row_only(header: str, make: str) -> None:
    cells = [LOTS[make](n) for n in range(12)]
    assert found(secrets(header, cells), "LST123") == []
    (finding,) = found(secrets(header, [*cells[:4], cells[3], *cells[5:]]), "LST123")
    assert finding.excerpt == cells[3]


@each_row(("last", "told"), [("Nomaaez", False), ("Kerbrat", True)])
def test_a_couple_has_one_account_and_two_strangers_have_not(last: str, told: bool) -> None:
    accounts = [f"FR{n + 10} 2571 8551 7990 2330 {n:02}" for n in range(12)]
    rows = [list(row) for row in named_people(12)]
    rows[3][2], rows[4][2] = "Nomaaez", last
    accounts[4] = accounts[3]
    table = table_of([(*row, cell) for row, cell in zip(rows, accounts, strict=True)], (*HEADERS, "IBAN"))
    assert bool(found(inspection_of(table, LETTER + "\n{{ iban }}\n"), "LST123")) is told


def numbered(first: int, last: int, stem: str = "", people: int = 12) -> Inspection:
    """Addresses, of which one was dragged down by a spreadsheet that counts."""
    rows = [list(row) for row in named_people(people)]
    stem = stem or f"{rows[first][1]}.{rows[first][2]}".lower()
    for n in range(first, last + 1):
        rows[n][3] = f"{stem}{n - first + 7}@mail.example"
    return inspection_of(table_of([tuple(row) for row in rows]))


@each_row(("last", "told"), [(4, False), (5, True), (8, True), (9, False)])
def test_an_address_of_somebody_that_counts_up_over_others_was_dragged_down(last: int, told: bool) -> None:
    findings = found(numbered(3, last), "LST123")
    assert [(each.record, each.field, each.affected) for each in findings] == (
        [(4, "adresse_e_mail", tuple(range(4, last + 2)))] if told else []
    )


def test_shops_and_classes_may_count_up() -> None:
    for stem in ("agence", "classe.ce", "poste-"):
        assert found(numbered(3, 8, stem), "LST123") == []
