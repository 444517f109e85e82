"""What was checked is what is sealed and exported, also where another process does the work."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from mailmerge.accounts import Account, set_up
from mailmerge.campaign import Campaign, Checked, open_campaign
from mailmerge.errors import RenderFailed
from mailmerge.outbox import Outbox


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(
        "Nom,Prénom,Courriel,Pièce\nRoux,Maëlys,m.roux@x.example,roux.txt\nPetit,Hugo,h.petit@x.example,petit.txt\n",
        encoding="utf-8",
    )
    (tmp_path / "letter.md").write_text(
        "Subject: Votre candidature, {{ prenom }}\nAttachment: programme.txt\nAttachment: {{ piece }}\n\n"
        "Bonjour {{ prenom }} {{ nom }},\n\nvoici la suite.\n",
        encoding="utf-8",
    )
    for name, text in {"programme": "La journée", "roux": "Maëlys Roux", "petit": "Hugo Petit"}.items():
        (tmp_path / f"{name}.txt").write_text(f"{text} commence à 9 h.\n", encoding="utf-8")
    (tmp_path / "campaign.toml").write_text(
        'recipients = "people.csv"\ntemplate = "letter.md"\n\n[columns]\nname = "{{ prenom }} {{ nom }}"\n'
    )
    return tmp_path


@pytest.fixture
def account() -> Account:
    return set_up("rh", "Claire <rh@atelier.example>", host="localhost", tls="none", auth="none")


@pytest.fixture
def outbox(folder: Path) -> Outbox:
    return Outbox(folder / "runs")


def drafts(campaign: Campaign) -> list[bytes]:
    return [campaign.draft(recipient).content for recipient in campaign.recipients]


def test_a_campaign_renders_the_same_bytes_in_another_process(folder: Path) -> None:
    campaign = open_campaign([folder])
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        elsewhere = pool.submit(drafts, campaign).result()
        report = pool.submit(campaign.check).result().report
    assert elsewhere == drafts(campaign)
    assert [recipient.name for recipient in campaign.recipients] == ["Maëlys Roux", "Hugo Petit"]
    here = campaign.check().report
    assert (report.findings, report.files) == (here.findings, here.files)


def test_another_file_than_the_one_that_was_checked_is_not_sealed(
    folder: Path, account: Account, outbox: Outbox
) -> None:
    report = open_campaign([folder]).check().report
    assert not report.blocks
    (folder / "petit.txt").write_text("Hugo Petit commence à 10 h.\n", encoding="utf-8")
    campaign = open_campaign([folder]).signed_by(account)
    with pytest.raises(RenderFailed, match=r"petit\.txt has changed since it was first read"):
        Checked(campaign, report).seal(account, outbox)
    assert outbox.runs() == []


def test_a_file_that_is_gone_since_the_check_is_not_left_out(folder: Path, account: Account, outbox: Outbox) -> None:
    report = open_campaign([folder]).check().report
    (folder / "programme.txt").unlink()
    with pytest.raises(RenderFailed, match=r"programme\.txt is another"):
        Checked(open_campaign([folder]).signed_by(account), report).seal(account, outbox)
    assert outbox.runs() == []


def test_what_was_looked_at_before_the_check_is_what_is_checked(folder: Path) -> None:
    campaign = open_campaign([folder])
    drafts(campaign)
    (folder / "programme.txt").write_text("La journée est remise.\n", encoding="utf-8")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        report = pool.submit(campaign.check).result().report
    assert any("programme.txt is another" in finding.message for finding in report.blocks)


def test_a_dry_run_holds_back_what_changed_since_the_check(folder: Path, tmp_path: Path) -> None:
    report = open_campaign([folder]).check().report
    (folder / "petit.txt").write_text("Hugo Petit commence à 10 h.\n", encoding="utf-8")
    manifest = Checked(open_campaign([folder]), report).export(tmp_path / "dry-run")
    assert manifest.count == 1
    assert [blocked.record for blocked in manifest.blocked] == [2]
