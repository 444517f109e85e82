"""Receipts, who, and the mailbox of an account, on the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mailmerge.accounts import Accounts, presets
from tests.conftest import SAMPLE, Result, SmtpServer

Mailmerge = Callable[..., Result]
LETTER = "Subject: Votre candidature\n\nBonjour {{ prenom }} {{ nom }},\n\nDossier {{ reference }}.\n"
TABLE = (
    "prenom;nom;email;reference\nJeanne;Petit;jeanne.petit@boite.example;AG-26-0118\n"
    "Hugo;Roux;hugo.roux@boite.example;AG-26-0119\nLéa;Durand;lea.durand@boite.example;AG-26-0120\n"
)


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Path, Path]:
    table, letter = tmp_path / "candidats.csv", tmp_path / "refus.fr.md"
    table.write_text(TABLE, encoding="utf-8")
    letter.write_text(LETTER, encoding="utf-8")
    return table, letter


@pytest.fixture
def run(sources: tuple[Path, Path], smtp_server: SmtpServer, mailmerge: Mailmerge) -> str:
    smtp_server.reply = lambda m: "550 5.1.1 no such user" if "roux" in m.forward_paths[0] else "250 2.0.0 Ok: queued"
    port = str(smtp_server.port)
    mailmerge(
        "account", "add", "rh", "--address", "rh@atelier.example", "--host", "127.0.0.1", "--port", port,
        "--tls", "none", "--auth", "none",
    )  # fmt: skip
    sent = mailmerge("send", *sources, "--account", "rh", "--yes", "3", "--json")
    assert sent.code == 1, sent.err
    return str(sent.events[-1]["run"])


# --- receipt --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [None, "recu.txt", "reçu.html", "RECU.HTM"])
def test_a_receipt_says_what_was_sent_and_nothing_of_anybody_else(
    run: str, mailmerge: Mailmerge, tmp_path: Path, name: str | None
) -> None:
    messages = mailmerge("show", run, "--json").json["messages"]
    for message in messages:
        out = tmp_path / f"{message['record']}-{name}" if name else None
        done = mailmerge("receipt", run, message["record"], *(("--out", out) if out else ()))
        assert done.code == 0, done.err
        page = out.read_text(encoding="utf-8") if out else done.out
        reply = message["reply"].replace("'", "&#x27;")
        for fact in (message["address"], message["sha256"], message["message_id"].strip("<>"), reply, run):
            assert fact in page
        assert f"AG-26-011{7 + message['record']}" in page or "AG-26-0120" in page
        for other in messages:
            if other is not message:
                assert other["address"] not in page
                assert other["sha256"] not in page
        if name and ".htm" in name.lower():
            assert "default-src 'none'" in page
            assert "<script" not in page


@pytest.mark.in_english
def test_a_receipt_is_written_over_nothing(run: str, mailmerge: Mailmerge, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("mine")
    done = mailmerge("receipt", run, "1", "--out", tmp_path / "x.txt")
    assert done.code == 2
    assert "already exists" in done.err
    assert (tmp_path / "x.txt").read_text() == "mine"


@pytest.mark.in_english
@pytest.mark.parametrize(("given", "said"), [(("9",), "no record 9"), (("0",), "RECORD"), (("x",), "RECORD")])
def test_a_receipt_of_nobody_is_one_line(run: str, mailmerge: Mailmerge, given: tuple[str], said: str) -> None:
    done = mailmerge("receipt", run, *given)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err


# --- who ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "records"),
    [("Petit Jeanne", [1]), ("HUGO.ROUX@boite.example", [2]), ("ag 26 0120", [3]), ("Dossier", [1, 2, 3]), ("xyz", [])],
)
def test_who_looks_into_a_run_and_into_a_campaign(
    run: str, sources: tuple[Path, Path], mailmerge: Mailmerge, text: str, records: list[int]
) -> None:
    for source in ((run,), sources):
        done = mailmerge("who", *source, text, "--json")
        assert done.code == 0, done.err
        assert [message["record"] for message in done.json["messages"]] == records
        assert mailmerge("who", *source, text).code == 0


def test_who_says_whether_a_message_is_the_persons_own(run: str, mailmerge: Mailmerge) -> None:
    (message,) = mailmerge("who", run, "hugo.roux+a@boite.example", "--json").json["messages"]
    assert message["own"] is True
    assert message["found"][0]["part"] == "message-header"


@pytest.mark.parametrize("given", [(), ("text",), ("nothing-here", "text"), ("a", "b", "c", "text")])
def test_who_without_a_source_is_one_line(mailmerge: Mailmerge, given: tuple[str, ...]) -> None:
    done = mailmerge("who", *given)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_who_knows_the_sample(mailmerge: Mailmerge) -> None:
    done = mailmerge("who", SAMPLE / "campaign.toml", "Durand Léa", "--json")
    assert [message["record"] for message in done.json["messages"]] == [1]


# --- the mailbox of an account --------------------------------------------------------------------------------------


@pytest.mark.in_english
@pytest.mark.parametrize("provider", [name for name, preset in presets().items() if preset.host])
def test_the_mailbox_of_a_provider_is_its_own_and_off_unless_asked_for(
    mailmerge: Mailmerge, home: Path, provider: str
) -> None:
    accounts, preset = Accounts(home / "config"), presets()[provider]
    assert mailmerge("account", "add", "rh", "--address", "rh@a.example", "--provider", provider).code == 0
    assert accounts.get("rh").imap is None
    done = mailmerge("account", "edit", "rh", "--sent", "auto")
    if not preset.imap:
        assert done.code == 2
        assert "no IMAP server is given" in done.err
        return
    imap = accounts.get("rh").imap
    assert imap is not None
    assert (imap.host, imap.port, imap.tls, imap.sent, imap.bounces) == (preset.imap, 993, "implicit", "auto", True)
    assert ("mailmerge adds none" in done.err) is preset.files_sent
    assert mailmerge("account", "edit", "rh", "--sent", "Éléments envoyés", "--no-bounces").code == 0
    changed = accounts.get("rh").imap
    assert changed is not None
    assert (changed.sent, changed.bounces) == ("Éléments envoyés", False)
    assert mailmerge("account", "edit", "rh", "--no-imap").code == 0
    assert accounts.get("rh").imap is None


@pytest.mark.in_english
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--imap-host", "imap.example", "--imap-tls", "none"), "for this machine only"),
        (("--imap-host", "a b"), "is not a host name"),
        (("--imap-host", "imap.example", "--sent", " "), "auto, off, or the name of a folder"),
        (("--imap-host", "imap.example", "--imap-port", "99999"), "--imap-port"),
        (("--no-imap", "--sent", "auto"), "not both"),
        (("--imap-host", "imap.example", "--bounces", "--no-bounces"), "not both"),
    ],
)
def test_a_mailbox_that_cannot_be_is_one_line(
    mailmerge: Mailmerge, home: Path, options: tuple[str, ...], said: str
) -> None:
    given = ("account", "add", "rh", "--address", "rh@a.example", "--host", "smtp.a.example")
    done = mailmerge(*given, *options)
    assert done.code == 2
    assert said in done.err
    assert Accounts(home / "config").all() == []


@pytest.mark.in_english
def test_the_mailbox_of_one_provider_gets_no_password_of_another(mailmerge: Mailmerge, home: Path) -> None:
    accounts = Accounts(home / "config")
    mailmerge("account", "add", "rh", "--address", "rh@a.example", "--provider", "ovh", "--sent", "auto")
    mailmerge("account", "edit", "rh", "--provider", "gandi")
    imap = accounts.get("rh").imap
    assert imap is not None
    assert imap.host == "mail.gandi.net"
    done = mailmerge("account", "edit", "rh", "--provider", "brevo")
    assert accounts.get("rh").imap is None
    assert "left alone" in done.err


@pytest.mark.in_english
def test_a_mistyped_key_of_the_mailbox_is_an_error(mailmerge: Mailmerge, home: Path) -> None:
    mailmerge("account", "add", "rh", "--address", "rh@a.example", "--provider", "ovh", "--sent", "auto")
    path = home / "config" / "config.toml"
    path.write_text(path.read_text().replace("[accounts.rh.imap]", '[accounts.rh.imap]\nsend = "auto"'))
    done = mailmerge("account", "list")
    assert done.code == 2
    assert '"send" is not a key' in done.err


NO_PASSWORD = """\
import click.termui, mailmerge.cli
click.termui.hidden_prompt_func = lambda _: ""  # the prompt forgets what was typed before it
mailmerge.cli.main()
"""


def asked_at_a_terminal(answer: str, *options: str) -> str:
    """``mailmerge account add`` by a person at a terminal, and what it said."""
    import pty

    master, slave = pty.openpty()
    command = [sys.executable, "-c", NO_PASSWORD, "account", "add", "rh", "--address", "rh@atelier.example", *options]
    with subprocess.Popen(command, stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as child:
        os.write(master, f"{answer}\n".encode())
        said = child.communicate(timeout=60)[0].decode()
    os.close(master)
    os.close(slave)
    assert child.returncode == 0, said
    return said


ADDS_COPIES = [name for name, preset in presets().items() if preset.imap and not preset.files_sent]
KEEPS_COPIES = [name for name, preset in presets().items() if preset.imap and preset.files_sent]


@pytest.mark.in_english
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("answer", "looked_into"), [("", False), ("n", False), ("y", True)])
@pytest.mark.parametrize("provider", [ADDS_COPIES[0], KEEPS_COPIES[0]])
def test_one_question_about_the_mailbox_is_asked_at_a_terminal_and_means_no_unless_it_is_answered(
    home: Path, provider: str, answer: str, looked_into: bool
) -> None:
    said = asked_at_a_terminal(answer, "--provider", provider, "--auth", "password")
    assert ("The copies are personal data" in said) is (provider in ADDS_COPIES)
    assert ("Nothing in the mailbox is changed" in said) is (provider in KEEPS_COPIES)
    assert said.count("[y/N]") == 1
    imap = Accounts(home / "config").get("rh").imap
    assert (imap is not None) is looked_into
    if imap is not None:
        assert (imap.host, imap.sent, imap.bounces) == (presets()[provider].imap, "auto", True)


@pytest.mark.in_english
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_mailbox_that_was_settled_by_options_and_a_server_without_login_are_not_asked_about(home: Path) -> None:
    settled = asked_at_a_terminal("y", "--provider", ADDS_COPIES[0], "--auth", "password", "--sent", "off")
    assert "[y/N]" not in settled
    accounts = Accounts(home / "config")
    assert (imap := accounts.get("rh").imap) is not None
    assert imap.sent == "off"
    accounts.remove("rh")
    assert "[y/N]" not in asked_at_a_terminal("y", "--host", "127.0.0.1", "--tls", "none", "--auth", "none")
    assert accounts.get("rh").imap is None
