"""Groups of commands at Postfix, Dovecot's submission service and Exim: a refusal joins nobody and empties nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import dovecot
import exim
import pytest
from delivery_cases import LEVELS, Sent, seal, sealed_message, send, states
from postfix import DOMAIN, Postfix, missing
from smtp_script import CANARY, USER

from mailmerge.accounts import Account, Secret, account_from_preset
from mailmerge.delivery import Lowered, check_server
from mailmerge.model import SealedMessage, State

STATES = {"rcpt4": State.DEFERRED, "data4": State.DEFERRED, "data5": State.REJECTED, "dot4": State.DEFERRED,
          "dot5": State.REJECTED}  # fmt: skip
ORDER = (
    "personne1", "nobody", "personne2", "rcpt4", "data5", "personne3", "dot5", "personne4", "nobody", "nobody", "data4",
    "personne5", "dot4", "personne6", "nobody", "data5", "dot5", "personne7", "personne8", "rcpt4", "nobody",
)  # fmt: skip
"""Who is written to: everybody who takes a message has refusals of each kind before and behind."""


@dataclass
class Server:
    """Where to send, and what arrived."""

    account: Callable[[str], Account]
    everything: Callable[[int], dict[str, list[bytes]]]


def messages(order: tuple[str, ...]) -> list[SealedMessage]:
    return [sealed_message(n, address=f"{person}@{DOMAIN}") for n, person in enumerate(order, 1)]


def account_at(level: str, **given: object) -> Account:
    return account_from_preset("rh", USER, connections=2, pipelining=level, **given)  # type: ignore[arg-type]


def plain(port: int, auth: str) -> Callable[[str], Account]:
    return partial(account_at, host="127.0.0.1", port=port, tls="none", auth=auth)


def empty(boxes: Path) -> None:
    for path in boxes.glob("*/new/*"):
        path.unlink()


def in_maildirs(folder: Path, count: int, seconds: float = 20.0) -> dict[str, list[bytes]]:
    """Everybody's mail, once so many messages are there and nothing is left in the queue."""
    deadline = time.monotonic() + seconds
    while True:
        found: dict[str, list[bytes]] = {}
        for path in folder.glob("*/new/*"):
            found.setdefault(path.parts[-3], []).append(path.read_bytes())
        queued = any((folder.parent / "spool/input").glob("*"))
        if (sum(map(len, found.values())) >= count and not queued) or time.monotonic() > deadline:
            return found
        time.sleep(0.02)


@pytest.fixture(scope="module")
def dovecot_port(postfix: Postfix) -> Iterator[int]:
    with dovecot.running_dovecot(postfix.relay) as port:
        yield port


@pytest.fixture(scope="module")
def exim_server() -> Iterator[tuple[int, Path]]:
    with exim.running_exim() as running:
        yield running


@pytest.fixture(params=["postfix", "dovecot", "exim"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    reason = {"postfix": missing, "dovecot": lambda: missing() or dovecot.missing(), "exim": exim.missing}
    if why := reason[request.param]():
        pytest.skip(why)
    if request.param == "exim":
        port, boxes = request.getfixturevalue("exim_server")
        yield Server(plain(port, "none"), lambda count: in_maildirs(boxes, count))
        empty(boxes)
        return
    postfix: Postfix = request.getfixturevalue("postfix")
    if request.param == "dovecot":
        account = plain(request.getfixturevalue("dovecot_port"), "password")
    else:
        tls = {"host": "localhost", "port": postfix.implicit, "ca_file": postfix.ca_file}
        account = partial(account_at, **tls)
    yield Server(account, postfix.everything)
    empty(postfix.folder / "mail")


@pytest.mark.parametrize("level", LEVELS)
async def test_refusals_at_every_command_join_nobody_and_deliver_nothing_empty(
    folder: Path, server: Server, level: str
) -> None:
    run = seal(folder, messages(ORDER))
    sent: Sent = await send(run, server.account(level))
    expected = {
        record: STATES.get(person, State.REJECTED if person == "nobody" else State.ACCEPTED)
        for record, person in enumerate(ORDER, 1)
    }
    assert states(run) == expected, sent.summary.stopped
    assert not any(isinstance(event, Lowered) for event in sent.events)
    accepted = [message for message in run.contents() if expected[message.record] is State.ACCEPTED]
    everything = server.everything(len(accepted))
    assert set(everything) == {message.envelope.forward_path.partition("@")[0] for message in accepted}
    for message in accepted:
        [found] = everything[message.envelope.forward_path.partition("@")[0]]
        assert found.endswith(message.content.replace(b"\r\n", b"\n")), "whole, and nobody else's"
        assert found.count(b"\nSubject:") == 1


async def test_what_is_offered_and_used_is_said(server: Server) -> None:
    for level in LEVELS:
        report = await check_server(server.account(level), Secret(CANARY))
        assert "PIPELINING" in report.extensions
        assert report.pipelining == level
    assert (await check_server(server.account(""), Secret(CANARY))).pipelining == "group"
