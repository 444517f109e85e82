"""A name is found though something is said between its parts, and two people side by side are not made one."""

from __future__ import annotations

from each_row import each_row
from lint_cases import table_of

from mailmerge.lint.identities.index import Identities

PEOPLE = (("Cyprien", "Pagès"), ("Anna Maria", "van der Berg"), ("Zoé", "Martin"), ("Martin", "Blanchet"))
KNOWN = Identities(
    table_of(
        [[first, last, f"x{number}@mail.example"] for number, (first, last) in enumerate(PEOPLE)],
        ["Prénom", "Nom", "Adresse e-mail"],
    )
)
PARTED = (
    "{} (dit Didi) {}", "{} (Didi) {}", '{} "Didi" {}', "{} « Didi » {}", "{} “Didi” {}", "{} 'Didi' {}", "{} [CM2] {}",
    "{} (né en 1990) {}", "{}, dit Didi, {}", "{} dit Didi {}", "{} alias Didi {}", "{} (aka Didi) {}",
    "{} genannt Didi {}", "{} detto Didi {}", "{} (zwany Didi) {}", "voir {} (CM2) {}, rang 3", "{} („Didi“) {}",
)  # fmt: skip


@each_row(("between", "name"), [(between, name) for between in PARTED for name in PEOPLE[:2]])
def test_what_is_said_between_the_names_hides_nobody(between: str, name: tuple[str, str]) -> None:
    hits = KNOWN.found_in(between.format(*name))
    assert {hit.owners for hit in hits} == {(PEOPLE.index(name) + 1,)}


@each_row("between", ("{} (Mme) {}", "{} (dit Didi) {}", "{} [CM2] {}"))
def test_nor_where_the_surname_is_first(between: str) -> None:
    assert {hit.owners for hit in KNOWN.found_in(between.format("PAGÈS", "Cyprien"))} == {(1,)}


@each_row(
    "text",
    (
        "Zoé (5 ans) Martin (7 ans)", "Cyprien (CM2), Pagès", "Cyprien (CM2). Pagès", "Cyprien (CM2)\n\nPagès",
        "Cyprien est (enfin) chez Pagès", "cyprien (CM2) et Pagès", "Cyprien (CM2) puis Pagès", "Didi (Cyprien) Zoé",
        "Cyprien (CM2)\n- Pagès", "Cyprien : (CM2) Pagès", "Cyprien - (CM2) Pagès",
        "Cyprien / \"Didi\" Pagès", "Cyprien\n(CM2) Pagès",
    ),
)  # fmt: skip
def test_two_who_are_side_by_side_are_two(text: str) -> None:
    assert KNOWN.found_in(text) == []


@each_row("between", PARTED)
def test_ones_own_name_is_ones_own(between: str) -> None:
    for number, name in enumerate(PEOPLE[:2], 1):
        record = KNOWN._table.record(number)
        assert KNOWN.found_in(between.format(*name), KNOWN.own(record)) == []
