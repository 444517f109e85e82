"""What somebody is called is their name: they may be greeted by it, and nobody else may read it with the surname."""

from __future__ import annotations

from each_row import each_row
from lint_cases import inspection_of, table_of
from rule_cases import found

from mailmerge.lint import Inspection

HEADERS = (
    "Nickname", "Nick", "Surnom", "Pseudo", "Pseudonyme", "Diminutif", "Sobriquet", "Spitzname", "Rufname", "Kosename",
    "Apodo", "Mote", "Alcunha", "Soprannome", "Nomignolo", "Bijnaam", "Roepnaam", "Pseudonim", "Przezwisko", "Ksywka",
)  # fmt: skip
PEOPLE = (("Inès", "Petit", "Nénette"), ("Jean", "Dupont", "Titi"), ("Zoé", "Lefèvre", "Lolo"))


def campaign(header: str, text: str) -> Inspection:
    """Three people with a nickname, and a seat that they are told; the letter greets them by the nickname."""
    rows = [
        [first, last, f"x{last}@mail.example", nick, text if nick == "Nénette" else "rang 3"]
        for first, last, nick in PEOPLE
    ]
    table = table_of(rows, ["Prénom", "Nom", "Adresse e-mail", header, "Place"])
    return inspection_of(table, f"Subject: x\n\nBonjour {{{{ {table.fields[3].name} }}}},\n\n{{{{ place }}}}\n")


@each_row("header", HEADERS)
def test_one_may_be_greeted_by_ones_nickname(header: str) -> None:
    assert found(campaign(header, "rang 2"), "MSG302") == []


@each_row("header", HEADERS)
def test_somebody_elses_nickname_and_surname_are_a_full_name(header: str) -> None:
    [finding] = found(campaign(header, "à côté de Titi Dupont"), "XRC402")
    assert (finding.record, finding.others) == (1, (2,))


@each_row("header", HEADERS)
def test_ones_own_are_not(header: str) -> None:
    assert found(campaign(header, "au nom de Nénette Petit"), "XRC402") == []


@each_row("header", ("Surnom du tuteur", "Mère, diminutif", "Ville", "Poste"))
def test_a_column_of_other_people_or_things_is_none(header: str) -> None:
    assert found(campaign(header, "à côté de Titi Dupont"), "XRC402") == []
