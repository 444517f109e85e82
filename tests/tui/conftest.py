"""The program on a small campaign of invented people."""

from __future__ import annotations

import threading
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from tui_cases import DRAWINGS, LETTER, TABLE, OpenApp, campaign_screen, until

from mailmerge.accounts import Accounts, account_from_preset
from mailmerge.files.home import find_home
from mailmerge.i18n import speaking
from mailmerge.tui.app import MailmergeApp
from mailmerge.tui.screens.campaign.screen import CampaignScreen
from mailmerge.tui.screens.campaign.viewing import Viewing
from mailmerge.tui.screens.run.holding import Holding


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each language of the screens in turn."""
    monkeypatch.setenv("MAILMERGE_LANG", request.param)
    with speaking(request.param):
        yield str(request.param)


@pytest.fixture(autouse=True)
def own_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No widget is changed from another thread than the program's own: Textual would not say so, and draw nonsense."""
    own, strayed = threading.get_ident(), []

    def watched(owner: type, name: str) -> None:
        method = getattr(owner, name)

        def called(*arguments: Any, **options: Any) -> Any:
            if threading.get_ident() != own:
                strayed.append("".join(traceback.format_stack(limit=6)))
            return method(*arguments, **options)

        monkeypatch.setattr(owner, name, called)

    watched(Widget, "refresh")
    watched(Widget, "mount")
    watched(Reactive, "__set__")
    yield
    assert not strayed, strayed[0]


@pytest.fixture(autouse=True)
def drawn_where_it_is_read(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No terminal is there: nothing is drawn for it, only for a test that reads the screen, and for pictures."""
    draw = Compositor.render_update

    def changing(owner: type, name: str) -> None:
        method = getattr(owner, name)

        def called(*arguments: Any, **options: Any) -> Any:
            DRAWINGS.changes += 1
            return method(*arguments, **options)

        monkeypatch.setattr(owner, name, called)

    def count(
        compositor: Compositor, full: bool = False, screen_stack: list[Screen] | None = None, simplify: bool = False
    ) -> Any:
        if full:
            return draw(compositor, full, screen_stack, simplify)
        DRAWINGS.count += 1
        visible_screen_stack.set(screen_stack or [])
        compositor._dirty_regions.clear()
        return None

    monkeypatch.setattr(Compositor, "render_update", count)
    changing(Compositor, "render_update")
    changing(Compositor, "reflow")
    changing(Widget, "refresh")
    yield
    DRAWINGS.read = ()


PARSED: dict[tuple[object, ...], list[RuleSet]] = {}
"""What each sheet of styles says, under the theme's variables: the same for every program that a worker opens."""
VARIABLES: dict[frozenset[tuple[str, str]], int] = {}
"""The variables of each theme, by number."""


@pytest.fixture(autouse=True)
def styles_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet of styles is parsed once for all tests: nearly all of them open the program."""
    parse = Stylesheet._parse_rules
    under: tuple[object, int] = (None, 0)

    def parsed(sheet: Stylesheet, css: str, *arguments: Any, **options: Any) -> list[RuleSet]:
        nonlocal under
        if under[0] is not sheet._variables:  # there are hundreds, and they are replaced as a whole
            variables = frozenset(sheet._variables.items())
            under = sheet._variables, VARIABLES.setdefault(variables, len(VARIABLES))
        key = (under[1], css, arguments, *options.items())
        if key not in PARSED:
            PARSED[key] = parse(sheet, css, *arguments, **options)
        return PARSED[key]

    monkeypatch.setattr(Stylesheet, "_parse_rules", parsed)


@pytest.fixture(autouse=True)
def rules_told_apart_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule of a sheet is told apart by what it is, which Python does much quicker than Textual's own words for it."""
    monkeypatch.setattr(RuleSet, "__hash__", object.__hash__)


@pytest.fixture(autouse=True)
def twice_as_many_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen is laid out 120 times a second, and each key waits half as long: for as many frames as before."""
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 100)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 1 / 2000)
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 1 / 120)


@pytest.fixture(autouse=True)
def held_for_no_time(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No sending is held before its first message, but where that is what a test is about."""
    if "held" not in request.keywords:
        monkeypatch.setattr(Holding, "seconds", 0)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A table as Excel France writes it, and a letter."""
    table, letter = tmp_path / "candidats.csv", tmp_path / "refus.fr.md"
    table.write_bytes(TABLE.replace("\n", "\r\n").encode("cp1252"))
    letter.write_text(LETTER, encoding="utf-8")
    return [table, letter]


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> OpenApp:
    """Open the program on some files, and wait until everything is checked."""
    monkeypatch.setattr(Viewing, "DWELL", 0.01)

    @asynccontextmanager
    async def opened(
        *sources: Path, size: tuple[int, int] = (120, 40), checked: bool = True
    ) -> AsyncIterator[Pilot[int]]:
        app = MailmergeApp(sources)
        async with app.run_test(size=size) as pilot:
            if sources and checked:
                await until(pilot, lambda: any(isinstance(s, CampaignScreen) for s in app.screen_stack))
                screen = campaign_screen(pilot)
                await until(pilot, lambda: screen.session.review and screen.session.review.report and screen.number)
                await until(pilot, lambda: all(worker.is_finished for worker in app.workers))
                await pilot.pause()
            yield pilot

    return opened


@pytest.fixture
def account() -> Callable[[int], None]:
    """Set up an account on a loopback server, without a password."""

    def add(port: int) -> None:
        accounts = Accounts(find_home().config)
        accounts.add(
            account_from_preset(
                "rh", "Atelier Garonne <rh@atelier.example>", host="127.0.0.1", port=port, tls="none", auth="none"
            )
        )

    return add
