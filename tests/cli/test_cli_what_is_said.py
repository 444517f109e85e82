"""What a command says is what is so: of unknown outcomes, blocked messages, times and the order of files."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import click
import pytest

from mailmerge.campaign import open_campaign, open_outbox
from mailmerge.cli.app import COMMANDS, load
from mailmerge.errors import UsageError
from mailmerge.model import State
from mailmerge.outbox import Run, RunMessage, schedule

pytestmark = pytest.mark.in_english


@pytest.fixture
def abandoned(mailmerge, campaign, account) -> Run:
    """One of three people is accepted; the program died with the messages to the others in flight."""
    arguments = ["--account", account, "--yes", 1, "--limit", 1, "--json"]
    run = open_outbox().open(mailmerge("send", *campaign(), *arguments).events[-1]["run"])

    async def lose() -> None:
        with run.sending() as journal:
            for record in await journal.due():
                await journal.claim(record)  # a sender that dies with this message in flight

    asyncio.run(lose())
    assert run.counts()[State.SUBMITTING] == 2
    return run


@pytest.fixture
def run(abandoned: Run) -> Run:
    """One of three people is accepted, nobody knows about the others."""
    abandoned.recover()
    return abandoned


def undecided(run: Run) -> list[RunMessage]:
    return [message for message in run.messages() if message.state is State.UNKNOWN]


@pytest.mark.parametrize("alive", [False, True])
@pytest.mark.parametrize("options", [(), ("--json",), ("--unknown", "decide.csv"), ("--csv", "report.csv")])
def test_what_a_dead_sender_left_in_flight_is_unknown_as_soon_as_somebody_looks(
    mailmerge, abandoned: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], alive: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    with abandoned.exclusive() if alive else nullcontext():
        assert mailmerge("show", abandoned.id, *options).code == 0
    counts = abandoned.counts()
    assert (counts[State.SUBMITTING], counts[State.UNKNOWN]) == ((2, 0) if alive else (0, 2))


def test_show_gives_the_message_id_of_each_unknown_outcome_and_of_no_other(mailmerge, run: Run) -> None:
    shown = mailmerge("show", run.id).out
    assert len(undecided(run)) == 2
    for message in run.messages():
        assert (f"Message-ID: {message.message_id}" in shown) is (message.state is State.UNKNOWN)


def test_a_run_with_unknown_outcomes_is_not_called_complete(mailmerge, run: Run) -> None:
    while left := undecided(run):
        ended = mailmerge("send", "--resume", run.id)
        assert ended.code == 4
        assert "complete" not in ended.err
        assert f"{len(left)} unknown" in ended.err
        assert f"`mailmerge resolve {run.id} RECORD`" in ended.err
        agreed = mailmerge("send", "--resume", run.id, "--yes", len(left))
        assert agreed.code == 2
        assert "complete" not in agreed.err
        assert f"`mailmerge show {run.id}`" in agreed.err
        assert mailmerge("resolve", run.id, left[0].record, "--accepted").code == 0
    ended = mailmerge("send", "--resume", run.id)
    assert ended.code == 0
    assert f"run {run.id} is complete: nothing is left to send" in ended.err


def test_nobody_is_said_to_have_received_what_nobody_knows_about(mailmerge, campaign, account, run: Run) -> None:
    again = ("send", *campaign(), "--account", account, "--skip-written", "--yes", 0)
    asked = mailmerge(*again)
    assert asked.code == 4
    assert "3 of 3 people already received this letter, or may have" in asked.err
    for message in undecided(run):
        mailmerge("resolve", run.id, message.record, "--accepted")
    asked = mailmerge(*again)
    assert asked.code == 0
    assert "3 of 3 people already received this letter, from" in asked.err


def test_a_run_that_has_no_time_is_not_called_off(mailmerge, run: Run) -> None:
    assert f"run {run.id} was not scheduled: nothing was changed" in mailmerge("runs", "--call-off", run.id).err
    schedule(run, datetime.now(UTC) + timedelta(days=1))
    assert f"run {run.id} is no longer scheduled" in mailmerge("runs", "--call-off", run.id).err


PEOPLE = ["Madame;Maëlys;Roux;maelys.roux@orange.example;Comptable"]
BROKEN = "Madame;Inès;Petit;ines@x.example;Comptable;too many"
EMPTY = "Madame;Inès;;ines@x.example;Comptable"


@pytest.mark.parametrize("rows", [[], [BROKEN], [EMPTY], [BROKEN, EMPTY], [BROKEN, BROKEN, EMPTY, EMPTY]])
def test_a_dry_run_says_where_blocked_messages_are_and_which_could_not_be_made(
    mailmerge, campaign, tmp_path: Path, rows: list[str]
) -> None:
    done = mailmerge("export", *campaign(rows=[*PEOPLE, *rows]), "--out", tmp_path / "out")
    there = len(list((tmp_path / "out" / "blocked").glob("*.eml")))
    for count, said in ((there, "blocked by findings: see"), (len(rows) - there, "could not be made")):
        assert (said in done.err) is bool(count)
        assert f"{count} message" in done.err or not count


@pytest.mark.parametrize("chosen", [False, True])
def test_a_dry_run_without_a_sender_says_so(mailmerge, campaign, tmp_path: Path, request, chosen: bool) -> None:
    if chosen:
        request.getfixturevalue("account")
    done = mailmerge("export", *campaign(), "--out", tmp_path / "out")
    sent = [path.read_bytes() for path in (tmp_path / "out").glob("*.eml")]
    assert ("undecided@sender.invalid" in done.err) is not chosen
    assert all((b"undecided@sender.invalid" in each) is not chosen for each in sent)


@pytest.mark.parametrize(("letter", "table"), list(product([".md", ".HTML"], [".csv", ".xlsx", ".ODS"])))
def test_a_letter_and_a_table_that_are_exchanged_are_named(tmp_path: Path, letter: str, table: str) -> None:
    with pytest.raises(UsageError, match="give the table first, then the letter"):
        open_campaign([tmp_path / f"refus{letter}", tmp_path / f"candidats{table}"])


def test_a_question_that_nobody_answers_leaves_the_error_on_a_line_of_its_own(
    mailmerge, campaign, account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    ended = mailmerge("send", *campaign(), "--account", account)
    assert ended.code == 2
    assert "\nmailmerge: not agreed" in ended.err


QUESTIONS = {
    "set aside": ("runs", "--set-aside"),
    "deleted": ("purge", "--delete"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_whatever_is_asked_and_not_answered_ends_its_line(
    mailmerge, run: Run, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if question == "deleted":
        mailmerge("runs", "--set-aside", run.id, "--yes")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    ended = mailmerge(*QUESTIONS[question], run.id)
    assert ended.code == 2
    assert ended.err.splitlines()[-1].startswith("mailmerge: ")


class Interrupting(io.StringIO):
    """A terminal at which Ctrl-C is pressed instead of an answer."""

    def readline(self, size: int | None = -1) -> str:
        raise KeyboardInterrupt


@pytest.mark.parametrize("question", [*QUESTIONS, "sent"])
def test_ctrl_c_at_a_question_is_an_interruption(
    mailmerge, campaign, account, run: Run, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if question == "deleted":
        mailmerge("runs", "--set-aside", run.id, "--yes")
    before = mailmerge("runs").out
    monkeypatch.setattr("sys.stdin", Interrupting())
    questions = {name: (*asked, run.id) for name, asked in QUESTIONS.items()}
    questions["sent"] = ("send", *campaign(), "--account", account, "--again")
    ended = mailmerge(*questions[question])
    assert (ended.code, ended.err.splitlines()[-1]) == (130, "mailmerge: interrupted")
    assert mailmerge("runs").out == before


@pytest.mark.parametrize("name", ["sign-in", "admin-note", "foo", "liste", "rh", "édition"])
@pytest.mark.parametrize("rest", [(), ("rh",), ("a.csv", "b.md")])
def test_a_word_that_is_neither_a_command_nor_a_file_is_named(mailmerge, name: str, rest: tuple[str, ...]) -> None:
    ended = mailmerge(name, *rest)
    assert ended.code == 2
    assert f'no command or file is called "{name}"' in ended.err


@pytest.mark.parametrize("name", ["candidats.csv", "novembre/candidats", "./liste", "liste"])
def test_what_can_be_a_file_is_one(mailmerge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "liste").mkdir()
    assert "no command" not in mailmerge(name, "b.md").err


@pytest.mark.in_english
@pytest.mark.parametrize(
    ("command", "said"),
    [(("runs",), "nothing was sealed yet"), (("account", "list"), "no account yet; add one with")],
)
def test_a_list_of_nothing_says_so_beside_the_data(mailmerge, command: tuple[str, ...], said: str) -> None:
    result = mailmerge(*command)
    assert (result.code, result.out) == (0, "")
    assert result.err.startswith(said)


def every_command(command: click.Command, name: str = "") -> Iterator[tuple[str, click.Command]]:
    """Each command with its name, those of groups too."""
    yield name, command
    for each, below in getattr(command, "commands", {}).items():
        yield from every_command(below, f"{name} {each}")


def test_of_two_opposites_never_simply_the_last_counts() -> None:
    commands = [each for name in COMMANDS for each in every_command(load(COMMANDS[name]), name)]
    assert [(name, each.opts) for name, command in commands for each in command.params if each.secondary_opts] == []


@pytest.mark.parametrize("given", [(), ("--accepted", "--not-accepted"), ("--not-accepted", "--accepted")])
def test_an_outcome_is_decided_one_way(mailmerge, run: Run, given: tuple[str, ...]) -> None:
    before = undecided(run)
    done = mailmerge("resolve", run.id, before[0].record, *given)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "--not-accepted" in done.err
    assert undecided(run) == before


@pytest.mark.parametrize("command", [("send", "--resume"), ("account", "add", "rh", "--host"), ("check", "--account")])
def test_an_option_without_its_value_points_to_the_help_of_its_command(mailmerge, command: tuple[str, ...]) -> None:
    assert f"mailmerge {command[0]}" in mailmerge(*command).err.splitlines()[-1].rpartition("see")[2]


def test_a_file_that_is_not_there_is_told_in_the_words_of_the_house(mailmerge, run: Run, tmp_path: Path) -> None:
    done = mailmerge("approval", "add", run.id, tmp_path / "run.approval")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "cannot read" in done.err


def test_no_command_leaves_the_opening_of_a_file_to_click() -> None:
    commands = [each for name in COMMANDS for each in every_command(load(COMMANDS[name]), name)]
    files = [
        (name, each.name) for name, command in commands for each in command.params if isinstance(each.type, click.File)
    ]
    assert files == [], "Click would say why in the words of the system"
