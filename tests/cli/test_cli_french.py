"""French where the system asks for it: without an installed locale, on consoles that lack half of its signs."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from copy import copy
from pathlib import Path

import click
import pytest
from house_source import modules

from mailmerge import i18n
from mailmerge.cli.app import COMMANDS, commands, load
from mailmerge.cli.language import in_language

SYSTEMS = {"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "fr_TF.UTF-8", "LC_ALL": "fr_ZZ@nowhere"}
"""Where a system says French; most machines have none of these locales, and two of them exist nowhere."""
ENCODINGS = ["cp1252", "cp850"]
SAID = {
    ("--help",): "Utilisation",
    ("rules", "LST105"): "Une seule adresse dans le champ e-mail",
    ("check", "nowhere.csv", "x.md"): "fichier introuvable",
}
"""What is asked for, and a piece of the answer that every console can show."""


def run(tmp_path: Path, arguments: tuple[str, ...], encoding: str, system: dict[str, str]) -> tuple[str, str]:
    """What a process of its own writes to stdout and stderr."""
    asked = ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "MAILMERGE_LANG")
    environment = {name: value for name, value in os.environ.items() if name not in asked}
    environment |= {"MAILMERGE_HOME": str(tmp_path), "PYTHONIOENCODING": encoding, "PYTHONWARNINGS": "error", **system}
    command = [sys.executable, "-m", "mailmerge", *arguments]
    done = subprocess.run(command, capture_output=True, env=environment, cwd=tmp_path, timeout=60)
    assert b"Traceback" not in done.stderr
    return done.stdout.decode(encoding), done.stderr.decode(encoding)


@pytest.mark.in_english
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("arguments", SAID, ids=" ".join)
def test_a_console_shows_french_with_the_signs_that_it_has(
    tmp_path: Path, arguments: tuple[str, ...], encoding: str
) -> None:
    said = "".join(run(tmp_path, arguments, encoding, {"LANG": "fr_FR.UTF-8"}))
    assert SAID[arguments] in said.replace("\n", " ")
    whole = "".join(run(tmp_path, arguments, "utf-8", {"LANG": "fr_FR.UTF-8"}))
    assert said.count("?") <= whole.count("?"), "no sign is lost to a question mark"
    assert ("é" in said) == ("é" in whole)


@pytest.mark.in_english
@pytest.mark.parametrize("variable", SYSTEMS)
def test_a_locale_that_the_machine_lacks_is_spoken_all_the_same(tmp_path: Path, variable: str) -> None:
    out, err = run(tmp_path, ("rules", "LST105"), "utf-8", {variable: SYSTEMS[variable]})
    assert "Une seule adresse dans le champ e-mail." in out
    assert err == ""


def asks_the_c_library(tree: ast.AST) -> bool:
    """Whether the locale of the process is changed or asked for: that fails where it is not installed."""
    names = {"getdefaultlocale", "getlocale", "localeconv", "resetlocale", "setlocale", "nl_langinfo"}
    found = (
        node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name | ast.alias)
    )
    return not names.isdisjoint(found)


@pytest.mark.in_english
def test_the_locale_of_the_process_is_never_touched() -> None:
    assert [name for name, tree in modules().items() if asks_the_c_library(tree)] == []


@pytest.mark.in_english
@pytest.mark.parametrize(
    "source",
    ["locale.setlocale(locale.LC_ALL, '')", "from locale import setlocale", "import locale as l\nl.getlocale()"],
)
def test_whoever_touches_it_is_seen(source: str) -> None:
    assert asks_the_c_library(ast.parse(source))


def every_command() -> list[tuple[str, click.Command]]:
    """Each command as it is written, by its name."""
    found = [("mailmerge", commands), *((name, load(target)) for name, target in COMMANDS.items())]
    for name, command in found[1:]:
        if isinstance(command, click.Group):
            found += [(f"{name} {sub}", each) for sub, each in command.commands.items()]
    return found


def metavars(command: click.Command) -> set[str]:
    """The words that stand for values in the usage and the options of a command."""
    command = copy(command)  # Click keeps the option for help, of which it makes one in the language of now
    with click.Context(command) as context:
        values = [each.make_metavar(context) for each in command.params if not getattr(each, "is_flag", False)]
        usage = " ".join(command.collect_usage_pieces(context))
    return set(re.findall(r"\b[A-Z]{2,}\b", " ".join((*values, usage)))) - {"URL"}


@pytest.mark.in_english
def test_what_stands_for_a_value_is_a_french_word_wherever_it_is_named() -> None:
    with i18n.speaking("en"):
        english = set[str]().union(*(metavars(command) for _name, command in every_command()))
    with i18n.speaking("fr"):
        french = {name: in_language(command) for name, command in every_command()}
        words = set[str]().union(*(metavars(command) for command in french.values()))
        helps = {name: command.get_help(click.Context(command)) for name, command in french.items()}
    left = english - words
    assert {"FILE", "NAME", "RUN", "DIR"} <= left
    named = re.compile(rf"(?<![\w%])(?:{'|'.join(sorted(left))})(?!\w)")
    assert {name: found for name, text in helps.items() if (found := named.findall(text))} == {}


@pytest.mark.in_english
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_value_is_named_after_a_type_of_the_program(language: str) -> None:
    with i18n.speaking(language):
        found = {name: metavars(in_language(command)) for name, command in every_command()}
    types = {"INTEGER", "FLOAT", "RANGE", "FILENAME", "PATH", "BOOLEAN", "CHOICE"}
    assert {name: words & types for name, words in found.items() if words & types} == {}


@pytest.mark.in_english
def test_an_argument_that_is_missing_is_named_as_the_help_names_it(mailmerge) -> None:
    assert "FICHIER" in mailmerge("--lang", "fr", "import").err
    assert "FILE" in mailmerge("--lang", "en", "import").err


@pytest.mark.in_english
@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)], ids=lambda names: " ".join(names) or "root")
def test_the_help_that_lang_asks_for_has_no_word_of_click_in_english(mailmerge, command: tuple[str, ...]) -> None:
    shown = mailmerge("--lang", "fr", *command, "--help").out
    assert "Afficher cette aide." in shown
    assert not re.search(r"Show this|Options:|Commands:|Usage:", shown)
