"""``mailmerge account``: added, listed, changed; and a password that stays where it belongs."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from fake_keyring import Keyring

from mailmerge.accounts import Accounts, OAuthClient, find_secret
from mailmerge.errors import KeyringUnusable
from mailmerge.files.home import find_home

ADD = ["account", "add", "rh", "--address", "Claire Martin <rh@atelier.example>", "--host", "mail.atelier.example"]


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Any:
    def pipe(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return pipe


def the_account() -> Any:
    return Accounts(find_home().config).get("rh")


@pytest.mark.parametrize(
    ("options", "key", "value"),
    [
        (["--address", "DRH <drh@atelier.example>"], "address", "drh@atelier.example"),
        (["--provider", "exchange"], "host", "smtp.office365.com"),
        (["--host", "other.example"], "host", "other.example"),
        (["--port", "2465"], "port", 2465),
        (["--tls", "starttls"], "port", 587),
        (["--auth", "none"], "auth", "none"),
        (["--username", "claire"], "username", "claire"),
        (["--connections", "4"], "connections", 4),
        (["--per-minute", "0.5"], "per_minute", 0.5),
        (["--per-day", "300"], "per_day", 300),
        (["--issuer", "google", "--client-id", "1.apps"], "oauth", OAuthClient(issuer="google", client_id="1.apps")),
        (
            ["--provider", "exchange", "--client-id", "0-1", "--tenant", "x.example"],
            "oauth",
            OAuthClient(issuer="microsoft", client_id="0-1", tenant="x.example"),
        ),
    ],
)
def test_each_option_of_add_changes_an_account(
    mailmerge, keyring: Keyring, options: list[str], key: str, value: object
) -> None:
    mailmerge(*ADD)
    edited = mailmerge("account", "edit", "rh", *options)
    assert edited.code == 0, edited.err
    assert getattr(the_account(), key) == value
    if key != "address":
        assert the_account().display_name == "Claire Martin"


@pytest.mark.parametrize(
    "options",
    [
        [], ["--port", "0"], ["--port", "x"], ["--host", "a b"], ["--tls", "none"], ["--address", "nobody"],
        ["--provider", "ses"], ["--username", ""], ["--connections", "99"], ["--per-minute", "nan"],
        ["--auth", "none", "--password-stdin"], ["--client-id", "1"], ["--issuer", "google"], ["--client-secret-stdin"],
        ["--password-stdin", "--client-secret-stdin"], ["--auth", "none", "--issuer", "google", "--client-id", "1"],
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_line_and_changes_nothing(
    mailmerge, keyring: Keyring, options: list[str], home: Path
) -> None:
    mailmerge(*ADD)
    before = (home / "config" / "config.toml").read_bytes()
    edited = mailmerge("account", "edit", "rh", *options)
    assert edited.code == 2
    assert len(edited.err.splitlines()) == 1
    assert (home / "config" / "config.toml").read_bytes() == before
    assert mailmerge("account", "edit", "lyon", "--port", 465).code == 2


def test_the_password_is_replaced_from_stdin(mailmerge, keyring: Keyring, piped) -> None:
    piped("first\n")
    mailmerge(*ADD, "--password-stdin")
    piped("second\nnot this\n")
    assert mailmerge("account", "edit", "rh", "--password-stdin").code == 0
    assert list(keyring.entries().values()) == ["second"]
    piped("")
    empty = mailmerge("account", "edit", "rh", "--password-stdin")
    assert (empty.code, len(empty.err.splitlines())) == (2, 2)
    assert list(keyring.entries().values()) == ["second"]


@pytest.mark.in_english
def test_a_stored_password_is_said_to_stay_or_to_be_asked_again(mailmerge, keyring: Keyring, piped) -> None:
    piped("right\n")
    mailmerge(*ADD, "--password-stdin")
    assert "stays" in mailmerge("account", "edit", "rh", "--tls", "starttls").err
    assert list(keyring.entries().values()) == ["right"]
    moved = mailmerge("account", "edit", "rh", "--host", "mail.elsewhere.example")
    assert "is removed, and was not sent to mail.elsewhere.example" in moved.err
    assert "right" not in moved.err
    assert not keyring.entries()
    piped("new\n")
    mailmerge("account", "edit", "rh", "--host", "third.example", "--password-stdin")
    assert list(keyring.entries().values()) == ["new"]
    stored = find_secret(the_account())
    assert stored is not None
    assert stored.reveal() == "new"


@pytest.mark.in_english
def test_an_account_of_a_known_provider_needs_no_server(mailmerge, keyring: Keyring) -> None:
    added = mailmerge("account", "add", "zoe", "--address", "Zoé <zoe@laposte.net>")
    assert added.code == 0
    assert "La Poste (laposte.net), as published 2026-11, check yours" in added.err
    assert "smtp.laposte.net:465" in mailmerge("account", "list").out
    own = mailmerge("account", "add", "rh", "--address", "rh@atelier.example")
    assert own.code == 2
    assert "give a host, or a provider" in own.err
    mailmerge("account", "add", "relay", "--address", "zoe@laposte.net", "--host", "relay.example", "--auth", "none")
    assert "relay.example:465" in mailmerge("account", "list").out


@pytest.mark.in_english
def test_the_list_shows_what_is_set_and_no_secret(mailmerge, keyring: Keyring, home: Path, piped) -> None:
    piped("hunter2\n")
    mailmerge(*ADD, "--password-stdin", "--username", "claire", "--per-minute", 30, "--per-day", 500)
    file = home / "config" / "config.toml"
    file.write_text(
        file.read_text()
        + 'signature = "Claire\\nParis"\n[accounts.lyon]\naddress = "l@x.example"\nhost = "h.example"\n'
        + 'password_command = "echo hunter3"\n[accounts.cloud]\naddress = "c@x.example"\nprovider = "exchange"\n'
        + 'auth = "oauth2"\n[accounts.cloud.oauth]\nissuer = "microsoft"\nclient_id = "0000-11"\ntenant = "x.example"\n'
    )
    rh, lyon, cloud = (line.split("\t") for line in mailmerge("account", "list").out.splitlines())
    assert rh[:5] == ["rh", "rh@atelier.example", "mail.atelier.example:465", "implicit", "password"]
    assert {"display_name=Claire Martin", "username=claire", "per_minute=30", "per_day=500"} <= set(rh)
    assert "signature=2 lines" in rh
    assert "password_command=set" in lyon
    assert {"provider=exchange", "issuer=microsoft", "client_id=0000-11", "tenant=x.example"} <= set(cloud)
    assert "hunter" not in str((rh, lyon, cloud))


@pytest.mark.in_english
def test_help_says_where_a_password_or_token_may_come_from(mailmerge) -> None:
    shown = mailmerge("account", "--help").out
    assert "password_command" in shown
    assert "token_command" in shown
    assert "Example: mailmerge" in mailmerge("account", "edit", "--help").out


@pytest.mark.in_english
def test_a_part_of_the_registration_can_be_changed(mailmerge, keyring: Keyring) -> None:
    added = mailmerge("account", "add", "rh", "--address", "rh@x.example", "--provider", "exchange", "--client-id", "1",
                      "--tenant", "x.example")  # fmt: skip
    assert "next: mailmerge account sign-in rh" in added.err
    mailmerge("account", "edit", "rh", "--client-id", "2")
    assert the_account().oauth == OAuthClient(issuer="microsoft", client_id="2", tenant="x.example")
    edited = mailmerge("account", "edit", "rh", "--issuer", "google", "--client-id", "3")
    assert the_account().oauth == OAuthClient(issuer="google", client_id="3")
    assert "next: mailmerge account sign-in rh" in edited.err
    assert mailmerge("account", "edit", "rh", "--auth", "password").code == 0
    assert the_account().oauth is None


@pytest.mark.in_english
@pytest.mark.parametrize("answers", [True, False])
def test_a_password_that_is_missing_is_given_in_a_way_that_there_is(
    mailmerge, keyring: Keyring, piped, monkeypatch: pytest.MonkeyPatch, answers: bool
) -> None:
    mailmerge(*ADD)

    def find(_: object) -> None:
        if not answers:
            raise KeyringUnusable("no keyring here")

    monkeypatch.setattr("mailmerge.cli.secret.find_secret", find)
    piped("")
    said = mailmerge("account", "check", "rh").err
    assert ("--password-stdin" in said) is answers, "what cannot be kept is not offered to be kept"
    assert "terminal" in said
