"""Access tokens and how they are renewed: one process at a time, stored before used, never twice with one secret."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from fake_issuer import FakeIssuer
from fake_keyring import Keyring
from identity_provider import Browser, Provider

from mailmerge.accounts import Account, OAuthClient, Secret, account_from_preset
from mailmerge.accounts.credentials import Kept, keep, recall
from mailmerge.accounts.oauth import OpenBrowser, SignedIn, SignIn, Tokens, TroubleKind
from mailmerge.accounts.oauth.access_token import AccessToken
from mailmerge.errors import KeyringUnusable, SignInFailed, SignInNeeded
from tests.conftest import ROOT

USER = "rh@atelier.example"


def account(issuer: str, client: str = "mailmerge") -> Account:
    return account_from_preset(
        "rh", USER, host="mail.atelier.example", auth="oauth2", oauth=OAuthClient(issuer=issuer, client_id=client)
    )


async def signed_in(provider: Provider, client: str = "mailmerge") -> Account:
    async def prove(token: Secret) -> None:
        pass

    made = account(provider.issuer, client)
    async for event in SignIn(made, prove).events():
        if isinstance(event, OpenBrowser):
            browsing = asyncio.create_task(asyncio.to_thread(Browser(USER).sign_in, event.url))
    await browsing
    assert isinstance(event, SignedIn), event
    return made


def stored(made: Account) -> str:
    secret = recall(made, Kept.REFRESH_TOKEN)
    assert secret is not None
    return secret.reveal()


def child(tmp_path: Path, keyring: Keyring, provider: Provider, **orders: Any) -> subprocess.Popen[str]:
    path = tmp_path / f"orders-{time.monotonic_ns()}.json"
    path.write_text(
        json.dumps({"keyring": str(keyring.path), "issuer": provider.issuer, "client": "mailmerge"} | orders)
    )
    return subprocess.Popen([sys.executable, ROOT / "tests/renewing_child.py", path], stdout=subprocess.PIPE, text=True)


def answer(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return dict(json.loads(out))


# --- one at a time -------------------------------------------------------------------------------------------------


async def test_processes_that_renew_at_once_do_it_one_after_the_other(
    tmp_path: Path, provider: Provider, keyring: Keyring
) -> None:
    """The provider voids everything where an exchanged refresh token comes back."""
    made = await signed_in(provider)
    children = [child(tmp_path, keyring, provider, times=4, slow=0.02) for _ in range(3)]
    assert [answer(each) for each in children] == [{"ok": True}] * 3
    await Tokens(made).current()


async def test_connections_of_one_process_share_a_renewal(fake_issuer: FakeIssuer, keyring: Keyring) -> None:
    made, one = renewing(fake_issuer), {"access_token": "a", "refresh_token": "r2", "expires_in": 3600}
    fake_issuer.answers["/token"] = [(200, json.dumps(one))]
    mine = Tokens(made)
    assert len({(await each).reveal() for each in [mine.current()] * 1}) == 1
    mine.begin_again()
    await asyncio.gather(*(mine.current() for _ in range(8)))
    assert posts(fake_issuer) == 2


@pytest.mark.parametrize(
    ("point", "then"),
    [
        ("before asking", {"ok": True}),
        ("between answer and store", {"error": TroubleKind.NO_LONGER_VALID}),
        ("between store and use", {"ok": True}),
    ],
)
async def test_what_is_killed_on_the_way_costs_a_new_sign_in_at_most(
    tmp_path: Path, provider: Provider, keyring: Keyring, point: str, then: dict[str, Any]
) -> None:
    made = await signed_in(provider)
    before = stored(made)
    killed = child(tmp_path, keyring, provider, die=point)
    killed.communicate(timeout=60)
    assert killed.returncode == -9
    assert (stored(made) != before) == (point == "between store and use")
    assert answer(child(tmp_path, keyring, provider)) == then
    assert answer(child(tmp_path, keyring, provider)) == then
    await signed_in(provider)
    assert answer(child(tmp_path, keyring, provider)) == {"ok": True}


async def test_what_is_killed_in_the_middle_of_a_long_store_is_never_a_truncated_token(
    tmp_path: Path, fake_issuer: FakeIssuer, keyring: Keyring
) -> None:
    made = renewing(fake_issuer)
    keep(made, Kept.REFRESH_TOKEN, Secret("old" * 1300))
    token = {"access_token": "a", "refresh_token": "new" * 1400, "expires_in": 3600}
    fake_issuer.answers["/token"] = [(200, json.dumps(token))]
    killed = child(tmp_path, keyring, Provider(fake_issuer.issuer), die="in the middle of the store")
    killed.communicate(timeout=60)
    assert killed.returncode == -9
    assert recall(made, Kept.REFRESH_TOKEN) is None
    with pytest.raises(SignInNeeded) as caught:
        await Tokens(made).current()
    assert caught.value.kind == TroubleKind.SIGN_IN_NEEDED
    assert posts(fake_issuer) == 1


# --- when ------------------------------------------------------------------------------------------------------------


def renewing(fake: FakeIssuer) -> Account:
    made = account(fake.discover().issuer)
    keep(made, Kept.REFRESH_TOKEN, Secret("r1"))
    return made


def posts(fake: FakeIssuer) -> int:
    return sum(path == "/token" for path, _ in fake.asked)


def good(number: int, life: object = 3600) -> tuple[int, str]:
    return 200, json.dumps({"access_token": f"a{number}", "refresh_token": f"r{number}", "expires_in": life})


class Clock:
    """Both clocks, which a test moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch):
        self.wall = self.steady = 0.0
        real_wall, real_steady = time.time, time.monotonic
        monkeypatch.setattr(time, "time", lambda: real_wall() + self.wall)
        monkeypatch.setattr(time, "monotonic", lambda: real_steady() + self.steady)

    def pass_by(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds


@pytest.mark.parametrize(
    ("life", "passes", "renewals"),
    [
        (3600, 0, 1),
        (3600, 3200, 1),
        (3600, 3310, 2),  # under five minutes left
        (3600, 9000, 2),
        (400, 90, 1),
        (400, 120, 2),
        (200, 30, 1),  # always under five minutes, but not more often than once a minute
        (200, 61, 2),
        (5, 2, 1),  # too short for that: at half its life
        (5, 3, 2),
        ("3600", 3000, 1),
        (None, 3000, 1),
        ("soon", 3310, 2),
        (float("nan"), 10, 1),
        (-5, 0.5, 1),
    ],
)
async def test_a_token_is_renewed_when_it_has_little_time_left_and_not_too_often(
    fake_issuer: FakeIssuer,
    keyring: Keyring,
    monkeypatch: pytest.MonkeyPatch,
    life: object,
    passes: float,
    renewals: int,
) -> None:
    fake_issuer.answers["/token"] = [good(2, life), good(3, life)]
    mine, clock = Tokens(renewing(fake_issuer)), Clock(monkeypatch)
    await mine.current()
    clock.pass_by(passes)
    assert (await mine.current()).reveal() == f"a{1 + renewals}"
    assert posts(fake_issuer) == renewals


@pytest.mark.parametrize(("wall", "renewals"), [(3600, 2), (-3600, 1), (7200, 2)])
async def test_a_clock_that_is_set_meanwhile_costs_a_renewal_at_most(
    fake_issuer: FakeIssuer, keyring: Keyring, monkeypatch: pytest.MonkeyPatch, wall: float, renewals: int
) -> None:
    fake_issuer.answers["/token"] = [good(2), good(3)]
    mine, clock = Tokens(renewing(fake_issuer)), Clock(monkeypatch)
    await mine.current()
    clock.wall += wall
    await mine.current()
    assert posts(fake_issuer) == renewals


async def test_a_forced_renewal_comes_once_and_not_again_at_once(
    fake_issuer: FakeIssuer, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_issuer.answers["/token"] = [good(2), good(3), good(4)]
    mine, clock = Tokens(renewing(fake_issuer)), Clock(monkeypatch)
    first = await mine.current()
    second = await mine.renewed(first)
    assert second == Secret("a3")
    assert await mine.renewed(first) == second, "another connection was quicker"
    assert await mine.renewed(second) is None
    clock.pass_by(61)
    assert await mine.renewed(second) == Secret("a4")


async def test_the_new_refresh_token_is_used_next_and_one_that_stays_is_not_written_again(
    fake_issuer: FakeIssuer, keyring: Keyring
) -> None:
    made = renewing(fake_issuer)
    fake_issuer.answers["/token"] = [good(2), (200, '{"access_token": "a3"}'), good(2)]
    mine, sets = Tokens(made), []
    for _ in range(3):
        mine.begin_again()
        await mine.current()
        sets.append(keyring.sets)
    sent = [form["refresh_token"] for path, form in fake_issuer.asked if path == "/token"]
    assert sent == ["r1", "r2", "r2"]
    assert sets == [2, 2, 2]


async def test_a_token_that_cannot_be_stored_is_not_used(fake_issuer: FakeIssuer, keyring: Keyring) -> None:
    made = renewing(fake_issuer)
    fake_issuer.answers["/token"] = [good(2)]
    keyring.limit = 1
    mine = Tokens(made)
    with pytest.raises(KeyringUnusable) as caught:
        await mine.current()
    assert "r2" not in str(caught.value)
    assert mine.expires_in is None


# --- refusals --------------------------------------------------------------------------------------------------------


async def test_a_refused_refresh_token_is_never_sent_again(fake_issuer: FakeIssuer, keyring: Keyring) -> None:
    fake_issuer.answers["/token"] = [(400, '{"error": "invalid_grant"}')]
    made = renewing(fake_issuer)
    mine = Tokens(made)
    for _ in range(3):
        mine.begin_again()
        with pytest.raises(SignInNeeded):
            await mine.current()
    assert posts(fake_issuer) == 1
    keep(made, Kept.REFRESH_TOKEN, Secret("another"))
    fake_issuer.answers["/token"] = [good(5)]
    assert await mine.current() == Secret("a5")


async def test_a_busy_provider_does_not_matter_while_the_token_is_good(
    fake_issuer: FakeIssuer, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_issuer.answers["/token"] = [good(2), (503, "<html>busy</html>")]
    mine, clock = Tokens(renewing(fake_issuer)), Clock(monkeypatch)
    await mine.current()
    clock.pass_by(3400)
    assert await mine.current() == Secret("a2")
    clock.pass_by(300)
    with pytest.raises(SignInFailed) as caught:
        await mine.current()
    assert caught.value.temporary


@pytest.mark.parametrize(
    "body",
    ['{"token_type": "Bearer"}', '{"access_token": 3}', '{"access_token": ""}', "[]", "null", '"a"', "{" * 100_000],
)
async def test_an_answer_without_a_token_is_one_sentence(fake_issuer: FakeIssuer, keyring: Keyring, body: str) -> None:
    fake_issuer.answers["/token"] = [(200, body)]
    made = renewing(fake_issuer)
    with pytest.raises(SignInFailed) as caught:
        await Tokens(made).current()
    assert "\n" not in str(caught.value)
    assert stored(made) == "r1"


async def test_what_the_provider_echoes_of_a_secret_is_not_shown(fake_issuer: FakeIssuer, keyring: Keyring) -> None:
    canary = "0.AXkA-canary-7f3a_refresh.AgABAwEAAAA"
    made = renewing(fake_issuer)
    keep(made, Kept.REFRESH_TOKEN, Secret(canary))
    keep(made, Kept.CLIENT_SECRET, Secret("GOCSPX-client-canary"))
    said = f"token {canary[:20]} of GOCSPX-client-canary is wrong\u202e\nTrace ID: 1"
    fake_issuer.answers["/token"] = [(400, json.dumps({"error": "weird", "error_description": said}))]
    with pytest.raises(SignInFailed) as caught:
        await Tokens(made).current()
    for part in ("canary", "Trace", "\u202e", "\n"):
        assert part not in str(caught.value)
    assert fake_issuer.asked[-1][1]["client_secret"] == "GOCSPX-client-canary"


async def test_signing_out_forgets_and_ends_the_grant(provider: Provider, keyring: Keyring) -> None:
    made = await signed_in(provider)
    refresh, mine = stored(made), Tokens(made)
    assert await asyncio.to_thread(mine.sign_out)
    assert not await asyncio.to_thread(mine.sign_out), "there is nothing left to end"
    assert not keyring.entries()
    assert mine.record is None
    with pytest.raises(SignInNeeded) as caught:
        mine.require_signed_in()
    assert caught.value.kind == TroubleKind.SIGN_IN_NEEDED
    keep(made, Kept.REFRESH_TOKEN, Secret(refresh))
    with pytest.raises(SignInNeeded):
        await mine.current()


async def test_a_keyring_that_lost_the_sign_in_is_said_with_its_day(provider: Provider, keyring: Keyring) -> None:
    made = await signed_in(provider)
    keyring.path.unlink()
    with pytest.raises(SignInNeeded, match=r"\d{4}-\d\d-\d\d is no longer in the keyring") as caught:
        Tokens(made).require_signed_in()
    assert caught.value.kind == TroubleKind.STORE_DAMAGED


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
async def test_the_record_and_the_lock_are_for_their_owner_only(
    provider: Provider, keyring: Keyring, home: Path
) -> None:
    await signed_in(provider)
    paths = list((home / "state" / "sign-in").iterdir())
    assert paths
    assert all(path.stat().st_mode & 0o077 == 0 for path in paths)


def test_a_token_shows_in_no_rendering_of_what_holds_it() -> None:
    token = AccessToken.of({"access_token": Secret("canary"), "refresh_token": Secret("canary")})
    assert "canary" not in repr(token)
    assert "canary" not in repr(Tokens(account("https://id.atelier.example")))
