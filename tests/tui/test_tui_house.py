"""How the screens are built: who knows whom, what runs where, and that each key and each pane is what it says."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from house_source import circles, imports_of, modules
from textual import actions
from textual.binding import Binding
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.screen import Screen
from tui_cases import OpenApp, campaign_screen, until

import mailmerge.tui
from mailmerge.campaign import open_outbox
from mailmerge.campaign.session import Sealed
from mailmerge.tui.app import MailmergeApp
from mailmerge.tui.page import Page
from mailmerge.tui.widgets.rows import Rows


def trees() -> Iterator[tuple[str, ast.Module]]:
    """The source of every module of the screens."""
    return ((name, tree) for name, tree in modules().items() if f"{name}.".startswith("mailmerge.tui."))


NAVIGATION = "mailmerge.tui.navigation"
ITS_CALLERS = ("mailmerge.tui.program", "mailmerge.tui.new_campaign")
"""They name its type, and nothing of it when they run; the import contracts say the same."""


def graph(package: str) -> dict[str, set[str]]:
    """Who imports whom in a package: lazy or for types only counts too, but for the type of the navigation."""
    inside = {name: tree for name, tree in modules().items() if f"{name}.".startswith(f"{package}.")}
    found = {name: imports_of(tree, inside) - {name} for name, tree in inside.items()}
    return {name: known - {NAVIGATION} if name in ITS_CALLERS else known for name, known in found.items()}


def house_classes() -> list[type]:
    """Every class of the screens."""
    modules = [import_module(module.name) for module in walk_packages(mailmerge.tui.__path__, "mailmerge.tui.")]
    return [
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, type) and each.__module__ == module.__name__
    ]


def bindings() -> list[tuple[type, Binding]]:
    """Every key of our own, with the class that has it."""
    nodes = [cls for cls in house_classes() if issubclass(cls, DOMNode)]
    return [(cls, binding) for cls in nodes for binding in vars(cls).get("BINDINGS", ()) if binding.id]


# --- who knows whom --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("package", ["mailmerge.tui", "mailmerge.campaign.session", "mailmerge.campaign.setup"])
def test_no_module_leads_back_to_itself(package: str) -> None:
    assert circles(graph(package)) == []


def test_only_navigation_knows_the_screens() -> None:
    inside = {name for name, _ in trees() if name.startswith("mailmerge.tui.screens.")}
    knowing = {name for name, known in graph("mailmerge.tui").items() if known & inside and name not in inside}
    assert knowing == {NAVIGATION}


def test_nothing_below_the_screens_knows_them() -> None:
    for name, tree in modules().items():
        if not f"{name}.".startswith("mailmerge.tui."):
            inner = {each for each in imports_of(tree, modules()) if each.startswith("mailmerge.tui")}
            assert not inner or name == "mailmerge.cli.launch", (name, inner)


# --- classes ---------------------------------------------------------------------------------------------------------


def test_at_most_two_classes_of_our_own_are_above_any_class() -> None:
    classes = house_classes()
    assert len(classes) > 80
    for cls in classes:
        above = [each for each in cls.__mro__[1:] if each.__module__.startswith("mailmerge.tui")]
        assert len(above) <= 2, (cls, above)


def test_the_only_hook_is_what_a_row_looks_like() -> None:
    hooks = [
        (name, function.name)
        for name, tree in trees()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node)
    ]
    assert hooks == [(Rows.__module__, "row")]


# --- threads ---------------------------------------------------------------------------------------------------------


def test_threads_are_started_in_one_place_and_never_call_a_widget() -> None:
    starting = []
    for name, tree in trees():
        for node in ast.walk(tree):
            assert not (isinstance(node, ast.Attribute) and node.attr == "call_from_thread"), name
            if isinstance(node, ast.keyword) and node.arg == "thread" and ast.unparse(node.value) == "True":
                starting.append(name)
    assert starting == ["mailmerge.tui.jobs.jobs"]


def test_a_timer_of_a_page_draws_in_the_turn_of_the_page() -> None:
    timed = {
        name
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("set_timer", "set_interval")
    }
    assert timed == {"mailmerge.tui.page", "mailmerge.tui.widgets.palette"}


def started() -> Iterator[tuple[str, ast.expr]]:
    """What is run behind the screens, wherever that is asked for."""
    for name, tree in trees():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("start", "start_long")
                and ast.unparse(node.func.value).endswith("jobs")
            ):
                yield name, node.args[1]


def test_no_method_of_a_widget_or_a_controller_runs_behind_the_screens() -> None:
    commands = list(started())
    assert len(commands) > 15
    for name, command in commands:
        for node in ast.walk(command):
            own = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
            if own:
                kept = {"session", "_session", "review", "table", "path", "settings", "checked", "_compared"}
                assert node.attr in kept, (name, ast.unparse(command))


# --- keys ------------------------------------------------------------------------------------------------------------


def test_every_key_is_called_and_bound_as_it_always_was() -> None:
    listed = (Path(__file__).parent / "binding_ids.txt").read_text().splitlines()
    assert sorted({f"{binding.id} {binding.key}" for _, binding in bindings()}) == listed


def test_every_action_of_a_key_is_there() -> None:
    screens = [cls for cls in house_classes() if issubclass(cls, Screen)]
    for cls, binding in bindings():
        namespace, name, _ = actions.parse(binding.action)
        owners = {"app": [MailmergeApp], "screen": screens}.get(namespace, [cls])
        assert any(hasattr(owner, f"action_{name}") for owner in owners), (cls, binding)


@pytest.mark.parametrize("key", ["", "E"])
async def test_what_a_key_lets_a_controller_do_is_there(files: list[Path], open_app: OpenApp, key: str) -> None:
    async with open_app(*files) as pilot:
        campaign = campaign_screen(pilot)
        await pilot.press(*key)
        await until(pilot, lambda: (pilot.app.screen is campaign) == (not key))
        screen = pilot.app.screen
        assert isinstance(screen, Page)
        done = [actions.parse(b.action)[2] for cls, b in bindings() if cls is type(screen) and "do(" in b.action]
        assert done
        for arguments in done:
            controller, _, method = str(arguments[0]).partition(".")
            assert callable(getattr(screen.controllers[controller], method)), arguments
            assert not method.startswith("_")


def _seal(pilot: Pilot[int]) -> None:
    from mailmerge.accounts import account_from_preset

    session = campaign_screen(pilot).session
    assert session.checked is not None
    account = account_from_preset("rh", "rh@atelier.example", host="127.0.0.1", port=25, tls="none", auth="none")
    run = session.checked.seal(account, open_outbox())
    session.apply(Sealed(session.checked.campaign, run, list(run.messages())))
    pilot.app.go.run(run, list(run.messages()))  # type: ignore[attr-defined]


WAYS: dict[str, Callable[[Pilot[int]], object]] = {
    "campaign": lambda pilot: None,
    "search": lambda pilot: pilot.press("slash"),
    "editor": lambda pilot: pilot.press("E"),
    "rules": lambda pilot: pilot.press("r"),
    "accounts": lambda pilot: pilot.press("a"),
    "runs": lambda pilot: pilot.press("v"),
    "excluded": lambda pilot: pilot.press("B"),
    "table": lambda pilot: pilot.press("m"),
    "seal": lambda pilot: pilot.press("s"),
    "start": lambda pilot: pilot.press("ctrl+o"),
    "run": _seal,
    "incident": lambda pilot: pilot.app.go.incident(),  # type: ignore[attr-defined]
}


@pytest.mark.parametrize("way", WAYS)
async def test_every_pane_that_takes_keys_has_a_help(files: list[Path], open_app: OpenApp, way: str) -> None:
    async with open_app(*files) as pilot:
        going = WAYS[way](pilot)
        if going is not None:
            await going  # type: ignore[misc]
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, Page)
        focusable = [node for node in screen.walk_children() if node.focusable]
        assert focusable
        for node in focusable:
            assert any(each.HELP for each in node.ancestors_with_self), node


def test_no_module_of_the_screens_is_longer_than_can_be_kept_in_mind() -> None:
    lengths = {name: max(getattr(node, "end_lineno", 0) for node in ast.walk(tree)) for name, tree in trees()}
    assert {name: length for name, length in lengths.items() if length > 335} == {}
