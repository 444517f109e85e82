"""What the README says is what the program has."""

from __future__ import annotations

import re

import pytest
from catalogue_faults import typography

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


FRENCH = (ROOT / "README.fr.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^ {4,}((?:mailmerge|pip) .*?)(?: {2,}.*)?$", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")


def test_the_french_readme_has_the_same_commands_in_the_same_order() -> None:
    english = [line for line in COMMAND.findall(README) if not line.startswith("mailmerge demo")]
    french = [line.replace(" --lang fr demo", " demo") for line in COMMAND.findall(FRENCH)]
    assert french == english


def test_the_french_readme_names_the_same_options_keys_and_files() -> None:
    language = {"mailmerge --lang fr COMMANDE", "MAILMERGE_LANG=fr", 'language = "fr"'}
    assert set(CODE.findall(README)) - set(CODE.findall(FRENCH)) == {"mailmerge init my-first-campaign"}
    assert set(CODE.findall(FRENCH)) - set(CODE.findall(README)) <= {*language, "mailmerge init ma-premiere-campagne"}


def test_the_french_readme_is_set_as_french_is() -> None:
    prose = "\n".join(line for line in FRENCH.splitlines() if not line.startswith((" ", "!")) and "`" not in line)
    assert list(typography("", prose)) == []
    headings = [sum(line.startswith(f"{'#' * depth} ") for line in README.splitlines()) for depth in (1, 2, 3)]
    assert headings == [sum(line.startswith(f"{'#' * depth} ") for line in FRENCH.splitlines()) for depth in (1, 2, 3)]
