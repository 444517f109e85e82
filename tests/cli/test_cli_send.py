"""``seal``, ``send``, ``runs``, ``show``, ``resolve`` against a real SMTP server."""

from __future__ import annotations

import email
import email.policy
import hashlib
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest


def test_each_person_gets_one_message_of_their_own(mailmerge, campaign, account, smtp_server, tmp_path) -> None:
    sent = mailmerge("send", *campaign(), "--account", account, "--yes", 3, "--json")
    assert sent.code == 0, sent.err
    *outcomes, summary = sent.events
    assert [set(event) for event in outcomes] == [{"event", "record", "address", "reply", "attempt"}] * 3
    assert {event["event"] for event in outcomes} == {"accepted"}
    assert summary["event"] == "summary"
    assert {key: summary[key] for key in ("accepted", "rejected", "deferred", "unknown", "pending")} == {
        "accepted": 3, "rejected": 0, "deferred": 0, "unknown": 0, "pending": 0,
    }  # fmt: skip
    assert len(smtp_server.accepted) == 3
    for transaction in smtp_server.accepted:
        message = email.message_from_bytes(transaction.content, policy=email.policy.default)
        assert transaction.forward_paths == [message["To"].addresses[0].addr_spec]
        assert len(message["To"].addresses) == 1
        assert "Cc" not in message
        assert "Bcc" not in message
        assert transaction.reverse_path == "rh@atelier.example"
        assert message["From"].addresses[0].display_name == "Claire Martin"

    shown = mailmerge("show", summary["run"], "--json").json
    out = tmp_path / "sealed"
    assert mailmerge("export", "--run", summary["run"], "--out", out).code == 0
    digests = {message["address"]: message["sha256"] for message in shown["messages"]}
    exported = {hashlib.sha256(path.read_bytes()).hexdigest() for path in out.glob("*.eml")}
    assert exported == set(digests.values())
    for transaction in smtp_server.accepted:
        assert hashlib.sha256(transaction.content).hexdigest() == digests[transaction.forward_paths[0]]


def test_the_account_that_sends_signs(mailmerge, campaign, account, smtp_server, home) -> None:
    config = home / "config" / "config.toml"
    config.write_text(config.read_text() + 'signature = "Claire Martin"\n', encoding="utf-8")
    mailmerge("account", "add", "paris", "--address", "rh@paris.example", "--host", "x.example", "--auth", "none")
    letter = "Subject: Votre candidature\nContent-Language: fr\n\nBonjour {{ nom }},\n\n{{ signature }}\n"
    table, template = campaign(letter=letter)
    undecided = mailmerge("check", table, template, "--json")
    assert {finding["rule"] for finding in undecided.json["findings"]} == {"TPL201"}
    assert mailmerge("send", table, template, "--account", "paris", "--yes", 3).code == 1
    assert mailmerge("send", table, template, "--account", account, "--yes", 3).code == 0
    assert [b"Claire Martin\r\n" in transaction.content for transaction in smtp_server.accepted] == [True] * 3


def test_a_complete_run_is_resumed_with_nothing_to_do(mailmerge, campaign, account, smtp_server) -> None:
    run = mailmerge("send", *campaign(), "--account", account, "--yes", 3, "--json").events[-1]["run"]
    again = mailmerge("send", "--resume", run, "--json")
    assert again.code == 0
    assert again.events[-1]["accepted"] == 3
    assert len(smtp_server.accepted) == 3


def test_the_agreed_number_must_be_the_number_sent(mailmerge, campaign, account, smtp_server) -> None:
    result = mailmerge("send", *campaign(), "--account", account, "--yes", 4)
    assert result.code == 2
    assert mailmerge("runs", "--json").json == {"runs": [], "unreadable": []}
    assert smtp_server.accepted == []


def test_a_blocking_finding_stops_before_any_connection(mailmerge, campaign, account, smtp_server) -> None:
    source = campaign(["Madame;Léa;Durand;a@x.example, b@y.example;Comptable"])
    result = mailmerge("send", *source, "--account", account, "--yes", 1)
    assert result.code == 1
    assert "LST105" in result.err
    assert mailmerge("runs", "--json").json == {"runs": [], "unreadable": []}


DECIDED = [
    "Madame;Maëlys;Roux;maelys.roux@orange.example;Comptable;Retenue",
    "Monsieur;Hugo;Petit;hugo.petit@free.example;Technicien support;Refus",
    "Madame;Léa;Durand;lea.durand@laposte.example;Comptable;Refus",
]


@pytest.mark.parametrize("waived", [False, True])
@pytest.mark.parametrize("command", [("seal",), ("send", "--yes", "3"), ("send",)], ids=" ".join)
def test_what_is_to_be_looked_at_is_said_before_anything_leaves(
    mailmerge, campaign, account, smtp_server, command: tuple[str, ...], waived: bool
) -> None:
    table, letter = campaign(DECIDED, header="Civilité;Prénom;Nom;Adresse e-mail;Poste;Décision")
    (found,) = mailmerge("check", table, letter, "--json").json["findings"]
    assert found["severity"] == "warn"
    toml = table.parent / "campaign.toml"
    toml.write_text(
        f'recipients = "{table.name}"\ntemplate = "{letter.name}"\n[[waivers]]\nrule = "{found["rule"]}"\n'
        f'finding = "{found["fingerprint"] if waived else "other"}"\nreason = "agreed with Claire"\nby = "P. Durand"\n'
    )
    said = mailmerge(command[0], toml, "--account", account, *command[1:])
    assert (found["fingerprint"] in said.err) is not waived
    assert len(smtp_server.accepted) == (3 if "--yes" in command else 0)


def test_sealing_sends_nothing_and_resuming_sends_it(mailmerge, campaign, account, smtp_server) -> None:
    sealed = mailmerge("seal", *campaign(), "--account", account, "--json").json
    assert set(sealed) == {"run", "sealed", "messages"}
    assert sealed["messages"] == 3
    assert sealed["sealed"].startswith("sha256:")
    assert smtp_server.accepted == []
    first = mailmerge("send", "--resume", sealed["run"], "--yes", 2, "--limit", 2)
    assert first.code == 3
    assert len(smtp_server.accepted) == 2
    assert mailmerge("send", "--resume", sealed["run"], "--yes", 1).code == 0
    assert len(smtp_server.accepted) == 3
    listed = mailmerge("runs", "--json").json["runs"]
    assert [(run["run"], run["messages"], run["accepted"]) for run in listed] == [(sealed["run"], 3, 3)]
    assert {"created", "campaign"} <= set(listed[0])


def test_one_rejected_person_does_not_stop_the_others(mailmerge, campaign, account, smtp_server) -> None:
    smtp_server.reply = lambda message: (
        "550 5.1.1 No such mailbox" if message.forward_paths == ["hugo.petit@free.example"] else "250 2.0.0 Ok"
    )
    result = mailmerge("send", *campaign(), "--account", account, "--yes", 3, "--json")
    assert result.code == 1
    assert (result.events[-1]["accepted"], result.events[-1]["rejected"]) == (2, 1)


def test_deferred_messages_leave_with_3_and_are_sent_later(mailmerge, campaign, account, smtp_server) -> None:
    smtp_server.reply = lambda _: "451 4.3.0 Try later"
    result = mailmerge("send", *campaign(), "--account", account, "--yes", 3, "--json")
    assert result.code == 3
    run = result.events[-1]["run"]
    smtp_server.reply = lambda _: "250 2.0.0 Ok"
    assert mailmerge("send", "--resume", run, "--yes", 3).code == 0
    assert len(smtp_server.accepted) == 3


def test_an_unreachable_server_leaves_everything_pending(mailmerge, campaign, account, smtp_server) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    mailmerge("account", "add", "gone", "--address", "rh@x.example", "--host", "127.0.0.1", "--port", port,
              "--tls", "none", "--auth", "none")  # fmt: skip
    result = mailmerge("send", *campaign(), "--account", "gone", "--yes", 3, "--json")
    assert result.code == 3
    assert result.events[-1]["pending"] == 3
    assert any("127.0.0.1" in line for line in result.err.splitlines())


@pytest.mark.in_english
def test_a_killed_run_is_resumed_and_nobody_gets_two(mailmerge, campaign, account, smtp_server) -> None:
    rows = [f"Madame;Prénom{letter};Nom{letter};p.nom{letter}@x.example;Vendeuse" for letter in "abcdefghijkl"]
    run = mailmerge("seal", *campaign(rows), "--account", account, "--json").json["run"]
    sending = subprocess.Popen([sys.executable, "-m", "mailmerge", "send", "--resume", run, "--yes", "12"])

    def kill_before_the_seventh_verdict(_: object) -> str:
        if len(smtp_server.accepted) == 6:
            sending.kill()
            sending.wait()
        return "250 2.0.0 Ok"

    smtp_server.reply = kill_before_the_seventh_verdict
    assert sending.wait(30) != 0

    smtp_server.reply = lambda _: "250 2.0.0 Ok"
    resumed = mailmerge("send", "--resume", run, "--yes", 5, "--json")
    assert resumed.code == 4
    assert {key: resumed.events[-1][key] for key in ("accepted", "unknown", "pending")} == {
        "accepted": 11, "unknown": 1, "pending": 0,
    }  # fmt: skip
    addresses = [transaction.forward_paths[0] for transaction in smtp_server.accepted]
    assert len(addresses) == len(set(addresses)) == 12

    unknown = [m["record"] for m in mailmerge("show", run, "--json").json["messages"] if m["state"] == "unknown"]
    assert mailmerge("resolve", run, *unknown, "--accepted").code == 0
    assert mailmerge("resolve", run, *unknown, "--accepted").code == 2
    assert mailmerge("send", "--resume", run).code == 0
    assert len(smtp_server.accepted) == 12


@pytest.mark.in_english
def test_an_unknown_account_says_how_to_add_it(mailmerge, campaign) -> None:
    result = mailmerge("send", *campaign(), "--account", "nobody", "--yes", 3)
    assert result.code == 2
    assert "mailmerge account add nobody" in result.err


def test_a_second_sender_of_the_same_run_fails_at_once(mailmerge, campaign, account) -> None:
    from mailmerge.campaign import open_outbox

    run = mailmerge("seal", *campaign(), "--account", account, "--json").json["run"]
    with open_outbox().open(run).sending():
        started = time.monotonic()
        result = mailmerge("send", "--resume", run, "--yes", 3)
    assert result.code == 3
    assert time.monotonic() - started < 5
    assert len(result.err.splitlines()) == 1


def test_an_unknown_run_is_refused(mailmerge, home: Path) -> None:
    for command in (["show", "2026-01-01-0000"], ["send", "--resume", "2026-01-01-0000"]):
        result = mailmerge(*command)
        assert result.code == 2
        assert "2026-01-01-0000" in result.err


def test_an_address_with_accents_is_sent_where_the_server_takes_it(mailmerge, campaign, account, smtp_server) -> None:
    source = campaign(["Madame;Zoé;Blanc;zoé.blanc@münchen.example;Vendeuse"])
    result = mailmerge("send", *source, "--account", account, "--yes", 1)
    assert result.code == 0, result.err
    (transaction,) = smtp_server.accepted
    assert transaction.forward_paths == ["zoé.blanc@xn--mnchen-3ya.example"]
    assert transaction.content.split(b"\r\n\r\n")[0].count("zoé.blanc@xn--mnchen-3ya.example".encode()) == 1
