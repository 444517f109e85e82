"""The keys that matter where they matter: each pane shows its own, the help groups them, the palette has no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from each_row import pairs
from tui_cases import TABLE, OpenApp, campaign_screen, screen_text, until

from mailmerge.environment import Environment
from mailmerge.tui.content.help_wanted import HELP_WANTED
from mailmerge.tui.dialogs.help import HelpScreen, paragraphs
from mailmerge.tui.screens.campaign import keys
from mailmerge.tui.widgets.key_bar import KeyBar

PANES = {
    "1": {"f finding", "X leave out", "S only this one", "w filter", "s seal & send"},
    "2": {"e edit letter", "t test to me", "o open", "y copy", "s seal & send"},
    "3": {"⏎ go there", "X leave out", "r why", "s seal & send"},
}


async def test_each_pane_shows_its_own_keys_and_the_help_at_every_size(files: list[Path], open_app: OpenApp) -> None:
    files[0].write_text(TABLE.replace("hugo.petit@free.example", "hugo.petit"), encoding="utf-8")
    async with open_app(*files) as pilot:
        await pilot.press("f")
        for size in [(120, 40), (80, 24), (60, 16)]:
            await pilot.resize_terminal(*size)
            for pane, keys_shown in PANES.items():
                await pilot.press(pane)
                await pilot.pause()
                shown = screen_text(pilot).splitlines()[-1]
                assert {each for each in keys_shown if each not in shown} == set() or size[0] < 120, (pane, shown)
                assert "? help" in shown, (pane, size)
                assert "s seal & send" in shown or size[0] < 80, (pane, size)


NOBODYS, SOMEBODYS = "hugo.petit", "hugo.petit@gmial.com"


@pytest.mark.parametrize(("address", "is_offered"), [(NOBODYS, False), (SOMEBODYS, True)])
async def test_a_waiver_is_offered_only_where_somebody_may_answer(
    address: str, is_offered: bool, files: list[Path], open_app: OpenApp
) -> None:
    files[0].write_text(TABLE.replace("hugo.petit@free.example", address), encoding="utf-8")
    async with open_app(*files) as pilot:
        await pilot.press("f", "3")
        await pilot.pause()
        assert ("W waive" in screen_text(pilot).splitlines()[-1]) is is_offered
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        help_text = str([each.render() for each in pilot.app.screen.query("Static")])
        assert ("Waive a finding" in help_text) is is_offered
        await pilot.press("escape", "W")
        await pilot.pause()
        assert ("cannot be waived" in screen_text(pilot)) is not is_offered


async def test_where_one_types_the_footer_names_a_key_that_is_not_typed(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        assert pilot.app.focused is not None
        assert "F1 help" in screen_text(pilot).splitlines()[-1]
        bar = pilot.app.screen.query_one(KeyBar)
        await pilot.click(bar, offset=(screen_text(pilot).splitlines()[-1].index("F1 help"), 0))
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))


async def test_the_help_groups_the_keys_by_what_one_wants_to_do(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        text = str([each.render() for each in pilot.app.screen.query("Static")])
        places = [text.index(each.description) for each in (keys.REPAIR, keys.SEND, keys.GO, keys.LOOK, keys.DECIDE)]
        assert len(set(places)) == 5
        assert text.index("What matters here") < min(places)
        assert text.rindex("Page down") > max(places)


async def test_every_key_of_the_campaign_says_what_it_is_for(files: list[Path], open_app: OpenApp) -> None:
    for binding in keys.BINDINGS:
        assert binding.group is not None, binding  # type: ignore[union-attr]


@pytest.mark.parametrize("way", ["", "slash", "E", "ctrl+o"])
async def test_the_palette_names_our_own_keys_only(files: list[Path], open_app: OpenApp, way: str) -> None:
    async with open_app(*files) as pilot:
        await pilot.press(*([way] if way else []))
        await pilot.pause()
        screen = pilot.app.screen
        ours = {active.binding.description for active in screen.active_bindings.values() if active.binding.id}
        others = {"Theme", "Picture of the screen", HELP_WANTED}
        for command in pilot.app.get_system_commands(screen):
            assert command.title in ours | others or command.title.startswith("Language: "), command.title


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\ntwo\n\nthree", "one two\n\nthree"),
        ("X  blocks\n!  warns\n\nEnter goes\nthere.", "X  blocks\n!  warns\n\nEnter goes there."),
        ("alone", "alone"),
    ],
)
def test_a_paragraph_of_help_is_broken_by_the_window_alone(text: str, shown: str) -> None:
    assert paragraphs(text) == shown


async def test_no_pane_names_a_key_that_is_not_there(files: list[Path], open_app: OpenApp) -> None:
    files[0].write_text(TABLE.replace("hugo.petit@free.example", "hugo.petit"), encoding="utf-8")
    async with open_app(*files) as pilot:
        await pilot.press("f")
        screen = campaign_screen(pilot)
        for pane in ("people", "paper", "findings"):
            widget = screen.query_one(f"#{pane}")
            widget.focus()
            await pilot.pause()
            known = {active.binding.id for active in screen.active_bindings.values()}
            assert {name for name, _label in widget.KEYS} <= known  # type: ignore[attr-defined]


async def test_a_key_of_ones_own_does_the_work_and_is_shown(files: list[Path], open_app: OpenApp, home: Path) -> None:
    write_config(home, '[keys]\n"campaign.filter" = "z"\n')
    async with open_app(*files) as pilot:
        assert "z filter" in screen_text(pilot).splitlines()[-1]


DAMAGED = ['[keys]\n"campaign.filter" = 3\n', "keys = 7\n", "[keys\n", "keep_days = 'x'\n", "unknown = 1\n", "\0"]


@pytest.mark.parametrize(("content", "opened"), pairs(DAMAGED, [0, 2]))
async def test_a_damaged_config_file_is_told_on_the_first_screen(
    files: list[Path], open_app: OpenApp, home: Path, content: str, opened: int
) -> None:
    write_config(home, content)
    async with open_app(*files[:opened], checked=False) as pilot:
        await until(pilot, lambda: "config.toml" in screen_text(pilot))
        assert "internal error" not in screen_text(pilot)


def write_config(home: Path, content: str) -> None:
    config = Environment.here().home.config
    config.mkdir(parents=True, exist_ok=True)
    (config / "config.toml").write_text(content, encoding="utf-8")
