"""A shortcut on the desktop opens its campaign, whatever the folder is called, and writes over nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from mailmerge.campaign.setup.shortcut import desktop_text, shell_text, windows_text, write_shortcut
from mailmerge.cli.app import commands
from mailmerge.errors import UsageError

PARTS = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1), min_size=1)
WINDOWS = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"'), min_size=1), min_size=1
)
ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def arguments(entry: str) -> list[str]:
    """What a desktop makes of Exec: the value unescaped, then its quoted arguments, then the field codes."""
    value = next(line for line in entry.split("\n") if line.startswith("Exec=")).removeprefix("Exec=")
    text, characters = "", iter(value)
    for character in characters:
        text += ESCAPES[next(characters)] if character == "\\" else character
    found: list[str] = []
    characters = iter(text)
    for character in characters:
        if character != '"':
            assert character == " "
            continue
        argument = ""
        for inner in characters:
            if inner == '"':
                break
            argument += next(characters) if inner == "\\" else inner
        found.append(argument.replace("%%", "%"))
    return found


@given(PARTS)
def test_a_desktop_entry_starts_the_command_as_it_is(command: list[str]) -> None:
    assert arguments(desktop_text(command, "x")) == command


@given(WINDOWS)
def test_a_batch_file_names_every_part_once_and_expands_nothing(command: list[str]) -> None:
    line = windows_text(command).split("\r\n")[2]
    assert line.replace("%%", "%") == " ".join(f'"{part}"' for part in command)
    assert "%" not in line.replace("%%", "")


@pytest.mark.in_english
@pytest.mark.parametrize("name", ["simple", "deux mots", "l'été", 'a "b"', "$HOME", "`id`", "50 %", "a\\b", "é;x&y"])
def test_a_script_for_macos_starts_the_command_as_it_is(tmp_path: Path, name: str) -> None:
    script = tmp_path / "x.command"
    script.write_text(shell_text([sys.executable, "-c", "import sys; print(sys.argv[1:])", name]), encoding="utf-8")
    done = subprocess.run(["/bin/sh", str(script)], check=True, capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == str([name])


@pytest.mark.parametrize(("system", "suffix"), [("linux", ".desktop"), ("darwin", ".command"), ("win32", ".cmd")])
def test_a_shortcut_can_be_started_and_writes_over_nothing(tmp_path: Path, system: str, suffix: str) -> None:
    campaign = tmp_path / "refus de novembre" / "campaign.toml"
    path = write_shortcut(campaign, tmp_path, system=system)
    assert path == tmp_path / f"refus de novembre{suffix}"
    assert os.access(path, os.X_OK)
    before = path.read_bytes()
    with pytest.raises(UsageError, match="already exists"):
        write_shortcut(campaign, tmp_path, system=system)
    assert path.read_bytes() == before
    with pytest.raises(UsageError, match="is not a folder"):
        write_shortcut(campaign, tmp_path / "nowhere", system=system)


def test_init_makes_a_shortcut_where_it_is_asked_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desktop = tmp_path / "Desktop"
    desktop.mkdir()
    monkeypatch.setattr("platformdirs.user_desktop_path", lambda: desktop)
    done = CliRunner().invoke(commands, ["init", str(tmp_path / "one"), "--shortcut"])
    assert done.exit_code == 0, done.output
    (made,) = desktop.iterdir()
    assert str(tmp_path / "one" / "campaign.toml") in made.read_text(encoding="utf-8")
    assert CliRunner().invoke(commands, ["init", str(tmp_path / "two")]).exit_code == 0
    assert list(desktop.iterdir()) == [made]
