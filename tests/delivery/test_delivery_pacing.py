"""No faster than the mailbox allows, whatever the clock on the wall says."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest
from delivery_cases import account_for, assert_invariants, seal, send
from msgspec.structs import replace
from smtp_script import USER, ScriptedServer

from mailmerge.accounts import Account, account_from_preset
from mailmerge.delivery import Waiting, estimate
from mailmerge.delivery.pacing import DayCount, Pace


class Clock:
    """A clock that is set by hand."""

    def __init__(self, now: float = 1_000_000.0):
        self.now = now

    def __call__(self) -> float:
        return self.now


def mailbox(**given: object) -> Account:
    return account_from_preset("rh", USER, host="mail.atelier.example", **given)  # type: ignore[arg-type]


def test_messages_are_spaced_evenly() -> None:
    clock = Clock()
    pace = Pace(30, clock)
    assert pace.ready_in() == 0
    pace.take()
    assert pace.ready_in() == pytest.approx(2)
    clock.now += 1.5
    assert pace.ready_in() == pytest.approx(0.5)
    clock.now += 100
    assert pace.ready_in() == 0
    pace.take()
    assert pace.ready_in() == pytest.approx(2), "what was not sent in time is not caught up with"


def test_a_pace_without_limit_is_lowered_from_something() -> None:
    clock = Clock()
    pace = Pace(0, clock)
    pace.take()
    assert pace.ready_in() == 0
    pace.lower(4)
    pace.take()
    assert pace.ready_in() == pytest.approx(2)
    pace.lower(4)
    assert pace.lowered
    assert pace.interval == pytest.approx(8)


async def test_a_paced_run_takes_its_time_over_all_connections(folder: Path) -> None:
    run = seal(folder, 5)
    async with ScriptedServer() as server:
        started = time.monotonic()
        sent = await send(run, account_for(server, connections=3, per_minute=600))
        assert time.monotonic() - started >= 0.4
        assert sent.summary.accepted == 5


def test_a_day_counts_over_runs_and_frees_itself_hour_by_hour(tmp_path: Path) -> None:
    clock, wall = Clock(50.0), Clock(3600.0 * 1000)
    account = mailbox(per_day=3)

    def count() -> DayCount:
        return DayCount(account, tmp_path, clock=clock, wall=wall)

    first = count()
    for _ in range(2):
        assert first.ready_in() == 0
        first.count()
    first.save()
    second = count()
    assert second.ready_in() == 0
    second.count()
    assert second.ready_in() == pytest.approx(25 * 3600)
    second.save()
    clock.now += 3600
    assert second.ready_in() == pytest.approx(24 * 3600)
    clock.now += 24 * 3600 + 1
    assert second.ready_in() == 0
    assert json.loads((tmp_path / "sent-by-hour.json").read_text()) == {USER: {"1000": 3}}


def test_only_as_many_hours_are_waited_for_as_it_takes(tmp_path: Path) -> None:
    clock, wall = Clock(0.0), Clock(3600.0 * 1000)
    day = DayCount(mailbox(per_day=2), tmp_path, clock=clock, wall=wall)
    day.count()
    clock.now += 7200
    day.count()
    assert day.ready_in() == pytest.approx(23 * 3600)
    clock.now += 23 * 3600
    assert day.ready_in() == 0
    day.count()
    assert day.ready_in() == pytest.approx(2 * 3600)


@pytest.mark.parametrize("jump", [-86_400, 86_400])
def test_a_clock_that_jumps_while_sending_changes_nothing(tmp_path: Path, jump: float) -> None:
    clock, wall = Clock(0.0), Clock(3600.0 * 1000)
    day = DayCount(mailbox(per_day=1), tmp_path, clock=clock, wall=wall)
    day.count()
    wall.now += jump
    assert day.ready_in() == pytest.approx(25 * 3600)


def test_a_clock_that_was_wrong_yesterday_blocks_for_a_day_at_most(tmp_path: Path) -> None:
    ahead = DayCount(mailbox(per_day=1), tmp_path, clock=Clock(), wall=Clock(3600.0 * 9999))
    ahead.count()
    ahead.save()
    now = DayCount(mailbox(per_day=1), tmp_path, clock=Clock(), wall=Clock(3600.0 * 1000))
    assert 0 < now.ready_in() <= 25 * 3600


@pytest.mark.parametrize(
    "content",
    [
        *("", "[]", "{", '{"rh@atelier.example": 3}', '{"rh@atelier.example": {"x": 1}}'),
        *('{"rh@atelier.example": {"1": 1e999}}', "[" * 100_000),
    ],
)
def test_a_damaged_count_is_begun_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / "sent-by-hour.json").write_text(content)
    day = DayCount(mailbox(per_day=1), tmp_path)
    assert day.ready_in() == 0
    day.count()
    day.save()
    assert DayCount(mailbox(per_day=1), tmp_path).ready_in() > 0


def test_a_count_that_cannot_be_kept_still_counts_in_its_own_sending(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder belongs")
    clock = Clock()
    day = DayCount(mailbox(per_day=3), tmp_path / "state", clock=clock, wall=Clock(3600.0 * 1000))
    for _message in range(3):
        assert day.ready_in() == 0
        day.count()
        day.save()
        clock.now += 60
    assert day.ready_in() > 0


async def test_a_sending_ends_where_the_count_of_its_day_cannot_be_kept(folder: Path, home: Path) -> None:
    run = seal(folder, 3)
    home.mkdir(exist_ok=True)
    (home / "state").write_text("a file where the folder belongs")
    async with ScriptedServer() as server:
        sent = await send(run, account_for(server, per_day=7))
        assert (sent.summary.accepted, sent.summary.error) == (3, None)
        assert_invariants(run, server, sent)


def test_two_programs_add_up(tmp_path: Path) -> None:
    account = mailbox(per_day=2)
    one, two = DayCount(account, tmp_path), DayCount(account, tmp_path)
    one.count()
    two.count()
    one.save()
    two.save()
    assert DayCount(account, tmp_path).ready_in() > 0


async def test_a_full_day_ends_the_pass_and_the_next_run_knows_it(folder: Path, home: Path) -> None:
    first, second = seal(folder, 5), seal(folder, 5, run="2026-09-02-0002")
    async with ScriptedServer() as server:
        account = account_for(server, per_day=7)
        assert (await send(first, account)).summary.accepted == 5
        server.taken.clear()
        sent = await send(second, account)
        assert sent.summary.accepted == 2
        assert sent.summary.pending == 3
        assert "24 hours" in sent.summary.stopped
        assert_invariants(second, server)
        waiting = [event async for event in _with_wait(second, account)]
        assert isinstance(waiting[0], Waiting)
        assert waiting[0].until is not None
    assert (home / "state" / "sent-by-hour.json").exists()


async def _with_wait(run, account):  # type: ignore[no-untyped-def]
    from mailmerge.accounts import Secret
    from mailmerge.delivery import Control, deliver

    control = Control()
    async for event in deliver(run, account, Secret("x"), control, wait=True):
        yield event
        control.stop()


def test_the_estimate_follows_pace_connections_and_days() -> None:
    unlimited = mailbox(connections=4)
    assert estimate(0, unlimited) == timedelta()
    assert estimate(340, mailbox(per_minute=30)) == timedelta(seconds=680)
    assert estimate(340, unlimited) == timedelta(seconds=17)
    assert estimate(1200, replace(mailbox(per_minute=30), per_day=500)) == timedelta(days=2, seconds=400)
    assert estimate(500, replace(mailbox(per_minute=30), per_day=500)) == timedelta(seconds=1000)
