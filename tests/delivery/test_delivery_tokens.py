"""Sending with tokens, against servers that take nothing else."""

from __future__ import annotations

import asyncio
import base64
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from delivery_cases import PATIENT, account_for, seal, sealed_message, send_with, states
from fake_keyring import Keyring
from identity_provider import Provider
from postfix import PEOPLE, Postfix, running_postfix
from postfix import missing as no_postfix
from sign_in_cases import account_of, browse, signed_in
from smtp_script import USER, ScriptedServer
from token_servers import Cutter, Dovecot

from mailmerge.accounts import OAuthClient, Secret, account_from_preset
from mailmerge.accounts.credentials import Kept, recall
from mailmerge.accounts.oauth import Failed, SignedIn, Tokens, TroubleKind
from mailmerge.delivery import Control, Resumed, Waiting, check_server
from mailmerge.errors import ConnectionFailed, LoginRefused, SignInNeeded
from mailmerge.model import State


async def test_a_run_outlives_its_tokens_over_connections_that_are_made_again(
    folder: Path, provider: Provider, dovecot: Dovecot, keyring: Keyring
) -> None:
    """Tokens of 5 s, 200 messages, 3 connections that are closed after 22 messages each."""
    dovecot.sink.delay = 0.09
    async with Cutter(dovecot.port, messages=22) as cutter:
        account = account_of(provider, cutter.port, client="short", connections=3)
        tokens = await signed_in(account)
        run = seal(folder, 200)
        first = recall(account, Kept.REFRESH_TOKEN)
        sent = await send_with(run, account, tokens, wait=True)
        assert sent.summary.accepted == 200, sent.summary
        assert not [event for event in sent.events if isinstance(event, Waiting)]
        assert set(dovecot.sink.copies.values()) == {1}
        assert len(dovecot.sink.copies) == 200
        assert cutter.connections >= 9
        assert cutter.refused == 0, "a token is looked at before a connection is opened"
        assert recall(account, Kept.REFRESH_TOKEN) != first


async def test_a_token_that_is_revoked_during_a_run_makes_it_wait_and_a_sign_in_lets_it_go_on(
    folder: Path, provider: Provider, dovecot: Dovecot, keyring: Keyring
) -> None:
    async with Cutter(dovecot.port, messages=5) as cutter:
        account = account_of(provider, cutter.port)
        tokens = await signed_in(account)
        run, control = seal(folder, 12), Control()
        told: list[str] = []

        async def revoke_then_sign_in(event: object) -> None:
            if isinstance(event, Waiting) and event.kind == "sign-in-needed":
                told.append(event.reason)
                assert event.until is None
                await signed_in(account)  # the run sees it without being told
            elif len(dovecot.sink.copies) == 3 and not told:
                stored = recall(account, Kept.REFRESH_TOKEN)
                assert stored is not None
                await asyncio.to_thread(provider.revoke, stored.reveal())

        sent = await send_with(run, account, tokens, control=control, wait=True, on_event=revoke_then_sign_in)
        assert sent.summary.accepted == 12, sent.summary
        assert set(dovecot.sink.copies.values()) == {1}
        [reason] = told
        assert "no longer valid" in reason
        assert "account sign-in rh" in reason
        assert [event for event in sent.events if isinstance(event, Resumed)]


async def test_without_waiting_a_revoked_sign_in_ends_the_run_which_is_resumed_after_the_next(
    folder: Path, provider: Provider, dovecot: Dovecot, keyring: Keyring
) -> None:
    account = account_of(provider, dovecot.port)
    tokens = await signed_in(account)
    stored = recall(account, Kept.REFRESH_TOKEN)
    assert stored is not None
    provider.revoke(stored.reveal())
    run = seal(folder, 3)
    sent = await send_with(run, account, tokens)
    assert isinstance(sent.summary.error, SignInNeeded)
    assert sent.summary.error.kind == TroubleKind.NO_LONGER_VALID
    assert sent.summary.pending == 3
    assert not dovecot.sink.copies
    tokens.begin_again()
    with pytest.raises(SignInNeeded):  # known to be void: it is not sent to the provider again
        await tokens.current()
    sent = await send_with(run, account, await signed_in(account))
    assert sent.summary.accepted == 3
    assert set(dovecot.sink.copies.values()) == {1}


async def test_dovecot_takes_either_mechanism_and_says_no_in_two_steps(
    provider: Provider, dovecot: Dovecot, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mailmerge.delivery.smtp import login

    account = account_of(provider, dovecot.port)
    tokens = await signed_in(account)
    for mechanism in ("XOAUTH2", "OAUTHBEARER"):
        monkeypatch.setattr(login, "_TOKEN", (mechanism,))
        assert (await check_server(account, tokens, timeouts=PATIENT)).logged_in
        with pytest.raises(LoginRefused, match="535") as caught:
            await check_server(account, Secret("wrong" * 900), timeouts=PATIENT)
        assert "wrong" not in str(caught.value)


async def test_a_refused_sign_in_at_the_server_stores_nothing(
    provider: Provider, dovecot: Dovecot, keyring: Keyring
) -> None:
    """The token is somebody else's: the account says whose it should be, and the server agrees."""
    account = account_of(provider, dovecot.port, username="paul@atelier.example")
    events = await browse(account, as_user=USER)
    assert isinstance(events[-1], Failed)
    assert events[-1].trouble is not None
    assert events[-1].trouble.kind is TroubleKind.WRONG_PERSON
    assert USER in str(events[-1].error)
    assert not keyring.entries()


async def test_a_shared_mailbox_is_signed_in_by_the_person_and_sends_as_itself(
    folder: Path, provider: Provider, dovecot: Dovecot, keyring: Keyring
) -> None:
    account = account_of(provider, dovecot.port, username="claire@atelier.example")
    events = await browse(account, as_user="claire@atelier.example")
    assert isinstance(events[-1], SignedIn)
    assert events[-1].user == "claire@atelier.example"
    sent = await send_with(seal(folder, 2), account, Tokens(account))
    assert sent.summary.accepted == 2


# --- a stricter server ---------------------------------------------------------------------------------------------


@pytest.fixture
def postfix(dovecot: Dovecot) -> Iterator[Postfix]:
    if reason := no_postfix():
        pytest.skip(reason)
    with running_postfix(dovecot_sasl=dovecot.sasl_path) as instance:
        yield instance


async def test_postfix_with_the_same_tokens_delivers_each_message_once(
    folder: Path, provider: Provider, postfix: Postfix, keyring: Keyring
) -> None:
    given = {"host": "localhost", "tls": "starttls", "ca_file": postfix.ca_file, "connections": 2}
    account = account_of(provider, postfix.starttls, **given)
    tokens = await signed_in(account)
    report = await check_server(account, tokens)
    assert {"XOAUTH2", "OAUTHBEARER"} <= set(report.mechanisms)
    run = seal(folder, [sealed_message(number) for number in range(1, 7)])
    sent = await send_with(run, account, tokens)
    assert sent.summary.accepted == 6, sent.summary.stopped
    arrived = postfix.delivered(PEOPLE[:6])
    assert Counter(len(mail) for mail in arrived.values()) == Counter({1: 6})
    with pytest.raises(LoginRefused, match="535"):
        await check_server(account, Secret("wrong"))


@pytest.mark.parametrize(
    ("reply", "kind", "logins"),
    [
        ("535 5.7.139 Sorry, SmtpClientAuthentication is disabled for the Mailbox.", TroubleKind.SMTP_OFF, 1),
        ("535 5.7.3 Authentication unsuccessful", TroubleKind.TOKEN_ELSEWHERE, 2),
        ("535 5.7.8 no", TroubleKind.SERVER, 2),
    ],
)
async def test_what_exchange_says_is_told_as_data_and_what_is_final_is_not_tried_again(
    folder: Path, provider: Provider, dovecot: Dovecot, keyring: Keyring, reply: str, kind: TroubleKind, logins: int
) -> None:
    tokens = await signed_in(account_of(provider, dovecot.port))
    echo = Echo("XOAUTH2", reply)
    async with echo as port:
        account = account_of(provider, port)
        sent = await send_with(seal(folder, 2), account, tokens, wait=True)
        assert isinstance(sent.summary.error, LoginRefused)
        assert sent.summary.error.kind == (kind if kind is not TroubleKind.SERVER else "")
        assert echo.answered == logins
        failed = (await browse(account))[-1]
    assert isinstance(failed, Failed)
    assert failed.trouble is not None
    assert failed.trouble.kind is kind


# --- a token that is refused although the clock calls it good --------------------------------------------------------


async def test_a_good_token_that_is_refused_is_renewed_once_and_the_new_one_tried_once(
    folder: Path, provider: Provider, dovecot: Dovecot, keyring: Keyring
) -> None:
    tokens = await signed_in(account_of(provider, dovecot.port))
    async with ScriptedServer(mechanisms="XOAUTH2") as server:
        account = account_of(provider, server.port)
        first = await tokens.current()
        run = seal(folder, 4)

        def takes_all_but_the_first(stage: str, count: int) -> None:
            if stage == "AUTH" and count == 2:
                held = tokens._held
                assert held is not None
                server.password = held.secret.reveal()

        server.on_command = takes_all_but_the_first
        sent = await send_with(run, account, tokens)
        assert sent.summary.accepted == 4, sent.summary
        assert [login == (USER, first.reveal()) for login in server.logins] == [True, False]


async def test_a_second_refusal_stops_everything(
    folder: Path, provider: Provider, dovecot: Dovecot, keyring: Keyring
) -> None:
    tokens = await signed_in(account_of(provider, dovecot.port))
    async with ScriptedServer(mechanisms="XOAUTH2") as server:
        account = account_of(provider, server.port, connections=3)
        run = seal(folder, 9)
        sent = await send_with(run, account, tokens, wait=True)
        assert isinstance(sent.summary.error, LoginRefused)
        assert "535 5.7.8 refused [400]" in sent.summary.stopped
        assert sent.summary.pending == 9
        assert len(server.logins) == len(set(server.logins)) == 2, "no token is tried twice"
        assert set(states(run).values()) == {State.PENDING}


class Echo:
    """Answers a login by what it was told, as some servers do."""

    def __init__(self, mechanism: str, reply: str):
        self._mechanism = mechanism
        self._reply = reply
        self.answered = 0

    async def __aenter__(self) -> int:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mx ESMTP\r\n")
        while line := (await reader.readline()).decode().strip():
            if line.startswith("EHLO"):
                answer = f"250-mx\r\n250 AUTH {self._mechanism}"
            elif line in (f"AUTH {self._mechanism}", base64.b64encode(USER.encode()).decode()):
                answer = "334 "
            else:
                self.answered += line != "QUIT"
                decoded = base64.b64decode(line.split()[-1]).decode(errors="replace")
                answer = self._reply.format(line=line, decoded=decoded)
            writer.write(f"{answer}\r\n".encode())
        writer.close()


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"])
@pytest.mark.parametrize(
    "reply",
    [
        "535 5.7.8 no: {line}", "535-5.7.8 no\r\n535 5.7.8 {line}", "501 5.5.2 cannot decode {line:.90}",
        "454 4.7.0 {line}", "421 4.7.0 {line}", "535 5.7.3 {decoded}", "999 {line}", "{line}", "550 5.7.30 {decoded}",
    ],
)  # fmt: skip
async def test_a_server_that_echoes_the_login_tells_nobody(folder: Path, mechanism: str, reply: str) -> None:
    canary = "canary.7f3a-" + base64.b64encode(bytes(range(60))).decode()
    by_token = mechanism in ("XOAUTH2", "OAUTHBEARER")
    async with Echo(mechanism, reply) as port:
        client = OAuthClient(issuer="https://id.atelier.example", client_id="x")
        account = account_from_preset(
            "rh", USER, host="127.0.0.1", port=port, tls="none",
            auth="oauth2" if by_token else "password", oauth=client if by_token else None,
        )  # fmt: skip
        run = seal(folder, 1)
        sent = await send_with(run, account, Secret(canary))
    assert isinstance(sent.summary.error, LoginRefused | ConnectionFailed)
    everything = repr(sent.events) + sent.summary.stopped + "".join(map(str, run.path.parent.rglob("*")))
    for shift in range(3):
        piece = base64.b64encode(b"x" * shift + canary.encode()).decode()[4:]
        assert not [at for at in range(len(piece) - 12) if piece[at : at + 12] in everything]
    assert not [at for at in range(len(canary) - 12) if canary[at : at + 12] in everything]


async def test_a_password_account_is_not_renewed(folder: Path) -> None:
    async with ScriptedServer(password="another") as server:
        sent = await send_with(seal(folder, 2), account_for(server), Secret("wrong"))
        assert isinstance(sent.summary.error, LoginRefused)
        assert len(server.logins) == 1
