"""Help, I sent a list to everybody: from the start page to the apologies, step by step, left and found again."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from each_row import pairs
from leaked_mails import AWARE, eml, people
from msgspec.structs import replace
from pictures import picture
from textual.pilot import Pilot
from textual.widgets import Input
from tui_cases import OpenApp, screen_text, settled, until

from mailmerge.environment import Environment
from mailmerge.incident.draft import IncidentDraft, keep_draft, opened_from
from mailmerge.incident.opening import set_facts
from mailmerge.incident.record import read_record
from mailmerge.tui.dialogs.ask import Ask
from mailmerge.tui.dialogs.choose import Choose
from mailmerge.tui.dialogs.file_picker import FilePicker
from mailmerge.tui.screens.campaign.screen import CampaignScreen
from mailmerge.tui.screens.incident.screen import IncidentScreen
from mailmerge.tui.screens.incident.steps import StepList
from mailmerge.tui.screens.start import StartScreen

SIZES = [(120, 40), (80, 24)]


@pytest.fixture
def leak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A mail in the current folder, which file dialogs begin with."""
    path = tmp_path / "mails" / "leak.eml"
    path.parent.mkdir()
    path.write_bytes(eml(people()[:20]))
    monkeypatch.chdir(path.parent)
    return path


async def screen_of(pilot: Pilot[int], kind: type) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))
    await pilot.pause()


async def typed(pilot: Pilot[int], text: str) -> None:
    await screen_of(pilot, Ask)
    pilot.app.screen.query_one(Input).value = text
    await pilot.press("enter")


@pytest.mark.parametrize("size", SIZES)
async def test_the_start_page_offers_help(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(size=size) as pilot:
        await screen_of(pilot, StartScreen)
        assert "Help, I sent a list to everybody" in screen_text(pilot)
        await pilot.click("#incident")
        await screen_of(pilot, IncidentScreen)
        assert "do not recall the mail" in " ".join(screen_text(pilot).split())
        await pilot.press("escape")
        await screen_of(pilot, StartScreen)
        await pilot.press("escape", "h")
        await screen_of(pilot, IncidentScreen)


async def test_the_palette_offers_help_everywhere(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        commands = [c for c in pilot.app.get_system_commands(pilot.app.screen) if c.title.startswith("Help, I sent")]
        assert len(commands) == 1
        commands[0].callback()
        await screen_of(pilot, IncidentScreen)
        again = [c for c in pilot.app.get_system_commands(pilot.app.screen) if c.title.startswith("Help, I sent")]
        assert len(again) == 1
        again[0].callback()
        assert sum(isinstance(screen, IncidentScreen) for screen in pilot.app.screen_stack) == 1


@pytest.mark.parametrize("size", SIZES)
async def test_the_whole_way_on_screen(open_app: OpenApp, leak: Path, size: tuple[int, int]) -> None:
    async with open_app(size=size) as pilot:
        await screen_of(pilot, StartScreen)
        pilot.app.go.incident()  # type: ignore[attr-defined]
        await screen_of(pilot, IncidentScreen)
        screen = pilot.app.screen
        assert isinstance(screen, IncidentScreen)

        await pilot.press("j", "j", "j", "enter")
        await until(pilot, lambda: "First choose the mail" in screen_text(pilot))
        await pilot.press("k", "k", "k", "enter")
        await screen_of(pilot, FilePicker)
        await until(pilot, lambda: "leak.eml" in screen_text(pilot))
        await pilot.press("j", "enter")
        await screen_of(pilot, IncidentScreen)
        assert screen.draft.copies == (str(leak),)

        await pilot.press("j", "j", "enter")
        await typed(pilot, "2026-09-01 10:15")
        await until(pilot, lambda: "has no time zone" in screen_text(pilot))
        await typed(pilot, AWARE)
        await screen_of(pilot, IncidentScreen)
        assert "4 September 2026 at 10:15" in screen_text(pilot)

        await pilot.press("j", "enter")
        await screen_of(pilot, Ask)
        await pilot.press("enter")
        await screen_of(pilot, IncidentScreen)
        await until(pilot, lambda: "380 disclosures" in screen_text(pilot))
        folder = leak.parent / "incident"
        assert read_record(folder).people == 20
        assert "the deadline has passed" in screen_text(pilot).splitlines()[0]
        assert "until 4 September 2026 at 10:15" in screen_text(pilot)

        await pilot.press("j", "enter")
        await screen_of(pilot, Choose)
        await pilot.press(*"organisation", "enter")
        await typed(pilot, "Atelier Garonne")
        await until(pilot, lambda: read_record(folder).facts.get("organisation") == "Atelier Garonne")
        await settled(pilot)

        await pilot.press("j", "j", "enter")
        await screen_of(pilot, CampaignScreen)
        await settled(pilot)
        assert "20" in screen_text(pilot)


async def test_a_choice_is_made_among_words(open_app: OpenApp, leak: Path, tmp_path: Path) -> None:
    environment = Environment.here()
    draft = IncidentDraft(copies=(str(leak),), aware=AWARE)
    keep_draft(environment, opened_from(draft, str(tmp_path / "out"), "en", environment))
    async with open_app() as pilot:
        await screen_of(pilot, StartScreen)
        pilot.app.go.incident()  # type: ignore[attr-defined]
        await screen_of(pilot, IncidentScreen)
        assert "▸ ! 5" in screen_text(pilot)
        await pilot.press("enter")
        await screen_of(pilot, Choose)
        await pilot.press(*"serious", "enter")
        await until(pilot, lambda: "limited" in screen_text(pilot))
        await pilot.press("down", "enter")
        await until(pilot, lambda: read_record(tmp_path / "out").facts.get("gravity") == "limited")


async def test_each_step_is_found_again_and_can_be_taken_back(open_app: OpenApp, leak: Path) -> None:
    keep_draft(Environment.here(), IncidentDraft(copies=(str(leak), str(leak.with_name("b.msg"))), aware=AWARE))
    async with open_app() as pilot:
        await screen_of(pilot, StartScreen)
        pilot.app.go.incident()  # type: ignore[attr-defined]
        await screen_of(pilot, IncidentScreen)
        screen = pilot.app.screen
        assert isinstance(screen, IncidentScreen)
        assert screen.draft.aware == AWARE
        assert "▸ ! 4" in screen_text(pilot)
        await pilot.press("k", "k", "k", "x")
        await until(pilot, lambda: screen.draft.copies == (str(leak),))
        await pilot.press("j", "j", "x")
        await until(pilot, lambda: not screen.draft.aware)
        await pilot.press("escape")
        await screen_of(pilot, StartScreen)
        pilot.app.go.incident()  # type: ignore[attr-defined]
        await screen_of(pilot, IncidentScreen)
        assert pilot.app.screen.draft == IncidentDraft(copies=(str(leak),))  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", SIZES)
async def test_the_incident_as_a_picture(open_app: OpenApp, leak: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    environment = Environment.here()
    draft = IncidentDraft(copies=(str(leak),), aware=AWARE)
    keep_draft(environment, opened_from(draft, str(tmp_path / "out"), "en", environment))
    then = datetime.datetime(2026, 9, 1, 12, 15, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    async with open_app(size=size) as pilot:
        await screen_of(pilot, StartScreen)
        pilot.app.environment = replace(environment, clock=lambda: then)  # type: ignore[attr-defined]
        pilot.app.go.incident()  # type: ignore[attr-defined]
        await screen_of(pilot, IncidentScreen)
        await settled(pilot)
        picture(pilot, f"incident-{size[0]}x{size[1]}")


async def test_another_language_leaves_the_reader_at_the_step(open_app: OpenApp, leak: Path) -> None:
    keep_draft(Environment.here(), IncidentDraft(copies=(str(leak),)))
    async with open_app() as pilot:
        await screen_of(pilot, StartScreen)
        pilot.app.go.incident()  # type: ignore[attr-defined]
        await screen_of(pilot, IncidentScreen)
        screen = pilot.app.screen
        assert isinstance(screen, IncidentScreen)
        await pilot.press("j", "j", "j")
        await until(pilot, lambda: "▸   6" in screen_text(pilot))
        await screen.speak_again()
        await until(pilot, lambda: "▸   6" in screen_text(pilot))
        assert "Step by step" in screen_text(pilot)
        assert "Tell the management" in screen_text(pilot)


async def test_what_cannot_be_counted_is_said_in_one_line(open_app: OpenApp, leak: Path) -> None:
    leak.write_bytes(eml(people()[:1]))
    keep_draft(Environment.here(), IncidentDraft(copies=(str(leak),), aware=AWARE))
    async with open_app() as pilot:
        await screen_of(pilot, StartScreen)
        pilot.app.go.incident()  # type: ignore[attr-defined]
        await screen_of(pilot, IncidentScreen)
        await pilot.press("enter")
        await screen_of(pilot, Ask)
        await pilot.press("enter")
        await until(pilot, lambda: "no exposure" in screen_text(pilot))
        assert not (leak.parent / "incident").exists()


async def test_another_incident_leaves_the_first_one_to_be_found(open_app: OpenApp, leak: Path, tmp_path: Path) -> None:
    environment = Environment.here()
    draft = IncidentDraft(copies=(str(leak),), aware=AWARE)
    keep_draft(environment, opened_from(draft, str(tmp_path / "first"), "en", environment))
    async with open_app() as pilot:
        await screen_of(pilot, StartScreen)
        pilot.app.go.incident()  # type: ignore[attr-defined]
        await screen_of(pilot, IncidentScreen)
        screen = pilot.app.screen
        assert isinstance(screen, IncidentScreen)
        await pilot.press("n")
        await until(pilot, lambda: screen.draft == IncidentDraft())
        await pilot.press("i")
        await screen_of(pilot, Choose)
        await pilot.press("enter")
        await until(pilot, lambda: screen.draft.folder == str(tmp_path / "first"))
        await pilot.press("x")
        assert screen.draft.folder == str(tmp_path / "first")


async def test_a_name_from_outside_is_shown_and_not_acted_upon(open_app: OpenApp, leak: Path) -> None:
    keep_draft(Environment.here(), IncidentDraft(copies=(str(leak.with_name("[bold]\x1b[31m\u202e.eml")),)))
    async with open_app() as pilot:
        await screen_of(pilot, StartScreen)
        pilot.app.go.incident()  # type: ignore[attr-defined]
        await screen_of(pilot, IncidentScreen)
        await pilot.press("k", "k", "k")
        await until(pilot, lambda: "[bold]␛[31m‹U+202E›.eml" in screen_text(pilot))


async def counted(pilot: Pilot[int], leak: Path, aware: str) -> IncidentScreen:
    """The page of an incident that was counted."""
    environment = Environment.here()
    draft = IncidentDraft(copies=(str(leak),), aware=aware)
    keep_draft(environment, opened_from(draft, str(leak.parent / "incident"), "en", environment))
    await screen_of(pilot, StartScreen)
    pilot.app.go.incident()  # type: ignore[attr-defined]
    await screen_of(pilot, IncidentScreen)
    screen = pilot.app.screen
    assert isinstance(screen, IncidentScreen)
    return screen


@pytest.mark.parametrize(("width", "ago"), pairs([80, 100, 160], [1, 70, 100]))
async def test_the_hours_and_the_deadline_are_whole_at_every_width(
    open_app: OpenApp, leak: Path, width: int, ago: int
) -> None:
    known = datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=ago, minutes=30)
    until_then = known + datetime.timedelta(hours=72)
    async with open_app(size=(width, 24)) as pilot:
        await counted(pilot, leak, f"{known:%Y-%m-%d %H:%M} Etc/UTC")
        left = 71 - ago
        said = "the deadline has passed" if left < 0 else "1 hour left" if left == 1 else f"{left} hours left"
        text = screen_text(pilot)
        assert said in text.splitlines()[0]
        assert f"until {until_then.day} {until_then:%B %Y} at {until_then:%H:%M}" in text


@pytest.mark.parametrize("row", [0, 1, 2, 3])
async def test_a_step_that_was_taken_for_good_offers_nothing_and_says_so(
    open_app: OpenApp, leak: Path, row: int
) -> None:
    async with open_app(size=(120, 40)) as pilot:
        screen = await counted(pilot, leak, AWARE)
        screen.query_one(StepList).show_row(row)
        await settled(pilot)
        assert not {"Enter adds", "Enter chooses", "Enter types", "Enter asks"} & set(
            re.findall(r"Enter \w+", " ".join(screen_text(pilot).split()))
        )
        await pilot.press("enter")
        await until(pilot, lambda: "This incident is counted already." in screen_text(pilot))


@pytest.mark.parametrize("signed", [False, True])
async def test_beside_the_apologies_is_whether_somebody_signs_them(
    open_app: OpenApp, leak: Path, *, signed: bool
) -> None:
    async with open_app(size=(120, 40)) as pilot:
        screen = await counted(pilot, leak, AWARE)
        if signed:
            set_facts(
                leak.parent / "incident", {"signatory": "Claire Martin"}, language="en", environment=Environment.here()
            )
            screen.fill()
        screen.query_one(StepList).show_row(6)
        await settled(pilot)
        said = "✓ Who signs the apology   Claire Martin" if signed else "! Who signs the apology"
        assert said in screen_text(pilot)


@pytest.mark.parametrize("there", [0, 1, 3])
async def test_the_folder_that_is_offered_is_a_new_one(open_app: OpenApp, leak: Path, there: int) -> None:
    for name in ["incident", "incident-2", "incident-3"][:there]:
        (leak.parent / name).mkdir()
    keep_draft(Environment.here(), IncidentDraft(copies=(str(leak),), aware=AWARE))
    async with open_app() as pilot:
        await screen_of(pilot, StartScreen)
        pilot.app.go.incident()  # type: ignore[attr-defined]
        await screen_of(pilot, IncidentScreen)
        await pilot.press("enter")
        await screen_of(pilot, Ask)
        offered = pilot.app.screen.query_one(Input).value
        assert offered == str(leak.parent / ["incident", "incident-2", "", "incident-4"][there])
