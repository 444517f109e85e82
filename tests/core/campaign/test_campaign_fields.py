"""A field of a letter is a column that the table calls otherwise, one text for everybody, or nothing."""

from __future__ import annotations

import pickle
from pathlib import Path

import msgspec
import pytest
from each_row import each_row

from mailmerge.campaign import Campaign, open_campaign, read_campaign_file, save_decisions
from mailmerge.campaign.setup.filling import Filled, can_be_left_out, fill_fields, text_problem, with_texts
from mailmerge.errors import CampaignError, RenderFailed
from mailmerge.letter import parse_letter
from mailmerge.model import RecordTable
from mailmerge.records import read_table
from mailmerge.records.columns.likely import likely_field, no_such_field

TABLE = """Civilité;Prénom;Nom;Courriel;Poste visé;Date RDV;Note interne;Langue parlée;Statut (RH)
Madame;Zoé;Blanc;zoe.blanc@x.example;Vendeuse;12/11/2026;trop jeune pour le poste;fr;refusé
Monsieur;Luc;Noir;luc.noir@x.example;Juriste;13/11/2026;très bien en entretien;fr;retenu
"""
LETTER = """Subject: Votre candidature au poste de {{ poste }}

Bonjour {{ civilite }} {{ nom }},

nous nous sommes vus le {{ date_entretien|date }} pour le poste de {{ poste }}.

Hélène Castéra
"""
FIELDS = {"poste": "Poste visé", "date_entretien": "date_rdv"}


def campaign_of(folder: Path, toml: str = "", letter: str = LETTER, fields: dict[str, str] = FIELDS) -> Campaign:
    (folder / "candidats.csv").write_text(TABLE, encoding="utf-8")
    (folder / "lettre.fr.md").write_text(letter, encoding="utf-8")
    named = "".join(f'"{name}" = "{column}"\n' for name, column in fields.items())
    text = f'recipients = "candidats.csv"\n{toml}\n[fields]\n{named}'
    if "template" not in toml:
        text = f'template = "lettre.fr.md"\n{text}'
    (folder / "campaign.toml").write_text(text, encoding="utf-8")
    return open_campaign([folder])


def test_a_field_is_the_column_named_by_header_or_identifier(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path)
    assert campaign.missing_fields == ()
    assert [finding.message for finding in campaign.check().report.findings] == []
    message = campaign.compose(campaign.recipients[0])
    assert message.subject == "Votre candidature au poste de Vendeuse"
    assert "le 12 novembre 2026 pour le poste de Vendeuse." in message.text
    again = pickle.loads(pickle.dumps(campaign))
    assert again.compose(again.recipients[1]).text == campaign.compose(campaign.recipients[1]).text


OTHER_ALPHABETS = (
    ("Имя", "Фамилия", "Электронная почта", "Первый день", "первый_день"),
    ("Όνομα", "Επώνυμο", "Ηλεκτρονική διεύθυνση", "Ημερομηνία έναρξης", "ημερομηνια_εναρξης"),
    ("Ім'я", "Прізвище", "Електронна пошта", "Перший день", "перший_день"),
)


@each_row(("first", "last", "email", "day", "name"), OTHER_ALPHABETS)
def test_a_column_in_another_alphabet_is_a_field_of_that_name(
    tmp_path: Path, first: str, last: str, email: str, day: str, name: str
) -> None:
    rows = f"{first};{last};{email};{day}\nZoé;Blanc;zoe@x.example;30/11\nLuc;Noir;luc@x.example;1/12\n"
    (tmp_path / "people.csv").write_text(rows, encoding="utf-8")
    letter = f"Subject: {{{{ {first.replace(chr(39), '_')} }}}}\n\n{{{{ {name} }}}} {{{{ start }}}}\n"
    (tmp_path / "letter.md").write_text(letter, encoding="utf-8")
    toml = 'recipients = "people.csv"\ntemplate = "letter.md"\n'
    toml += f'where = "{name} == \'30/11\'"\n[fields]\nstart = "{day}"\n'
    (tmp_path / "campaign.toml").write_text(toml, encoding="utf-8")
    campaign = open_campaign([tmp_path])
    message = campaign.compose(campaign.recipients[0])
    assert len(campaign.recipients) == 1
    assert (message.subject, message.text.strip()) == ("Zoé", "30/11 30/11")


@pytest.mark.parametrize("key", ["poste", "Poste", "POSTE", "poste ", "Le poste"])
def test_the_letters_field_is_compared_as_an_identifier(tmp_path: Path, key: str) -> None:
    letter = LETTER.replace("{{ poste }}", "{{ le_poste }}" if "Le" in key else "{{ Poste }}")
    campaign = campaign_of(tmp_path, letter=letter, fields={key: "Poste visé", "date_entretien": "Date RDV"})
    assert campaign.compose(campaign.recipients[0]).subject.endswith("Vendeuse")


@pytest.mark.parametrize(
    ("toml", "people"),
    [
        ("where = \"statut == 'refusé'\"", ["Zoé Blanc"]),
        ("where = \"statut != 'refusé' and poste\"", ["Luc Noir"]),
        ("where = \"statut|upper == 'REFUSÉ' or false\"", ["Zoé Blanc"]),
    ],
)
def test_the_field_is_known_in_where(tmp_path: Path, toml: str, people: list[str]) -> None:
    campaign = campaign_of(tmp_path, toml, fields={**FIELDS, "statut": "Statut (RH)"})
    assert [recipient.name for recipient in campaign.recipients] == people


def test_the_field_is_known_in_the_name_and_where_the_letter_is_chosen(tmp_path: Path) -> None:
    toml = 'template = {field = "langue", fr = "lettre.fr.md"}'
    campaign = campaign_of(tmp_path, toml, fields={**FIELDS, "langue": "Langue parlée", "famille": "Nom"})
    with (tmp_path / "campaign.toml").open("a") as file:
        file.write('[columns]\nname = "{{ famille }}"\n')
    assert campaign.letter_of(campaign.recipients[0]).path.name == "lettre.fr.md"
    assert [recipient.name for recipient in open_campaign([tmp_path]).recipients] == ["Blanc", "Noir"]


@pytest.mark.parametrize("declared", ["poste", "Poste visé", "poste_vise"])
def test_what_may_be_disclosed_is_declared_by_either_name(tmp_path: Path, declared: str) -> None:
    campaign = campaign_of(tmp_path, letter=f"Fields: civilite, nom, date_entretien, {declared}\n{LETTER}")
    assert campaign.check().report.findings == ()
    campaign = campaign_of(tmp_path, letter=f"Fields: civilite, nom, date_entretien\n{LETTER}")
    assert {(f.rule, f.field) for f in campaign.check().report.blocks} == {("TPL202", "poste_vise")}


def test_an_internal_column_is_internal_under_any_name(tmp_path: Path) -> None:
    letter = LETTER.replace("{{ poste }}.", "{{ poste }}. {{ remerciement }}")
    campaign = campaign_of(tmp_path, letter=letter, fields={**FIELDS, "remerciement": "Note interne"})
    (finding,) = campaign.check().report.blocks
    assert (finding.rule, finding.field, finding.letter_line) == ("TPL202", "note_interne", 5)


def test_the_column_of_a_field_is_looked_into_like_any_used_one(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path)
    table = TABLE.replace("Juriste", "#N/A")
    (tmp_path / "candidats.csv").write_text(table, encoding="utf-8")
    (finding,) = open_campaign([tmp_path]).check().report.blocks
    assert (finding.rule, finding.field, finding.record, finding.line) == ("LST112", "poste_vise", 2, 3)
    assert campaign.check().report.blocks == ()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"poste": "Poste voulu"}, ["campaign.toml", "[fields]", "poste", 'did you mean "Poste visé"?', '"Date RDV"']),
        ({"poste": "Salaire"}, ["candidats.csv has no such column", '"Poste visé"', '"Statut (RH)"']),
        ({"poste": ""}, ["has no such column"]),
        ({"!!": "Nom"}, ["the name of a field"]),
        ({"poste": "Nom", "Poste": "Prénom"}, ["second time"]),
    ],
)
def test_a_column_that_is_not_there_is_refused_with_those_that_are(
    tmp_path: Path, fields: dict[str, str], words: list[str]
) -> None:
    with pytest.raises(CampaignError) as caught:
        campaign_of(tmp_path, fields=fields)
    assert "\n" not in str(caught.value)
    assert all(word in str(caught.value) for word in words), caught.value


@each_row(
    ("field", "header"),
    [
        ("poste", "Poste visé"), ("fonction", "Poste visé"), ("job_title", "Poste visé"), ("position", "Poste visé"),
        ("date_entretien", "Date RDV"), ("interview_date", "Date RDV"), ("first_name", "Prénom"), ("prenon", "Prénom"),
        ("surname", "Nom"), ("title", "Civilité"), ("language", "Langue parlée"), ("email", "Courriel"),
        ("lieu", ""), ("dpo", ""), ("date_candidature", ""), ("signataire", ""),
    ],
)  # fmt: skip
def test_the_column_that_is_meant_is_guessed_by_words_and_content(tmp_path: Path, field: str, header: str) -> None:
    table = table_in(tmp_path)
    near = likely_field(table, field)
    assert (near.header if near else "") == header
    assert ("did you mean" in no_such_field(table, field)) is bool(header)


NAMES = [
    ("Vorname;Nachname", "de"), ("Voornaam;Achternaam", "nl"), ("Primer nombre;Apellidos", "es"),
    ("Primo nome;Cognome", "it"), ("Förnamn;Efternamn", "sv"), ("Imię;Nazwisko", "pl"), ("Prénom;Nom de famille", "fr"),
    ("Given name;Family name", "en"),
]  # fmt: skip


@each_row(("headers", "language"), NAMES)
@pytest.mark.parametrize(
    ("first", "last"), [("fname", "lname"), ("first_name", "last_name"), ("prenom", "nom_de_famille")]
)
def test_a_name_is_meant_by_its_header_in_any_language(
    tmp_path: Path, headers: str, language: str, first: str, last: str
) -> None:
    path = tmp_path / f"{language}.csv"
    path.write_text(
        f"{headers};E-Mail\nJana;Möller;jana@post.example\nJörg;Brandt;joerg@post.example\n", encoding="utf-8"
    )
    table = read_table(path)
    found = [near.header for field in (first, last) if (near := likely_field(table, field))]
    assert found == headers.split(";")


@each_row(
    ("field", "header"),
    [
        ("fname", "Vorname des Vorgesetzten"), ("lname", "Geburtsname"), ("nom", "Nom du tuteur"),
        ("name", "Manager name"), ("prenom", "Prénom de l’enfant"), ("civilite", "Civilité du tuteur"),
        ("email", "E-mail du manager"), ("telephone", "Téléphone du tuteur"), ("first_name", "Parent first name"),
    ],
)  # fmt: skip
def test_what_is_somebody_elses_is_not_meant_by_a_field_of_the_person(tmp_path: Path, field: str, header: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(f"{header};Mail\nJana;jana@post.example\nJörg;joerg@post.example\n", encoding="utf-8")
    near = likely_field(read_table(path), field)
    assert near is None or near.header == "Mail"


@pytest.mark.parametrize("field", ["nom_du_tuteur", "nom_tuteur"])
def test_it_is_meant_by_a_field_that_names_them(tmp_path: Path, field: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text("Nom;Nom du tuteur;Mail\nPetit;Morel;ines@post.example\n", encoding="utf-8")
    near = likely_field(read_table(path), field)
    assert near
    assert near.header == "Nom du tuteur"


def table_in(folder: Path) -> RecordTable:
    (folder / "candidats.csv").write_text(TABLE, encoding="utf-8")
    return read_table(folder / "candidats.csv")


def test_an_unknown_field_is_told_with_what_to_write_wherever_it_is(tmp_path: Path) -> None:
    written = 'write [fields] poste = "Poste visé" in campaign.toml'
    with pytest.raises(CampaignError, match=r'where = .* did you mean "Poste visé"') as caught:
        campaign_of(tmp_path, "where = \"poste == 'x'\"", fields={})
    assert written in str(caught.value)
    campaign = campaign_of(tmp_path, letter=LETTER + "{% if poste == 'x' %}y{% endif %}\n", fields={})
    with pytest.raises(RenderFailed) as failed:
        campaign.compose(campaign.recipients[0])
    assert written in str(failed.value)
    findings = {f.field: f for f in campaign.check().report.blocks if f.rule == "TPL201"}
    assert (findings["poste"].column, findings["date_entretien"].column) == ("Poste visé", "Date RDV")
    assert 'did you mean "Poste visé"?' in findings["poste"].message
    assert '[fields] poste = "Poste visé"' in findings["poste"].fix


# --- deciding ------------------------------------------------------------------------------------------------------


def test_a_decision_is_saved_and_the_letters_follow(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, "# mine", fields={"poste": "Poste visé"})
    assert campaign.missing_fields == ("date_entretien",)
    fields = {**campaign.file.fields, "date_entretien": "Date RDV"}
    changed = save_decisions(campaign, msgspec.structs.replace(campaign.file, fields=fields))
    assert changed.missing_fields == ()
    assert "12 novembre" in changed.compose(changed.recipients[0]).text
    text = (tmp_path / "campaign.toml").read_text(encoding="utf-8")
    assert "# mine" in text
    assert read_campaign_file(tmp_path / "campaign.toml").fields == fields


def test_texts_go_into_the_letters_and_columns_into_a_new_campaign_file(tmp_path: Path) -> None:
    campaign_of(tmp_path)
    (tmp_path / "campaign.toml").unlink()
    campaign = open_campaign([tmp_path / "candidats.csv", tmp_path / "lettre.fr.md"])
    fill_fields(campaign, Filled({"poste": "Poste visé"}, {"date_entretien": "12/11/2026"}))
    again = open_campaign([tmp_path])
    assert again.missing_fields == ()
    assert "le 12 novembre 2026 pour le poste de Juriste" in again.compose(again.recipients[1]).text


@each_row(
    ("text", "problem"),
    [
        ("le 12 novembre", "is not a date"),
        ("12 novembre 2026", "is not a date"),
        ("12/11/2026", ""),
        ("2026-11-12", ""),
    ],
)
@each_row("code", ["{{ x|date }}", "{% set y = x|date('full') %}{{ y }}", "{% if x|date %}a{% endif %}"])
def test_a_text_is_tried_where_the_letter_uses_the_field(code: str, text: str, problem: str) -> None:
    letter = parse_letter(f"Subject: x\n\n{{% if nom == 'a' %}}{code}{{% endif %}}\n", Path("l.fr.md"))
    said = text_problem([letter], "x", text)
    assert (problem in said) if problem else said == ""


@each_row(
    ("code", "without"),
    [
        ("{{ lieu }}", False),
        ("{{ lieu|default('ici') }}", True),
        ("{% if lieu %}{{ lieu }}{% endif %}", True),
        ("{% if not lieu %}-{% else %}{{ lieu }}{% endif %}", True),
        ("{% if salle and lieu|trim %}{{ lieu }} {{ salle }}{% endif %}", True),
        ("{% if salle or lieu %}{{ lieu }}{% endif %}", False),
        ("{% if lieu != '' %}{{ lieu|upper }}{% endif %}", True),
        ("{% if lieu == 'x' %}a{% else %}b{% endif %}", True),
        ("{% if salle %}{{ lieu }}{% endif %}", False),
        ("{% if lieu %}a{% else %}{{ lieu }}{% endif %}", False),
        ("{% if salle %}a{% elif lieu %}{{ lieu }}{% endif %}", True),
        ("{% if lieu %}{{ lieu }}{% endif %} {{ lieu }}", False),
    ],
)
def test_a_field_is_left_out_only_where_the_letter_does_without(code: str, *, without: bool) -> None:
    letter = parse_letter(f"Subject: x\n\n{code}\n", Path("l.md"))
    assert can_be_left_out([letter], "lieu") is without
    if without:
        left = parse_letter(with_texts(f"Subject: x\n\n{code}\n", {"lieu": ""}), Path("l.md"))
        assert "lieu" not in {name for expression in left.expressions for name in expression.fields}


def test_a_text_takes_the_place_of_the_field_and_of_nothing_else() -> None:
    before = (
        "Subject: lieu {{ lieu }}\nFields: nom, Lieu,\n  heure\n\nlieu: {{ Lieu|lieu }} {{ 'lieu' ~ lieu }} "
        "{{ a.lieu }}{# lieu #}{{ f(lieu=1) }}{% if lieu == 'lieu' %}lieu{% endif %}\nFields: lieu\n"
    )
    after = with_texts(before, {"lieu": "L'\"î\\le"})
    literal = '"L\'\\"î\\\\le"'
    assert after == (
        f"Subject: lieu {{{{ {literal} }}}}\nFields: nom, heure\n\nlieu: {{{{ {literal}|lieu }}}} "
        f"{{{{ 'lieu' ~ {literal} }}}} {{{{ a.lieu }}}}{{# lieu #}}{{{{ f(lieu=1) }}}}"
        f"{{% if {literal} == 'lieu' %}}lieu{{% endif %}}\nFields: lieu\n"
    )
