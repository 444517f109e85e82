"""Every screen as a picture, in the two sizes that people have: drawn from the sample data, in French and English."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from pictures import picture
from textual.pilot import Pilot
from tui_cases import OpenApp, screen_text, settled, until

from mailmerge import i18n
from mailmerge.demo import DemoServer, demo_server
from mailmerge.i18n import plural
from mailmerge.tui.app import MailmergeApp
from mailmerge.tui.content import durations
from mailmerge.tui.screens.campaign.screen import CampaignScreen
from mailmerge.tui.screens.run.screen import RunScreen
from mailmerge.tui.screens.seal.screen import SealScreen
from tests.conftest import SAMPLE

SIZES = [(120, 40), (80, 24)]
LANGUAGES = ["en", "fr"]


@pytest.fixture(autouse=True, params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The language of the screens; the catalogue is the one that is shipped."""
    with i18n.speaking(request.param):
        yield request.param


def named(name: str, size: tuple[int, int]) -> str:
    suffix = "" if i18n.language() == "en" else f".{i18n.language()}"
    return f"{name}-{size[0]}x{size[1]}{suffix}"


async def pictures(pilot: Pilot[int], name: str) -> None:
    """The screen in both sizes: the second as it is where a terminal is made smaller."""
    for size in SIZES:
        if pilot.app.size != size:
            await pilot.resize_terminal(*size)
        await settled(pilot)
        picture(pilot, named(name, size))


class Noon(datetime.datetime):
    """A day whose sending ends on the same day, whenever the tests run."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Noon:
        return cls(2026, 10, 5, 12, tzinfo=tz)


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> Iterator[DemoServer]:
    with demo_server() as server:
        monkeypatch.setenv("MAILMERGE_HOME", str(server.environment.home.config.parent))
        monkeypatch.setattr(durations, "datetime", SimpleNamespace(datetime=Noon, timedelta=datetime.timedelta))
        yield server


async def test_the_campaign(demo: DemoServer, open_app: OpenApp) -> None:
    async with open_app(demo.campaign, size=SIZES[0]) as pilot:
        await pilot.press("j", "j", "j")
        await pictures(pilot, "campaign")


async def test_what_the_linter_stopped(open_app: OpenApp, tmp_path: Path) -> None:
    incident = shutil.copytree(SAMPLE / "incident", tmp_path / "incident")
    shutil.copyfile(SAMPLE / "refus.fr.md", incident / "refus.fr.md")
    async with open_app(incident / "candidats.csv", incident / "refus.fr.md", size=SIZES[0]) as pilot:
        await pilot.press("f", "f")
        await pictures(pilot, "findings")


async def test_a_letter_in_english(open_app: OpenApp) -> None:
    letter = SAMPLE.parent / "templates" / "rejection-after-application.en.md"
    async with open_app(SAMPLE / "candidates.csv", letter, size=SIZES[0]) as pilot:
        await pictures(pilot, "english")


async def test_sealing_and_the_result(demo: DemoServer) -> None:
    app = MailmergeApp([demo.campaign], demo=demo)
    async with app.run_test(size=SIZES[0]) as pilot:
        await until(pilot, lambda: isinstance(app.screen, CampaignScreen) and app.screen.session.review)
        await until(pilot, lambda: isinstance(app.screen, CampaignScreen) and app.screen.session.checked, seconds=30)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SealScreen) and "340" in screen_text(pilot))
        await pictures(pilot, "seal")
        await pilot.press("3", "4", "0", "enter")
        await until(pilot, lambda: isinstance(app.screen, RunScreen) and app.screen.tally.summary, seconds=300)
        said = plural(340, "The message was accepted.", "All {count} messages were accepted.")
        await until(pilot, lambda: said in screen_text(pilot))
        await pictures(pilot, "run")


@pytest.mark.parametrize("size", SIZES)
async def test_the_start(open_app: OpenApp, size: tuple[int, int]) -> None:
    """Opened in each size: the cursor blinks, and is there at first."""
    async with open_app(size=size) as pilot:
        await settled(pilot)
        picture(pilot, named("start", size))
