"""What the README says is what the program has."""

from __future__ import annotations

import pytest

from mailmerge.cli.app import COMMANDS
from tests.conftest import ROOT

pytestmark = pytest.mark.in_english
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"mailmerge {command}" in README or f"`{command}" in README


@pytest.mark.parametrize("line", ["pip install uv && uv run mailmerge demo", "pip install uv && uv run pytest"])
def test_the_two_lines_that_do_everything_are_in_the_readme(line: str) -> None:
    assert line in README
