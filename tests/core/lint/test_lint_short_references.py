"""A file number of five digits is somebody's, however small the table; a postcode that looks like one is nobody's."""

from __future__ import annotations

from each_row import each_row
from lint_cases import table_of

from mailmerge.lint.identities.index import Identities

PEOPLE = (("Inès", "Petit", "48210"), ("Jean", "Dupont", "48247"), ("Zoé", "Lefèvre", "48284"))


def identities(header: str) -> Identities:
    """Three people with a number of five digits."""
    rows = [[first, last, f"x{number}@mail.example", number] for first, last, number in PEOPLE]
    return Identities(table_of(rows, ["Prénom", "Nom", "Adresse e-mail", header]))


REFERENCES = (
    "Matricule", "Identifiant", "N° de dossier", "Numéro d'adhérent", "Licence FFT", "N° allocataire", "Payroll no.",
    "Student number", "Case ID", "Badge number", "Kundennummer", "Mitgliedsnummer", "Personalnr.", "Kennziffer",
    "Número de socio", "Expediente", "Codice cliente", "Numero pratica", "Matricola", "Klantnummer", "Kenmerk",
    "Numer sprawy", "N.º de sócio", "Inscrição",
)  # fmt: skip
THINGS = ("Code postal", "Postleitzahl PLZ", "Hausnummer", "Rechnungsnummer", "Montant", "Salle n°", "Capital")


@each_row("header", REFERENCES)
def test_a_number_below_a_word_for_one_is_a_reference(header: str) -> None:
    found = identities(header).found_in("voir aussi 48247, merci")
    assert [(hit.what.token, hit.text, hit.owners) for hit in found] == [("reference", "48247", (2,))]


@each_row("header", THINGS)
def test_a_number_of_a_thing_is_none(header: str) -> None:
    assert identities(header).found_in("voir aussi 48247, merci") == []


SOMETHING_ELSE = (
    "12 rue des Lilas, 48247 Mende", "48247 €", "BP 48247, Mende", "TSA 48247", "CS 48247", "Postfach 48247",
    "PO Box 48247", "selon ISO 48247", "48247,50", "48 247",
)  # fmt: skip
IN_DOUBT = ("écrire à 48247 Mende", "tél. 0561 48247", "SIRET 812 345 678 48247", "48247-12", "2027/48247")


@each_row("text", SOMETHING_ELSE)
def test_the_same_digits_of_something_else_are_nobodys(text: str) -> None:
    known = identities("Matricule")
    assert known.found_in(text) == []
    assert list(known.details_in(text, 1)) == []


@each_row("text", IN_DOUBT)
def test_digits_that_may_be_something_else_are_only_told(text: str) -> None:
    known = identities("Matricule")
    assert known.found_in(text) == []
    assert [(hit.what.token, hit.text) for hit in known.details_in(text, 1)] == [("number", "48247")]


def test_ones_own_number_is_ones_own() -> None:
    assert list(identities("Matricule").details_in("écrire à 48247 Mende", 2)) == []


@each_row("ending", "KEH")
def test_a_number_with_a_letter_behind_a_blank_is_no_size(ending: str) -> None:
    rows = [[first, last, f"x{n}@mail.example", f"10{n} {ending}"] for first, last, n in PEOPLE]
    known = Identities(table_of(rows, ["Prénom", "Nom", "Adresse e-mail", "Licence"]))
    assert [hit.owners for hit in known.found_in(f"votre numéro 1048247 {ending} vous sert")] == [(2,)]
