"""After a run: the report, the people still to be reached, and what is deleted in time."""

from __future__ import annotations

import asyncio
import csv
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailmerge.campaign import open_outbox
from mailmerge.outbox import schedule
from mailmerge.records import read_table

PHONE = "Téléphone"


@pytest.fixture
def run(mailmerge, campaign, smtp_server) -> str:
    """Three people with a phone number that a spreadsheet would compute: one accepted, one rejected, one pending."""
    mailmerge("account", "add", "rh", "--address", "rh@atelier.example", "--host", "127.0.0.1", "--port",
              smtp_server.port, "--tls", "none", "--auth", "none")  # fmt: skip
    smtp_server.reply = lambda m: (
        "550 5.1.1 Unknown" if m.forward_paths == ["hugo.petit@free.example"] else "250 2.0.0 Ok"
    )
    rows = [
        "Madame;Maëlys;Roux;maelys.roux@orange.example;Chargée;+33612345678",
        "Monsieur;Hugo;Petit;hugo.petit@free.example;Technicien;+33612345679",
        "Madame;Léa;Durand;lea.durand@laposte.example;Comptable;+33612345670",
    ]
    source = campaign(rows, header=f"Civilité;Prénom;Nom;Adresse e-mail;Poste;{PHONE}")
    sent = mailmerge("send", *source, "--account", "rh", "--yes", 2, "--limit", 2, "--json")
    return sent.events[-1]["run"]


def _table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


@pytest.mark.in_english
def test_the_report_says_why_in_plain_words(mailmerge, run, tmp_path) -> None:
    path = tmp_path / "report.csv"
    assert mailmerge("show", run, "--csv", path).code == 0
    header, *rows = _table(path)
    assert header == ["record", "name", "address", "state", "time", "meaning", "reply", "attempts", "message_id"]
    assert [[row[3], *row[5:7]] for row in rows] == [
        ["accepted", "The server accepted this message.", "250 2.0.0 Ok"],
        ["rejected", "The server says: there is no such mailbox.", "550 5.1.1 Unknown"],
        ["pending", "Not sent yet.", ""],
    ]
    now = datetime.now(UTC)
    assert [row[4] for row in rows if row[3] == "pending"] == [""]
    for row in rows[:2]:
        assert timedelta(0) <= now - datetime.fromisoformat(row[4]) < timedelta(minutes=10)


@pytest.mark.in_english
def test_the_people_left_are_written_in_the_tables_own_columns(mailmerge, run, campaign, tmp_path) -> None:
    failed, left, unknown = (tmp_path / name for name in ("failed.csv", "left.csv", "unknown.csv"))
    result = mailmerge("show", run, "--failed", failed, "--left", left, "--unknown", unknown)
    assert result.code == 0
    assert result.err.splitlines() == [
        f"1 person was rejected, to correct and contact again: see {failed}",
        f"1 person will be tried when the run is resumed: see {left}",
        f"0 people may have the message, so decide first: see {unknown}",
    ]
    tables = [_table(path) for path in (failed, left, unknown)]
    assert {tuple(header) for header, *_ in tables} == {("Civilité", "Prénom", "Nom", "Adresse e-mail", "Poste", PHONE)}
    assert [[row[2] for row in rows] for _, *rows in tables] == [["Petit"], ["Durand"], []]
    assert tables[0][1][5] == "'+33612345679", "a spreadsheet would compute it otherwise"
    again = mailmerge("check", failed, tmp_path / "refus.fr.md", "--json")
    assert again.json["records"] == 1
    assert again.code == 0


@pytest.mark.in_english
def test_people_about_whom_somebody_decides_first_are_in_neither_list_and_it_is_said(mailmerge, run, tmp_path) -> None:
    with open_outbox().open(run).sending() as journal:
        asyncio.run(journal.claim(3))  # a sender that dies with this message in flight
    result = mailmerge("show", run, "--failed", tmp_path / "failed.csv", "--left", tmp_path / "left.csv")
    assert "1 person is in neither list, because the message may have arrived" in result.err
    assert len(_table(tmp_path / "left.csv")) == 1
    mailmerge("show", run, "--unknown", tmp_path / "unknown.csv")
    assert [row[2] for row in _table(tmp_path / "unknown.csv")[1:]] == ["Durand"]
    mailmerge("resolve", run, 3, "--not-accepted")
    mailmerge("show", run, "--failed", tmp_path / "failed.csv", "--left", tmp_path / "left.csv")
    assert [row[2] for row in _table(tmp_path / "failed.csv")[1:]] == ["Petit"]
    assert [row[2] for row in _table(tmp_path / "left.csv")[1:]] == ["Durand"], "a resume sends it again"


def test_two_lists_in_one_file_are_refused(mailmerge, run, tmp_path) -> None:
    result = mailmerge("show", run, "--failed", tmp_path / "a.csv", "--left", tmp_path / "a.csv")
    assert result.code == 2
    assert not (tmp_path / "a.csv").exists()


# --- the status list -------------------------------------------------------------------------------------------------


@pytest.mark.in_english
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_status_of_everybody_is_written_alone(mailmerge, run, tmp_path, kind) -> None:
    path = tmp_path / f"status.{kind}"
    result = mailmerge("export", "--run", run, "--status", path, "--json")
    assert (result.code, result.json) == (0, {"run": run, "status": str(path), "people": 3})
    assert result.err == f"3 people are listed in {path}\n"
    assert path.stat().st_mode & 0o777 == 0o600
    table = read_table(path)
    headers = [field.header for field in table.fields]
    assert headers[:6] == ["Civilité", "Prénom", "Nom", "Adresse e-mail", "Poste", PHONE]
    assert headers[6:] == ["state", "time", "meaning", "reply", "later", "later time", "later reason"]
    assert [record.values[6] for record in table.records] == ["accepted", "rejected", "pending"]
    assert table.records[0].values[5] == "+33612345678"


def test_the_status_and_the_messages_are_written_together(mailmerge, run, tmp_path) -> None:
    out = tmp_path / "out"
    for _ in range(2):  # the second takes the place of the first
        for status in (tmp_path / "status.csv", out / "status.csv"):
            result = mailmerge("export", "--run", run, "--status", status, "--out", out, "--json")
            assert result.code == 0
            assert result.json["count"] == len(list(out.glob("*.eml"))) == 3
            assert len(_table(status)) == 4


@pytest.mark.in_english
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--run", "RUN", "--status", "status.pdf"], "status.pdf ends in neither .csv nor .xlsx"),
        (["--run", "RUN", "--status", "status", "--out", "out"], "status ends in neither .csv nor .xlsx"),
        (["candidats.csv", "refus.fr.md", "--status", "status.csv"], "--status needs --run"),
        (["--run", "RUN"], "give --out DIR, or --run RUN with --status FILE"),
        (["candidats.csv", "refus.fr.md"], "give --out DIR, or --run RUN with --status FILE"),
        (["--run", "RUN", "--status", "no/status.csv"], "cannot write no/status.csv: no such file or directory; check"),
        (["--run", "RUN", "--status", "candidats.csv"], "has the name of the table that was sealed"),
        (["--run", "another", "--status", "status.csv"], 'no run is called "another"'),
    ],
)
def test_a_list_that_cannot_be_is_refused_in_one_line(
    mailmerge, run, tmp_path, monkeypatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    result = mailmerge("export", *[run if argument == "RUN" else argument for argument in arguments])
    assert result.code == 2
    assert said in result.err
    assert len(result.err.splitlines()) == 1
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.in_english
def test_a_purged_run_has_no_status_list(mailmerge, run, tmp_path) -> None:
    mailmerge("purge", "--older-than", 0)
    for arguments in (["export", "--run", run, "--status"], ["show", run, "--failed"], ["show", run, "--left"]):
        result = mailmerge(*arguments, tmp_path / "status.xlsx")
        assert result.code == 2
        assert f"the personal data of run {run} was deleted on 2" in result.err
        assert "keep_days" not in result.err  # a person asked for it
        assert len(result.err.splitlines()) == 1
    assert not (tmp_path / "status.xlsx").exists()


@pytest.mark.in_english
def test_a_workbook_is_made_by_a_library_that_no_other_command_loads() -> None:
    modules = "mailmerge.cli.app, mailmerge.cli.commands.export, mailmerge.cli.commands.runs"
    code = f"import sys, {modules}; print('xlsxwriter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_report_that_cannot_be_written_is_one_line(mailmerge, run, tmp_path) -> None:
    result = mailmerge("show", run, "--csv", tmp_path / "no" / "report.csv")
    assert result.code == 2
    assert len(result.err.splitlines()) == 1


def test_purging_keeps_states_and_digests_and_forgets_people(mailmerge, run) -> None:
    assert mailmerge("purge").code == 0
    assert mailmerge("show", run, "--json").json["messages"][0]["address"] != ""
    before = mailmerge("show", run, "--json").json
    assert run in mailmerge("purge", "--older-than", 0).err
    after = mailmerge("show", run, "--json").json
    assert after["sealed"] == before["sealed"]
    assert [m["sha256"] for m in after["messages"]] == [m["sha256"] for m in before["messages"]]
    assert {m["address"] for m in after["messages"]} == {""}
    assert b"hugo.petit" not in open_outbox().open(run).path.read_bytes()
    assert mailmerge("send", "--resume", run, "--yes", 1).code != 0


def aged(run: str, days: int) -> None:
    """Let what happened to a run have happened so many days ago."""
    then = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="milliseconds")
    with closing(sqlite3.connect(open_outbox().open(run).path)) as connection, connection:
        connection.execute("UPDATE journal SET at = ?", (then,))
        connection.execute("UPDATE run SET created = ?", (then,))


def messages_kept(run: str) -> int:
    with closing(sqlite3.connect(open_outbox().open(run).path)) as connection:
        return connection.execute("SELECT count(*) FROM content").fetchone()[0]


def test_old_runs_are_purged_when_the_next_one_is_sealed(mailmerge, run, campaign) -> None:
    assert mailmerge("send", "--resume", run, "--yes", 1).code == 1
    aged(run, 31)
    assert mailmerge("seal", *campaign(), "--account", "rh", "--again").code == 0
    assert messages_kept(run) == 0


def test_a_run_with_something_left_to_send_is_kept_however_old(mailmerge, run, campaign) -> None:
    aged(run, 400)
    assert mailmerge("seal", *campaign(), "--account", "rh", "--again").code == 0
    assert run not in mailmerge("purge").err
    assert messages_kept(run) == 3
    assert run in mailmerge("purge", "--older-than", 30).err  # asked for
    assert messages_kept(run) == 0


@pytest.mark.parametrize(("days", "kept"), [(1, 3), (-6, 3), (-8, 0)])
def test_a_run_that_waits_for_its_time_is_not_old_before_it(mailmerge, run, days: int, kept: int) -> None:
    aged(run, 400)
    schedule(open_outbox().open(run), datetime.now(UTC) + timedelta(days=days))
    mailmerge("purge", "--older-than", 7)
    assert messages_kept(run) == kept


@pytest.mark.in_english
@pytest.mark.parametrize("days", ["0", "-1", "3651", "999999999999999999", "30.5", "true", '"30"'])
def test_keep_days_that_cannot_be_are_refused_in_one_line(mailmerge, run, campaign, home, days) -> None:
    config = home / "config" / "config.toml"
    config.write_text(f"keep_days = {days}\n{config.read_text(encoding='utf-8')}", encoding="utf-8")
    refused = mailmerge("seal", *campaign(), "--account", "rh", "--again")
    assert refused.code == 2
    *_notes, complaint = refused.err.splitlines()
    assert complaint.startswith(f"mailmerge: {config}: ")
    assert len(complaint) < len(str(config)) + 100
    assert len(open_outbox().runs()) == 1


# --- the list of runs ------------------------------------------------------------------------------------------------


@pytest.mark.in_english
def test_a_run_that_cannot_be_read_is_named_and_the_others_are_listed(mailmerge, run, tmp_path) -> None:
    damaged = open_outbox().folder / "2026-09-02-0bad.sqlite3"
    damaged.write_bytes(b"x" * 5000)
    result = mailmerge("runs")
    assert result.code == 2
    assert [line.split()[0] for line in result.out.splitlines()] == [run]
    assert result.err.startswith(f"mailmerge: 1 run cannot be read: {damaged}: the file is damaged")
    assert len(result.err.splitlines()) == 1
    as_json = mailmerge("runs", "--json")
    assert as_json.code == 2
    assert [each["run"] for each in as_json.json["runs"]] == [run]
    (unreadable,) = as_json.json["unreadable"]
    assert unreadable["run"] == "2026-09-02-0bad"
    assert unreadable["reason"] in as_json.err
    assert mailmerge("show", "2026-09-02-0bad").code == 2
    assert mailmerge("show", run, "--csv", tmp_path / "report.csv").code == 0
    assert mailmerge("export", "--run", run, "--status", tmp_path / "status.csv").code == 0
    assert mailmerge("purge").code == 0
    refused = mailmerge("send", "--resume", run, "--yes", 1)
    assert refused.code != 0
    assert "who was sent what by it is not known" in refused.err
    assert mailmerge("runs", "--set-aside", "2026-09-02-0bad").code == 0
    assert mailmerge("send", "--resume", run, "--yes", 1).err == "2 accepted, 1 rejected\n"


@pytest.mark.in_english
def test_a_state_that_is_not_one_is_counted_as_unknown_everywhere(mailmerge, run, tmp_path) -> None:
    with closing(sqlite3.connect(open_outbox().open(run).path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE message SET state = 'sent' WHERE record = 1")
    (summary,) = mailmerge("runs", "--json").json["runs"]
    assert (summary["messages"], summary["accepted"], summary["unknown"]) == (3, 0, 1)
    assert "1 rejected, 1 unknown, 1 pending" in mailmerge("runs").out
    assert [each["state"] for each in mailmerge("show", run, "--json").json["messages"]] == [
        *("unknown", "rejected", "pending")
    ]
    mailmerge("export", "--run", run, "--status", tmp_path / "status.csv")
    assert [row[6] for row in _table(tmp_path / "status.csv")[1:]] == ["unknown", "rejected", "pending"]
    result = mailmerge("send", "--resume", run, "--yes", 1, "--json")
    assert result.code == 4, "some outcomes are unknown"
    assert result.events[-1] == {
        "event": "summary",
        "run": run,
        "accepted": 1,
        "rejected": 1,
        "deferred": 0,
        "unknown": 1,
        "pending": 0,
    }
    assert mailmerge("resolve", run, 1, "--accepted").code == 0


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be changed on Windows")
@pytest.mark.parametrize(("zone", "shown"), [("UTC", "10:00"), ("Europe/Paris", "12:00"), ("Asia/Kolkata", "15:30")])
def test_runs_are_listed_in_local_time_and_in_json_with_their_zone(
    mailmerge, run, monkeypatch, zone: str, shown: str
) -> None:
    with closing(sqlite3.connect(open_outbox().open(run).path)) as connection, connection:
        connection.execute("UPDATE run SET created = '2026-09-02T10:00:00+00:00'")
    with monkeypatch.context() as changed:
        changed.setenv("TZ", zone)
        time.tzset()
        assert mailmerge("runs").out.startswith(f"{run}  2026-09-02 {shown}  ")
        assert mailmerge("runs", "--json").json["runs"][0]["created"] == "2026-09-02T10:00:00+00:00"
    time.tzset()
