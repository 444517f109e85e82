"""Accounts in config.toml."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from mailmerge.accounts import Account, Accounts, OAuthClient, account_from_preset, is_loopback, presets
from mailmerge.errors import AccountError


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    return Accounts(tmp_path / "config")


def test_an_account_of_a_provider_takes_its_server_and_limits(accounts: Accounts) -> None:
    accounts.add(account_from_preset("rh", "rh@entreprise.example", provider="exchange"))
    account = accounts.get("rh")
    assert (account.host, account.port, account.tls) == ("smtp.office365.com", 587, "starttls")
    assert (account.connections, account.per_minute, account.per_day) == (3, 30, 10_000)
    assert account.username == "rh@entreprise.example"


def test_what_is_written_reads_back_as_the_same_account(accounts: Accounts) -> None:
    given = account_from_preset(
        "paris-2",
        "Claire Martin <rh@x.example>",
        host="mail.x.example",
        port=2525,
        tls="starttls",
        username="claire",
        connections=4,
        per_minute=0.5,
        per_day=40,
        pipelining="full",
        ca_file="/etc/ssl/own.pem",
        password_command="pass show rh",
    )
    accounts.add(given)
    assert accounts.get("paris-2") == given
    assert accounts.all() == [given]
    assert given.sender.name == "Claire Martin"
    assert given.sender.address == "rh@x.example"


@pytest.mark.parametrize(
    "client",
    [
        OAuthClient(issuer="microsoft", client_id="0000-11", tenant="atelier.example"),
        OAuthClient(issuer="google", client_id="1.apps.example"),
        OAuthClient(issuer="https://id.atelier.example/realms/hr", client_id="mailmerge"),
        OAuthClient(issuer="http://127.0.0.1:9400", client_id="mailmerge"),
    ],
)
def test_a_registration_is_written_as_a_table_of_its_own_and_reads_back(
    accounts: Accounts, client: OAuthClient
) -> None:
    given = account_from_preset(
        "rh", "rh@x.example", host="mail.x.example", auth="oauth2", oauth=client, signature="a\nb"
    )
    accounts.add(given)
    accounts.add(account_from_preset("next", "a@x.example", host="mail.x.example"))
    assert accounts.get("rh") == given
    assert "[accounts.rh.oauth]" in accounts.path.read_text(encoding="utf-8")
    assert accounts.get("next").oauth is None


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('issuer = "microsoft"', "client_id"),
        ('client_id = "a"', "issuer"),
        ('issuer = "microsoft"\nclient_id = ""', "client_id is missing"),
        ('issuer = "microsoft"\nclient_id = "a b"', "spaces"),
        ('issuer = "yahoo"\nclient_id = "a"', "yahoo"),
        ('issuer = "http://id.x.example"\nclient_id = "a"', "https://"),
        ('issuer = "https://"\nclient_id = "a"', "https://"),
        ('issuer = "https://u@x.example"\nclient_id = "a"', "https://"),
        ('issuer = "https://x.example/?a=b"\nclient_id = "a"', "https://"),
        ('issuer = "https://[::1"\nclient_id = "a"', "https://"),
        ('issuer = "google"\nclient_id = "a"\ntenant = "b"', "tenant goes with"),
        ('issuer = "microsoft"\nclient_id = "a"\ntenant = "a/../b"', "is not a domain"),
        ('issuer = "microsoft"\nclient_id = 3', "Expected `str`"),
        ('issuer = "microsoft"\nclient_id = "a"\nclient_secret = "b"', "client_secret"),
    ],
)
def test_a_wrong_registration_is_one_clear_line(accounts: Accounts, lines: str, said: str) -> None:
    accounts.path.parent.mkdir()
    head = '[accounts.rh]\naddress = "a@x.example"\nhost = "h.example"\nauth = "oauth2"\n[accounts.rh.oauth]\n'
    accounts.path.write_text(head + lines)
    with pytest.raises(AccountError, match=said) as caught:
        accounts.get("rh")
    assert str(accounts.path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_registration_goes_with_oauth2_and_without_a_token_command() -> None:
    client = OAuthClient(issuer="google", client_id="a")
    with pytest.raises(AccountError, match="go with auth oauth2"):
        account_from_preset("rh", "a@x.example", host="h.example", oauth=client)
    with pytest.raises(AccountError, match="keep one"):
        account_from_preset("rh", "a@x.example", host="h.example", auth="oauth2", token_command="echo x", oauth=client)


def test_adding_splits_a_display_name_off_the_address(accounts: Accounts) -> None:
    account = Account(name="rh", address='"Martin, Claire" <rh@x.example>', host="localhost", port=25, tls="none")
    assert accounts.add(account).sender.name == "Martin, Claire"
    assert accounts.get("rh").address == "rh@x.example"
    assert accounts.get("rh").username == "rh@x.example"


def test_comments_and_other_tables_stay(accounts: Accounts) -> None:
    accounts.path.parent.mkdir()
    accounts.path.write_text(
        '# mine\n[screens]\ntheme = "nord" # dark\n\n'
        '[accounts.old]\naddress = "a@x.example" # HR\nhost = "m.x.example"\n'
    )
    accounts.add(account_from_preset("rh", "rh@x.example", provider="ovh"))
    accounts.remove("old")
    text = accounts.path.read_text(encoding="utf-8")
    assert text.startswith('# mine\n[screens]\ntheme = "nord" # dark\n')
    assert "[accounts.rh]" in text
    assert "old" not in text
    accounts.remove("rh")
    assert accounts.all() == []


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_the_file_is_for_its_owner_only(accounts: Accounts) -> None:
    accounts.add(account_from_preset("rh", "rh@x.example", provider="ovh"))
    assert stat.S_IMODE(accounts.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(accounts.path.parent.stat().st_mode) == 0o700


def test_an_unknown_key_is_named_with_its_file_and_the_known_ones(accounts: Accounts) -> None:
    accounts.path.parent.mkdir()
    accounts.path.write_text('[accounts.rh]\naddress = "a@x.example"\nhost = "h.example"\nprot = 465\n')
    with pytest.raises(AccountError) as caught:
        accounts.get("rh")
    assert str(accounts.path) in str(caught.value)
    assert '"prot"' in str(caught.value)
    assert "port" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[accounts.rh]\naddress = "a@x.example"\nhost = "h.example"\nport = "465"\n',
            "port must be a whole number between 1 and 65535",
        ),
        ('[accounts.rh]\naddress = "a@x.example"\nhost = "h.example"\ntls = "maybe"\n', "maybe"),
        ('[accounts.rh]\naddress = "a@x.example"\nhost = "h.example"\ntls = "none"\n', "only to this computer"),
        ('[accounts.rh]\naddress = "a@x.example"\n', "no server is named"),
        ('[accounts.rh]\nhost = "h.example"\n', '"address" is missing'),
        ('[accounts.rh]\naddress = "nobody"\nhost = "h.example"\n', "not a sender address"),
        ('[accounts.rh]\naddress = "a@x.example, b@x.example"\nhost = "h.example"\n', "not a sender address"),
        ('[accounts.rh]\naddress = "a@x.example"\nprovider = "hotmale"\n', "known are gmail"),
        ('[accounts.rh]\naddress = "a@x.example"\nhost = "h.example"\nconnections = 0\n', "between 1 and 20"),
        ('[accounts.rh]\naddress = "a@x.example"\nhost = "h.example"\nper_minute = nan\n', "per_minute"),
        ('[accounts.rh]\naddress = "a@x.example"\nhost = "h\\u001b.example"\n', "not a host name"),
        ('[accounts.rh]\naddress = "a@x.example"\nhost = "h.example"\npipelining = "on"\n', "Invalid enum value 'on'"),
        ('[accounts.rh]\naddress = "a@x.example"\nhost = "h.example"\npipelining = true\n', "pipelining"),
        ("accounts = 3\n", "as tables"),
        ("[accounts]\nrh = 3\n", "as a table"),
        ("[accounts.rh\n", "not valid TOML"),
    ],
)
def test_a_wrong_account_is_one_clear_line(accounts: Accounts, text: str, said: str) -> None:
    accounts.path.parent.mkdir()
    accounts.path.write_text(text)
    with pytest.raises(AccountError, match=said) as caught:
        accounts.get("rh")
    assert str(accounts.path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_a_file_that_is_no_text_or_no_file_is_one_clear_line(accounts: Accounts) -> None:
    accounts.path.parent.mkdir()
    accounts.path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AccountError, match="UTF-8"):
        accounts.all()
    accounts.path.unlink()
    accounts.path.mkdir()
    with pytest.raises(AccountError, match="cannot read"):
        accounts.all()


def test_an_unknown_account_names_the_known_ones_and_the_way_to_add(accounts: Accounts) -> None:
    with pytest.raises(AccountError, match="mailmerge account add rh"):
        accounts.get("rh")
    accounts.add(account_from_preset("paris", "p@x.example", provider="ovh"))
    with pytest.raises(AccountError, match="known are paris"):
        accounts.get("rh")


def test_a_taken_name_is_not_written_over(accounts: Accounts) -> None:
    accounts.add(account_from_preset("rh", "a@x.example", provider="ovh"))
    with pytest.raises(AccountError, match="already"):
        accounts.add(account_from_preset("rh", "b@x.example", provider="ovh"))
    assert accounts.get("rh").address == "a@x.example"


def test_no_tls_is_for_this_machine_only(accounts: Accounts) -> None:
    for host in ("localhost", "127.0.0.1", "127.9.9.9", "::1", "LOCALHOST"):
        assert is_loopback(host)
        assert account_from_preset("rh", "a@x.example", host=host, tls="none").port == 25
    for host in ("localhost.x.example", "192.168.1.4", "0.0.0.0", "127.0.0.1.x.example", ""):
        assert not is_loopback(host)
        with pytest.raises(AccountError):
            account_from_preset("rh", "a@x.example", host=host, tls="none")


@pytest.mark.parametrize("name", ["", "a b", "../x", "-x", "a\x1b", "a/b"])
def test_a_name_that_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(AccountError, match="a name has"):
        account_from_preset(name, "a@x.example", provider="ovh")


def test_domains_are_written_in_a_labels(accounts: Accounts) -> None:
    accounts.add(account_from_preset("rh", "rh@münchen.example", host="smtp.münchen.example"))
    assert accounts.get("rh").address == "rh@xn--mnchen-3ya.example"
    assert accounts.get("rh").host == "smtp.xn--mnchen-3ya.example"


def test_presets_are_dated_and_make_an_account_each() -> None:
    for name, preset in presets().items():
        assert preset.published == "2026-11"
        assert preset.note
        account = account_from_preset(
            "rh", "a@x.example", provider=name, host=preset.host or "email-smtp.eu-west-3.example"
        )
        assert account.port == preset.port
        assert account.tls in ("implicit", "starttls")


def test_a_changed_tls_changes_the_usual_port_with_it() -> None:
    assert account_from_preset("rh", "a@x.example", provider="ses", host="ses.example", tls="starttls").port == 587
    assert account_from_preset("rh", "a@x.example", host="x.example").port == 465
