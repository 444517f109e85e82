"""Everything around the review: help, palette, themes, keys, accounts, the start, leaving."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from textual.binding import Binding
from tui_cases import OpenApp, campaign_screen, screen_text, settled, until

from mailmerge.accounts import Accounts
from mailmerge.files.home import find_home
from mailmerge.tui.app import MailmergeApp
from mailmerge.tui.content.theme import DEFAULT
from mailmerge.tui.page import Page
from mailmerge.tui.screens.start import StartScreen
from mailmerge.tui.ui_state import Memory
from mailmerge.tui.widgets.key_bar import KeyBar


def subclasses(cls: type) -> set[type]:
    found = set(cls.__subclasses__())
    return found.union(*(subclasses(each) for each in found))


async def test_help_shows_the_keys_of_the_pane(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: "this message has not been looked at" in screen_text(pilot))
        assert "Leave this person out" in " ".join(screen_text(pilot).split()) or "Next finding" in screen_text(pilot)
        await pilot.press("escape", "2", "f1")
        await until(pilot, lambda: "What this person gets" in screen_text(pilot))


async def test_everything_is_in_the_palette(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        titles = {command.title for command in pilot.app.get_system_commands(pilot.app.screen)}
        assert {"Next finding", "Search", "Export a dry run", "Seal and send", "Accounts", "Rules", "Quit"} <= titles
        await pilot.press("ctrl+p")
        await settled(pilot)
        await pilot.press(*"rules of", "enter")
        await settled(pilot)


@pytest.mark.parametrize("theme", ["ink", "paper", "ansi-dark", "ansi-light", "textual-dark", "nord"])
async def test_every_theme_can_be_used(files: list[Path], open_app: OpenApp, theme: str) -> None:
    async with open_app(*files) as pilot:
        pilot.app.theme = theme
        await settled(pilot)
        assert "Maëlys Roux" in screen_text(pilot)
        assert (Memory(find_home().state).theme or DEFAULT) == theme


async def test_without_colours_nothing_is_lost(
    files: list[Path], open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    files[0].write_text(files[0].read_text("cp1252").replace("hugo.petit@free.example", ""), encoding="cp1252")
    async with open_app(*files) as pilot:
        await pilot.press("f")
        await until(pilot, lambda: campaign_screen(pilot).number == 2)
        text = screen_text(pilot)
        assert "X Hugo Petit" in text
        assert "X LST105" in text


async def test_keys_can_be_changed_in_the_configuration(files: list[Path], open_app: OpenApp, home: Path) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text('[keys]\n"rows.down" = "n"\n')
    async with open_app(*files) as pilot:
        await pilot.press("n")
        await until(pilot, lambda: campaign_screen(pilot).number == 2)
        assert "n person" in screen_text(pilot)


async def test_every_key_of_our_own_has_an_id_and_says_what_it_does(files: list[Path], open_app: OpenApp) -> None:
    from textual.dom import DOMNode

    import mailmerge.tui

    for module in walk_packages(mailmerge.tui.__path__, "mailmerge.tui."):
        import_module(module.name)
    for cls in subclasses(DOMNode):
        if not cls.__module__.startswith("mailmerge.tui"):
            continue
        for binding in vars(cls).get("BINDINGS", ()):
            assert isinstance(binding, Binding)
            if not binding.description:  # a plain movement of Textual's own editor
                continue
            assert binding.id, (cls, binding)
            assert binding.tooltip, (cls, binding)


async def test_a_key_of_the_footer_can_be_clicked(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        bar = pilot.app.screen.query_one(KeyBar)
        x = screen_text(pilot).split("\n")[bar.region.y].index("search")
        await pilot.click(bar, offset=(x, 0))
        await until(pilot, lambda: pilot.app.focused is not None and pilot.app.focused.id == "search")


async def test_q_leaves(files: list[Path]) -> None:
    app = MailmergeApp(files)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, Page))
        await pilot.press("q")
    assert app.return_value == 0


async def test_recent_campaigns_are_offered_at_the_start(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files):
        pass
    async with open_app() as pilot:
        await until(pilot, lambda: "refus" in screen_text(pilot) and "5 people" in screen_text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "Maëlys Roux" in screen_text(pilot))


async def test_files_can_be_typed_at_the_start(files: list[Path], open_app: OpenApp) -> None:
    async with open_app() as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StartScreen)
        screen.query_one("#recipients").value = str(files[0])  # type: ignore[attr-defined]
        screen.query_one("#letter").value = str(files[1])  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, lambda: "Maëlys Roux" in screen_text(pilot))


async def test_an_account_is_added_checked_and_removed(open_app: OpenApp, smtp_server: Any) -> None:
    async with open_app() as pilot:
        await pilot.press("escape", "a")
        await until(pilot, lambda: "adds the mailbox to send from" in screen_text(pilot))
        await pilot.press("n")
        await settled(pilot)
        form = pilot.app.screen
        form.query_one("#provider").value = "other"  # type: ignore[attr-defined]
        await settled(pilot)
        for field, value in (("name", "rh"), ("address", "Claire <rh@x.example>"), ("host", "127.0.0.1")):
            form.query_one(f"#{field}").value = value  # type: ignore[attr-defined]
        form.query_one("#port").value = str(smtp_server.port)  # type: ignore[attr-defined]
        form.query_one("#tls").value = "none"  # type: ignore[attr-defined]
        form.query_one("#signature").text = "Claire Martin\nRH\n"  # type: ignore[attr-defined]
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "rh sends as rh@x.example" in screen_text(pilot))
        assert Accounts(find_home().config).get("rh").signature == "Claire Martin\nRH"
        assert [account.name for account in Accounts(find_home().config).all()] == ["rh"]
        await pilot.press("D")
        await until(pilot, lambda: "Remove the account rh?" in screen_text(pilot))
        await pilot.press("y")
        await until(pilot, lambda: Accounts(find_home().config).all() == [])


async def test_an_account_that_is_wrong_is_said_in_the_form(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await pilot.press("escape", "a", "n")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "account" in screen_text(pilot) and "! " in screen_text(pilot))


async def test_the_title_of_the_pane_with_the_focus_is_marked(files: list[Path], open_app: OpenApp) -> None:
    async with open_app(*files) as pilot:
        for key, title in (("2", "1 of 5"), ("3", "Findings"), ("1", "Recipients")):
            await pilot.press(key)
            await pilot.pause()
            assert f"▌{title}" in screen_text(pilot)
            assert screen_text(pilot).count("▌") == 1


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize(
    "facts",
    [
        ("candidats.csv", "refus.fr.md"),
        ("candidats.csv", "refus.fr.md, refus.en.md, refus.de.md, refus.es.md"),
        ("candidats de novembre, corrigés et relus.xlsx", "refus.fr.md"),
        ("t" * 90, "l" * 90),
        ("候補者の名簿と面接の日程.csv", "お断りの手紙.md"),
    ],
    ids=["short", "several letters", "a long table", "both long", "wide"],
)
async def test_who_sends_stands_in_the_head_whatever_else_there_is(
    files: list[Path], open_app: OpenApp, facts: tuple[str, ...], width: int
) -> None:
    async with open_app(*files, size=(width, 24)) as pilot:
        campaign_screen(pilot).head("novembre", *facts, "rh@atelier.example")
        await pilot.pause()
        first = screen_text(pilot).splitlines()[0].rstrip()
        assert first.endswith("rh@atelier.example")
        assert "novembre  " in first
