"""A dry run from the screens: whom it is for, where it went, and what stands for what is not known yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tui_cases import LETTER, OpenApp, campaign_screen, screen_text, settled, until

NO_SUBJECT = LETTER.replace("Subject: Votre candidature au poste de {{ poste }}", "Reply-To: rh@atelier.example")


def told(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("letter", "said"),
    [
        (LETTER, "5 messages were saved in"),
        (
            NO_SUBJECT,
            "All 5 messages are blocked by a",
        ),
    ],
)
async def test_where_the_messages_are_is_said(files: list[Path], open_app: OpenApp, letter: str, said: str) -> None:
    files[1].write_text(letter, encoding="utf-8")
    async with open_app(*files) as pilot:
        await pilot.press("x", "enter")
        await until(pilot, lambda: said in told(screen_text(pilot)))
        assert " 0 messages" not in screen_text(pilot)
        written = {each.parent.name for each in (files[1].parent / "dry-run").rglob("*.eml")}
        assert written == {"blocked" if "blocked" in said else "dry-run"}


@pytest.mark.parametrize("chosen", [True, False])
async def test_a_sender_that_is_not_chosen_yet_is_told(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], chosen: bool
) -> None:
    if chosen:
        account(2525)
    async with open_app(*files, size=(160, 40)) as pilot:
        await pilot.press("x", "enter")
        await until(pilot, lambda: "5 messages were saved in" in told(screen_text(pilot)))
        assert ("undecided@sender.invalid is used as the" in told(screen_text(pilot))) is not chosen


@pytest.mark.parametrize("query", ["graphiste", "unseen", "zzz", ""])
async def test_a_search_does_not_change_whom_it_is_for_and_that_is_said(
    files: list[Path], open_app: OpenApp, query: str
) -> None:
    async with open_app(*files) as pilot:
        await pilot.press("slash", *query, "enter")
        await settled(pilot)
        review = campaign_screen(pilot).session.review
        assert review is not None
        await pilot.press("x")
        await until(pilot, lambda: "Export a dry run" in screen_text(pilot))
        said = "It is for everybody" in screen_text(pilot)
        assert said is (len(review.shown) < review.total)


@pytest.mark.parametrize("chosen", [True, False])
async def test_nothing_that_only_stands_for_a_value_is_shown_as_one(
    files: list[Path], open_app: OpenApp, account: Callable[[int], None], chosen: bool
) -> None:
    if chosen:
        account(2525)
    async with open_app(*files) as pilot:
        await pilot.press("l", "l")
        await until(pilot, lambda: "RCPT TO" in screen_text(pilot))
        text = screen_text(pilot)
        assert "1970" not in text
        assert "undecided@" not in text
        assert "fixed when the messages are sealed" in text
        assert ("no account is chosen yet" in text) is not chosen
        await pilot.press("l", "l")
        await until(pilot, lambda: "until then" in screen_text(pilot))
