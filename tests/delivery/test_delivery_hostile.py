"""What a server may say that no server should: nothing of it makes a wrong state, and nothing of it shows a secret."""

from __future__ import annotations

import base64
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from delivery_cases import (
    LEVELS,
    PATIENT,
    Sent,
    account_for,
    assert_invariants,
    require_durable,
    seal,
    sealed_message,
    send,
    states,
)
from each_row import pairs
from smtp_script import CANARY, USER, Conversation, Fault, Gone, ScriptedServer

from mailmerge.accounts import Secret
from mailmerge.delivery import Lowered, check_server
from mailmerge.delivery.smtp.offer import Offer
from mailmerge.errors import MailmergeError
from mailmerge.model import State

PLAIN = f"\0{USER}\0{CANARY}".encode()
BEARER = f"user={USER}\1auth=Bearer {CANARY}\1\1".encode()
ECHOES = {
    "itself": CANARY,
    "in base64": base64.b64encode(CANARY.encode()).decode(),
    "as sent by AUTH PLAIN": base64.b64encode(PLAIN).decode(),
    "as sent by AUTH XOAUTH2": base64.b64encode(BEARER).decode(),
    "percent-encoded": quote(CANARY),
    "in a sentence": f"the password {CANARY}, is wrong",
    "without padding": base64.b64encode(PLAIN).decode().rstrip("="),
}


def echoing(stage: str, echo: str) -> ScriptedServer:
    server = ScriptedServer()
    if stage == "AUTH":
        server.password, server.refusal = "another", f"535 5.7.8 {echo}"
    elif stage == "RCPT":
        server.rcpt_reply = lambda path: f"550 5.1.1 {echo}"
    elif stage == "dot":
        server.verdict = lambda path: f"250-2.0.0 queued\r\n250 2.0.0 {echo}"
    else:
        server.extensions = (f"SIZE {echo}", "PIPELINING")
    return server


@pytest.mark.parametrize("echo", ECHOES)
@pytest.mark.parametrize("stage", ["AUTH", "RCPT", "dot", "EHLO"])
async def test_a_credential_that_is_echoed_is_shown_nowhere(folder: Path, stage: str, echo: str) -> None:
    run = seal(folder, 2)
    async with echoing(stage, ECHOES[echo]) as server:
        sent = await send(run, account_for(server))
        assert_invariants(run, server, sent)  # looks for the password in every file of the run
        said = repr(sent.events) + "".join(message.reply for message in run.messages())
        try:
            said += repr(await check_server(account_for(server), Secret(CANARY), timeouts=PATIENT))
        except MailmergeError as error:
            said += str(error)
        for form in ECHOES.values():
            assert form not in said
        if stage != "EHLO":
            assert "‹secret›" in said
        else:
            assert sent.summary.accepted == 2


# --- verdicts ------------------------------------------------------------------------------------------------------


class SecondVerdict(Conversation):
    """Gives one verdict, and then another."""

    first, second = "250 2.0.0 Ok", "550 5.7.1 no"
    of = 2
    """For which message."""

    async def decide(self, message):  # type: ignore[no-untyped-def]
        if self.server.seen["dot"] + 1 != self.of:
            await super().decide(message)
            return
        self.server.seen["dot"] += 1
        self.writer.write(f"{self.first}\r\n".encode())
        if self.second.startswith("2"):
            self.server.taken.append(message)
        await self.wait()
        await self.say(self.second)

    async def wait(self) -> None:
        """The client goes on meanwhile."""
        await self.writer.drain()


class BothAtOnce(SecondVerdict):
    async def wait(self) -> None:
        pass


class AfterTheNextCommands(SecondVerdict):
    """The second one comes when the client has said the next thing."""

    async def wait(self) -> None:
        await self.writer.drain()
        while not self.reader._buffer:  # type: ignore[attr-defined]
            await self.reader._wait_for_data("wait")  # type: ignore[attr-defined]


class OfTheLast(AfterTheNextCommands):
    of = 4


def _codes(said: tuple[str | type, ...]) -> str:
    return "-".join(each.split()[0] if isinstance(each, str) else each.__name__ for each in said)


TWO_VERDICTS = [
    ("250 2.0.0 Ok", "550 5.7.1 no"), ("250 2.0.0 Ok", "451 4.3.0 later"), ("550 5.7.1 no", "250 2.0.0 Ok"),
    ("451 4.3.0 later", "250 2.0.0 Ok"),
]  # fmt: skip
GIVEN = list(product(["group", "full"], [SecondVerdict, BothAtOnce, AfterTheNextCommands, OfTheLast]))


@pytest.mark.parametrize(("verdicts", "how"), pairs(TWO_VERDICTS, GIVEN), ids=_codes)
async def test_two_verdicts_that_do_not_agree_are_unknown(
    folder: Path, verdicts: tuple[str, str], how: tuple[str, type[SecondVerdict]]
) -> None:
    (first, second), (level, conversation) = verdicts, how
    given = type("Given", (conversation,), {"first": first, "second": second})
    run = seal(folder, 4)
    async with ScriptedServer(conversation=given) as server:
        require_durable(run, server)
        sent = await send(run, account_for(server, pipelining=level))
        assert_invariants(run, server, sent)
        assert states(run)[given.of] is State.UNKNOWN
        assert sent.summary.accepted == 3
        last = [outcome for outcome in sent.outcomes if outcome.record == given.of][-1]
        assert last.reply == "the server gave two verdicts on it that do not agree"
        sent = await send(run, account_for(server))
        assert not sent.outcomes, "and nothing is sent again"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("conversation", [BothAtOnce, OfTheLast])
async def test_a_second_verdict_that_comes_before_anything_else_is_seen_at_each_level(
    folder: Path, conversation: type[SecondVerdict], level: str
) -> None:
    run = seal(folder, 4)
    async with ScriptedServer(conversation=conversation) as server:
        sent = await send(run, account_for(server, pipelining=level))
        assert_invariants(run, server, sent)
        assert states(run)[conversation.of] is State.UNKNOWN


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("conversation", [SecondVerdict, BothAtOnce, AfterTheNextCommands, OfTheLast])
async def test_two_verdicts_that_agree_are_one(folder: Path, conversation: type[SecondVerdict], level: str) -> None:
    given = type("Given", (conversation,), {"second": "250 2.0.0 Ok again"})
    run = seal(folder, 4)
    async with ScriptedServer(conversation=given) as server:
        sent = await send(run, account_for(server, pipelining=level))
        assert_invariants(run, server, sent)
        assert sent.summary.accepted == 4, sent.summary.stopped


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("conversation", [SecondVerdict, BothAtOnce])
async def test_a_server_that_says_it_closes_and_takes_the_message_is_heard_to_the_end(
    folder: Path, conversation: type[SecondVerdict], level: str
) -> None:
    given = type("Given", (conversation,), {"first": "421 4.3.2 closing", "second": "250 2.0.0 Ok"})
    run = seal(folder, 4)
    async with ScriptedServer(conversation=given) as server:
        for _again in range(2):
            sent = await send(run, account_for(server, pipelining=level))
            assert_invariants(run, server, sent)
            assert states(run)[given.of] is State.UNKNOWN
        assert sent.summary.accepted == 3


@pytest.mark.parametrize("level", LEVELS)
async def test_a_server_that_closes_as_it_says_makes_nothing_unknown(folder: Path, level: str) -> None:
    run = seal(folder, 4)
    async with ScriptedServer((Fault("dot", "421", 2),)) as server:
        sent = await send(run, account_for(server, pipelining=level))
        assert_invariants(run, server, sent)
        assert states(run)[2] is State.DEFERRED
        sent = await send(run, account_for(server, pipelining=level))
        assert sent.summary.accepted == 4


class Exchanged(SecondVerdict):
    """Refuses a message after it has answered the command behind it."""

    async def decide(self, message):  # type: ignore[no-untyped-def]
        if self.server.seen["dot"] + 1 != self.of:
            await super().decide(message)
            return
        self.server.seen["dot"] += 1
        await self.reader.readline()
        self.begun, self.forward_paths = False, []
        await self.say("250 2.0.0 Ok")
        await self.say(self.second)
        await self.then()

    async def then(self) -> None:
        """It goes on."""


class ExchangedAtTheEnd(Exchanged):
    """And closes."""

    async def then(self) -> None:
        await self.say("421 4.3.2 closing")
        raise Gone


@pytest.mark.parametrize("conversation", [Exchanged, ExchangedAtTheEnd])
@pytest.mark.parametrize("refusal", ["550 5.7.1 no", "552 5.3.4 too large", "450 4.2.0 later", "452 4.3.1 full"])
async def test_a_refusal_that_comes_behind_the_next_answer_is_seen(
    folder: Path, refusal: str, conversation: type[Exchanged]
) -> None:
    given = type("Given", (conversation,), {"second": refusal})
    run = seal(folder, 4)
    async with ScriptedServer(conversation=given) as server:
        sent = await send(run, account_for(server, pipelining="full"))
        assert_invariants(run, server, sent)
        assert states(run)[given.of] is State.UNKNOWN
        if conversation is Exchanged:
            assert any(isinstance(event, Lowered) for event in sent.events)


class SeveralVerdicts(SecondVerdict):
    """Gives three verdicts on a message; it goes by the last."""

    verdicts: tuple[str, ...] = ()

    async def decide(self, message):  # type: ignore[no-untyped-def]
        self.server.seen["dot"] += 1
        if self.server.seen["dot"] != self.of:
            self.server.taken.append(message)
            await self.say("250 2.0.0 Ok")
            return
        if self.verdicts[-1].startswith("2"):
            self.server.taken.append(message)
        for number, verdict in enumerate(self.verdicts):
            if number:
                await self.wait()
            self.writer.write(f"{verdict}\r\n".encode())


_SAID = ("250 2.0.0 Ok", "451 4.3.0 later", "550 5.1.1 nobody")


_THREE = [each for each in product(_SAID, repeat=3) if len(set(each)) > 1]


@pytest.mark.parametrize(
    ("verdicts", "how"), pairs(_THREE, product([BothAtOnce, AfterTheNextCommands], LEVELS)), ids=_codes
)
async def test_of_several_verdicts_that_do_not_agree_none_counts(
    folder: Path, verdicts: tuple[str, ...], how: tuple[type[SecondVerdict], str]
) -> None:
    waiting, level = how
    given = type("Given", (SeveralVerdicts,), {"verdicts": verdicts, "wait": waiting.wait})
    run = seal(folder, 4)
    async with ScriptedServer(conversation=given) as server:
        sent = await send(run, account_for(server, pipelining=level))
        assert_invariants(run, server, sent)
        assert states(run)[given.of] is State.UNKNOWN


class Eager(Conversation):
    """Says 250 together with 354, or right after it, and another thing after the dot."""

    at_once = True

    async def do_DATA(self, rest: str) -> None:
        if self.server.seen["DATA"] != 1:
            await super().do_DATA(rest)
            return
        self.server.seen["DATA"] += 1
        self.begun = False
        self.writer.write(b"354 go ahead\r\n" + (b"250 2.0.0 Ok\r\n" if self.at_once else b""))
        await self.writer.drain()
        line = await self.reader.readline()  # the body has begun
        if not line:
            return
        self.writer.write(b"250 2.0.0 Ok\r\n")
        while line and line != b".\r\n":
            line = await self.reader.readline()
        await self.say("550 5.7.1 no")


class EagerInTheBody(Eager):
    at_once = False


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("conversation", [Eager, EagerInTheBody])
async def test_a_verdict_before_the_dot_is_none(folder: Path, conversation: type[Conversation], level: str) -> None:
    run = seal(folder, 2)
    async with ScriptedServer(conversation=conversation) as server:
        sent: Sent = await send(run, account_for(server, pipelining=level))
        assert_invariants(run, server, sent)
        if conversation is Eager:
            assert states(run)[2] is State.ACCEPTED, "nothing of it had left: it went with the next connection"
        else:
            assert states(run)[2] is State.UNKNOWN


@pytest.mark.parametrize("level", LEVELS)
async def test_a_verdict_while_the_body_is_still_being_written_is_none(folder: Path, level: str) -> None:
    run = seal(folder, [sealed_message(1), sealed_message(2, padding=24 << 20)])
    async with ScriptedServer(conversation=EagerInTheBody, extensions=("PIPELINING",)) as server:
        sent: Sent = await send(run, account_for(server, pipelining=level))
        assert_invariants(run, server, sent)
        assert states(run)[2] is State.ACCEPTED, "it was not whole: it went with the next connection"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "verdict", ["550-a\r\n250 b", "250-a\r\n550 b", "2500 ok", "25000 ok", "250_ok", "x", "250-" + "y" * 40_000]
)
async def test_a_verdict_that_is_no_reply_leaves_one_unknown(folder: Path, verdict: str, level: str) -> None:
    run = seal(folder, 3)
    async with ScriptedServer(verdict=lambda path: verdict if "2@" in path else "250 Ok") as server:
        sent = await send(run, account_for(server, pipelining=level))
        assert states(run) == {1: State.ACCEPTED, 2: State.UNKNOWN, 3: State.ACCEPTED}
        assert sent.summary.unknown == 1


# --- the offer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "size", "ignored"),
    [
        ("1000000", 1_000_000, ""),
        ("0", 0, ""),
        ("", 0, ""),
        ("65536", 65_536, ""),
        ("99999999999999999999", 99_999_999_999_999_999_999, ""),
        ("9" * 21, 0, "9" * 21),
        ("9" * 5000, 0, "9" * 39 + "…"),
        ("١٠٠٠٠٠٠", 0, "١٠٠٠٠٠٠"),
        ("²", 0, "²"),
        ("10", 0, "10"),
        ("65535", 0, "65535"),
        ("-1", 0, "-1"),
        ("1000000 2", 0, "1000000 2"),
        ("1_000_000", 0, "1_000_000"),
        ("1e6", 0, "1e6"),
        ("\x1b[2J", 0, "␛[2J"),
    ],
)
async def test_an_odd_size_is_ignored_and_said(folder: Path, said: str, size: int, ignored: str) -> None:
    offer = Offer({"size": said})
    assert (offer.size, offer.size_ignored) == (size, ignored)
    async with ScriptedServer(extensions=(f"SIZE {said}",)) as server:
        report = await check_server(account_for(server), Secret(CANARY), timeouts=PATIENT)
        assert (report.size, bool(report.size_ignored)) == (size, bool(ignored))
        sent = await send(seal(folder, 1), account_for(server))
        assert sent.summary.accepted == 1


async def test_the_machine_says_nothing_of_its_own_name_or_address(folder: Path) -> None:
    async with ScriptedServer() as server:
        await send(seal(folder, 1), account_for(server))
        assert [command for command in server.commands if command.startswith("EHLO")] == ["EHLO [127.0.0.1]"]
