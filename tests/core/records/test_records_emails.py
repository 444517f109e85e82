"""Which column is written to: never a manager's without a word, never a guess between two."""

from __future__ import annotations

from pathlib import Path

import pytest
from each_row import each_row
from pseudo import outside, speaking_pseudo

from mailmerge.campaign.setup.table_setup import TableSettings, choices, look
from mailmerge.errors import EmailColumnUnclear
from mailmerge.model import ColumnEvidence, RecordTable
from mailmerge.records import preview_table, read_table
from mailmerge.records.columns import header_synonyms as known
from mailmerge.records.columns.headers import AddressClue, header_words, mail_grade, name_word

OWN = ["a.gil@x.example", "l.roux@x.example", "z.petit@x.example"]
OTHERS = ["chef@y.example", "chef2@y.example", "chef@y.example"]
BLANK = ["", "", ""]

EXPORTED_HEADERS = [
    # directories and offices
    "EmailAddress", "mail", "UserPrincipalName", "User principal name", "Nom d'utilisateur principal",
    "PrimarySmtpAddress", "WindowsEmailAddress", "Adresse SMTP principale", "E-mail Address", "Adresse de messagerie",
    "Courrier électronique", "Adresse électronique", "Email Address [Required]", "E-mail 1 - Value", "Primary Email",
    "Première adresse électronique", "Adresse de messagerie (obligatoire)",
    # recruiting
    "Candidate Email", "candidate_email", "Email candidat", "E-mail du candidat", "Adresse e-mail du/de la candidat(e)",
    "applicant.email", "Mail", "MAIL", "e‑mail", "Courriel", "Mél.", "email_address", "Emails", "Contact email",
    # mailings, schools, forms
    "Email Address", "Adresse de courriel", "E-mail élève", "Email de l'étudiant", "Student Email",
    "Participant e-mail",
    "Quelle est votre adresse e-mail ?", "Please enter your email address (required)", "Votre adresse mail *",
    "Adresse e-mail valide", "Email du salarié", "Employee Email", "Adresse mail des participants", "E-Mail-Adresse",
]  # fmt: skip
SECOND_HEADERS = [
    "E-mail 2", "Email2", "E-mail 2 - Value", "E-mail 2 Address", "Adresse de messagerie 2", "mail perso",
    "Courriel secondaire", "Alternate email address", "Recovery Email", "E-mail personnel", "Autre e-mail",
    "Adresse électronique secondaire", "Home Secondary Email", "Email privé",
]  # fmt: skip
PHRASES = ["E-mail du {}", "Mail {}", "{} Email", "Adresse mail de la {}", "mail_{}", "Email ({})", "Courriel - {}"]


def table_with(tmp_path: Path, **columns: list[str]) -> Path:
    path = tmp_path / "table.csv"
    rows = [list(columns), *map(list, zip(*columns.values(), strict=True))]
    path.write_text("\n".join(";".join(row) for row in rows) + "\n", encoding="utf-8")
    return path


def read(tmp_path: Path, **columns: list[str]) -> RecordTable:
    return read_table(table_with(tmp_path, **columns))


def refused(tmp_path: Path, **columns: list[str]) -> str:
    with pytest.raises(EmailColumnUnclear) as refusal:
        read(tmp_path, **columns)
    with speaking_pseudo(), pytest.raises(EmailColumnUnclear) as translated:
        read(tmp_path, **columns)
    assert outside(str(translated.value)) == ""
    message = str(refusal.value)
    assert "\n" not in message
    assert "[columns] email = " in message
    return message


@each_row("header", EXPORTED_HEADERS)
def test_what_programs_export_names_the_persons_own_address(tmp_path: Path, header: str):
    table = read(tmp_path, Nom=["A", "B", "C"], **{"Manager Email": OTHERS, header: OWN})
    assert table.header(table.columns.email) == header
    assert table.email_reason is not None
    assert table.email_reason.evidence is ColumnEvidence.HEADER
    assert table.email_reason.instead_of == ("manager_email",)
    assert table.columns.other_emails == ()


@each_row("word", sorted(known.NOT_THEIRS))
def test_a_word_for_somebody_else_counts_against_its_column(tmp_path: Path, word: str):
    for phrase in PHRASES:
        header = phrase.format(word)
        assert mail_grade(header) is AddressClue.SOMEBODY_ELSES, header
        assert mail_grade(header.upper()) is AddressClue.SOMEBODY_ELSES, header
    header = PHRASES[len(word) % len(PHRASES)].format(word)
    assert header in refused(tmp_path, Identifiant=OWN, **{header: OTHERS})
    assert "somebody else's" in refused(tmp_path, Nom=["A", "B", "C"], **{header: OTHERS})
    assert "somebody else's" in refused(tmp_path, Email=BLANK, **{header: OTHERS})
    table = read(tmp_path, **{header: OTHERS, "Courriel": OWN})
    assert table.header(table.columns.email) == "Courriel"
    sparse = read(tmp_path, **{header: OTHERS, "Courriel": [OWN[0], "", ""]})
    assert sparse.header(sparse.columns.email) == "Courriel", (
        "what is missing is a finding, not a letter to somebody else"
    )


@pytest.mark.parametrize("header", ["N+1", "Mail N+1", "E-mail du n + 1", "EmailN1", "Courriel N+2", "ManagerEmail"])
def test_a_superior_is_somebody_else_however_it_is_written(header: str):
    assert mail_grade(header) is AddressClue.SOMEBODY_ELSES


@pytest.mark.parametrize("header", ["Suivi par", "Recommandé par (e-mail)", "Interviewed by", "Added by - Email", "By"])
def test_who_did_something_is_somebody_else(header: str):
    assert mail_grade(header) is AddressClue.SOMEBODY_ELSES


@pytest.mark.parametrize(
    "header",
    [
        "E-mail (un seul par personne)", "Adresse e-mail pour réponse", "Quel est votre e-mail (réponse par retour) ?",
        "Your email, one by person", "E-mail (une seule par personne)",
    ],
)  # fmt: skip
def test_a_question_to_the_person_is_about_the_person(tmp_path: Path, header: str):
    assert mail_grade(header) >= AddressClue.VAGUE
    assert read(tmp_path, Nom=["A", "B", "C"], **{header: OWN}).columns.email


def test_no_usual_word_for_a_persons_own_column_names_somebody_else():
    own = (*EXPORTED_HEADERS, *SECOND_HEADERS, *known.EMAIL_WHOLE, *known.EMAIL_LOGIN, *known.EMAIL_STEMS)
    assert [header for header in own if not mail_grade(header).is_known] == []


@each_row("header", SECOND_HEADERS)
def test_a_second_address_is_known_and_not_written_to(tmp_path: Path, header: str):
    table = read(tmp_path, **{header: OTHERS, "Adresse e-mail": OWN})
    assert table.columns.email == "adresse_e_mail"
    assert [table.header(name) for name in table.columns.other_emails] == [header]
    assert read(tmp_path, **{header: OWN}).header(read(tmp_path, **{header: OWN}).columns.email) == header


@each_row(
    "columns",
    [
        {"Mail": OWN, "Courriel": OTHERS},
        {"E-mail pro": OWN, "E-mail perso": OTHERS},
        {"Work Email": OWN, "Personal Email": OTHERS},
        {"E-mail Dupuis": OWN, "E-mail Leroy": OTHERS},
        {"Identifiant": OWN, "Joindre": OTHERS},
        {"E-mail pro": OWN, "E-mail école": OTHERS},
        {"UPN": OWN, "E-mail Dupuis": OTHERS},
        {"Email": BLANK, "Joindre": OTHERS},
        {"Email": [OWN[0], "", ""], "Mail perso": OTHERS},
        {"Email": ["oui", "non", "oui"], "Mail perso": OTHERS},
        {"Email": [OWN[0], "", ""], "Joindre": OTHERS},
        {"Validateur": OTHERS, "Adresse": [OWN[0], "", ""]},
    ],
)
def test_where_two_columns_could_be_meant_somebody_is_asked(tmp_path: Path, columns: dict[str, list[str]]):
    path = table_with(tmp_path, **columns)
    message = refused(tmp_path, **columns)
    assert all(f'"{header}"' in message for header in columns)
    preview = preview_table(path)
    assert preview.columns.email == ""
    assert preview.email_reason is None
    assert [defect.kind for defect in preview.defects] == ["ambiguous-email-column"]
    for header in columns:
        told = read_table(path, email=header)
        assert told.header(told.columns.email) == header
        assert told.email_reason is not None
        assert told.email_reason.evidence is ColumnEvidence.SET


def test_a_foreign_column_alone_is_a_defect_that_the_screen_can_ask_about(tmp_path: Path):
    path = table_with(tmp_path, Nom=["A", "B", "C"], **{"E-mail du tuteur": OTHERS})
    assert [defect.kind for defect in preview_table(path).defects] == ["foreign-email-column"]
    assert read_table(path, email="E-mail du tuteur").columns.email == "e_mail_du_tuteur"


def test_remarks_with_an_address_in_them_are_no_column_of_addresses(tmp_path: Path):
    remarks = ["à recontacter, écrire plutôt à ana@y.example", "", "voir avec chef@y.example la semaine prochaine"]
    table = read(tmp_path, Identifiant=OWN, Remarque=remarks)
    assert table.columns.email == "identifiant"
    assert table.email_reason is not None
    assert table.email_reason.instead_of == ()
    written = [f"Ana Gil <{OWN[0]}>", f"{OWN[1]}; {OTHERS[1]}", OWN[2]]
    assert '"Identifiant" and "Joindre"' in refused(tmp_path, Identifiant=OWN, Joindre=written)


def test_two_columns_that_say_the_same_are_no_question(tmp_path: Path):
    upper = [address.upper() for address in OWN]
    assert read(tmp_path, Identifiant=OWN, Joindre=upper).columns.email == "identifiant"
    assert read(tmp_path, Mail=OWN, Courriel=upper).columns.email == "mail"


def test_a_name_to_sign_in_with_gives_way_to_an_address(tmp_path: Path):
    table = read(tmp_path, UserPrincipalName=OTHERS, mail=OWN)
    assert (table.columns.email, table.columns.other_emails) == ("mail", ("userprincipalname",))
    assert read(tmp_path, **{"Mail du manager": OTHERS, "UserPrincipalName": OWN}).columns.email == "userprincipalname"


def test_a_title_with_words_of_a_header_is_not_the_header(tmp_path: Path):
    path = tmp_path / "table.csv"
    path.write_text("E-mails des candidats;;\n;;\nNom;Prénom;Courriel\nGil;Ana;a@x.example\n", encoding="utf-8")
    table = read_table(path)
    assert table.dialect.header_line == 3
    assert table.columns.email == "courriel"


def test_headers_are_taken_apart_where_a_word_begins():
    assert header_words("HREmailAddress2") == ("hr", "email", "address", "2")
    assert header_words("GivenName") == ("given", "name")
    assert name_word("Quel est votre nom de famille (obligatoire) ?") == "nom famille"


SPELT_LIKE_FILLERS = ["MA", "DO", "EL", "MA 1", "LE"]


@each_row("short", SPELT_LIKE_FILLERS)
@each_row("form", ["E-mail {}", "Mail {}", "E-MAIL {}", "Adresse mail {}"])
def test_an_abbreviation_spelt_like_an_article_is_somebody(tmp_path: Path, short: str, form: str):
    """The apprentice's "MA" is a maître d'apprentissage, not "my"."""
    pupils = {"Prénom apprenant": ["Ana", "Luc", "Zoé"], "Nom apprenant": ["Gil", "Roux", "Petit"]}
    tutors = ["odile.castera@y.example", "bruno.villard@y.example", "sylvie.patron@y.example"]
    names = {f"Nom {short}": ["Castéra", "Villard", "Patron"], f"Prénom {short}": ["Odile", "Bruno", "Sylvie"]}
    assert form.format(short) in refused(tmp_path, **pupils, **names, **{form.format(short): tutors})
    table = read(tmp_path, **pupils, **names, **{form.format(short): tutors, "E-mail apprenant": OWN})
    assert (table.columns.email, table.columns.last_name) == ("e_mail_apprenant", "nom_apprenant")


@each_row(
    "header", ["Mon e-mail", "MON E-MAIL", "Ma messagerie", "E-mail du candidat", "THE EMAIL", "Votre adresse mail"]
)
def test_an_article_before_its_word_changes_nothing(header: str):
    assert mail_grade(header) is AddressClue.OWN


def test_columns_with_addresses_are_offered_first(tmp_path: Path):
    path = table_with(tmp_path, Nom=["A", "B", "C"], Classe=["5e"] * 3, **{"E-mail du tuteur": OTHERS, "Reste": OWN})
    offered = choices("email", look(path, TableSettings()), {})
    assert [each.label for each in offered[1:]] == ["E-mail du tuteur", "Reste", "Nom", "Classe"]
