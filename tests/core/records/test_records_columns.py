"""The columns that say who a person is: by header, by content, or by being told."""

from __future__ import annotations

from pathlib import Path

import pytest
from each_row import each_row

from mailmerge.errors import TableError
from mailmerge.model import Columns
from mailmerge.records import preview_table, read_table


def columns_of(tmp_path: Path, text: str, **told: str) -> Columns:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return read_table(path, **told).columns


@each_row(
    "header",
    [
        "Email", "E-mail", "e-mail ", "MAIL", "Courriel", "Mél", "Adresse e-mail", "Adresse électronique",
        "Adresse de messagerie", "Email address", "Adresse mail du candidat", "E‑mail", "E-Mail-Adresse", "To",
    ],
)  # fmt: skip
def test_the_usual_headers_name_the_email_column(tmp_path: Path, header: str):
    assert columns_of(tmp_path, f"a;{header};b\nx@x.example ?;a@x.example;1\n").email != ""


def test_a_column_of_addresses_is_found_under_any_header(tmp_path: Path):
    assert columns_of(tmp_path, "qui;joindre\nA;a@x.example\nB;\nC;c@x.example\n").email == "joindre"


def test_the_header_decides_between_the_candidates_own_address_and_another(tmp_path: Path):
    text = "nom;email du manager;email\nA;chef@x.example;a@x.example\nB;chef@x.example;b@x.example\n"
    assert columns_of(tmp_path, text).email == "email"


def test_a_word_about_mail_without_addresses_is_not_the_email_column(tmp_path: Path):
    assert columns_of(tmp_path, "nom;mail envoyé;contact\nA;oui;a@x.example\nB;non;b@x.example\n").email == "contact"


def test_an_empty_email_column_gives_way_to_a_full_one(tmp_path: Path):
    assert columns_of(tmp_path, "nom;email;e-mail perso\nA;;a@x.example\nB;;b@x.example\n").email == "e_mail_perso"


def test_a_usual_header_wins_over_addresses_elsewhere_so_that_a_shift_is_seen(tmp_path: Path):
    assert columns_of(tmp_path, "email;ville\nDupont;a@x.example\nMartin;b@x.example\n").email == "email"


def test_the_same_column_twice_is_not_a_question(tmp_path: Path):
    assert columns_of(tmp_path, "email;nom;email\na@x.example;A;a@x.example\n").email == "email"


def test_two_equally_good_columns_are_refused_with_both_names(tmp_path: Path):
    path = tmp_path / "table.csv"
    path.write_text("nom;e-mail pro;e-mail école\nA;a@x.example;a@y.example\n")
    with pytest.raises(TableError) as refusal:
        read_table(path)
    assert '"e-mail pro" and "e-mail école"' in str(refusal.value)
    assert '[columns] email = "e-mail pro"' in str(refusal.value)
    assert read_table(path, email="e-mail école").columns.email == "e_mail_ecole"
    preview = preview_table(path)
    assert [defect.kind for defect in preview.defects] == ["ambiguous-email-column"]
    assert preview.columns.email == ""


def test_no_email_column_is_refused_with_the_columns_there_are(tmp_path: Path):
    path = tmp_path / "table.csv"
    path.write_text("nom;ville\nA;Paris\n")
    with pytest.raises(TableError, match=r'no e-mail column: no column of "nom", "ville" contains addresses'):
        read_table(path)
    assert [defect.kind for defect in preview_table(path).defects] == ["no-email-column"]


@each_row(
    "rows, header",
    [
        (["Nom;Petit;Faure", "Prénom;Ana;Paul", "Mail;a@x.example;p@x.example"], "Mail"),
        ([";Nom;Petit;Faure", ";E-mail;a@x.example;p@x.example", ";Poste;Juriste;Comptable"], "E-mail"),
        (["Nom :;Petit", "Courriel :;a@x.example", "Nom :;Faure", "Courriel :;p@x.example"], "Courriel :"),
    ],
)
def test_a_table_on_its_side_is_refused_with_how_to_turn_it(tmp_path: Path, rows: list[str], header: str):
    path = tmp_path / "table.csv"
    path.write_text("\n".join(rows), "utf-8")
    with pytest.raises(TableError, match=f'no e-mail column: "{header}" is at the beginning of a row, with addresses'):
        read_table(path)


@pytest.mark.parametrize("told", ["Joindre à", "joindre_a", "JOINDRE A", " Joindre à "])
def test_the_email_column_can_be_told_by_header_or_identifier(tmp_path: Path, told: str):
    assert columns_of(tmp_path, "email;Joindre à\na@x.example;b@x.example\n", email=told).email == "joindre_a"


def test_a_column_told_that_is_not_there_is_refused_with_the_known_ones(tmp_path: Path):
    with pytest.raises(TableError, match='no column "mél" in the table: its columns are "nom", "email"'):
        columns_of(tmp_path, "nom;email\nA;a@x.example\n", email="mél")


@each_row(
    ("header", "row", "expected"),
    [
        ("Prénom;Nom", "Zoé;Lefèvre", {"first_name": "prenom", "last_name": "nom"}),
        ("First name;Surname", "Zoe;Smith", {"first_name": "first_name", "last_name": "surname"}),
        ("Given Name;Family Name", "Zoe;Smith", {"first_name": "given_name", "last_name": "family_name"}),
        (
            "Nom de naissance;Nom d'usage;Prénom(s)",
            "A;B;C",
            {"first_name": "prenom_s", "last_name": "nom_d_usage", "other_last_names": ("nom_de_naissance",)},
        ),
        ("Nom;x", "Zoé Lefèvre;1", {"full_name": "nom"}),
        ("Nom;x", "Lefèvre;1", {"last_name": "nom"}),
        ("Name;First Name", "Smith;Zoe", {"first_name": "first_name", "last_name": "name"}),
        ("Nom et prénom;x", "Lefèvre Zoé;1", {"full_name": "nom_et_prenom"}),
        ("Candidate;x", "Zoe Smith;1", {"full_name": "candidate"}),
        ("Civilité;Nom", "Mme;Lefèvre", {"title": "civilite", "last_name": "nom"}),
        ("Title;Name", "Dr;Zoe Smith", {"title": "title", "full_name": "name"}),
        ("Titre;Nom", "Ingénieur;Lefèvre", {"last_name": "nom"}),
        ("Langue;Nom", "français;Lefèvre", {"language": "langue", "last_name": "nom"}),
    ],
)
def test_name_title_and_language_columns_are_found(tmp_path: Path, header: str, row: str, expected: dict[str, str]):
    assert columns_of(tmp_path, f"{header};email\n{row};a@x.example\n") == Columns(email="email", **expected)


def test_title_is_told_by_its_content_under_any_header(tmp_path: Path):
    text = "A;Nom;email\n" + "".join(f"{c};N{i};n{i}@x.example\n" for i, c in enumerate(["M.", "Mme", "Mme", "M."]))
    assert columns_of(tmp_path, text).title == "a"
