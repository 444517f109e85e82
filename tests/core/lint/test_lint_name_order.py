"""LST111: first and last names in each other's column, by the addresses of one house."""

from __future__ import annotations

from each_row import each_row
from lint_cases import HEADERS, inspection_of, table_of
from rule_cases import found

from mailmerge.model import Severity
from mailmerge.text.folding import fold

PEOPLE = (
    ("Maeve", "Tierney"), ("Idris", "Bell"), ("Priya", "Nair"), ("Owen", "Pryce"), ("Callum", "Reed"),
    ("Beatrix", "Stone"), ("Jude", "Law"), ("Ngozi", "Eze"), ("Anna", "Lund"), ("Tom", "Hale"), ("Ada", "Quist"),
    ("Noor", "Haddad"),
)  # fmt: skip


def rows(turned: tuple[int, ...], *, house: str = "garonne.example", sign: str = ".") -> list[tuple[str, ...]]:
    made = []
    for number, (first, last) in enumerate(PEOPLE):
        address = f"{fold(first)}{sign}{fold(last)}@{house}"
        names = (last, first) if number in turned else (first, last)
        made.append(("", *names, address, "Juriste", f"RC-{number:04}", ""))
    return made


def told(several: list[tuple[str, ...]]) -> list[int | None]:
    findings = found(inspection_of(table_of(several, HEADERS)), "LST111")
    assert all(each.severity is Severity.WARN for each in findings)
    return [each.record for each in findings if each.says.id == "lst111.exchanged"]


@each_row("turned", [(0,), (3,), (11,), (2, 5), (1, 4, 9)])
@each_row("sign", [".", "_", "-"])
def test_names_in_each_others_column_are_told_of(turned: tuple[int, ...], sign: str) -> None:
    assert told(rows(turned, sign=sign)) == [number + 1 for number in turned]


def test_the_usual_order_of_a_house_is_the_one_of_most_whichever_that_is() -> None:
    assert told(rows(())) == []
    assert told(rows(tuple(range(12)))) == []
    assert told(rows((0, 1, 2, 3, 4))) == []


def test_at_a_provider_everybody_has_an_order_of_their_own() -> None:
    assert told(rows((3,), house="gmail.com")) == []
    assert told(rows((3,), house="orange.example")) == []


def test_where_addresses_are_of_several_kinds_they_have_no_order() -> None:
    several = rows((3,))
    several[5:8] = [(*row[:3], f"{row[1][0]}{row[2]}@garonne.example".lower(), *row[4:]) for row in several[5:8]]
    assert told(several) == []


def test_few_addresses_have_no_order() -> None:
    assert told(rows((0,))[:5]) == []
    assert told(rows((0,))[:6]) == [1]


def test_an_address_of_other_words_says_nothing() -> None:
    several = rows(())
    several[3] = (*several[3][:3], "contact.owen@garonne.example", *several[3][4:])
    several[4] = (*several[4][:3], "c.reed@garonne.example", *several[4][4:])
    several[5] = (*several[5][:3], "reed.beatrix@garonne.example", *several[5][4:])
    assert told(several) == []


def test_a_house_writes_one_sign_between_the_names() -> None:
    several = rows((3,))
    several[6] = (*several[6][:3], several[6][3].replace(".", "_", 1), *several[6][4:])
    several[7] = (*several[7][:3], several[7][3].replace(".", "-", 1), *several[7][4:])
    assert told(several) == []
