"""The reply table, row by row, and what a row means for the run."""

from __future__ import annotations

import re
import time
from datetime import datetime
from pathlib import Path

import pytest
from delivery_cases import Sent, account_for, assert_invariants, seal, send, states
from each_row import each_row
from msgspec.structs import replace
from smtp_script import CANARY, Fault, ScriptedServer

from mailmerge.accounts import Secret, account_from_preset
from mailmerge.delivery import Control, Resumed, Waiting, deliver, meaning, policy
from mailmerge.delivery.pacing import Pace
from mailmerge.delivery.smtp import replies
from mailmerge.delivery.smtp.replies import TABLE, Action, Answer, Reply, Stage, classify, rule_for, state_after
from mailmerge.errors import DeliveryError, LoginRefused
from mailmerge.model import State
from mailmerge.model.words import state_meaning
from mailmerge.outbox import RunMessage

ROWS = [
    (Stage.DOT, "250 2.0.0 Ok", Action.PROCEED, State.ACCEPTED),
    (Stage.DOT, "200 fine", Action.PROCEED, State.ACCEPTED),
    (Stage.DOT, "251 will forward", Action.PROCEED, State.ACCEPTED),
    (Stage.DOT, "354 go on", Action.UNEXPECTED, State.UNKNOWN),
    (Stage.DOT, "999 what", Action.UNEXPECTED, State.UNKNOWN),
    (Stage.DOT, "150 hm", Action.UNEXPECTED, State.UNKNOWN),
    (Stage.DATA, "354 go", Action.PROCEED, State.PENDING),
    (Stage.DATA, "250 ok", Action.UNEXPECTED, State.PENDING),
    (Stage.RCPT, "550 5.1.1 no such user", Action.REJECT, State.REJECTED),
    (Stage.RCPT, "550 5.1.10 RESOLVER.ADR.RecipientNotFound", Action.REJECT, State.REJECTED),
    (Stage.RCPT, "553 no", Action.REJECT, State.REJECTED),
    (Stage.RCPT, "450 4.7.1 greylisted", Action.DEFER, State.DEFERRED),
    (Stage.RCPT, "452 4.2.2 mailbox full", Action.DEFER, State.DEFERRED),
    (Stage.RCPT, "552 5.2.2 mailbox full", Action.REJECT, State.REJECTED),
    (Stage.RCPT, "552-5.2.2 The email account that you tried to reach is over quota", Action.REJECT, State.REJECTED),
    (Stage.RCPT, "550 5.2.2 Submission quota exceeded", Action.QUOTA, State.PENDING),
    (Stage.DOT, "550 5.4.5 Daily user sending limit exceeded", Action.QUOTA, State.PENDING),
    (Stage.DOT, "550 5.1.90 recipient limit", Action.QUOTA, State.PENDING),
    (Stage.DOT, "550 5.7.232 tenant", Action.QUOTA, State.PENDING),
    (Stage.DOT, "550 5.7.233 tenant", Action.QUOTA, State.PENDING),
    (Stage.MAIL, "450 Requested mail action not taken: Mail send limit exceeded.", Action.QUOTA, State.PENDING),
    (Stage.DOT, "550 5.4.6 Unusual sending activity detected", Action.QUOTA, State.PENDING),
    (Stage.DOT, "454 Throttling failure: Daily message quota exceeded.", Action.QUOTA, State.PENDING),
    (Stage.DOT, "454 Throttling failure: Maximum sending rate exceeded.", Action.SLOWER, State.DEFERRED),
    (Stage.MAIL, "451 4.7.1 hourly sending limit reached", Action.QUOTA, State.PENDING),
    (Stage.DOT, "552 5.3.4 Message size exceeds fixed limit", Action.REJECT, State.REJECTED),
    (Stage.DOT, "554 5.7.1 spam", Action.REJECT, State.REJECTED),
    (Stage.DOT, "554 no", Action.REJECT, State.REJECTED),
    (Stage.DOT, "421 4.3.0 closing", Action.BACK_OFF, State.DEFERRED),
    (Stage.DOT, "451 4.3.0 later", Action.DEFER, State.DEFERRED),
    (Stage.DOT, "451 4.7.500 Server busy", Action.BACK_OFF, State.DEFERRED),
    (Stage.DOT, "451 4.7.650 throttled", Action.BACK_OFF, State.DEFERRED),
    (Stage.DOT, "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", Action.FEWER, State.DEFERRED),
    (Stage.DOT, "450 4.2.1 receiving mail too quickly", Action.SLOWER, State.DEFERRED),
    (Stage.RCPT, "452 4.5.3 Daily message quota exceeded", Action.QUOTA, State.PENDING),
    (Stage.RCPT, "421 4.7.28 unusual rate", Action.SLOWER, State.DEFERRED),
    (Stage.MAIL, "421 4.7.0 try again later", Action.SLOWER, State.DEFERRED),
    (Stage.MAIL, "452 4.3.1 no room", Action.BACK_OFF, State.DEFERRED),
    (Stage.MAIL, "550 5.7.1 sender not yours", Action.STOP, State.PENDING),
    (Stage.MAIL, "530 5.7.0 Must issue STARTTLS", Action.STOP, State.PENDING),
    (Stage.DOT, "550 5.7.60 cannot send as this sender", Action.STOP, State.PENDING),
    (Stage.MAIL, "550 5.7.501 Access denied, spam abuse", Action.STOP, State.PENDING),
    (Stage.RCPT, "550 5.7.708 low reputation", Action.STOP, State.PENDING),
    (Stage.DOT, "550 5.1.8 Access denied, bad outbound sender", Action.STOP, State.PENDING),
    (Stage.AUTH, "535 5.7.139 SmtpClientAuthentication is disabled", Action.STOP, State.PENDING),
    (Stage.AUTH, "550 5.7.30 Basic authentication is not supported", Action.STOP, State.PENDING),
    (Stage.AUTH, "454 4.7.0 Too many login attempts", Action.STOP, State.PENDING),
    (Stage.AUTH, "421 4.3.2 later", Action.BACK_OFF, State.DEFERRED),
    (Stage.GREETING, "554 go away", Action.STOP, State.PENDING),
    (Stage.GREETING, "421 busy", Action.BACK_OFF, State.DEFERRED),
]


@each_row(("stage", "line", "action", "state"), ROWS, ids=[f"{row[0]} {row[1][:30]}" for row in ROWS])
def test_a_reply_means_what_the_table_says(stage: Stage, line: str, action: Action, state: State) -> None:
    reply = Reply.of(int(line[:3]), line[4:])
    assert classify(reply, stage) is action
    assert state_after(action, stage) is state


@pytest.mark.parametrize("stage", list(Stage))
def test_every_reply_at_every_stage_has_an_action_and_is_never_accepted_by_mistake(stage: Stage) -> None:
    for code in range(-1, 1000):
        reply = Reply(code, "5.0.0 said")
        state = state_after(classify(reply, stage), stage)
        assert (state is State.ACCEPTED) == (stage is Stage.DOT and 200 <= code <= 299)
        if stage is Stage.DOT and 400 <= code <= 599:
            assert state is not State.UNKNOWN, "the first digit decides"
        if stage is not Stage.DOT:
            assert state is not State.UNKNOWN


@pytest.mark.in_english
@pytest.mark.parametrize(
    ("stage", "line", "state"),
    [
        (stage, line, state)
        for stage, line, _action, state in (*ROWS, (Stage.DATA, "554 no", Action.REJECT, State.REJECTED))
        if stage in (Stage.RCPT, Stage.DATA, Stage.DOT) and state in (State.REJECTED, State.DEFERRED)
    ],
)
def test_a_report_says_nothing_that_holds_of_another_command_only(stage: Stage, line: str, state: State) -> None:
    reply = Reply.of(int(line[:3]), line[4:])
    message = RunMessage(1, "Zoé Durand", "zoe@exemple.test", state, str(reply), "<1@exemple.test>", "", 1)
    told = meaning(message)
    assert told in (f"The server says: {rule_for(reply, stage).meaning}.", state_meaning(state))


def test_every_row_has_a_meaning_and_can_be_reached() -> None:
    reached = {id(rule_for(Reply.of(int(line[:3]), line[4:]), stage)) for stage, line, *_ in ROWS}
    for rule in TABLE:
        assert rule.meaning
    assert len(reached) > 25


@pytest.mark.parametrize(("stage", "line", "action"), [row[:3] for row in ROWS], ids=[row[1][:30] for row in ROWS])
def test_what_follows_from_a_reply_does_not_depend_on_the_language(
    stage: Stage, line: str, action: Action, monkeypatch: pytest.MonkeyPatch
) -> None:
    def follows() -> type[Exception] | None:
        account = account_from_preset("rh", "rh@firma.example", host="127.0.0.1", tls="none", auth="none")
        rule_for.cache_clear()
        decision = policy.Policy(account, Pace(0), wait=False).after(Answer(stage, reply))
        error = decision.error if isinstance(decision, policy.End) else None
        return type(error) if error else None

    reply = Reply.of(int(line[:3]), line[4:])
    told = follows()
    assert told is None or action is Action.STOP
    if stage is Stage.AUTH and action is Action.STOP:
        assert told is LoginRefused
    try:
        for words in ("l'authentification est refusée", "login", ""):
            monkeypatch.setattr(replies, "TABLE", tuple(replace(rule, meaning=words) for rule in TABLE))
            assert follows() is told
    finally:
        rule_for.cache_clear()


def test_a_reply_of_several_lines_is_one_line_to_read() -> None:
    assert str(Reply.of(550, "5.1.1 The account\n5.1.1 does not exist")) == "550 5.1.1 The account does not exist"
    assert Reply.of(250, "2.0.0 Ok").enhanced == "2.0.0"
    assert Reply.of(250, "2.0.0").enhanced == "2.0.0"
    assert Reply.of(250, "Ok 2.0.0").enhanced == ""
    assert Reply.of(250, "5.7.1.example said").enhanced == ""
    assert "\n" not in str(Reply.of(550, "a\r\nb\x00\x1b\udcff"))
    assert len(str(Reply.of(550, "x" * 100_000))) < 600


@each_row(
    ("line", "provider"),
    [
        ("450 4.2.1 The user is receiving mail too quickly", ""),
        ("450 4.2.1 mailbox temporarily disabled", ""),
        ("421 4.7.0 try again later", ""),
        ("421 4.7.28 unusual rate - gsmtp", "Gmail"),
        ("421 4.7.0 see https://support.google.com/mail/answer/69585", "Gmail"),
        ("452 4.5.3 Daily message quota exceeded", ""),
        ("550 5.7.1 daily sending quota exceeded", ""),
        ("454 Throttling failure: Daily message quota exceeded.", "SES"),
        ("454 Throttling failure: Maximum sending rate exceeded.", "SES"),
        ("454 4.7.0 maximum sending rate of this host", ""),
        ("550 5.4.5 mail system congestion", ""),
        ("550 5.1.90 too many recipients today", ""),
        ("550 5.7.232 limit of messages to outside", ""),
        ("554 5.4.6 unusual sending activity detected", ""),
        ("550 mail send limit exceeded", ""),
        ("550 5.2.2 submission quota", ""),
        ("550 5.7.60 not as this sender", ""),
        ("450 4.7.500 server busy", ""),
    ],
)
@each_row("stage", [Stage.MAIL, Stage.RCPT, Stage.DOT])
def test_a_provider_is_named_only_where_the_reply_shows_that_it_is_it(stage: Stage, line: str, provider: str) -> None:
    meaning = rule_for(Reply.of(int(line[:3]), line[4:]), stage).meaning
    named = [name for name in ("Gmail", "SES", "Exchange", "Ionos", "Zoho") if name in meaning]
    assert named == [provider][: bool(provider)]


def test_every_row_that_names_a_provider_asks_for_its_words_in_the_reply() -> None:
    named = [rule for rule in TABLE if re.match(r"(Gmail|SES|Exchange|Ionos|Zoho|Microsoft|Google)\b", rule.meaning)]
    assert named
    assert [rule.meaning for rule in named if not rule.text] == []


# --- what it means for the run ------------------------------------------------------------------------------------


async def test_a_quota_keeps_the_recipient_pending_and_ends_the_pass_at_once(folder: Path) -> None:
    run = seal(folder, 6)
    quota = "550 5.4.5 Daily user sending limit exceeded"
    async with ScriptedServer() as server:
        server.verdict = lambda path: quota if "3@" in path else "250 Ok"
        sent = await send(run, account_for(server))
        assert_invariants(run, server, sent)
        assert sent.summary.pending == 4
        assert "5.4.5" in sent.summary.stopped
        assert server.seen["dot"] == 3
        server.verdict = None
        sent = await send(run, account_for(server))
        assert sent.summary.accepted == 6
        assert sent.outcomes[0].attempt == 2


@pytest.mark.parametrize(
    ("stage", "reply", "error"),
    [
        ("MAIL", "550", DeliveryError),
        ("MAIL", "530", LoginRefused),
        ("RCPT", "535", LoginRefused),
        ("dot", "535", LoginRefused),
    ],
)
async def test_a_refused_account_stops_everything_and_rejects_nobody(
    folder: Path, stage: str, reply: str, error: type[Exception]
) -> None:
    run = seal(folder, 6)
    async with ScriptedServer(faults=(Fault(stage, reply, 1, 99),)) as server:
        sent = await send(run, account_for(server), wait=True)
        assert_invariants(run, server, sent)
        assert isinstance(sent.summary.error, error)
        assert sent.summary.pending == 6
        assert server.seen[stage] == 1


@pytest.mark.parametrize("reply", ["554 5.7.1 looks like spam", "552 5.3.4 too large", "554 no"])
async def test_three_messages_refused_alike_stop_the_run(folder: Path, reply: str) -> None:
    run = seal(folder, 8)
    async with ScriptedServer(verdict=lambda path: reply) as server:
        sent = await send(run, account_for(server))
        assert sent.summary.rejected == 3
        assert sent.summary.pending == 5
        assert reply in sent.summary.stopped
        assert_invariants(run, server, sent)


async def test_refusals_that_differ_or_are_about_the_recipient_do_not_stop_the_run(folder: Path) -> None:
    run = seal(folder, 8)
    async with ScriptedServer(rcpt_reply=lambda path: "550 5.1.1 nobody") as server:
        sent = await send(run, account_for(server))
        assert sent.summary.rejected == 8
        assert sent.summary.stopped == ""
    other = seal(folder, 8, run="2026-09-02-0002")
    async with ScriptedServer() as server:
        server.verdict = lambda path: ("554 5.7.1 spam", "250 Ok", "554 5.7.1 spam")[server.seen["dot"] % 3]
        sent = await send(other, account_for(server))
        assert sent.summary.rejected == 5
        assert sent.summary.stopped == ""


async def test_three_unknown_in_a_row_end_the_pass(folder: Path) -> None:
    run = seal(folder, 8)
    async with ScriptedServer(faults=(Fault("dot", "commit-drop", 1, 99),)) as server:
        sent = await send(run, account_for(server))
        assert sent.summary.unknown == 3
        assert sent.summary.pending == 5
        assert "unknown" in sent.summary.stopped
        assert_invariants(run, server, sent)
        sent = await send(run, account_for(server))
        assert sent.summary.unknown == 6
        assert max(server.copies.values()) == 1, "what is unknown is never sent again"


@pytest.fixture
def quick_ladder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "LADDER", (0.05, 0.1, 0.15, 0.2))


@pytest.mark.usefixtures("quick_ladder")
@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        (Fault("dot", "421", 2, 2), 2),
        (Fault("MAIL", "451", 2), 1),
        (Fault("banner", "421", 1, 2), 2),
        (Fault("connect", "drop", 1, 3), 3),
        (Fault("MAIL", "drop", 2), 0),
        (Fault("MAIL", "drop", 2, 3), 2),
        (Fault("dot", "451", 2), 1),
    ],
    ids=str,
)
async def test_with_wait_a_run_backs_off_and_goes_on_to_the_end(folder: Path, fault: Fault, waits: int) -> None:
    run = seal(folder, 5)
    async with ScriptedServer(faults=(fault,)) as server:
        sent = await send(run, account_for(server), wait=True)
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 5
        assert sent.summary.stopped == ""
        kinds = [type(event) for event in sent.events]
        assert kinds.count(Waiting) == waits
        assert kinds.count(Waiting) == kinds.count(Resumed)
        for event in sent.events:
            if isinstance(event, Waiting):
                assert event.until is not None
                assert event.until.tzinfo is not None


@pytest.mark.usefixtures("quick_ladder")
async def test_backing_off_is_given_up_after_the_last_step(folder: Path) -> None:
    run = seal(folder, 3)
    async with ScriptedServer(faults=(Fault("MAIL", "451", 1, 999),)) as server:
        sent = await send(run, account_for(server), wait=True)
        assert sum(isinstance(event, Waiting) for event in sent.events) == 4
        assert sent.summary.deferred + sent.summary.pending == 3
        assert sent.summary.stopped
        assert_invariants(run, server, sent)


@pytest.mark.usefixtures("quick_ladder")
async def test_deferred_messages_are_tried_five_times_and_stay_deferred(folder: Path) -> None:
    run = seal(folder, 3)
    async with ScriptedServer(verdict=lambda path: "451 4.7.1 later" if "2@" in path else "250 Ok") as server:
        sent = await send(run, account_for(server), wait=True)
        assert [outcome.attempt for outcome in sent.outcomes if outcome.record == 2] == [1, 2, 3, 4, 5]
        assert sent.summary.deferred == 1
        assert sent.summary.accepted == 2
        assert sent.summary.stopped == ""


async def test_a_quota_with_wait_says_when_it_goes_on_and_a_person_can_say_now(folder: Path) -> None:
    run = seal(folder, 4)
    control = Control()
    sent = Sent()
    async with ScriptedServer() as server:
        server.verdict = lambda path: "550 5.4.5 Daily limit" if server.seen["dot"] == 2 else "250 Ok"
        async for event in deliver(run, account_for(server), Secret(CANARY), control, wait=True):
            sent.events.append(event)
            if isinstance(event, Waiting):
                assert event.until is not None
                assert 86_000 < (event.until - datetime.now().astimezone()).total_seconds() <= 86_400
                assert "the daily limit has been reached" in event.reason
                control.resume()
        assert sent.summary.accepted == 4
        assert states(run)[2] is State.ACCEPTED
        assert_invariants(run, server, sent)


async def test_a_long_wait_can_be_stopped(folder: Path) -> None:
    run = seal(folder, 2)
    control = Control()
    async with ScriptedServer(verdict=lambda path: "550 5.4.5 Daily limit") as server:
        started = time.monotonic()
        async for event in deliver(run, account_for(server), Secret(CANARY), control, wait=True):
            if isinstance(event, Waiting):
                control.stop()
        assert time.monotonic() - started < 5
        assert_invariants(run, server)


BUSY = "450 4.2.1 The user is receiving mail too quickly"


@pytest.mark.parametrize("level", ["off", "group"])
@pytest.mark.parametrize("stage", ["RCPT", "dot"])
@pytest.mark.parametrize("busy", [{2}, {2, 3}, {2, 4, 5, 8}, {1, 2, 4, 5, 7, 8}])
async def test_a_busy_mailbox_slows_nobody_else(
    folder: Path, busy: set[int], stage: str, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowed: list[float] = []
    monkeypatch.setattr(policy.Pace, "lower", lambda _pace, factor: slowed.append(factor))
    run = seal(folder, 9)
    async with ScriptedServer() as server:
        replies = {f"personne{number}@boite.example": BUSY for number in busy}
        if stage == "RCPT":
            server.rcpt_reply = lambda path: replies.get(path, "250 Ok")
        else:
            server.verdict = lambda path: replies.get(path, "250 Ok")
        sent = await send(run, account_for(server, pipelining=level))
        assert slowed == [], "at a quarter of the pace each message after it takes 2 s"
        assert {record for record, state in states(run).items() if state is State.DEFERRED} == busy
        assert sent.summary.accepted == 9 - len(busy)
        assert not sent.summary.stopped


def test_several_busy_mailboxes_in_a_row_are_about_the_run() -> None:
    account = account_from_preset("rh", "rh@atelier.example", host="smtp.example", per_minute=60)
    pace = policy.Pace(account.per_minute)
    decided = policy.Policy(account, pace, wait=True)
    busy = policy.Answer(Stage.RCPT, Reply.of(450, BUSY[4:]))
    for recipient in ("a@x.example", "b@x.example", "b@x.example", "a@x.example"):
        assert decided.after(busy, recipient) is None
    assert pace.interval == 1
    decided.after(policy.Answer(Stage.DOT, Reply.of(250, "Ok")), "c@x.example")
    for recipient in ("a@x.example", "b@x.example"):
        assert decided.after(busy, recipient) is None
    assert pace.interval == 1
    decided.after(busy, "d@x.example")
    assert pace.interval == 4


@pytest.mark.usefixtures("quick_ladder")
async def test_too_many_connections_means_fewer_of_them(folder: Path) -> None:
    run = seal(folder, 12)
    async with ScriptedServer(delay=0.002) as server:
        refused = iter(["432 4.3.2 concurrent connections limit"])
        server.verdict = lambda path: next(refused, "250 Ok")
        sending = policy.Policy(account_for(server, connections=3), policy.Pace(0), wait=True)
        assert sending.connections == 3
        sent = await send(run, account_for(server, connections=3, per_minute=6000), wait=True)
        assert sent.summary.accepted == 12
        assert_invariants(run, server, sent)
    answer = policy.Answer(Stage.DOT, Reply(432, "4.3.2 concurrent connections"))
    sending.after(answer)
    assert sending.connections == 2
    for _ in range(5):
        sending.after(answer)
    assert sending.connections == 1
