"""Whom ``where`` means: what can never be true, or is true of everybody by a slip, is refused with what to write."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest

from mailmerge.campaign import open_campaign
from mailmerge.errors import CampaignError

ROWS = ("Roux,m.roux@x.example,refusé,12", "Petit,h.petit@x.example,refusé,8", "Gil,a.gil@x.example,retenu,15")


def chosen(folder: Path, where: str, rows: tuple[str, ...] = ROWS) -> list[str]:
    (folder / "people.csv").write_text("\n".join(["Nom,Courriel,Statut,Note", *rows, ""]), encoding="utf-8")
    (folder / "letter.md").write_text("Subject: Bonjour\n\nBonjour {{ nom }},\n", encoding="utf-8")
    quoted = where.replace("\\", "\\\\").replace('"', '\\"')
    (folder / "campaign.toml").write_text(
        f'recipients = "people.csv"\ntemplate = "letter.md"\nwhere = "{quoted}"\n', encoding="utf-8"
    )
    return [recipient.name for recipient in open_campaign([folder]).recipients]


def refusal(folder: Path, where: str) -> str:
    with pytest.raises(CampaignError) as caught:
        chosen(folder, where)
    message = str(caught.value)
    assert "\n" not in message
    assert not [word for word in ("token", "expected", "unexpected", "Jinja", "'str'") if word in message], message
    return message


@pytest.mark.parametrize("where", ["statut == 'admis'", "statut in ['admis', 'reçu']", "'admis' == statut and nom"])
def test_a_condition_that_matches_nobody_is_refused_with_what_the_column_has(tmp_path: Path, where: str) -> None:
    assert refusal(tmp_path, where).endswith(
        'matches nobody in people.csv: "Statut" has "refusé", "retenu"; correct it'
    )


def test_a_condition_without_a_text_that_matches_nobody_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, "not nom").endswith("matches nobody in people.csv; correct it")


@pytest.mark.parametrize("text", ["refuse", "Refusé", "REFUSE", "refusé "])
@pytest.mark.parametrize(
    "form", ["statut == '{}'", "statut != '{}'", "statut in ['retenu', '{}']", "not statut == '{}'"]
)
def test_a_text_in_another_spelling_is_refused_though_others_match(tmp_path: Path, form: str, text: str) -> None:
    message = refusal(tmp_path, form.format(text))
    assert f'compares with "{text}"' in message
    assert 'which is in no cell of "Statut"; write "refusé" as in the table' in message


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("statut != 'annulé'", ["Roux", "Petit", "Gil"]),
        ("statut in ['refusé', 'refuse']", ["Roux", "Petit"]),
        ("statut|upper == 'REFUSÉ'", ["Roux", "Petit"]),
        ("note|float >= 12", ["Roux", "Gil"]),
        ("note == '8'", ["Petit"]),
        ("statut == 'admis' or statut == 'retenu'", ["Gil"]),
    ],
)
def test_a_condition_that_means_somebody_is_taken(tmp_path: Path, where: str, names: list[str]) -> None:
    assert chosen(tmp_path, where) == names


@pytest.mark.parametrize("composed", ["NFC", "NFD"])
def test_accents_of_the_campaign_are_equal_however_they_are_composed(tmp_path: Path, composed: str) -> None:
    assert chosen(tmp_path, normalize(composed, "statut == 'refusé'")) == ["Roux", "Petit"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("where", "write"),
    [
        ("statut == 'refusé' or 'retenu'", "write statut in ['refusé', 'retenu']"),
        ("statut == 'refusé' and 'retenu'", "write statut in ['refusé', 'retenu']"),
        ("statut == ('refusé' or 'retenu')", "write statut in ['refusé', 'retenu']"),
        ("statut != 'refusé' or 'retenu'", "write statut not in ['refusé', 'retenu']"),
        ("nom and statut == 'refusé' or 'retenu'", "write statut in ['refusé', 'retenu']"),
        ("statut == 'refusé' or == 'retenu'", "write statut in ['refusé', 'retenu']"),
        ("nom or 'x'", "compare a field with it: field == 'x'"),
        ("'statut'", "compare a field with it: field == 'statut'"),
        ("note > 10", "write note|float > 10"),
        ("note == 12", "write note|float == 12"),
        ("10 < note", "write note|float > 10"),
        ("note > '10'", "write note|float > 10"),
        ("note in [8, 12]", "write note in ['8', '12']"),
        ("note + 1 == '9'", "write note|float + 1"),
        ("statut = 'refusé'", "write statut == 'refusé'"),
        ("statut == 'refusé' OU statut == 'retenu'", "write statut == 'refusé' or statut == 'retenu'"),
        ("statut == 'refusé", "write statut == 'refusé'"),
        ("statut == « refusé »", 'write statut == "refusé"'),
        ("statut == 'refusé')", "write statut == 'refusé'"),
        ("statut == 'refusé' note", 'write it as field == "a value"'),
        ("statut ==", 'write it as field == "a value"'),
        ("", "")
    ],
)  # fmt: skip
def test_a_slip_is_refused_with_what_to_write(tmp_path: Path, where: str, write: str) -> None:
    if where:
        assert write in refusal(tmp_path, where)
    else:
        assert len(chosen(tmp_path, where)) == len(ROWS)


@pytest.mark.parametrize("where", ["note|float > 3 and nom|float > 3", "nom|round > 3", "nom.split('') == []"])
def test_what_cannot_be_computed_is_said_in_plain_words(tmp_path: Path, where: str) -> None:
    assert "fails: " in refusal(tmp_path, where)
