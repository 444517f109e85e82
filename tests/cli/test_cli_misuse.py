"""A command line that is wrong is told so in the words of the house, in one line that says what would be right."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from mailmerge.cli.app import COMMANDS, load
from mailmerge.cli.output import ask

OF_CLICK = re.compile(
    r"No such|Missing|Invalid value|in the range|valid integer|not one of '|requires an argument|does not take|Got un"
    r"|intervalle|incorrecte|integer range|l’une des valeurs|'--|Argument manquant"
)
"""Words of Click, and those of its translation."""


def every_command() -> Iterator[tuple[list[str], click.Command]]:
    """Each command that does something, by the words that call it."""
    for name in COMMANDS:
        command = load(COMMANDS[name])
        if isinstance(command, click.Group):
            yield from (([name, below], each) for below, each in command.commands.items())
        else:
            yield [name], command


def filled(command: click.Command, but: click.Parameter | None = None) -> list[str]:
    """Something for each argument of a command."""
    arguments = [each for each in command.params if isinstance(each, click.Argument) and each is not but]
    return ["1" for _each in arguments]


def misuses() -> Iterator[tuple[str, list[str], str]]:
    """What is wrong, the words of the command line, and what its answer names."""
    yield "option", ["--langg", "fr"], "--langg"
    yield "no value", ["--lang"], "--lang"
    for words, command in every_command():
        name = " ".join(words)
        yield f"{name}: option", [*words, "--nothing-of-the-kind"], "--nothing-of-the-kind"
        for each in command.params:
            if isinstance(each, click.Argument):
                shown = (each.metavar or str(each.name).upper()).removesuffix("...")
                if each.required:
                    yield (
                        f"{name}: no {shown}",
                        words,
                        next(
                            (one.metavar or str(one.name).upper()).removesuffix("...")
                            for one in command.params
                            if isinstance(one, click.Argument) and one.required
                        ),
                    )
                continue
            option = max(each.opts, key=len)
            if isinstance(each, click.Option) and each.is_flag:
                yield f"{name}: {option}=1", [*words, f"{option}=1"], option
            else:
                yield f"{name}: {option} without", [*words, option], option
            if isinstance(each.type, click.Choice | click.IntRange | click.FloatRange):
                for value in ("x", "-7"):
                    yield f"{name}: {option} {value}", [*words, *filled(command), option, value], option


CASES = {name: (words, named) for name, words, named in misuses()}


@pytest.mark.in_english
@pytest.mark.parametrize("language", ["en", "fr"])
def test_whatever_is_wrong_is_told_in_one_line_of_ours(mailmerge, language: str) -> None:
    answers = {name: mailmerge("--lang", language, *words) for name, (words, _named) in CASES.items()}
    assert len(answers) > 150
    wrong = {
        name: done.err
        for name, done in answers.items()
        if done.code != 2 or done.err.count("\n") != 1 or OF_CLICK.search(done.err)
    }
    assert wrong == {}
    unnamed = {name: answers[name].err for name, (_words, named) in CASES.items() if named not in answers[name].err}
    assert unnamed == {} or language == "fr"


@pytest.mark.in_english
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("preview", "a.csv", "b.md", "--record", "0"), "--record takes a whole number, 1 or more"),
        (("follow", "r", "--days", "91"), "--days takes a whole number from 1 to 90"),
        (("account", "edit", "rh", "--per-minute", "-1"), "--per-minute takes a number, 0 or more"),
        (("preview", "a.csv", "b.md", "--record", "1", "--as", "pdf"), "--as takes text, html or eml"),
        (("resolve", "r", "x", "--accepted"), "RECORD takes a whole number from 1 to 1,000,000,000"),
        (("export", "a.csv", "b.md", "--out", __file__), "--out takes a folder that you may read, not a file"),
        (("import",), "FILE is missing"),
        (("pack", "r"), "--for is missing"),
        (("account", "addd"), "there is no command addd; did you mean add?"),
        (("--langg",), "there is no option --langg; did you mean --lang?"),
        (("show", "a", "b"), "unexpected argument: b"),
        (("show", "a", "b", "c"), "unexpected arguments: b c"),
        (("runs", "--json=1"), "--json takes no value"),
        (("send", "--resume"), "--resume needs a value"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_it_says_what_would_be_right(mailmerge, given: tuple[str, ...], said: str) -> None:
    done = mailmerge(*given)
    assert done.code == 2
    assert done.err.startswith(f"mailmerge: {said} – see `mailmerge ")


@pytest.mark.in_english
@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        (click.IntRange(1, 7), "9", "Error: type a whole number from 1 to 7"),
        (click.IntRange(1, 7), "x", "Error: type a whole number from 1 to 7"),
        (click.INT, "many", "Error: type a whole number"),
    ],
)
def test_an_answer_that_cannot_be_one_is_told_alike(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: click.ParamType, typed: str, said: str
) -> None:
    answers = iter([typed, "3"])
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _prompt: next(answers))
    assert ask("Number", type=kind) == 3
    assert said in capsys.readouterr().err.splitlines()
