"""Output that is lost, and programs that are told to end: what has begun is finished, and the record is true."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailmerge.cli.output import PLAIN, prepare_streams

pytestmark = pytest.mark.in_english
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and shells")
PEOPLE = [f"Madame;Prénom{letter};Nom{letter};p.nom{letter}@x.example;Vendeuse" for letter in "abcdef"]


@pytest.fixture
def run(mailmerge, campaign, smtp_server) -> str:
    """Six people, sealed."""
    mailmerge("account", "add", "rh", "--address", "rh@atelier.example", "--host", "127.0.0.1", "--port",
              smtp_server.port, "--tls", "none", "--auth", "none", "--connections", 1)  # fmt: skip
    return mailmerge("seal", *campaign(PEOPLE), "--account", "rh", "--json").json["run"]


def shell(script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which ``$M`` is the program."""
    environment = {**os.environ, "M": f"{sys.executable} -m mailmerge", **variables}
    return subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=environment, timeout=60)


def states(mailmerge, run: str) -> dict[str, int]:
    """How many messages of a run are in each state."""
    counted: dict[str, int] = {}
    for message in mailmerge("show", run, "--json").json["messages"]:
        counted[message["state"]] = counted.get(message["state"], 0) + 1
    return counted


@POSIX
@pytest.mark.parametrize(
    ("number", "times"),
    [(signal.SIGINT, 1), (signal.SIGTERM, 1), (signal.SIGTERM, 2), (signal.SIGHUP, 1), (signal.SIGHUP, 2)],
)
def test_a_signal_lets_the_message_in_flight_be_finished(mailmerge, run, smtp_server, number, times) -> None:
    sending = subprocess.Popen([sys.executable, "-m", "mailmerge", "send", "--resume", run, "--yes", "6"])

    def end_during_the_third(_: object) -> str:
        if len(smtp_server.accepted) == 2:
            for _time in range(times):
                sending.send_signal(number)
        return "250 2.0.0 Ok"

    smtp_server.reply = end_during_the_third
    assert sending.wait(30) == 130
    counted = states(mailmerge, run)
    assert counted.get("unknown", 0) == counted.get("submitting", 0) == 0
    assert counted["accepted"] == len(smtp_server.accepted) < 6
    assert counted["pending"] == 6 - counted["accepted"]


@POSIX
@pytest.mark.parametrize("lost", [">/dev/full", "| head -n 1 >/dev/null", "| head -c 1 >/dev/null"])
@pytest.mark.parametrize("form", ["", "--json"])
def test_a_send_that_loses_its_output_stops_between_messages(mailmerge, run, smtp_server, lost, form) -> None:
    result = shell(f"$M send --resume {run} --yes 6 {form} {lost}; exit ${{PIPESTATUS[0]}}")
    counted = states(mailmerge, run)
    assert counted.get("unknown", 0) == counted.get("submitting", 0) == 0
    assert counted.get("accepted", 0) == len(smtp_server.accepted)
    assert result.returncode == (0 if counted.get("accepted") == 6 else 3)
    assert "Traceback" not in result.stderr
    if "full" in lost:
        assert "no space left on device" in result.stderr
        assert f"mailmerge send --resume {run}" in result.stderr
        assert counted["pending"] > 0


@POSIX
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_a_send_without_a_display_sends(mailmerge, run, smtp_server, closed) -> None:
    result = shell(f"$M send --resume {run} --yes 6 --json {closed}")
    assert result.returncode == 0, result.stderr
    assert len(smtp_server.accepted) == 6
    assert states(mailmerge, run) == {"accepted": 6}


@POSIX
@pytest.mark.parametrize(
    "command", ["rules", "rules LST105", "runs --json", "show {run}", "show {run} --json", "--help", "--version"]
)
def test_output_that_cannot_be_written_is_one_line(run, command) -> None:
    result = shell(f"$M {command.format(run=run)} >/dev/full")
    assert result.returncode == 2
    assert result.stderr == (
        "mailmerge: the output cannot be written: no space left on device; free some space and try again\n"
    )
    assert shell(f"$M {command.format(run=run)} >&-").returncode == 0


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "utf-8"])
def test_a_console_that_lacks_a_character_shows_its_number(
    campaign: Callable[..., tuple[Path, Path]], encoding
) -> None:
    letter = "Subject: Votre candidature\nContent-Language: fr\n\nBonjour {{ prenom }} « Łukasz 🙂 »,\n"
    source = campaign(["Madame;Zoé;Blanc;zoe@x.example;Vendeuse"], letter=letter)
    command = [sys.executable, "-m", "mailmerge", "preview", *map(str, source), "--record", "1"]
    result = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding}, timeout=60)
    assert result.returncode == 0, result.stderr
    shown = result.stdout.decode(encoding)
    assert ("Łukasz" if encoding == "utf-8" else r"\u0141ukasz") in shown


ENCODINGS = ["ascii", "cp437", "cp850", "cp1250", "cp1252", "latin-1", "mac-roman", "utf-8"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(st.text(alphabet=st.one_of(st.sampled_from("".join(PLAIN)), st.characters()), max_size=20))
def test_no_text_is_too_much_for_a_console(encoding: str, text: str) -> None:
    octets = io.BytesIO()
    stream = io.TextIOWrapper(octets, encoding=encoding, newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", stream)
        patch.setattr("sys.stderr", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
        prepare_streams()
        stream.write(text)
        stream.flush()
    shown = octets.getvalue().decode(encoding)

    def expected(character: str) -> str:
        try:
            return character.encode(encoding).decode(encoding)
        except UnicodeEncodeError:
            return PLAIN.get(character) or character.encode("ascii", "backslashreplace").decode()

    assert shown == "".join(map(expected, text))


def test_what_stands_for_a_sign_can_be_written_everywhere() -> None:
    assert all(plain.isascii() and plain for plain in PLAIN.values())
    assert not any(sign.isascii() for sign in PLAIN)
    assert set("…«»\u00a0’–") <= PLAIN.keys()


@pytest.mark.in_english
@pytest.mark.parametrize(
    "command", ["show x", "runs", "account list", "send --resume x --yes 1", "export --run x --out y", "approval key"]
)
def test_a_home_that_the_system_refuses_is_one_line_that_says_what_to_do(
    mailmerge, tmp_path, monkeypatch, command: str
) -> None:
    monkeypatch.setenv("MAILMERGE_HOME", str(tmp_path / ("h" * 300)))  # no system takes such a name
    result = mailmerge(*command.split())
    assert result.code == 2
    assert len(result.err.splitlines()) == 1
    assert "internal error" not in result.err
    assert "file name too long; give it a shorter name" in result.err
