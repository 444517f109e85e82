"""``send --at``: sealed now, sent at its time; called off by Ctrl-C, and due after a restart."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mailmerge.cli import waiting
from mailmerge.delivery import Arrival
from mailmerge.environment import Environment
from mailmerge.i18n import clock, day
from mailmerge.outbox import schedule, scheduled


@pytest.fixture
def account(mailmerge, smtp_server) -> str:
    added = mailmerge(
        "account", "add", "rh", "--address", "Claire Martin <rh@atelier.example>", "--host", "127.0.0.1",
        "--port", smtp_server.port, "--tls", "none", "--auth", "none", "--hours", "0:00-24:00",
    )  # fmt: skip
    assert added.code == 0, added.err
    return "rh"


def run_of(home: Path):  # type: ignore[no-untyped-def]
    outbox = Environment.here().outbox
    (summary,) = outbox.runs()
    return outbox.open(summary.run)


@pytest.fixture
def arrives(monkeypatch: pytest.MonkeyPatch) -> Callable[[Arrival], None]:
    """Let the wait for a time end in this way, at once."""

    def end(arrival: Arrival) -> None:
        async def waited(run, control):  # type: ignore[no-untyped-def]
            return arrival

        monkeypatch.setattr(waiting, "wait_until_due", waited)

    return end


def later(hours: float = 24) -> str:
    return f"{datetime.now().astimezone() + timedelta(hours=hours):%Y-%m-%d %H:%M}"


def test_a_run_is_sealed_at_once_and_sent_at_its_time(
    mailmerge, campaign, account, smtp_server, home: Path, arrives
) -> None:
    arrives(Arrival.DUE)
    done = mailmerge("send", *campaign(), "--account", "rh", "--yes", 3, "--at", later(), "--json")
    assert done.code == 0
    events = [event for event in done.events if event["event"] != "accepted"]
    assert [(event["event"], event.get("reason")) for event in events] == [("waiting", "scheduled"), ("summary", None)]
    assert len(smtp_server.accepted) == 3
    assert scheduled(run_of(home)) is None


@pytest.mark.parametrize(("arrival", "code"), [(Arrival.LATE, 3), (Arrival.CALLED_OFF, 0), (Arrival.STOPPED, 130)])
def test_what_is_not_sent_at_its_time_is_all_there_to_be_sent_later(
    mailmerge, campaign, account, smtp_server, home: Path, arrives, arrival: Arrival, code: int
) -> None:
    arrives(arrival)
    done = mailmerge("send", *campaign(), "--account", "rh", "--yes", 3, "--at", later())
    assert done.code == code
    assert not smtp_server.accepted
    run = run_of(home)
    assert mailmerge("send", "--resume", run.id, "--yes", 3).code == 0
    assert len(smtp_server.accepted) == 3


@pytest.mark.parametrize("moment", ["2020-01-01 09:00", "tomorrow", "2999-01-01 09:00"])
def test_a_time_that_cannot_be_meant_seals_nothing(mailmerge, campaign, account, home: Path, moment: str) -> None:
    done = mailmerge("send", *campaign(), "--account", "rh", "--yes", 3, "--at", moment)
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert not Environment.here().outbox.runs()


@pytest.mark.in_english
def test_the_list_of_runs_says_what_is_to_come_and_what_is_due(
    mailmerge, campaign, account, smtp_server, home: Path
) -> None:
    assert mailmerge("seal", *campaign(), "--account", "rh").code == 0
    run = run_of(home)
    now = datetime.now().astimezone()
    for at, said in ((now + timedelta(days=1), "is to be sent on"), (now - timedelta(days=1), "was to be sent on")):
        schedule(run, at)
        listed = mailmerge("runs")
        assert said in listed.err
        assert f"{day(at)} at {clock(at)}" in listed.err
        assert mailmerge("runs", "--json").json["runs"][0]["scheduled"] == at.isoformat()
    assert mailmerge("runs", "--call-off", run.id).code == 0
    assert "was to be sent" not in mailmerge("runs").err
    assert mailmerge("runs", "--json").json["runs"][0]["scheduled"] == ""
    schedule(run, now - timedelta(days=1))
    assert mailmerge("send", "--resume", run.id, "--yes", 3).code == 0
    assert "was to be sent" not in mailmerge("runs").err


@pytest.mark.in_english
@pytest.mark.parametrize(
    ("number", "kept", "said"),
    [("SIGINT", False, "called off: nothing was sent"), ("SIGTERM", True, "stays scheduled"),
     ("SIGHUP", True, "stays scheduled"), ("SIGKILL", True, "")],
)  # fmt: skip
def test_a_person_calls_off_and_a_system_that_goes_down_does_not(
    campaign, account, smtp_server, home: Path, number: str, kept: bool, said: str
) -> None:
    at = later()
    command = (sys.executable, "-m", "mailmerge", "send", *map(str, campaign()), "--account", "rh", "--yes", "3")
    process = subprocess.Popen(
        [*command, "--at", at, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    )
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["event"] == "waiting"
    while "keep this computer on" not in (process.stderr.readline() if process.stderr else ""):
        assert process.poll() is None
    process.send_signal(getattr(signal, number))
    _out, told = process.communicate(timeout=60)
    assert process.returncode == (130 if number != "SIGKILL" else -signal.SIGKILL)
    assert said in told
    run = run_of(home)
    assert (scheduled(run) is not None) is kept
    assert not smtp_server.accepted
