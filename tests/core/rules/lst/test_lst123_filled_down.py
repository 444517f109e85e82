"""LST123: A link or reference that is each person's own is in one row only."""

from __future__ import annotations

from collections.abc import Callable

from each_row import each_row
from lint_cases import HEADERS, LETTER, inspection_of, table_of
from rule_cases import Case, case, cases_of, expect, found, named_people

from mailmerge.lint import Inspection
from mailmerge.text import identifier

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


FAILS = {
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
    **{f"{name}, each their own": lambda make=make: filled(make) for name, make in OWN.items()},
    **{f"{name}, some shared": lambda make=make: filled(make, 4, 6) for name, make in SHARED.items()},
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
RANDOM = [f"{(n * 7919 + 48213) % 90000 + 10000}" for n in range(60)]


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
    cells = RANDOM[:30]
    cells[first : last + 1] = [str(int(cells[first]) + n) for n in range(last + 1 - first)]
    (finding,) = found(secrets(header, cells), "LST123")
    assert finding.affected == tuple(range(first + 1, last + 2))


@each_row("header", SECRETS)
def test_a_short_code_copied_to_the_next_rows_is_told_of_and_random_ones_are_not(header: str) -> None:
    assert found(secrets(header, RANDOM), "LST123") == []
    (finding,) = found(secrets(header, [*RANDOM[:10], RANDOM[9], RANDOM[9], *RANDOM[12:]]), "LST123")
    assert finding.affected == (10, 11, 12)
    assert found(secrets(header, [*RANDOM[:10], RANDOM[3], *RANDOM[11:]]), "LST123") == []


@each_row("header", OPEN)
@each_row("make", COUNTED)
def test_numbers_that_are_no_secret_may_count_up(header: str, make: str) -> None:
    assert found(secrets(header, [COUNTED[make](n) for n in range(12)]), "LST123") == []


@each_row("header", ["Code personnel", "Mot de passe", "Voting code", "Code PIN individuel", "Wachtwoord", "Own token"])
def test_one_code_for_everybody_is_told_of_where_it_is_each_person_s_own(header: str) -> None:
    (finding,) = found(secrets(header, ["48213"] * 12), "LST123")
    assert finding.excerpt == "48213"


@each_row("header", [*OPEN, "Code d'accès", "Zugangscode", "Access code"])
def test_one_code_for_everybody_may_open_a_meeting(header: str) -> None:
    assert found(secrets(header, ["48213"] * 12), "LST123") == []
