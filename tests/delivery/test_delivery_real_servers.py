"""Against programs that other people wrote: Debian's Postfix and smtp-sink, and aiosmtpd."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from delivery_cases import PATIENT, QUICK, seal, sealed_message, send, states
from postfix import PEOPLE, Postfix, free_port, missing, wait_for_port
from smtp_script import CANARY, USER

from mailmerge.accounts import Account, Secret, account_from_preset
from mailmerge.delivery import check_server
from mailmerge.errors import ConnectionFailed, LoginRefused
from mailmerge.model import State

needs_postfix = pytest.mark.skipif(bool(missing()), reason=missing() or "Postfix is here")


def account_at(postfix: Postfix, tls: str, **given: object) -> Account:
    port = postfix.implicit if tls == "implicit" else postfix.starttls
    return account_from_preset(
        "rh",
        f"Claire Martin <{USER}>",
        host="localhost",
        port=port,
        **({"tls": tls, "ca_file": postfix.ca_file} | given),
    )  # type: ignore[arg-type]


@needs_postfix
@pytest.mark.parametrize(("tls", "first"), [("starttls", 1), ("implicit", 9)])
async def test_postfix_delivers_each_message_once_in_its_sealed_bytes(
    folder: Path, postfix: Postfix, tls: str, first: int
) -> None:
    messages = [sealed_message(number) for number in range(first, first + 8)]
    run = seal(folder, messages)
    sent = await send(run, account_at(postfix, tls, connections=3))
    assert sent.summary.accepted == 8, sent.summary.stopped
    assert all(outcome.reply.startswith("250 2.0.0 Ok: queued as ") for outcome in sent.outcomes)
    everybody = postfix.delivered([f"personne{number}" for number in range(first, first + 8)])
    for message in messages:
        [found] = everybody[f"personne{message.record}"]
        assert found.endswith(message.content.replace(b"\r\n", b"\n"))
        before = found[: -len(message.content.replace(b"\r\n", b"\n"))].decode()
        assert f"Return-Path: <{USER}>" in before
        assert f"Delivered-To: personne{message.record}@boite.example" in before
        assert "Received: from [127.0.0.1]" in before, "the machine's name stays here"
        assert found.lower().count(b"\nto: ") == 1
        assert b"\nbcc:" not in found.lower()


@needs_postfix
async def test_postfix_takes_a_large_message_whole_and_too_large_ones_are_not_offered(
    folder: Path, postfix: Postfix
) -> None:
    large = sealed_message(18, padding=1_900_000)
    run = seal(folder, [large, sealed_message(19, padding=2_100_000)])
    sent = await send(run, account_at(postfix, "implicit"))
    assert states(run) == {18: State.ACCEPTED, 19: State.REJECTED}
    assert "2,000,000 at most" in sent.outcomes[1].reply
    [found] = postfix.delivered(["personne18"])["personne18"]
    assert found.endswith(large.content.replace(b"\r\n", b"\n"))


@needs_postfix
async def test_postfix_refuses_an_unknown_person_and_the_others_are_delivered(folder: Path, postfix: Postfix) -> None:
    run = seal(folder, [sealed_message(17), sealed_message(99), sealed_message(20)])
    sent = await send(run, account_at(postfix, "starttls"))
    assert states(run) == {17: State.ACCEPTED, 99: State.REJECTED, 20: State.ACCEPTED}
    [rejected] = [outcome for outcome in sent.outcomes if outcome.record == 99]
    assert rejected.reply.startswith("550 5.1.1 ")
    assert set(postfix.delivered(["personne17", "personne20"])) <= set(PEOPLE)


@needs_postfix
@pytest.mark.parametrize("tls", ["starttls", "implicit"])
async def test_postfix_refuses_a_wrong_password_once(postfix: Postfix, tls: str) -> None:
    with pytest.raises(LoginRefused, match=r"535 5\.7\.8"):
        await check_server(account_at(postfix, tls), Secret("wrong"))
    log = (postfix.folder / "log").read_text(errors="replace")
    assert CANARY not in log


@needs_postfix
async def test_postfix_says_what_it_offers(postfix: Postfix) -> None:
    report = await check_server(account_at(postfix, "starttls"), Secret(CANARY))
    assert report.logged_in
    assert report.tls.startswith("TLSv1.")
    assert report.size == 2_000_000
    assert set(report.mechanisms) == {"PLAIN", "LOGIN"}
    assert {"PIPELINING", "SIZE", "ENHANCEDSTATUSCODES"} <= set(report.extensions)


@needs_postfix
async def test_a_certificate_of_postfix_that_is_not_trusted_stops_before_the_login(postfix: Postfix) -> None:
    for tls in ("starttls", "implicit"):
        with pytest.raises(ConnectionFailed, match="not signed by a trusted authority"):
            await check_server(account_at(postfix, tls, ca_file=""), Secret(CANARY))


@needs_postfix
async def test_postfix_offers_no_mail_without_tls_and_the_program_asks_for_none(postfix: Postfix, folder: Path) -> None:
    run = seal(folder, 1)
    sent = await send(run, account_at(postfix, "none", ca_file="", auth="none"))
    assert sent.summary.pending == 1
    assert "530" in sent.summary.stopped


# --- smtp-sink ----------------------------------------------------------------------------------------------------

needs_sink = pytest.mark.skipif(not shutil.which("smtp-sink", path="/usr/sbin"), reason="smtp-sink is not installed")


@pytest.fixture
def sink() -> Iterator[Callable[..., Account]]:
    """Start smtp-sink with these options; returns an account there."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*options: str, **given: object) -> Account:
        port = free_port()
        as_nobody = ["-u", "nobody"] if os.geteuid() == 0 else []
        command = ["/usr/sbin/smtp-sink", *as_nobody, *options, f"127.0.0.1:{port}", "16"]
        started.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
        wait_for_port(port)
        return account_from_preset("rh", USER, host="127.0.0.1", port=port, tls="none", auth="none", **given)  # type: ignore[arg-type]

    yield start
    for process in started:
        process.kill()
        process.wait()


@needs_sink
async def test_smtp_sink_takes_everything(folder: Path, sink: Callable[..., Account]) -> None:
    sent = await send(seal(folder, 20), sink(connections=4))
    assert sent.summary.accepted == 20


@needs_sink
@pytest.mark.parametrize(
    ("options", "unknown", "deferred", "rejected"),
    [
        (("-q", "."), 3, 0, 0),
        (("-Q", "."), 0, 3, 0),
        (("-f", "."), 0, 0, 12),
        (("-r", "."), 0, 12, 0),
        (("-r", "RCPT"), 0, 12, 0),
        (("-f", "RCPT"), 0, 0, 12),
        (("-q", "RCPT"), 0, 0, 0),
        (("-q", "DATA"), 0, 0, 0),
        (("-Q", "MAIL"), 0, 3, 0),
        (("-q", "EHLO"), 0, 0, 0),
        (("-q", "CONNECT"), 0, 0, 0),
    ],
    ids=lambda value: "".join(value) if isinstance(value, tuple) else str(value),
)
async def test_the_faults_of_smtp_sink_are_told_as_they_are(
    folder: Path, sink: Callable[..., Account], options: tuple[str, ...], unknown: int, deferred: int, rejected: int
) -> None:
    run = seal(folder, 12)
    sent = await send(run, sink(*options))
    summary = sent.summary
    assert (summary.accepted, summary.unknown, summary.deferred, summary.rejected) == (0, unknown, deferred, rejected)
    assert summary.pending == 12 - unknown - deferred - rejected
    assert bool(summary.stopped) == bool(summary.pending)


@needs_sink
async def test_smtp_sink_that_is_slow_is_waited_for(folder: Path, sink: Callable[..., Account]) -> None:
    sent = await send(seal(folder, 1), sink("-w", "1"), timeouts=PATIENT)
    assert sent.summary.accepted == 1
    hurried = await send(seal(folder, 4, run="2026-09-02-0002"), sink("-w", "3"), timeouts=QUICK)
    assert hurried.summary.pending == 4, "the 354 never came, so that nothing was sent"
