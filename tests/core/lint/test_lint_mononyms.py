"""Somebody whose one name is all that is known is told of by it; the same letters in other words are left alone."""

from __future__ import annotations

from each_row import each_row
from lint_cases import inspection_of, table_of

from mailmerge.lint import check
from mailmerge.lint.identities.forms.initials import initials_in
from mailmerge.lint.identities.index import Identities
from mailmerge.model import RecordTable, Severity

NAMES = ("Suharti", "Teller", "Ngozi", "Rose", "Wahyu Pratama", "Dewi", "Dewi Lestari", "Björk", "Ibu", "Thida")


def table(names: tuple[str, ...] = NAMES, **columns: str) -> RecordTable:
    rows = [(name, f"u{number}@mail.example", "Juriste") for number, name in enumerate(names)]
    known = {"first_name": "", "last_name": "", "full_name": "name", "email": "mail", **columns}
    return table_of(rows, ("Name", "Mail", "Poste"), **known)  # type: ignore[arg-type]


TOLD = {
    "Nous avons retenu Suharti.": ["suharti"],
    "We gave the place to Teller instead.": ["teller"],
    "Zur Akte Ngozi, Zimmer 4": ["ngozi"],
    "Suharti": ["suharti"],
    "SUHARTI": ["suharti"],
    "Voyez Björk et Thida": ["bjork", "thida"],
    "the file of Mrs Teller": ["teller"],
}
LEFT = (
    "a fortune teller",  # small letters
    "Rose",  # a word
    "Dewi",  # somebody else's first name too
    "Teller Street 4, Teller Brown",  # longer names
    "Ibu",  # too short
    "teller@mail.example",  # an address
    "Tellerrand",
)


@each_row(("text", "keys"), TOLD.items())
@each_row("columns", [{}, {"full_name": "", "last_name": "name"}])
def test_one_name_that_is_all_is_told_of(text: str, keys: list[str], columns: dict[str, str]) -> None:
    assert [hit.key for hit in initials_in(Identities(table(**columns)), text)] == keys


@each_row("text", LEFT)
def test_other_words_with_its_letters_are_left_alone(text: str) -> None:
    assert initials_in(Identities(table()), text) == []


def test_first_names_alone_are_no_names_of_anybody() -> None:
    identities = Identities(table(full_name="", first_name="name"))
    assert [hit for text in TOLD for hit in initials_in(identities, text)] == []


@each_row(("record", "told"), [(0, []), (1, [Severity.WARN])])
def test_it_warns_in_the_letter_to_another_and_not_in_ones_own(record: int, told: list[Severity]) -> None:
    made = table()
    rows = [list(each.values) for each in made.records]
    rows[record][2] = "Juriste, voir Suharti"
    rows = [[name, mail, post] for name, mail, post in rows]
    letter = "Subject: x\n\nBonjour {{ name }},\n\nPoste : {{ poste }}.\n"
    changed = table_of(rows, ("Name", "Mail", "Poste"), first_name="", last_name="", full_name="name", email="mail")
    findings = check(inspection_of(changed, letter)).findings
    assert [each.severity for each in findings if each.rule == "XRC402"] == told
