"""``[columns] name``, ``names_of_others`` and To cannot give a person somebody else's name."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from mailmerge.campaign import Campaign, open_campaign
from mailmerge.errors import CampaignError

HEADER = "Civilité;Prénom;Nom de famille;Courriel;E-mail du manager;Manager;Suivi;Poste visé;Date;Surnom"
ROWS = [
    "Mme;Inès;Petit;ines.petit@x.example;paul.durand@x.example;Paul Durand;Claire Martin;Comptable;12/11/2026;Nini",
    "M.;Luc;Roux;luc.roux@x.example;karl.vogel@x.example;Karl Vogel;Claire Martin;Juriste;13/11/2026;Lulu",
]
OTHERS = {"manager": "names somebody else", "suivi": "names somebody else"}
NO_NAMES = {"poste_vise": "does not contain names of people", "date": "does not contain names of people"}
ADDRESSES = {"courriel": "contains e-mail addresses", "e_mail_du_manager": "contains e-mail addresses"}
FORMS = [
    "{{{{ {field} }}}}",
    "{{{{ {field}|upper }}}}",
    "{{{{ prenom }}}} {{{{ {field} }}}}",
    "{{{{ {field} or prenom }}}}",
]


@pytest.fixture
def opened(tmp_path: Path):
    """Open a campaign whose file ends with these lines, and whose letter begins with these."""

    def make(lines: str, letter: str = "") -> Campaign:
        (tmp_path / "people.csv").write_text("\n".join((HEADER, *ROWS)), encoding="utf-8")
        text = f"{letter}Subject: Bonjour\nFrom: RH <rh@exemple.test>\n\nBonjour {{{{ prenom }}}},\n"
        (tmp_path / "letter.md").write_text(text, encoding="utf-8")
        head = 'recipients = "people.csv"\ntemplate = "letter.md"\n'
        (tmp_path / "campaign.toml").write_text(head + lines, encoding="utf-8")
        return open_campaign([tmp_path])

    return make


def refusal(opened, lines: str) -> str:
    with pytest.raises(CampaignError) as refused:
        opened(lines)
    message = str(refused.value)
    assert "\n" not in message
    assert "campaign.toml: " in message
    return message


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("field", "why"), [*OTHERS.items(), *NO_NAMES.items(), *ADDRESSES.items()])
def test_a_name_made_of_another_column_is_refused(opened, field: str, why: str, form: str):
    message = refusal(opened, f'[columns]\nname = "{form.format(field=field)}"\n')
    assert why in message
    assert "name the columns that hold the recipients'" in message


@pytest.mark.parametrize(("field", "why"), [*OTHERS.items(), *NO_NAMES.items()])
def test_a_field_that_the_table_calls_otherwise_is_looked_at_as_its_column(opened, field: str, why: str):
    assert why in refusal(opened, f'[fields]\nappel = "{field}"\n[columns]\nname = "{{{{ appel }}}}"\n')


@pytest.mark.parametrize("header", HEADER.split(";"))
def test_a_header_in_place_of_a_field_is_refused_with_the_field(opened, header: str):
    message = refusal(opened, f'[columns]\nname = "{header}"\n')
    assert f'everybody would be called "{header}"' in message
    assert 'write name = "{{ ' in message


@pytest.mark.parametrize("name", ["Madame, Monsieur", "Candidat", "{{ 'Candidat' }}"])
def test_one_name_for_everybody_is_refused(opened, name: str):
    assert "everybody would have this name" in refusal(opened, f'[columns]\nname = "{name}"\n')


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("{{ prenom }} {{ nom_de_famille }}", "Inès Petit"),
        ("{{ Prénom }} {{ nom_de_famille|upper }}", "Inès PETIT"),
        ("{{ civilite }} {{ nom_de_famille }}", "Mme Petit"),
        ("{{ nom_de_famille }}, {{ prenom }} (2026)", "Petit, Inès (2026)"),
        ("{{ surnom or prenom }}", "Nini"),
        ("{% if civilite == 'Mme' %}Madame{% else %}Monsieur{% endif %} {{ nom_de_famille }}", "Madame Petit"),
    ],
)  # fmt: skip
def test_a_name_made_of_the_persons_own_columns_is_taken(opened, name: str, says: str):
    campaign = opened(f'[columns]\nname = "{name}"\n')
    assert campaign.recipients[0].name == says
    assert campaign.check().report.blocks == ()


def test_a_column_named_with_its_accents_is_the_one_that_is_checked(opened):
    table = opened('[columns]\nname = "{{ Prénom }} {{ Nom_de_famille }}"\n').table
    assert (table.columns.first_name, table.columns.last_name) == ("prenom", "nom_de_famille")
    assert table.names_reason is not None
    assert table.names_reason.evidence.value == "set"


@pytest.mark.parametrize("named", ["Prénom", "nom_de_famille", "NOM DE FAMILLE"])
def test_the_peoples_own_names_are_not_those_of_colleagues(opened, named: str):
    message = refusal(opened, f'[lint]\nnames_of_others = ["Manager", "{named}"]\n')
    assert "holds the recipients' own names" in message
    assert "remove it from the list" in message
    assert opened('[lint]\nnames_of_others = ["Manager", "Suivi"]\n').settings.names_of_others == {"manager", "suivi"}


@pytest.mark.parametrize(("field", "form"), list(product([*OTHERS, *NO_NAMES], FORMS[:3])))
def test_the_name_in_to_is_held_to_the_same_columns(opened, field: str, form: str):
    campaign = opened("", f"To: {form.format(field=field)} <{{{{ courriel }}}}>\n")
    found = [each for each in campaign.check().report.blocks if each.rule == "TPL208"]
    assert len(found) == 1
    assert "does not hold the recipients' own names" in found[0].message
    assert opened("", "To: {{ civilite }} {{ nom_de_famille }} <{{ courriel }}>\n").check().report.blocks == ()
