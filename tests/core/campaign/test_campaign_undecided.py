"""Nobody is included or left out by ``where`` for a cell that has no value, without a word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from each_row import pairs

from mailmerge.campaign import Campaign, open_campaign

NO_VALUE = (
    "N/A", "n/a", "TBD", "tbc", "à définir", "À compléter", "k. A.", "s. o.", "?", "??", "inconnu", "non renseigné",
    "to be confirmed", "not available", "keine Angabe", "noch offen", "por definir", "da definire", "[statut]", "xxx",
    "#N/A", "#REF!",
)  # fmt: skip
MARKS = ("-", "--", "–", "…", "/", "_")
VALUES = ("en attente", "entretien", "à rappeler", "absent", "report", "Namur", "accepté")
"""Texts that are another answer, and no lack of one."""
NAMES = ("Petit", "Dupont", "Lefèvre", "Nguyen", "Benali", "Morel", "Roux", "Roy", "Lam", "Gil")
Opened = Callable[..., Campaign]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """A campaign of as many people as there are cells, with a condition."""

    def make(where: str, *cells: str, more: str = "") -> Campaign:
        rows = [f"{NAMES[n % 10]}{n};p{n}@x.example;{cell}" for n, cell in enumerate(cells)]
        (tmp_path / "people.csv").write_text("\n".join(["Nom;Courriel;Statut", *rows, ""]), encoding="utf-8")
        (tmp_path / "letter.md").write_text("Subject: Votre candidature\n\nBonjour {{ nom }},\n\nVoici.\n")
        lines = ['recipients = "people.csv"', 'template = "letter.md"', f'where = "{where}"', more]
        (tmp_path / "campaign.toml").write_text("\n".join(lines), encoding="utf-8")
        return open_campaign([tmp_path])

    return make


def told(campaign: Campaign) -> list[tuple[str, int | None, tuple[int, ...]]]:
    findings = campaign.check().report.findings
    return [(each.severity.value, each.record, each.others) for each in findings if each.rule == "LST124"]


USUAL = ("refusé", "retenu") * 4


NOT_CHOSEN = ["statut != 'retenu'", "statut not in ['retenu', 'pris']", "not statut == 'retenu'"]
REFUSED = ["statut == 'refusé'", "statut in ['refusé']", "statut == 'refusé' and nom != ''"]


@pytest.mark.parametrize(("cell", "where"), pairs([*NO_VALUE, *MARKS], NOT_CHOSEN))
def test_who_is_included_for_a_cell_without_a_value_gets_no_letter(opened: Opened, where: str, cell: str):
    campaign = opened(where, *USUAL, cell)
    assert told(campaign) == [("block", 9, ())]
    (finding,) = [each for each in campaign.check().report.findings if each.rule == "LST124"]
    assert (finding.line, finding.field, finding.stops) == (10, "statut", True)
    assert f'includes them although "Statut" has no value: the cell says "{cell}"' in finding.message


@pytest.mark.parametrize(("cell", "where"), pairs(NO_VALUE, REFUSED))
def test_who_is_left_out_for_a_cell_without_a_value_is_told_of(opened: Opened, where: str, cell: str):
    assert told(opened(where, *USUAL, cell)) == [("warn", None, (9,))]


@pytest.mark.parametrize("mark", MARKS)
def test_a_line_in_place_of_an_answer_leaves_out_quietly(opened: Opened, mark: str):
    assert told(opened("statut == 'refusé'", *USUAL, mark)) == [("info", None, (9,))]


@pytest.mark.parametrize("cell", ["", " "])
def test_a_blank_among_filled_cells_is_told_of(opened: Opened, cell: str):
    assert told(opened("statut != 'retenu'", *USUAL, cell)) == [("warn", 9, ())]
    assert told(opened("statut == 'refusé'", *USUAL, cell)) == [("info", None, (9,))]


@pytest.mark.parametrize("cell", VALUES)
@pytest.mark.parametrize("where", ["statut != 'retenu'", "statut == 'refusé'"])
def test_another_answer_is_a_value(opened: Opened, where: str, cell: str):
    assert told(opened(where, *USUAL, cell)) == []


@pytest.mark.parametrize("cell", ["N/A", "?", "-", "à définir"])
@pytest.mark.parametrize(
    "where", ["statut in ['refusé', '{}']", "statut == 'refusé' or '{}' == statut", "statut != '{}'"]
)
def test_what_the_condition_names_was_decided(opened: Opened, where: str, cell: str):
    assert told(opened(where.format(cell), *USUAL, cell)) == []


@pytest.mark.parametrize("cell", ["-", "N/A", "", "?", "néant"])
@pytest.mark.parametrize("where", ["statut != 'x'", "statut == 'x'"])
def test_what_a_column_usually_says_is_an_answer(opened: Opened, where: str, cell: str):
    assert told(opened(where, "x", "x", *[cell] * 8)) == []


@pytest.mark.parametrize("cell", ["N/A", "à définir", ""])
def test_who_is_left_out_for_another_reason_is_not_told_of(opened: Opened, cell: str):
    assert told(opened("statut == 'refusé' and nom == 'Petit0'", *USUAL, cell)) == []
    assert told(opened("nom != 'Nobody'", *USUAL, cell)) == []


def test_who_is_excluded_was_decided_about(opened: Opened):
    excluded = '[[exclusions]]\naddress = "p8@x.example"\nreason = "appelé"'
    assert told(opened("statut != 'retenu'", *USUAL, "N/A", more=excluded)) == []


def test_several_are_told_of_together(opened: Opened):
    campaign = opened("statut == 'refusé'", *USUAL, *USUAL, "N/A", "à définir", "?")
    (finding,) = [each for each in campaign.check().report.findings if each.rule == "LST124"]
    assert finding.others == (17, 18, 19)
    assert "(line 18)" in finding.message
