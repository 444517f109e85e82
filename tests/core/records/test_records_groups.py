"""A word that the columns of the people share says that they belong together: "NOM ADH" and "MAIL ADH"."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from each_row import each_row

from mailmerge.errors import EmailColumnUnclear
from mailmerge.model import RecordTable
from mailmerge.records import read_table
from mailmerge.text.folding import identifier

PEOPLE = [
    ("Jean", "Dupont", "xq81@mail.example"), ("Inès", "Petit", "bluebird@post.example"),
    ("Karim", "Benali", "77wolf@mail.example"), ("Léa", "Moreau", "zz9@post.example"),
    ("Tom", "Girard", "mimi33@post.example"), ("Zoé", "Faure", "kiki@mail.example"),
]  # fmt: skip
"""Addresses that say nothing about names: only the headers tell."""
FORMS = [
    "NOM {0};PRENOM {0};MAIL {0}", "{0}_NOM;{0}_PRENOM;{0}_MAIL", "Nom {0};Prénom {0};E-mail {0}",
    "{0} - Nom;{0} - Prénom;{0} - Courriel", "{0} Last Name;{0} First Name;{0} Email Address",
    "Nom ({0});Prénom ({0});Mél ({0})", "{0}_lastname;{0}_firstname;{0}_email", "Nom du {0};Prénom du {0};Mail du {0}",
]  # fmt: skip
GROUPS = ["ADH", "sal", "joueur", "cand", "Collab", "contact", "Buyer", "client", "musicien", "tx"]
ELSE = ["parent", "responsable", "manager", "tuteur", "auteur"]
"""Words for somebody other than the person of a row, unless nobody else is in the table."""


def table_of(tmp_path: Path, header: str, further: Sequence[str] = (), cells: Sequence[str] = ()) -> RecordTable:
    lines = [";".join([*header.split(";"), *further])]
    lines += [";".join([last, first, address, *cells]) for first, last, address in PEOPLE]
    path = tmp_path / "table.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_table(path)


def chosen(table: RecordTable) -> list[str]:
    by_name = {field.name: field.header for field in table.fields}
    columns = table.columns
    assert not columns.full_name
    return [by_name[name] for name in (columns.last_name, columns.first_name, columns.email)]


@each_row("form", FORMS)
@each_row("group", GROUPS + ELSE)
def test_columns_that_share_a_word_are_those_of_the_people(tmp_path: Path, form: str, group: str):
    header = form.format(group)
    assert chosen(table_of(tmp_path, header, ["Ville", "Montant"], ["Lyon", "12,50"])) == header.split(";")


@each_row("form", FORMS)
@each_row("group", ["ADH", "joueur", "cand"])
def test_a_manager_in_the_row_changes_nothing(tmp_path: Path, form: str, group: str):
    header = form.format(group)
    assert chosen(table_of(tmp_path, header, ["Manager"], ["Claire Vasseur"])) == header.split(";")


@each_row("named", ["Nom;Prénom", "Élève;Classe", "Nom complet;Ville"])
@each_row("group", ["ADH", "payeur", *ELSE])
def test_somebody_else_in_the_row_is_a_question(tmp_path: Path, named: str, group: str):
    header = FORMS[2].format(group)
    with pytest.raises(EmailColumnUnclear):
        table_of(tmp_path, header, named.split(";"), ["Martin", "Alice"])


@each_row("other", ["E-mail", "Courriel 2", "E-mail secrétariat"])
@each_row("group", ELSE)
def test_another_column_of_addresses_is_used_or_asked_about(tmp_path: Path, other: str, group: str):
    try:
        table = table_of(tmp_path, FORMS[2].format(group), [other], ["other@mail.example"])
    except EmailColumnUnclear:
        return
    assert table.columns.email == identifier(other)


@each_row("form", ["Nom {0};Prénom {0};E-mail", "{0}_lastname;{0}_firstname;mail", "{0} - Nom;{0} - Prénom;Courriel"])
@each_row("group", [*GROUPS, "user", "destinataire"])
def test_names_that_share_a_word_are_found_beside_a_plain_address(tmp_path: Path, form: str, group: str):
    header = form.format(group)
    assert chosen(table_of(tmp_path, header)) == header.split(";")


@each_row("group", ["ADH", "joueur", "du titulaire", "bénéf."])
def test_a_first_name_alone_may_have_a_word_more(tmp_path: Path, group: str):
    header = f"NOM;PRENOM {group};MAIL"
    assert chosen(table_of(tmp_path, header)) == header.split(";")


@each_row("other", ["Prénom conjoint", "Prénom de l'enfant", "Prénom du manager"])
def test_a_first_name_of_somebody_else_is_not_taken(tmp_path: Path, other: str):
    assert not table_of(tmp_path, f"Nom;{other};Mail").columns.first_name


def test_names_of_two_groups_are_not_guessed_beside_a_plain_address(tmp_path: Path):
    table = table_of(tmp_path, "Nom joueur;Prénom joueur;E-mail", ["Nom arbitre", "Prénom arbitre"], ["Roy", "Luc"])
    assert not table.columns.names


@each_row(
    "header",
    [
        "1. Nom;2. Prénom;3. E-mail", "Q1. Votre nom;Q2. Votre prénom;Q3. Votre adresse électronique",
        "G1Q1[SQ001] Nom;G1Q1[SQ002] Prénom;G1Q2 Courriel", "Q00001_SQ001. Nom;Q00001_SQ002. Prénom;Q00002. Mail",
        "Et ton nom ?;Quel est ton prénom ?;Ton adresse e-mail ?",
        "And your last name?;What's your first name?;What email address can we reach you at?",
        "Nom;Prénom;À quelle adresse e-mail pouvons-nous vous répondre ?",
        "Nom;Prénom;Sur quelle adresse mail peut-on vous contacter ?",
        "Nom;Prénom;What is the best email to contact you?",
        "Nom;Prénom;@", "NOM;PRÉNOM;Adresse @", "Nom;Prénom;Adr. électr.", "LName;FName;EMail",
        "Name - Last Name;Name - First Name;E-mail", "Legal Name - Last Name;Legal Name - First Name;Email - Work",
        "Last;Name;Email", "Legal Last Name;Legal First Name;Work Contact: Work Email",
    ],
)  # fmt: skip
def test_forms_and_exports_number_their_questions_and_ask_in_whole_sentences(tmp_path: Path, header: str):
    assert chosen(table_of(tmp_path, header)) == header.split(";")


@each_row(
    "header", ["Candidate Name (Last, First)", "Nom (Nom, Prénom)", "Name (First Last)", "Full Name (Last, First)"]
)
def test_a_header_may_say_how_whole_names_are_written(tmp_path: Path, header: str):
    lines = [f"{last}, {first};{address}" for first, last, address in PEOPLE]
    path = tmp_path / "table.csv"
    path.write_text("\n".join([f"{header};Email", *lines]), encoding="utf-8")
    table = read_table(path)
    assert table.columns.full_name == table.fields[0].name


def test_a_name_that_is_the_number_of_an_order_is_none(tmp_path: Path):
    lines = [f"#{1000 + at};{address};{first} {last}" for at, (first, last, address) in enumerate(PEOPLE)]
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(["Name;Email;Billing Name", *lines]), encoding="utf-8")
    table = read_table(path)
    assert (table.columns.email, table.columns.names) == ("email", ())


@each_row(
    "above",
    [
        "E-mails des candidats;;;",
        "Identité;;Coordonnées;",
        "Liste des participants;;;",
        "Fichier adhérents;;MAJ : mars;",
    ],
)
@each_row(
    "header", ["cand_nom;cand_prenom;cand_mail;ville", "Nom;Prénom;Mail adh;Ville", "Horodateur;Nom;Username;Ville"]
)
def test_the_line_over_the_addresses_is_the_header_and_not_a_title(tmp_path: Path, above: str, header: str):
    lines = [f"{last};{first};{last}.{first}@x.example;Lyon".replace("é", "e") for first, last, _ in PEOPLE]
    path = tmp_path / "table.csv"
    path.write_text("\n".join([above, header, *lines]), encoding="utf-8")
    table = read_table(path)
    assert [field.header for field in table.fields] == header.split(";")
    assert len(table.records) == len(PEOPLE)


def test_a_title_about_mails_does_not_make_a_column_of_managers_the_recipients(tmp_path: Path):
    lines = [f"{last};{first};boss{at % 2}@x.example" for at, (first, last, _) in enumerate(PEOPLE)]
    path = tmp_path / "table.csv"
    path.write_text("\n".join(["E-mails des candidats;;", "Nom;Prénom;Email du manager", *lines]), encoding="utf-8")
    with pytest.raises(EmailColumnUnclear, match="Email du manager"):
        read_table(path)
