"""A campaign for people of a run whose message came back: they get what they would have got."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from each_row import each_row

from mailmerge.accounts import account_from_preset
from mailmerge.campaign import open_campaign
from mailmerge.campaign.runs.again import campaign_of_some
from mailmerge.errors import UsageError
from mailmerge.outbox import Outbox, Run

CELLS = {
    "a phone number": "+33 6 12 34 56 78",
    "a minus": "-5 %",
    "a dash before a text": "- sur demande",
    "a formula": "=A1+1",
    "a handle": "@zoe",
    "a leading zero": "01000",
    "a long number": "1234567890123456789012",
    "a date": "1/2",
    "an apostrophe": "'t Hart",
    "two lines": "rue du Puits\n31000 Toulouse",
    "a semicolon": "a;b, c",
    "nothing": "",
}


def campaign_with(folder: Path, cell: str) -> Path:
    """Two people, and a cell that the letter prints for the second of them."""
    folder.mkdir(exist_ok=True)
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [["Prénom", "Nom", "Courriel", "Détail"], ["Maëlys", "Roux", "m.roux@x.example", "usual"]]
        csv.writer(file).writerows([*rows, ["Hugo", "Petit", "h.petit@x.example", cell]])
    (folder / "letter.md").write_text(
        "Subject: Votre dossier\n\nBonjour {{ prenom }} {{ nom }},\n\n{{ detail|default('rien') }}\n", encoding="utf-8"
    )
    path = folder / "campaign.toml"
    path.write_text('recipients = "people.csv"\ntemplate = "letter.md"\n')
    return path


def sealed(path: Path) -> Run:
    """The campaign as a run."""
    account = account_from_preset("rh", "Claire <rh@atelier.example>", host="localhost", tls="none", auth="none")
    return open_campaign([path]).signed_by(account).check().seal(account, Outbox(path.parent / "runs"))


@each_row("cell", list(CELLS.values()), ids=list(CELLS))
def test_who_is_written_to_again_gets_the_same_text(tmp_path: Path, cell: str) -> None:
    path = campaign_with(tmp_path / "campaign", cell)
    campaign = open_campaign([path])
    again = open_campaign([campaign_of_some(campaign, sealed(path), [2])])
    assert [each.address for each in again.recipients] == ["h.petit@x.example"]
    assert again.compose(again.recipients[0]).text == campaign.compose(campaign.recipient(2)).text


def test_a_campaign_that_is_there_already_is_not_written_over(tmp_path: Path) -> None:
    path = campaign_with(tmp_path, "")
    run = sealed(path)
    campaign_of_some(open_campaign([path]), run, [2])
    with pytest.raises(UsageError, match="already exists"):
        campaign_of_some(open_campaign([path]), run, [1])
