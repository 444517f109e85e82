"""The seal page says what a careful person asks before the number is typed."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Static
from tui_cases import OpenApp, campaign_screen, screen_text, until

from mailmerge.accounts import Accounts, account_from_preset
from mailmerge.campaign import ExclusionSection, WaiverSection, read_campaign_file
from mailmerge.campaign.file import CampaignFile, save_campaign_file
from mailmerge.files.home import find_home
from mailmerge.settings.approval_rule import ApprovalRule
from mailmerge.tui.screens.seal.screen import SealScreen

LEFT_OUT = [
    ExclusionSection(address=address, name=name, reason=f"spoken with {name} on Monday")
    for address, name in (("hugo.petit@free.example", "Hugo Petit"), ("zoe.lecoeur@proton.example", "Zoé Lecœur"))
]


def write(files: list[Path], **changes: object) -> Path:
    path = files[0].parent / "campaign.toml"
    save_campaign_file(path, CampaignFile(recipients=files[0].name, template=files[1].name, **changes))  # type: ignore[arg-type]
    return path


async def test_who_is_left_out_is_named_with_the_reason(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None]
) -> None:
    account(25)
    path = write(files, exclusions=tuple(LEFT_OUT), where="ville != 'Castres'")
    async with open_app(path) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen) and "Type 2" in screen_text(pilot))
        text = screen_text(pilot)
        for each in LEFT_OUT:
            assert f"{each.name}: {each.reason}" in text
        assert "approval" not in text
        assert "ville != 'Castres'" in text


async def test_what_was_waived_is_named_with_who_answers_for_it(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None]
) -> None:
    account(25)
    table = files[0].read_text("cp1252").replace("hugo.petit@free.example", "maelys.roux@orange.example")
    files[0].write_text(table, encoding="cp1252")
    path = write(files)
    async with open_app(path) as pilot:
        session = campaign_screen(pilot).session
        assert session.review is not None
        assert session.review.report is not None
        (shared,) = session.review.report.blocks
        waived = WaiverSection(shared.rule, shared.fingerprint, "one mailbox for both, by phone", "C. Martin")
        save_campaign_file(path, replace(read_campaign_file(path), waivers=(waived,)))
        await until(pilot, lambda: session.checked and not session.checked.report.blocks)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen) and "Type 5" in screen_text(pilot))
        assert "LST108 by C. Martin: one mailbox for both, by phone" in screen_text(pilot)


@pytest.mark.parametrize(("above", "said"), [(4, True), (5, False), (None, False)])
async def test_an_approval_that_is_required_is_said(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], above: int | None, said: bool
) -> None:
    account(25)
    async with open_app(write(files, approval=ApprovalRule(required_above=above))) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen) and "Type 5" in screen_text(pilot))
        assert ("need the approval of a second person" in " ".join(screen_text(pilot).split())) == said


async def test_the_first_and_the_most_unusual_letter_are_shown(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None]
) -> None:
    account(25)
    letter = files[1].read_text(encoding="utf-8")
    files[1].write_text(letter + '\n{% if nom == "Petit" %}\nÀ lundi.\n{% endif %}\n', encoding="utf-8")
    rows = files[0].read_text("cp1252")
    firsts, lasts = (
        ("Anne", "Paule", "Jeanne", "Agathe", "Lucie", "Rose"),
        ("Moreau", "Blanc", "Garnier", "Faure", "Lambert"),
    )
    rows += "".join(
        f"Madame;{first};{last};{first.lower()}.{last.lower()}@courrier.example;Graphiste;Albi\n"
        for first, last in itertools.product(firsts, lasts)
    ).replace("Agathe", "Agathe")
    files[0].write_text(rows, encoding="cp1252")
    async with open_app(*files) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen) and "Most unusual" in screen_text(pilot))
        text = screen_text(pilot)
        assert "The first letter  Maëlys Roux" in text
        assert "The most unusual letter  Hugo Petit" in text
        assert "wording of 1 of 35" in text
        assert campaign_screen(pilot).session.review is not None
        assert not campaign_screen(pilot).session.review.unusual_first


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 16)])
@pytest.mark.parametrize(
    ("hours", "said"), [("0:00-24:00", "outside them the run waits"), (None, "the first message leaves on")]
)
async def test_the_hours_of_the_account_are_said_before_the_number_is_typed(
    files: list[Path], open_app: OpenApp, size: tuple[int, int], hours: str | None, said: str
) -> None:
    other_day = f"{datetime.now().astimezone() + timedelta(days=3):%A}"
    Accounts(find_home().config).add(
        account_from_preset(
            "rh", "rh@atelier.example", host="127.0.0.1", port=25, tls="none", auth="none",
            hours=hours or f"{other_day} 8:30-18:00",
        )
    )  # fmt: skip
    async with open_app(*files, size=size) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen))
        shown = pilot.app.screen.query_one("#facts", Static)
        await until(
            pilot,
            lambda: any(label.plain.startswith("Hours") and said in text.plain for label, text in shown.visual.rows),
        )


async def test_a_long_subject_goes_on_below_its_own_beginning(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None]
) -> None:
    account(25)
    letter = files[1].read_text(encoding="utf-8")
    subject = next(line for line in letter.splitlines() if line.startswith("Subject:"))
    files[1].write_text(letter.replace(subject, "Subject:" + " suite" * 30), encoding="utf-8")
    async with open_app(*files) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen) and "Type 5" in screen_text(pilot))
        card = screen_text(pilot).partition("The first letter")[2].splitlines()
        assert len(begins := [row.index("suite") for row in card if "suite suite" in row]) > 1
        assert len(set(begins)) == 1


DAMAGES: dict[str, Callable[[list[Path]], object]] = {
    "a table that cannot be read": lambda files: files[0].write_bytes(b"PK\x03\x04 half a workbook"),
    "a letter that cannot be read": lambda files: files[1].write_text("Subject: x\n\n{% if %}\n"),
    "a table that is gone": lambda files: files[0].unlink(),
    "a letter that is gone": lambda files: files[1].unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES)
async def test_what_is_older_than_its_files_is_not_agreed_to_unknowingly(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], damage: str
) -> None:
    account(25)
    async with open_app(*files) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen) and "Type 5" in screen_text(pilot))
        assert "Version" not in screen_text(pilot)
        DAMAGES[damage](files)
        await until(pilot, lambda: not isinstance(pilot.app.screen, SealScreen))
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SealScreen) and "Type 5" in screen_text(pilot))
        assert "Version the previous one: " in " ".join(screen_text(pilot).split())
