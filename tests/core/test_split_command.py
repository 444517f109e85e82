"""A command line is split as its writer's system splits it."""

from __future__ import annotations

import shlex
import subprocess

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailmerge.text.command_line import split_command

ARGUMENTS = st.lists(st.text(alphabet="ab \t\\\"'/:.é", max_size=8), min_size=1, max_size=5)


@given(ARGUMENTS)
@example(["C:\\Windows\\notepad.exe", "a\\", 'b"', ""])
def test_what_windows_joins_is_split_as_windows_does(arguments: list[str]) -> None:
    assert split_command(subprocess.list2cmdline(arguments), windows=True) == arguments


@given(ARGUMENTS)
def test_what_a_shell_joins_is_split_as_a_shell_does(arguments: list[str]) -> None:
    assert split_command(shlex.join(arguments), windows=False) == arguments


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (r"C:\Windows\notepad.exe", [r"C:\Windows\notepad.exe"]),
        (
            r'"C:\Program Files\Notepad++\notepad++.exe" -multiInst',
            [r"C:\Program Files\Notepad++\notepad++.exe", "-multiInst"],
        ),
        (
            r'"C:\My Tools\op.exe" read "op://vault/the mailbox"',
            [r"C:\My Tools\op.exe", "read", "op://vault/the mailbox"],
        ),
        (r"\\server\share\pass.exe it's", [r"\\server\share\pass.exe", "it's"]),
        (r'a\\"b c" d', ["a\\b c", "d"]),
        (r'"say ""yes"" twice" x', ['say "yes" twice', "x"]),
        ('"" x', ["", "x"]),
        ("  \t ", []),
        ("", []),
    ],
)
def test_backslashes_and_quotes_are_as_windows_writes_them(command: str, words: list[str]) -> None:
    assert split_command(command, windows=True) == words


@pytest.mark.parametrize("command", ['"C:\\Program Files\\x', 'a "b', 'a"'])
@pytest.mark.parametrize("windows", [True, False])
def test_a_quote_that_is_never_closed_is_an_error(command: str, windows: bool) -> None:
    with pytest.raises(ValueError, match="quotation"):
        split_command(command, windows=windows)
