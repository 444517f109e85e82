"""Whom ``where`` means: what can never be true, or is true of everybody by a slip, is refused with what to write."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest
from each_row import each_row

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


def refusal(folder: Path, where: str, rows: tuple[str, ...] = ROWS) -> str:
    with pytest.raises(CampaignError) as caught:
        chosen(folder, where, rows)
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


@each_row("text", ["refuse", "Refusé", "REFUSE", "refusé "])
@each_row("form", ["statut == '{}'", "statut != '{}'", "statut in ['retenu', '{}']", "not statut == '{}'"])
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


@each_row(
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


def people(*cells: str) -> tuple[str, ...]:
    return tuple(f"Nom{chr(97 + n)}ard,p{n}@x.example,{cell},{n}" for n, cell in enumerate(cells))


ANSWERS = (
    ("oui", "non"),
    ("ja", "NEIN"),
    ("TRUE", "FALSE"),
    ("VRAI", "FAUX"),
    ("1", "0"),
    ("x", "-"),
    ("sí", "No"),
    ("tak", "nie"),
)


@each_row(("yes", "no"), ANSWERS)
@each_row("form", ["{c}", "not {c}", "nom and {c}", "{c}|trim", "({c}) or note == '77'"])
def test_a_cell_alone_is_refused_where_some_say_no(tmp_path: Path, form: str, yes: str, no: str) -> None:
    message = refusal(tmp_path, form.format(c="statut"), people(yes, no, "", yes))
    assert f'also for "{no}" (line 3)' in message
    written = message.rpartition("; write ")[2]
    expected = ["Nombard", "Nomcard"] if form.startswith("not") else ["Nomaard", "Nomdard"]
    assert chosen(tmp_path, written, people(yes, no, "", yes)) == expected


@pytest.mark.parametrize("cells", [("x", "", "x"), ("oui", "", "oui"), ("Lyon", "", "Nice")])
def test_a_cell_alone_is_taken_where_none_says_no(tmp_path: Path, cells: tuple[str, ...]) -> None:
    assert chosen(tmp_path, "statut", people(*cells)) == ["Nomaard", "Nomcard"]


@each_row(("yes", "no"), ANSWERS)
@each_row(
    ("form", "means_yes"),
    [
        ("{c} == true", True),
        ("{c} == false", False),
        ("True == {c}", True),
        ("{c} is true", True),
        ("{c} is false", False),
    ],
)
def test_a_comparison_with_true_or_false_names_the_text(
    tmp_path: Path, form: str, means_yes: bool, yes: str, no: str
) -> None:
    written = refusal(tmp_path, form.format(c="statut"), people(yes, no, "", yes)).rpartition("; write ")[2]
    assert chosen(tmp_path, written, people(yes, no, "", yes)) == (["Nomaard", "Nomdard"] if means_yes else ["Nombard"])


@pytest.mark.parametrize("name", ["oui", "Oui", "OUI"])
@pytest.mark.parametrize("form", ["statut == {}", "{} == statut", "statut != {}"])
def test_a_text_without_quotation_marks_gets_them(tmp_path: Path, form: str, name: str) -> None:
    message = refusal(tmp_path, form.format(name), people("oui", "non"))
    assert message.endswith(f"a text needs quotation marks; write statut {'!=' if '!' in form else '=='} 'oui'")


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("statut >= '06/01/2027'", ["Nombard"]),
        ("statut < '2027'", ["Nomaard", "Nomcard"]),
        ("statut < 2027", ["Nomaard", "Nomcard"]),
        ("'6 janvier 2027' > statut", ["Nomaard", "Nomcard"]),
        ("statut is lt '2027-01-06'", ["Nomaard", "Nomcard"]),
    ],
)
def test_dates_are_compared_as_days(tmp_path: Path, where: str, names: list[str]) -> None:
    rows = people("25/12/2026", "07/01/2027", "31/10/2026")
    message = refusal(tmp_path, where, rows)
    assert 'would compare the dates in "Statut" as text' in message
    assert chosen(tmp_path, message.rpartition("; write ")[2], rows) == names


def test_dates_with_the_year_first_may_be_compared_as_text(tmp_path: Path) -> None:
    assert chosen(tmp_path, "statut >= '2027-01-06'", people("2026-12-25", "2027-01-07")) == ["Nombard"]


def test_dates_in_two_orders_are_not_compared(tmp_path: Path) -> None:
    assert "some have the day first" in refusal(tmp_path, "statut > '06/01/2027'", people("25/12/2026", "12/25/2026"))


@each_row("other", ["Refusé ", "refusé", "REFUSE", "Refuse", "Refusé\u00a0", "Refuse\u0301", "Refusée"])
@each_row("form", ["statut == '{}'", "statut != '{}'", "statut in ['{}']", "'{}' in statut", "statut.startswith('{}')"])
def test_who_is_spelt_in_another_way_is_named(tmp_path: Path, form: str, other: str) -> None:
    rows = people("Refusé", other, "Retenu", "Refusé")
    cells = [normalize("NFC", other).strip()]
    found_all_the_same = ("in statut" in form or "starts" in form) and "Refusé" in cells[0]
    if cells == ["Refusé"] or found_all_the_same:
        assert len(chosen(tmp_path, form.format("Refusé"), rows)) in (1, 3)
        return
    message = refusal(tmp_path, form.format("Refusé"), rows)
    assert '"Refusé" and misses "' in message
    assert "(line 3)" in message


def test_every_spelling_may_be_named(tmp_path: Path) -> None:
    rows = people("Refusé", "Refuse", "Retenu", "REFUSÉ")
    assert len(chosen(tmp_path, "statut in ['Refusé', 'Refuse', 'REFUSÉ']", rows)) == 3
    assert len(chosen(tmp_path, "statut|lower in ['refusé', 'refuse']", rows)) == 3


@each_row(
    ("name", "others"),
    [
        ("Julie", ("Julien", "Juliet", "Julia")),
        ("Louis", ("Louise", "Luis")),
        ("René", ("Renée",)),
        ("Martin", ("Marin", "Martine", "Martini")),
        ("Daniel", ("Danielle", "Daniele")),
        ("Maria", ("Marie", "Mario")),
    ],
)
@each_row("form", ["nom == '{}'", "nom != '{}'", "nom in ['{}']"])
def test_a_name_is_no_slip_for_another(tmp_path: Path, form: str, name: str, others: tuple[str, ...]) -> None:
    rows = [f"{each},x{n}@x.example,refusé,1" for n, each in enumerate((name, *others, name))]
    assert set(chosen(tmp_path, form.format(name), tuple(rows))) == ({*others} if "!" in form else {name})


def test_a_name_in_another_spelling_is_refused(tmp_path: Path) -> None:
    rows = tuple(f"{each},x{n}@x.example,refusé,1" for n, each in enumerate(("Zoé", "ZOE", "Luc")))
    assert '"Zoé" and misses "ZOE"' in refusal(tmp_path, "nom == 'Zoé'", rows)


@each_row(("one", "other"), [("Vendeur", "Vendeuse"), ("Nantes", "Mantes"), ("Toulon", "Toulou"), ("Berlin", "Merlin")])
def test_a_text_that_recurs_is_no_slip_for_another(tmp_path: Path, one: str, other: str) -> None:
    assert len(chosen(tmp_path, f"statut == '{one}'", people(one, other, one, other, one))) == 3


@each_row(("often", "seldom"), [(1, 1), (3, 1), (10, 2), (40, 8)])
def test_a_slip_is_rare(tmp_path: Path, often: int, seldom: int) -> None:
    message = refusal(tmp_path, "statut == 'Toulouse'", people(*["Toulouse"] * often, *["Toulosue"] * seldom))
    assert '"Toulouse" and misses "Toulosue"' in message
