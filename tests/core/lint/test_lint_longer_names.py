"""A word that holds the letters of somebody's name is that name only where something says so."""

from __future__ import annotations

from each_row import each_row
from lint_cases import inspection_of, table_of
from rule_cases import found, named_people

from mailmerge.lint import Inspection

HEADERS = ("Prénom", "Nom", "Adresse e-mail")
PEOPLE = (
    ("Jean", "Petit", "jp@mail.example"),
    ("Paul", "Roger", "pr@mail.example"),
    ("Léa", "Simon", "ls@mail.example"),
    ("Anna", "Berg", "ab@mail.example"),
    ("Rose", "Marval", "rm@mail.example"),
    ("Luis", "Alonso", "la@mail.example"),
)
LETTER = "Subject: Votre dossier\n\nBonjour {{{{ prenom }}}} {{{{ nom }}}},\n\n{}\n"


def saying(text: str) -> Inspection:
    return inspection_of(table_of(PEOPLE, HEADERS), LETTER.format(text))


OTHERS = (
    "Merci à Jean Petitjean, notre directeur.",
    "Jean PETITJEAN vous répondra.",
    "Mme Petitjean vous répondra.",
    "Le cabinet Petitjean vous répondra.",
    "Petitjean et associés vous répondront.",
    "Sophie Rogerpaul dirige le club.",
    "Herr Bergannas Team grüßt Sie.",
    "Paul Rogers dirige le club.",
    "Paul Rogerson dirige le club.",
    "Léa Simonin est trésorière.",
    "Léa Simonet-Durand est trésorière.",
    "Anna Bergmann schreibt Ihnen.",
    "Anna Bergström schreibt Ihnen.",
    "Luis Alonsotegui le escribe.",
    "Rose Marvallon est trésorière.",
    "Jean-Paul Roger est président.",
    "JEAN-PAUL ROGER est président.",
    "Marie-Léa Simon est présidente.",
    "Marie‑Rose Marval est présidente.",
    "José-Luis Alonso le escribe.",
    "Eva-Anna Berg schreibt Ihnen.",
    "Jeanne Petit est présidente.",
    "Paule Roger est présidente.",
)
THEIRS = (
    "Merci à Jean Petit, notre directeur.",
    "Dossier de JeanPetit.",
    "Dossier de PETITJean.",
    "Voir petitjean.pdf.",
    "Voir cv_petitjean_2026.pdf.",
    "Voir https://site.example/petitjean.",
    "Voir https://site.example/Petitjean/dossier.",
    "Compte petitjean",
    "Voir @Petitjean",
    "Bewerbung-Anna Berg.",
    "Dossier-Paul Roger.",
    "CV-Paul Roger.",
    "Dossier Jean-Petit.",
    "Dossier paul-roger.pdf.",
    "Dossier Léa-Simon.",
    "Candidature : Anna-Berg.",
    "Dossier de Petit Jean.",
    "Dossier de M. Jean Petit.",
    "Jean Petit's file.",
    "Dossier de Léa Simon-Durand.",
)


@each_row("text", OTHERS)
def test_another_and_longer_name_is_nobody_s_of_the_table(text: str) -> None:
    assert found(saying(text), "TPL203") == []


@each_row("text", THEIRS)
def test_the_name_itself_is_found_wherever_it_is(text: str) -> None:
    assert len(found(saying(text), "TPL203")) == 1


@each_row("number", range(0, 40, 5))
def test_a_longer_name_that_is_a_row_too_is_that_row_s(number: int) -> None:
    title, first, last, mail, *rest = named_people(40)[number]
    longer = (title, f"Jean-{first}", last, f"x{mail}", *rest)
    table = table_of([*named_people(40), longer])
    (finding,) = found(inspection_of(table, f"Subject: x\n\nBonjour {{{{ nom }}}},\n\nJean-{first} {last}\n"), "TPL203")
    assert finding.others == (41,)
