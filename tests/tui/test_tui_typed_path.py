"""A path is understood as people give it, however it came into the field."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailmerge.tui.content.typed_path import as_typed, is_there, typed_path, where_looked

NAMES = [
    "candidats.csv",
    "mes candidats.csv",
    "l'été.csv",
    "100 %20 sûr.csv",
    "a#b?c.csv",
    "«liste».csv",
    "Łukasz & co.xlsx",
]
WAYS = {
    "typed": str,
    "with spaces around it": lambda path: f"  {path} \n",
    "in double quotes, as Windows copies a path": lambda path: f'"{path}"',
    "in single quotes, as a terminal drops a file": lambda path: "'" + str(path) + "'",
    "in the quotes of a word processor": lambda path: f"“{path}”",
    "in French quotes": lambda path: f"«\N{NO-BREAK SPACE}{path}\N{NO-BREAK SPACE}»",
    "as an address, as a file manager copies it": lambda path: path.as_uri(),
    "as an address on this machine": lambda path: path.as_uri().replace("file:///", "file://localhost/"),
    "as an address in quotes": lambda path: f'"{path.as_uri()}"',
}
posix = pytest.mark.skipif(os.name == "nt", reason="there a backslash is part of every path")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("way", WAYS)
def test_a_path_is_read_however_it_was_given(tmp_path: Path, name: str, way: str) -> None:
    path = tmp_path / name
    path.touch()
    assert typed_path(WAYS[way](path)) == path


@pytest.mark.parametrize("name", NAMES)
def test_a_path_from_home_is_read(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for given_as in (f"~/{name}", f'"~/{name}"'):
        assert typed_path(given_as) == tmp_path / name


@posix
@pytest.mark.parametrize("name", NAMES)
def test_a_path_that_a_terminal_dropped_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()
    escaped = "".join(f"\\{each}" if each in " '&#?()" else each for each in str(path))
    assert typed_path(escaped) == path


@posix
@pytest.mark.parametrize("name", ["'quoted'.csv", '"a"', "a\\ b.csv", "file:x", "~", "«x»"])
def test_what_is_there_under_the_very_name_is_meant(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).touch()
    assert typed_path(name) == Path(name)


@given(st.text(max_size=400))
def test_no_text_is_too_strange_to_be_asked_about(text: str) -> None:
    assert is_there(typed_path(text)) in {True, False}


@pytest.mark.parametrize("text", ["~nobody-has-this-name/x", "a" * 5000, "x\0y", "file://[::1", "file:", "\\" * 9])
def test_a_name_that_the_system_refuses_is_not_there(text: str) -> None:
    assert not is_there(typed_path(text)) or typed_path(text) in {Path(), Path("/")}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("here", ["there", "at home", "elsewhere"])
def test_a_path_that_was_chosen_is_shown_as_it_would_be_typed_and_means_the_same_file(
    tmp_path: Path, name: str, here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Recrutement 2026"
    folder.mkdir()
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(folder if here == "there" else tmp_path / "other")
    if here == "at home":
        monkeypatch.setenv("HOME" if os.name != "nt" else "USERPROFILE", str(tmp_path))
    (folder / name).write_text("x")
    written = as_typed(folder / name)
    assert typed_path(written).absolute() == folder / name
    if here == "at home":
        assert written.startswith("~")
    elif here == "there" and name[0] not in "«":
        assert written == name


@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize(
    "path",
    [
        r"\\srv\partage\candidats.xlsx", r"C:\Users\Zoé\Mes documents\candidats.xlsx", r"d:\a.csv",
        r"\\10.0.0.1\rh$\a b.ods", r"C:\2026\_liste.csv",
    ],
)  # fmt: skip
def test_a_path_of_windows_is_shown_as_it_was_given(path: str, quote: str) -> None:
    assert str(typed_path(f"{quote}{path}{quote}")) == path
    assert where_looked(typed_path(f"{quote}{path}{quote}")) == path
