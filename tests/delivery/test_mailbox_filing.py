"""Copies in Sent: the sealed bytes, once, with the time of the 250, whatever breaks meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from delivery_cases import account_for, seal, send, states
from identity_provider import Provider
from mailboxes import QUOTA, Mailboxes, running_mailboxes
from mailboxes import missing as no_mailboxes
from sign_in_cases import account_of, signed_in
from smtp_script import CANARY, USER, Fault, ScriptedServer
from token_servers import Dovecot

from mailmerge.accounts import Account, Imap, Secret, changed
from mailmerge.delivery import Control, Event, deliver
from mailmerge.errors import LoginRefused, MailboxFailed
from mailmerge.imap import Filed, look, with_copies
from mailmerge.model import State
from mailmerge.outbox import Run
from mailmerge.outbox.afterwards import accepted_at


def with_mailbox(account: Account, port: int, **given: object) -> Account:
    return changed(account, imap=Imap(**({"host": "127.0.0.1", "port": port, "tls": "none"} | given)))  # type: ignore[arg-type]


async def accepted_run(folder: Path, count: int = 3, *faults: Fault) -> tuple[Run, Account]:
    run = seal(folder, count)
    async with ScriptedServer(faults=faults) as server:
        account = account_for(server)
        await send(run, account)
    return run, account


def the_copies_are_those(run: Run, mailboxes: Mailboxes, folder: str = "Sent") -> None:
    """Of each accepted message one copy, byte for byte, read, with the time at which the server accepted it."""
    accepted = {record for record, state in states(run).items() if state is State.ACCEPTED}
    sealed = {message.content: message.record for message in run.contents() if message.record in accepted}
    times = accepted_at(run)
    copies = mailboxes.read(folder)
    assert Counter(copy.content for copy in copies) == Counter(sealed.keys())
    for copy in copies:
        assert rb"\Seen" in copy.flags
        assert copy.at == int(times[sealed[copy.content]].timestamp())
    afterwards = run.afterwards()
    for message in run.messages():
        wanted = True if message.record in accepted else None
        assert afterwards.filed(message.record, message.state) is wanted


async def test_follow_files_what_was_accepted_and_nothing_twice(folder: Path, mailboxes: Mailboxes) -> None:
    run, account = await accepted_run(folder, 4, Fault("RCPT", "5yz", first=2), Fault("dot", "drop", first=3))
    account = with_mailbox(account, mailboxes.port)
    before = states(run)
    found = look(run, account, Secret(CANARY))
    assert found.notes == ()
    assert (found.filed, found.folder) == (list(before.values()).count(State.ACCEPTED), "Sent")
    the_copies_are_those(run, mailboxes)
    again = look(run, account, Secret(CANARY))
    assert again.filed == 0
    the_copies_are_those(run, mailboxes)
    assert states(run) == before


async def test_a_copy_whose_note_was_lost_is_found_and_not_added_again(folder: Path, mailboxes: Mailboxes) -> None:
    run, account = await accepted_run(folder)
    account = with_mailbox(account, mailboxes.port)
    with mailboxes.opened() as client:
        client.append("Sent", run.content(2).content, flags=(rb"\Seen",), msg_time=accepted_at(run)[2])
    from mailmerge.outbox.afterwards import expect_copies

    expect_copies(run)
    assert look(run, account, Secret(CANARY)).filed == 2
    the_copies_are_those(run, mailboxes)


async def test_a_server_that_files_copies_itself_gets_no_second_one(folder: Path, mailboxes: Mailboxes) -> None:
    run, account = await accepted_run(folder)
    with mailboxes.opened() as client:
        for message in run.contents():
            client.append("Sent", message.content, flags=(rb"\Seen",), msg_time=accepted_at(run)[message.record])
    found = look(run, with_mailbox(account, mailboxes.port), Secret(CANARY))
    assert found.filed == 0
    the_copies_are_those(run, mailboxes)


@pytest.mark.parametrize("preset", ["gmail", "workspace", "exchange", "outlook"])
async def test_nothing_is_added_where_the_provider_files_copies(
    folder: Path, mailboxes: Mailboxes, preset: str
) -> None:
    from msgspec.structs import replace

    run, account = await accepted_run(folder)
    account = replace(with_mailbox(account, mailboxes.port), provider=preset)
    with mailboxes.opened() as client:
        client.append("Sent", run.content(2).content)
    found = look(run, account, Secret(CANARY))
    assert (found.filed, len(mailboxes.read("Sent"))) == (0, 1)
    assert [run.afterwards().filed(record, State.ACCEPTED) for record in (1, 2, 3)] == [False, True, False]


async def sent_with_copies(run: Run, account: Account, secret: Secret | None = None) -> tuple[list[Event], list[Filed]]:
    control, told = Control(), list[Filed]()
    secret = secret or Secret(CANARY)
    events = with_copies(deliver(run, account, secret, control), run, account, secret, control, told.append)
    return [event async for event in events], told


@pytest.mark.parametrize("count", [1, 40])
async def test_copies_are_filed_behind_a_sending(folder: Path, mailboxes: Mailboxes, count: int) -> None:
    run = seal(folder, count)
    async with ScriptedServer() as server:
        account = with_mailbox(account_for(server), mailboxes.port)
        events, told = await sent_with_copies(run, account)
    assert events[-1].accepted == count  # type: ignore[union-attr]
    assert [(each.count, each.folder, each.error) for each in told] == [(count, "Sent", None)]
    the_copies_are_those(run, mailboxes)


@pytest.mark.parametrize("wrong", ["password", "port", "folder"])
async def test_a_mailbox_that_fails_is_a_note_and_no_more(folder: Path, mailboxes: Mailboxes, wrong: str) -> None:
    run = seal(folder, 3)
    given = {"sent": "Nulle part"} if wrong == "folder" else {}
    if wrong == "password":
        given = {"password_command": "echo wrong"}
    async with ScriptedServer() as server:
        account = with_mailbox(account_for(server), 1 if wrong == "port" else mailboxes.port, **given)
        _events, told = await sent_with_copies(run, account)
    assert set(states(run).values()) == {State.ACCEPTED}
    (filed,) = told
    assert filed.count == 0
    assert filed.error is not None
    assert CANARY not in str(filed.error)
    if wrong == "password":
        assert isinstance(filed.error, LoginRefused)
    if wrong == "folder":
        assert 'has no folder "Nulle part"' in str(filed.error)
        assert "Sent" in str(filed.error), "the folders that there are, to choose from"
    mended = with_mailbox(account, mailboxes.port, password_command="")
    assert look(run, mended, Secret(CANARY)).filed == 3, "follow files what is missing"


class Breaking:
    """Stands before IMAP, and breaks each connection once so many octets have gone to the server, or come back."""

    def __init__(self, port: int, *, up: int | None = None, down: int | None = None, times: int = 1):
        self._to, self._up, self._down, self.left = port, up, down, times
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._server.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._server.accept()
                there = socket.create_connection(("127.0.0.1", self._to))
                breaks = self.left > 0
                self.left -= breaks
                for source, target, limit in ((client, there, self._up), (there, client, self._down)):
                    arguments = (source, target, limit if breaks else None)
                    threading.Thread(target=self._pass_on, args=arguments, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, limit: int | None) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while piece := source.recv(256):
                if limit is not None and passed + len(piece) > limit:
                    target.sendall(piece[: max(0, limit - passed)])
                    break
                passed += len(piece)
                target.sendall(piece)
        for each in (source, target):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


@pytest.mark.parametrize("way", ["up", "down"])
@pytest.mark.parametrize("octets", [700, 1000, 1300, 1600, 2100, 2600, 3100])
async def test_a_connection_lost_in_the_middle_of_append_makes_no_second_copy(
    folder: Path, mailboxes: Mailboxes, way: str, octets: int
) -> None:
    run, account = await accepted_run(folder, 4)
    limit = octets if way == "up" else 300 + octets // 3
    relay = Breaking(mailboxes.port, times=1, **{way: limit})  # type: ignore[arg-type]
    try:
        with contextlib.suppress(Exception):
            look(run, with_mailbox(account, relay.port), Secret(CANARY))
        look(run, with_mailbox(account, mailboxes.port), Secret(CANARY))
    finally:
        relay.close()
    the_copies_are_those(run, mailboxes)


def _follow_in_a_process(folder: str, port: int) -> None:
    from mailmerge.accounts import account_from_preset
    from mailmerge.outbox import Outbox

    account = with_mailbox(account_from_preset("rh", USER, host="127.0.0.1", port=25, tls="none"), port)
    look(Outbox(Path(folder)).open("2026-09-02-7f3a"), account, Secret(CANARY))


async def test_kills_and_restarts_leave_exactly_one_copy(folder: Path, mailboxes: Mailboxes) -> None:
    run, _account = await accepted_run(folder, 30)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["test_mailbox_filing", "imapclient"])

    def copies() -> int:
        return len(mailboxes.read("Sent"))

    for stop_at in (1, 4, 9, 15, 22):
        process = context.Process(target=_follow_in_a_process, args=(str(folder), mailboxes.port))
        process.start()
        while process.is_alive() and await asyncio.to_thread(copies) < stop_at:
            await asyncio.sleep(0.001)
        if process.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
        await asyncio.to_thread(process.join)
    await asyncio.to_thread(_follow_in_a_process, str(folder), mailboxes.port)
    the_copies_are_those(run, mailboxes)


async def test_the_same_token_that_sends_reads_the_mailbox(
    provider: Provider, dovecot: Dovecot, mailboxes: Mailboxes, keyring: object, folder: Path
) -> None:
    account = with_mailbox(account_of(provider, dovecot.port), mailboxes.port)
    tokens = await signed_in(account)
    run = seal(folder, 2)
    control, told = Control(), list[Filed]()
    async for _event in with_copies(deliver(run, account, tokens, control), run, account, tokens, control, told.append):
        pass
    assert [(each.count, each.error) for each in told] == [(2, None)]
    the_copies_are_those(run, mailboxes)


# --- mailboxes that are otherwise -----------------------------------------------------------------------------------


@contextlib.contextmanager
def other(**given: object) -> Iterator[Mailboxes]:
    if reason := no_mailboxes():
        pytest.skip(reason)
    with running_mailboxes(**given) as instance:  # type: ignore[arg-type]
        yield instance


@pytest.mark.parametrize("name", ["Éléments envoyés", "Gesendete Objekte", "Sent Items", "Envoyés"])
async def test_a_folder_without_special_use_is_found_by_its_name(folder: Path, name: str) -> None:
    run, account = await accepted_run(folder, 2)
    with other(sent=name, special=False) as mailboxes:
        found = look(run, with_mailbox(account, mailboxes.port), Secret(CANARY))
        assert (found.filed, found.folder) == (2, name)
        the_copies_are_those(run, mailboxes, name)


async def test_a_mailbox_without_a_sent_folder_says_so_and_takes_one_that_is_named(folder: Path) -> None:
    run, account = await accepted_run(folder, 2)
    with other(sent="Réponses aux candidats", special=False) as mailboxes:
        account = with_mailbox(account, mailboxes.port)
        (note,) = look(run, account, Secret(CANARY)).notes
        assert isinstance(note, MailboxFailed)
        assert "Réponses aux candidats" in str(note), "what can be named instead"
        named = with_mailbox(account, mailboxes.port, sent="Réponses aux candidats")
        assert look(run, named, Secret(CANARY)).filed == 2
        the_copies_are_those(run, mailboxes, "Réponses aux candidats")


async def test_a_full_mailbox_is_one_sentence_and_the_rest_is_filed_later(folder: Path) -> None:
    run, account = await accepted_run(folder, 60)
    with other(more=QUOTA) as mailboxes:
        found = look(run, with_mailbox(account, mailboxes.port), Secret(CANARY))
        (note,) = found.notes
        assert isinstance(note, MailboxFailed)
        assert note.kind == "full"
        assert 0 < found.filed < 60
        with mailboxes.opened() as client:
            client.select_folder("Sent")
            assert len(client.search()) == found.filed


async def test_a_mailbox_without_uidplus_is_filed_into_as_well(folder: Path) -> None:
    run, account = await accepted_run(folder, 3)
    plain = "imap_capability = IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE AUTH=PLAIN\n"
    with other(more=plain, special=False) as mailboxes:
        account = with_mailbox(account, mailboxes.port)
        assert look(run, account, Secret(CANARY)).filed == 3
        assert look(run, account, Secret(CANARY)).filed == 0
        the_copies_are_those(run, mailboxes)
