"""After a run: the report, the people still to be reached, and what is deleted in time."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailmerge.campaign import open_outbox

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


def test_the_report_says_why_in_plain_words(mailmerge, run, tmp_path) -> None:
    path = tmp_path / "report.csv"
    assert mailmerge("show", run, "--csv", path).code == 0
    header, *rows = _table(path)
    assert header == ["record", "name", "address", "state", "meaning", "reply", "attempts", "message_id"]
    assert [row[3:6] for row in rows] == [
        ["accepted", "the server accepted the message", "250 2.0.0 Ok"],
        ["rejected", "there is no such mailbox", "550 5.1.1 Unknown"],
        ["pending", "not sent yet", ""],
    ]


def test_the_people_left_are_written_in_the_tables_own_columns(mailmerge, run, campaign, tmp_path) -> None:
    path = tmp_path / "failed.csv"
    assert mailmerge("show", run, "--failed", path).code == 0
    header, *rows = _table(path)
    assert header == ["Civilité", "Prénom", "Nom", "Adresse e-mail", "Poste", PHONE]
    assert [row[2] for row in rows] == ["Petit", "Durand"]
    assert rows[0][5] == "'+33612345679", "a spreadsheet would compute it otherwise"
    again = mailmerge("check", path, tmp_path / "refus.fr.md", "--json")
    assert again.json["records"] == 2
    assert again.code == 0


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
