"""Names of a couple with one surname are those of both; what only looks like a couple names nobody."""

from __future__ import annotations

from each_row import each_row
from lint_cases import HEADERS, LETTER, PEOPLE, inspection_of, table_of
from rule_cases import found

from mailmerge.lint.identities.index import Identities
from mailmerge.lint.identities.masking import identities_in

COUPLE_OF = (("Inès", "Petit"), ("Jean-Pierre", "Le Gall"), ("Anna Maria", "van der Berg"), ("Agnieszka", "Nowak"))
IDENTITIES = Identities(
    table_of(
        [[first, last, f"x{number}@mail.example"] for number, (first, last) in enumerate(COUPLE_OF)],
        ["Prénom", "Nom", "Adresse e-mail"],
    )
)
JOINED = (
    "{first} et Eudes {last}", "nous avons retenu {first} et Eudes {last}.", "{first} and Edmund {last}",
    "{first} & Edmund {last}", "{first} + Edmund {last}", "{first} und Egon {last}", "{first} y Blas {last}",
    "{first} e Nando {last}", "{first} i Wit {last}", "{first} en Gerrit {last}", "M. et Mme {first} et Eudes {last}",
    "{first} et Eudes {upper}", "Bob, {first} et Eudes {last}, de Lyon",
)  # fmt: skip
NOBODY = (
    "{first} et Eudes", "{first} et Eudes, {last}", "{first}, et Eudes {last}", "Zoé et Eudes {last}",
    "{first} et voici Eudes {last}", "{first} et Eudes. {last} viendra", "{first} ou Eudes {last}",
    "Eudes {last}", "M. et Mme {last}",
)  # fmt: skip


@each_row(("text", "name"), [(text, name) for text in JOINED for name in COUPLE_OF])
def test_the_first_of_a_couple_is_found(text: str, name: tuple[str, str]) -> None:
    first, last = name
    hits = list(identities_in(IDENTITIES, text.format(first=first, last=last, upper=last.upper())))
    assert [hit.owners for hit in hits] == [(COUPLE_OF.index(name) + 1,)]


@each_row(("text", "name"), [(text, name) for text in NOBODY for name in COUPLE_OF])
def test_what_is_no_couple_names_nobody(text: str, name: tuple[str, str]) -> None:
    assert list(identities_in(IDENTITIES, text.format(first=name[0], last=name[1], upper=name[1].upper()))) == []


def test_both_of_a_couple_may_be_written_to_together() -> None:
    rows = [(*row, "Inès et Hugo Petit" if n in (0, 1) else f"{row[1]} {row[2]}") for n, row in enumerate(PEOPLE)]
    rows[1] = ("M.", "Hugo", "Petit", *rows[1][3:])
    table = table_of(rows, (*HEADERS, "Formule"))
    assert found(inspection_of(table, LETTER + "\nPour {{ formule }}\n"), "XRC402") == []


def test_nobody_else_is_told_the_name_of_one_of_a_couple() -> None:
    rows = [(*row, "Inès et Hugo Petit" if n == 1 else "Merci") for n, row in enumerate(PEOPLE)]
    table = table_of(rows, (*HEADERS, "Formule"))
    (finding,) = found(inspection_of(table, LETTER + "\nPour {{ formule }}\n"), "XRC402")
    assert (finding.record, finding.others, finding.field) == (2, (1,), "formule")
