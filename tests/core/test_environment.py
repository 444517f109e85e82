"""One environment, handed down: what a program works with is never looked up behind its back."""

from __future__ import annotations

import ast
import datetime
import os
import pickle
from pathlib import Path

import pytest
from house_source import nodes

from mailmerge.accounts import Accounts, account_from_preset
from mailmerge.campaign import open_campaign
from mailmerge.demo import demo_server
from mailmerge.environment import Environment, login_name
from mailmerge.errors import AccountError, InputError
from mailmerge.files.home import find_home, home_below
from mailmerge.settings.preferences import Preferences, read_preferences

NOON = datetime.datetime(2026, 9, 2, 12, tzinfo=datetime.UTC)


def noon() -> datetime.datetime:
    return NOON


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """An environment that is not the one of the process, which cannot even be made."""
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("MAILMERGE_HOME", str(tmp_path / "file" / "below"))
    return Environment(home_below(tmp_path / "elsewhere"), noon)


def test_a_campaign_goes_by_the_environment_that_it_is_opened_in(elsewhere: Environment, tmp_path: Path) -> None:
    account = account_from_preset("rh", "RH <rh@firma.example>", host="127.0.0.1", tls="none", auth="none")
    elsewhere.accounts.add(account)
    (tmp_path / "people.csv").write_text("email;nom\na@x.example;Petit\nb@x.example;Grand\n", encoding="utf-8")
    (tmp_path / "letter.md").write_text("Subject: Hello\n\nHello {{ nom }},\n", encoding="utf-8")
    campaign = open_campaign([tmp_path / "people.csv", tmp_path / "letter.md"], environment=elsewhere)
    assert campaign.signer == account
    campaign = pickle.loads(pickle.dumps(campaign))  # as the process that checks gets it
    run = campaign.check().seal(account, campaign.environment.outbox)
    assert run.created == NOON
    assert elsewhere.home.data in run.path.parents
    assert [summary.run for summary in elsewhere.outbox.runs()] == [run.id]
    assert not find_home().data.exists()


def test_a_demo_has_a_home_of_its_own_and_changes_nothing_around_it(elsewhere: Environment) -> None:
    before = dict(os.environ)
    with demo_server() as server:
        assert dict(os.environ) == before
        assert [account.name for account in server.environment.accounts.all()] == ["demo"]
        assert server.environment.home != elsewhere.home
    assert dict(os.environ) == before
    assert elsewhere.accounts.all() == []


BROKEN = [b"language = [", b"\xff\xfe\x00", b"keep_days = " + b"9" * 5000, b"\xef\xbb\xbf[accounts"]


@pytest.mark.parametrize("content", BROKEN, ids=["toml", "encoding", "number", "table"])
def test_whoever_reads_the_configuration_says_the_same_of_it(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(content)
    with pytest.raises(InputError) as one:
        read_preferences(tmp_path)
    with pytest.raises(AccountError) as other:
        Accounts(tmp_path).all()
    assert str(one.value) == str(other.value)
    assert "\n" not in str(one.value)
    assert str(tmp_path / "config.toml") in str(one.value)


def test_a_byte_order_mark_and_windows_line_ends_are_read_by_both(tmp_path: Path) -> None:
    text = '\ufeffkeep_days = 7\r\n[accounts.rh]\r\naddress = "rh@firma.example"\r\nhost = "smtp.firma.example"\r\n'
    (tmp_path / "config.toml").write_bytes(text.encode())
    assert read_preferences(tmp_path).keep_days == 7
    assert [account.name for account in Accounts(tmp_path).all()] == ["rh"]
    assert Preferences().keep_days != 7


def _reads(node: ast.Call, name: str) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == name


def test_the_home_is_looked_up_where_an_environment_is_made_and_where_none_was_given() -> None:
    found = {name for name, node in nodes(ast.Call) if _reads(node, "find_home")}
    assert found == {
        "mailmerge.environment",
        "mailmerge.accounts.oauth.tokens",
        "mailmerge.delivery.pacing",
        "mailmerge.runtime.faults",
    }
    here = {
        name for name, node in nodes(ast.Attribute) if node.attr == "here" and ast.unparse(node.value) == "Environment"
    }
    assert {name for name in here if not name.startswith("mailmerge.campaign")} == {
        "mailmerge.cli.context",
        "mailmerge.cli.language",
        "mailmerge.delivery.loop",  # whose rule of approval holds: to leave it out must open no gate
        "mailmerge.tui.app",
    }


@pytest.mark.parametrize(
    "refusal", [KeyError("getpwuid(): uid not found: 1000"), OSError("No username set"), ImportError()]
)
def test_somebody_without_a_name_can_decide_all_the_same(monkeypatch: pytest.MonkeyPatch, refusal: Exception) -> None:
    """As in a container: no USER, and no entry in the database of users."""

    def getuser() -> str:
        raise refusal

    monkeypatch.setattr("getpass.getuser", getuser)
    assert login_name() == "unknown"


def test_the_name_of_who_decides_is_asked_in_one_place() -> None:
    asked = {name for name, node in nodes(ast.Attribute) if node.attr == "getuser"}
    assert asked == {"mailmerge.environment"}
