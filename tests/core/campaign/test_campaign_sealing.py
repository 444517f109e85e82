"""What was checked is what is sealed and exported, also where another process does the work."""

from __future__ import annotations

import os
import re
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from mailmerge.accounts import Account, account_from_preset
from mailmerge.campaign import Campaign, Checked, IfWritten, open_campaign
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
    return account_from_preset("rh", "Claire <rh@atelier.example>", host="localhost", tls="none", auth="none")


@pytest.fixture
def outbox(folder: Path) -> Outbox:
    return Outbox(folder / "runs")


def drafts(campaign: Campaign) -> list[bytes]:
    return [campaign.preview(recipient).content for recipient in campaign.recipients]


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
    with pytest.raises(RenderFailed, match=r"programme\.txt has changed since it was first read"):
        Checked(open_campaign([folder]).signed_by(account), report).seal(account, outbox)
    assert outbox.runs() == []


def test_what_was_looked_at_before_the_check_is_what_is_checked(folder: Path) -> None:
    campaign = open_campaign([folder])
    drafts(campaign)
    (folder / "programme.txt").write_text("La journée est remise.\n", encoding="utf-8")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        report = pool.submit(campaign.check).result().report
    assert any("programme.txt has changed since it was first read" in finding.message for finding in report.blocks)


def test_a_dry_run_holds_back_what_changed_since_the_check(folder: Path, tmp_path: Path) -> None:
    report = open_campaign([folder]).check().report
    (folder / "petit.txt").write_text("Hugo Petit commence à 10 h.\n", encoding="utf-8")
    manifest = Checked(open_campaign([folder]), report).export(tmp_path / "dry-run")
    assert manifest.count == 1
    assert [blocked.record for blocked in manifest.blocked] == [2]


def test_no_id_of_a_message_can_be_found_out_from_what_a_recipient_knows(
    folder: Path, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of the run, the record and both addresses are no help: the ids hang on a key that is kept nowhere."""
    keys: list[bytes] = []

    def token_bytes(count: int | None = None) -> bytes:
        keys.append(os.urandom(count or 32))
        return keys[-1]

    monkeypatch.setattr("mailmerge.model.sealed.secrets.token_bytes", token_bytes)
    monkeypatch.setattr("mailmerge.outbox.outbox.new_run_id", lambda _now: "2026-09-02-7f3a")
    runs = [open_campaign([folder]).check().seal(account, Outbox(folder / name)) for name in ("one", "two")]
    assert [run.id for run in runs] == ["2026-09-02-7f3a"] * 2
    first, second = ([message.message_id for message in run.messages()] for run in runs)
    assert not set(first) & set(second)
    boundaries = [
        set(re.findall(rb'boundary="([^"]+)"', message.content)) for run in runs for message in run.contents()
    ]
    assert all(boundaries)
    assert len(set().union(*boundaries)) == sum(map(len, boundaries))
    made = [key for key in keys if len(key) == 16]
    assert len(made) == 2
    for run, key in zip(runs, made, strict=True):
        for path in run.path.parent.rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            assert key not in content
            assert key.hex().encode() not in content


def test_a_name_of_a_run_that_is_taken_is_not_given_again(folder: Path, account: Account, outbox: Outbox) -> None:
    checked = open_campaign([folder]).check()
    names = [checked.seal(account, outbox, written=IfWritten.AGAIN).id for _ in range(3)]
    assert len(set(names)) == 3


def test_a_message_that_was_checked_is_sealed_as_it_was_and_not_composed_again(
    folder: Path, account: Account, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = folder / "letter.md"
    letter.write_text(re.sub(r"Attachment: .*\n", "", letter.read_text("utf-8")), encoding="utf-8")
    checked = open_campaign([folder]).signed_by(account).check()
    monkeypatch.setattr(type(checked.campaign), "compose", lambda *_: pytest.fail("composed again"))
    run = checked.seal(account, outbox)
    assert [message.record for message in run.messages()] == [1, 2]
    assert "Bonjour Hugo Petit," in run.content(2).content.decode()


def test_more_messages_than_are_worth_keeping_are_composed_again(
    folder: Path, account: Account, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailmerge.campaign.checked._MOST_KEPT", 1)
    checked = open_campaign([folder]).signed_by(account).check()
    assert not checked.messages
    assert [message.record for message in checked.seal(account, outbox).messages()] == [1, 2]
