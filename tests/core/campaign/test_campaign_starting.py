"""A new campaign checks clean from its first minute, whichever letter it starts from."""

from __future__ import annotations

from pathlib import Path

import pytest
from pseudo import speaking_pseudo

from mailmerge import i18n
from mailmerge.campaign import open_campaign
from mailmerge.campaign.setup.scaffold import missing_fields, start_campaign, starters
from mailmerge.errors import UsageError
from mailmerge.text.addresses import Mailbox

LETTERS = [starter.path.name for starter in starters()]


@pytest.mark.parametrize("letter", LETTERS)
def test_every_starter_letter_checks_clean_with_its_example(tmp_path: Path, letter: str) -> None:
    campaign = start_campaign(tmp_path / "new", letter=letter, sender=Mailbox("Claire, RH", "rh@atelier.example"))
    report = campaign.check().report
    assert [finding.message for finding in report.findings] == []
    assert report.messages == 2
    assert campaign.compose(campaign.recipients[0]).mailboxes("From") == (Mailbox("Claire, RH", "rh@atelier.example"),)


def test_a_table_of_ones_own_is_read_where_it_lies_and_lacking_fields_become_constants(tmp_path: Path) -> None:
    table = tmp_path / "mes candidats.csv"
    table.write_text("Civilité;Prénom;Nom;Courriel;Poste\nMadame;Zoé;Blanc;zoe.blanc@x.example;Vendeuse\n", "utf-8")
    starter = next(s for s in starters() if s.path.name == "rejection-after-interview.fr.md")
    from mailmerge.records import read_table

    missing = missing_fields(starter.letter, read_table(table))
    assert missing == ["date_entretien", "interlocuteur", "signataire"]
    campaign = start_campaign(
        tmp_path / "new",
        letter=starter.path.name,
        table=table,
        constants={
            "date_entretien": "12/10/2026",
            "interlocuteur": 'Sophie "So" Delmas',
            "signataire": "Hélène Castéra",
        },
    )
    assert campaign.check().report.blocks == ()
    text = campaign.compose(campaign.recipients[0]).text
    assert "12 octobre 2026" in text
    assert 'Sophie "So" Delmas' in text
    assert [path.name for path in (tmp_path / "new").iterdir() if path.suffix == ".csv"] == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        start_campaign(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(("language", "ending", "head"), [("en", ".en.md", "Title,"), ("fr", ".fr.md", "Civilité;")])
def test_a_campaign_starts_in_the_language_of_whoever_starts_it(
    tmp_path: Path, language: str, ending: str, head: str
) -> None:
    with i18n.speaking(language):
        campaign = start_campaign(tmp_path / "new")
        ours = [starter.path.name.endswith(ending) for starter in starters()]
    assert campaign.letters[0].path.name.endswith(ending)
    assert campaign.table.path.read_text(encoding="utf-8-sig").startswith(head)
    assert ours == sorted(ours, reverse=True), "the letters in one's own language are offered first"
    assert sum(ours) == len(ours) / 2


def test_where_there_is_no_letter_in_a_language_a_campaign_starts_in_english(tmp_path: Path) -> None:
    with speaking_pseudo():
        assert start_campaign(tmp_path / "new").letters[0].path.name.endswith(".en.md")


def test_each_starter_letter_has_a_title_that_can_be_translated() -> None:
    english = [starter.title for starter in starters()]
    assert "Rejection after interview (en-GB)" in english
    assert len(set(english)) == len(english)
    with speaking_pseudo():
        assert not {starter.title for starter in starters()} & set(english)


def test_a_folder_without_a_campaign_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"the folder .* contains no campaign\.toml: give the table"):
        open_campaign([tmp_path])
