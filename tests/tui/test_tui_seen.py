"""What was seen stays seen, until it reads otherwise; and nobody can be read out of what is kept."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from tui_cases import LETTER, TABLE, OpenApp, campaign_screen, screen_text, until

from mailmerge.campaign import Campaign, open_campaign
from mailmerge.campaign.session import viewed as seen
from mailmerge.campaign.session.viewed import SeenMarks


@pytest.fixture
def campaign(files: list[Path]) -> Campaign:
    return open_campaign(files)


def kept(folder: Path, campaign: Campaign, *positions: int) -> None:
    """Messages that were seen in an earlier sitting."""
    marks = SeenMarks(folder, campaign)
    for position in positions:
        marks.add(campaign, campaign.recipients[position])
    marks.save()


def again(folder: Path, files: list[Path]) -> set[int]:
    """What counts as seen in the next sitting."""
    campaign = open_campaign(files)
    return SeenMarks(folder, campaign).among(campaign)


def test_a_message_that_reads_the_same_is_still_seen(tmp_path: Path, campaign: Campaign, files: list[Path]) -> None:
    kept(tmp_path / "seen", campaign, 0, 3)
    assert again(tmp_path / "seen", files) == {1, 4}


def test_a_row_that_moved_is_still_seen(tmp_path: Path, campaign: Campaign, files: list[Path]) -> None:
    kept(tmp_path / "seen", campaign, 4)
    header, *rows = TABLE.splitlines(keepends=True)
    files[0].write_text("".join([header, *reversed(rows)]), encoding="utf-8")
    assert again(tmp_path / "seen", files) == {1}


def test_a_row_that_changed_is_unseen(tmp_path: Path, campaign: Campaign, files: list[Path]) -> None:
    kept(tmp_path / "seen", campaign, 0, 1)
    files[0].write_text(TABLE.replace("Petit", "Legrand"), encoding="utf-8")
    assert again(tmp_path / "seen", files) == {1}


def test_a_letter_that_changed_for_some_is_unseen_for_them(
    tmp_path: Path, campaign: Campaign, files: list[Path]
) -> None:
    kept(tmp_path / "seen", campaign, 0, 1, 2)
    changed = LETTER.replace("belle suite", "{% if ville == 'Albi' %}bonne{% else %}belle{% endif %} suite")
    files[1].write_text(changed, encoding="utf-8")
    assert again(tmp_path / "seen", files) == {1, 3}


def test_an_attached_file_that_changed_makes_its_messages_unseen(tmp_path: Path, files: list[Path]) -> None:
    notice = files[1].parent / "notice.txt"
    notice.write_text("Lundi")
    files[1].write_text("Attachment: notice.txt\n" + LETTER, encoding="utf-8")
    kept(tmp_path / "seen", open_campaign(files), 0)
    assert again(tmp_path / "seen", files) == {1}
    notice.write_text("Mardi")
    assert again(tmp_path / "seen", files) == set()


def test_what_is_kept_names_nobody_and_is_for_this_user_alone(tmp_path: Path, campaign: Campaign) -> None:
    kept(tmp_path / "seen", campaign, 0, 1, 2, 3, 4)
    (file,) = (tmp_path / "seen").iterdir()
    text = file.read_text()
    assert not any(word in text for word in ("Roux", "maelys", "example", "candidats", "Toulouse"))
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_no_more_is_kept_than_can_have_been_looked_at(
    tmp_path: Path, campaign: Campaign, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen, "MOST", 2)
    kept(tmp_path / "seen", campaign, 0, 1, 2, 0)
    assert again(tmp_path / "seen", files) == {1, 3}


@pytest.mark.parametrize("content", ["", "[]", '{"key": "x"}', '{"key": "zz", "seen": {}}', '{"key": "", "seen": []}'])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, campaign: Campaign, files: list[Path], content: str) -> None:
    marks = SeenMarks(tmp_path / "seen", campaign)
    marks.path.parent.mkdir()
    marks.path.write_text(content)
    assert again(tmp_path / "seen", files) == set()
    kept(tmp_path / "seen", campaign, 1)
    assert again(tmp_path / "seen", files) == {2}


async def test_the_next_sitting_goes_on_where_this_one_ended(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        await pilot.press("j")
        await until(pilot, lambda: "2/5 seen" in screen_text(pilot))
        await until(pilot, lambda: all(worker.is_finished for worker in pilot.app.workers))
    async with open_app(*files) as pilot:
        await until(pilot, lambda: "2/5 seen" in screen_text(pilot))
        await pilot.press("u")
        await until(pilot, lambda: campaign_screen(pilot).number == 3)


async def test_a_letter_changed_meanwhile_has_to_be_seen_again(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        screen = campaign_screen(pilot)
        await pilot.press("j")
        await until(pilot, lambda: screen.session.review and screen.session.review.seen == {1, 2})
        await until(pilot, lambda: all(worker.is_finished for worker in pilot.app.workers))
        files[1].write_text(LETTER.replace("belle suite", "bonne route"), encoding="utf-8")
        await until(pilot, lambda: "bonne route" in screen_text(pilot))
        await until(pilot, lambda: screen.session.review and screen.session.review.seen == {2})
