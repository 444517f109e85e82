"""An account changes by what is given, and its secret never follows it to another server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from each_row import each_row
from fake_keyring import Keyring
from msgspec.structs import replace

from mailmerge.accounts import (
    Account,
    Accounts,
    Fate,
    OAuthClient,
    Secret,
    account_from_preset,
    changed,
    find_secret,
    presets,
    recognised,
    settle_secret,
    store_secret,
)
from mailmerge.accounts.credentials import Kept, keep, recall
from mailmerge.accounts.oauth import issuer_for
from mailmerge.errors import AccountError, AccountInvalid

BEFORE = account_from_preset(
    "rh",
    "Claire Martin <rh@x.example>",
    host="mail.x.example",
    connections=2,
    per_minute=5,
    per_day=100,
    signature="C.",
)
CLIENT = OAuthClient(issuer="microsoft", client_id="0000-11", tenant="x.example")


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    return Accounts(tmp_path / "config")


@each_row(
    ("given", "follows"),
    [
        ({}, {}),
        ({"name": "paris"}, {}),
        ({"host": "smtp.y.example"}, {}),
        ({"port": 2465}, {}),
        ({"tls": "starttls"}, {"port": 587}),
        ({"tls": "starttls", "port": 2525}, {}),
        ({"auth": "none"}, {}),
        ({"username": "claire"}, {}),
        ({"display_name": "RH"}, {}),
        ({"display_name": ""}, {}),
        ({"connections": 7}, {}),
        ({"per_minute": 0.5}, {}),
        ({"per_minute": 0}, {}),
        ({"per_day": 0}, {}),
        ({"signature": "Claire\nParis"}, {}),
        ({"signature": ""}, {}),
        ({"address": "drh@x.example"}, {"username": "drh@x.example"}),
        ({"address": "drh@x.example", "username": "rh"}, {}),
        ({"oauth": CLIENT}, {"auth": "oauth2"}),
        ({"host": "smtp.münchen.example"}, {"host": "smtp.xn--mnchen-3ya.example"}),
    ],
)
def test_only_what_is_given_changes_and_what_hangs_on_it(given: dict[str, Any], follows: dict[str, Any]) -> None:
    assert changed(BEFORE, **given) == replace(BEFORE, **{**given, **follows})


def test_a_display_name_comes_with_the_address_or_stays() -> None:
    assert changed(BEFORE, address="drh@x.example").display_name == "Claire Martin"
    assert changed(BEFORE, address="DRH <drh@x.example>").display_name == "DRH"
    custom = replace(BEFORE, username="claire")
    assert changed(custom, address="drh@x.example").username == "claire"


@each_row("provider", [name for name, preset in presets().items() if preset.host])
def test_a_provider_brings_its_server_and_limits(provider: str) -> None:
    preset, after = presets()[provider], changed(BEFORE, provider=provider)
    assert (after.host, after.port, after.tls) == (preset.host, preset.port, preset.tls)
    assert (after.connections, after.per_minute, after.per_day) == (
        preset.connections, preset.per_minute, preset.per_day,
    )  # fmt: skip
    assert after.signature == BEFORE.signature
    assert changed(BEFORE, provider=provider, connections=9, port=2465).connections == 9
    assert changed(replace(BEFORE, auth="none"), provider=provider).auth == "none"


def test_a_provider_is_left_with_its_server_and_its_limits_stay() -> None:
    theirs = account_from_preset("rh", "rh@x.example", provider="exchange")
    own = changed(theirs, host="relay.x.example")
    assert own.provider == ""
    assert (own.per_minute, own.per_day, own.connections) == (30, 10_000, 3)
    ovh = account_from_preset("rh", "rh@x.example", provider="ovh-exchange")
    assert changed(ovh, host="ex3.mail.ovh.net").provider == "ovh-exchange"


def test_what_does_not_go_with_the_new_login_is_dropped() -> None:
    assert changed(replace(BEFORE, password_command="pass rh"), auth="none").password_command == ""
    token = account_from_preset("rh", "rh@x.example", host="h.example", auth="oauth2", token_command="tok")
    assert changed(token, oauth=CLIENT).token_command == ""
    assert changed(token, connections=3).token_command == "tok"
    signed_in = changed(token, oauth=CLIENT)
    assert changed(signed_in, auth="password").oauth is None
    assert changed(signed_in, connections=3).oauth == CLIENT


@each_row(
    ("given", "field"),
    [
        ({"name": "a b"}, "name"), ({"address": "nobody"}, "address"), ({"provider": "hotmale"}, "provider"),
        ({"host": ""}, "host"), ({"host": "a b"}, "host"), ({"port": 0}, "port"), ({"tls": "none"}, "tls"),
        ({"provider": "ses"}, "host"), ({"username": ""}, "username"), ({"username": "a\x1b"}, "username"),
        ({"connections": 0}, "connections"), ({"per_minute": -1}, "per_minute"), ({"signature": "a\tb"}, "signature"),
        ({"address": '"a\u202eb" <a@x.example>'}, "address"),
        ({"oauth": replace(CLIENT, client_id="a b")}, "client_id"), ({"oauth": replace(CLIENT, tenant="/")}, "tenant"),
        ({"oauth": CLIENT, "auth": "password"}, "auth"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_by_its_field(given: dict[str, Any], field: str) -> None:
    with pytest.raises(AccountInvalid) as caught:
        changed(BEFORE, **given)
    assert caught.value.field == field
    assert caught.value.problem in str(caught.value)
    assert "\x1b" not in str(caught.value)


# --- the file ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        {"port": 2465}, {"provider": "exchange"}, {"host": "relay.y.example"}, {"auth": "none"}, {"oauth": CLIENT},
        {"name": "paris"}, {"signature": "a\nb"}, {"per_minute": 0}, {"address": "DRH <drh@x.example>"},
        {"username": "claire"}, {"provider": "orange", "connections": 1},
    ],
)  # fmt: skip
@pytest.mark.parametrize("provider", ["", "ovh", "exchange"])
def test_what_is_changed_reads_back_and_the_rest_of_the_file_stays(
    accounts: Accounts, given: dict[str, Any], provider: str
) -> None:
    accounts.path.parent.mkdir()
    server = f'provider = "{provider}"' if provider else 'host = "mail.x.example"'
    accounts.path.write_text(
        f'# mine\n[accounts.old]\naddress = "a@x.example"\nhost = "m.x.example"\n\n[accounts.rh] # HR\n'
        f'address = "rh@x.example" # ours\n{server}\n\n[accounts.zoe]\naddress = "z@x.example"\nhost = "z.example"\n'
    )
    others = [account for account in accounts.all() if account.name != "rh"]
    wanted = changed(accounts.get("rh"), **given)
    assert accounts.change("rh", wanted) == wanted
    assert accounts.get(wanted.name) == wanted
    assert [account for account in accounts.all() if account.name != wanted.name] == others
    if wanted.name == "rh":
        assert [account.name for account in accounts.all()] == ["old", "rh", "zoe"]
    text = accounts.path.read_text(encoding="utf-8")
    assert "# mine" in text
    assert "# HR" in text or wanted.name != "rh"
    assert accounts.change(wanted.name, wanted) == wanted
    assert accounts.path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "text",
    [
        '[accounts.rh]\naddress = "a@x.example"\nhost = "h.example"\n[keys]\n"rows.down" = "n"\n'
        '[accounts.lyon]\naddress = "l@x.example"\nhost = "h.example"\n',
        'accounts = {rh = {address = "a@x.example", host = "h.example"}, '
        'lyon = {address = "l@x.example", host = "h.example"}}\n',
        'accounts.rh.address = "a@x.example"\naccounts.rh.host = "h.example"\n'
        'accounts.lyon.address = "l@x.example"\naccounts.lyon.host = "h.example"\n',
        '[accounts]\nrh.address = "a@x.example"\nrh.host = "h.example"\n'
        '[accounts.lyon]\naddress = "l@x.example"\nhost = "h.example"\n',
    ],
)
@pytest.mark.parametrize("given", [{"port": 2465}, {"name": "paris"}, {"signature": "a\nb"}, {"oauth": CLIENT}])
def test_however_the_file_is_written_an_account_can_be_changed(
    accounts: Accounts, text: str, given: dict[str, Any]
) -> None:
    accounts.path.parent.mkdir()
    accounts.path.write_text(text)
    wanted = changed(accounts.get("rh"), **given)
    accounts.change("rh", wanted)
    assert accounts.get(wanted.name) == wanted
    assert {account.name for account in accounts.all()} == {wanted.name, "lyon"}


def test_a_registration_that_changes_keeps_the_comments_in_its_table(accounts: Accounts) -> None:
    accounts.path.parent.mkdir()
    accounts.path.write_text(
        '[accounts.rh]\naddress = "a@x.example"\nhost = "h.example"\nauth = "oauth2"\n'
        '[accounts.rh.oauth] # registered by IT\nissuer = "microsoft"\nclient_id = "a" # public\ntenant = "x.example"\n'
    )
    accounts.change("rh", changed(accounts.get("rh"), oauth=OAuthClient(issuer="microsoft", client_id="b")))
    assert accounts.get("rh").oauth == OAuthClient(issuer="microsoft", client_id="b")
    assert "# registered by IT" in accounts.path.read_text()


def test_a_name_that_is_taken_is_refused_and_nothing_changes(accounts: Accounts) -> None:
    accounts.add(BEFORE)
    accounts.add(replace(BEFORE, name="paris"))
    before = accounts.path.read_bytes()
    with pytest.raises(AccountInvalid, match="already") as caught:
        accounts.change("rh", changed(BEFORE, name="paris"))
    assert caught.value.field == "name"
    with pytest.raises(AccountError, match="no account is called"):
        accounts.change("lyon", BEFORE)
    assert accounts.path.read_bytes() == before


# --- secrets -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [{"port": 587, "tls": "starttls"}, {"signature": "x"}, {"per_day": 3}, {"display_name": "RH"}, {"name": "paris"}],
)
def test_a_password_stays_where_the_server_and_the_user_do(keyring: Keyring, given: dict[str, Any]) -> None:
    store_secret(BEFORE, Secret("right"))
    after = changed(BEFORE, **given)
    assert settle_secret(BEFORE, after) is Fate.STAYS
    assert find_secret(after) == Secret("right")
    assert len(keyring.entries()) == 1


@pytest.mark.parametrize(
    "given",
    [{"host": "other.example"}, {"provider": "orange"}, {"username": "claire"}, {"address": "drh@x.example"},
     {"auth": "none"}, {"auth": "oauth2"}, {"oauth": CLIENT}, {"name": "paris", "host": "other.example"}],
)  # fmt: skip
def test_a_password_goes_to_no_other_server_nor_for_another_user(keyring: Keyring, given: dict[str, Any]) -> None:
    store_secret(BEFORE, Secret("right"))
    after = changed(BEFORE, **given)
    if (after.host, after.username) != (BEFORE.host, BEFORE.username):
        assert find_secret(after) is None, "not even before it is taken out"
    assert settle_secret(BEFORE, after) is Fate.REMOVED
    assert find_secret(after) is None
    assert not keyring.entries()
    assert find_secret(changed(after, host=BEFORE.host, username=BEFORE.username, auth="password")) is None


def test_without_a_stored_password_there_is_nothing_to_see_to(keyring: Keyring) -> None:
    assert settle_secret(BEFORE, changed(BEFORE, host="other.example")) is Fate.NONE
    store_secret(BEFORE, Secret("right"))
    keyring.path.write_text("locked")
    assert settle_secret(BEFORE, changed(BEFORE, host="other.example")) is Fate.NONE


def test_a_command_that_gives_the_password_to_another_server_is_told(keyring: Keyring) -> None:
    before: Account = replace(BEFORE, password_command="pass show rh")
    assert settle_secret(before, changed(before, host="other.example")) is Fate.COMMAND
    assert settle_secret(before, changed(before, port=2465)) is Fate.STAYS


SIGNED_IN = changed(BEFORE, oauth=CLIENT)


@pytest.mark.parametrize(
    ("given", "stays"),
    [
        ({"port": 587}, True),
        ({"signature": "x"}, True),
        ({"host": "other.example"}, False),
        ({"username": "claire"}, False),
        ({"auth": "none"}, False),
        ({"auth": "password"}, False),
        ({"oauth": replace(CLIENT, tenant="y.example")}, False),
        ({"oauth": replace(CLIENT, client_id="22")}, False),
        ({"name": "paris"}, False),
    ],
)
def test_a_sign_in_goes_to_no_other_server_nor_for_another_user(
    keyring: Keyring, given: dict[str, Any], stays: bool
) -> None:
    keep(SIGNED_IN, Kept.REFRESH_TOKEN, Secret("refresh"))
    keep(SIGNED_IN, Kept.CLIENT_SECRET, Secret("client"))
    after = changed(SIGNED_IN, **given)
    if not stays:
        assert after.oauth is None or recall(after, Kept.REFRESH_TOKEN) is None, "not even before it is taken out"
    assert settle_secret(SIGNED_IN, after) is (Fate.STAYS if stays else Fate.REMOVED)
    assert ("refresh" in keyring.entries().values()) == stays
    same_client = after.oauth is not None and after.oauth.client_id == CLIENT.client_id
    assert ("client" in keyring.entries().values()) == same_client
    if same_client:
        assert recall(after, Kept.CLIENT_SECRET) == Secret("client")


@each_row(
    ("address", "provider"),
    [
        ("zoe@orange.fr", "orange"), ("Zoé <zoe@wanadoo.fr>", "orange"), ("zoe@FREE.fr", "free"),
        ("zoe@sfr.fr", "sfr"), ("zoe@neuf.fr", "sfr"), ("zoe@laposte.net ", "laposte"), ("zoe@gmail.com", "gmail"),
        ("rh@atelier.onmicrosoft.com", "exchange"), ("zoe@hotmail.fr", "outlook"), ("zoe@yahoo.co.uk", "yahoo"),
        ("rh@atelier.example", ""), ("zoe@orange.fr.example", ""), ("zoe@notorange.fr", ""), ("zoe@", ""), ("", ""),
        ("orange.fr", "orange"),
    ],
)  # fmt: skip
def test_a_provider_is_recognised_by_the_domain(address: str, provider: str) -> None:
    found = recognised(address)
    assert (found.name if found else "") == provider


def test_no_domain_belongs_to_two_providers() -> None:
    domains = [domain for preset in presets().values() for domain in preset.domains]
    assert len(domains) == len(set(domains))


def test_microsofts_presets_say_that_passwords_end_and_offer_to_sign_in() -> None:
    for name in ("exchange", "outlook"):
        preset = presets()[name]
        assert preset.issuer == "microsoft"
        assert "sign in with Microsoft" in preset.note
    assert "end of December 2026" in presets()["exchange"].note


def test_who_signs_people_in_is_said_by_the_preset() -> None:
    assert issuer_for("outlook") == "microsoft"
    assert issuer_for("workspace") == "google"
    assert issuer_for("orange") == issuer_for("") == issuer_for("nobody") == ""
