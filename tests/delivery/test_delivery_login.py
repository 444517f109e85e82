"""Logging in: once, by one mechanism, over a connection that is safe, and never with the secret showing."""

from __future__ import annotations

import base64
import gc
import ssl
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from delivery_cases import PATIENT, QUICK, account_for, assert_invariants, seal, send
from smtp_script import CANARY, USER, Fault, ScriptedServer

from mailmerge.accounts import Account, Secret, account_from_preset
from mailmerge.delivery import check_server
from mailmerge.errors import AccountError, ConnectionFailed, CredentialMissing, LoginRefused


async def test_a_wrong_password_is_tried_once_whatever_is_offered(folder: Path) -> None:
    run = seal(folder, 6)
    async with ScriptedServer() as server:
        sent = await send(run, account_for(server, connections=4), secret="wrong-password")
        assert server.logins == [(USER, "wrong-password")]
        assert isinstance(sent.summary.error, LoginRefused)
        assert "535 5.7.8 refused" in sent.summary.stopped
        assert sent.summary.pending == 6
        assert "wrong-password" not in repr(sent.events)
        assert_invariants(run, server, sent)


async def test_a_password_revoked_while_sending_is_tried_once_more_and_not_again(folder: Path) -> None:
    run = seal(folder, 6)
    async with ScriptedServer(faults=(Fault("MAIL", "drop", 2, 2),)) as server:
        server.on_command = lambda stage, count: setattr(server, "password", "changed") if stage == "dot" else None
        sent = await send(run, account_for(server))
        assert len(server.logins) == 2
        assert isinstance(sent.summary.error, LoginRefused)
        assert_invariants(run, server, sent)


@pytest.mark.parametrize("code", ["454 4.7.0 Too many login attempts", "432 4.7.12 password change", "534 5.7.9 app"])
async def test_a_login_put_off_is_not_tried_again_either(folder: Path, code: str) -> None:
    run = seal(folder, 2)
    async with ScriptedServer(faults=(Fault("AUTH", code[:3], 1, 99),)) as server:
        sent = await send(run, account_for(server), wait=True)
        assert server.seen["AUTH"] == 1
        assert isinstance(sent.summary.error, LoginRefused)


@pytest.mark.parametrize(("offered", "first"), [("PLAIN LOGIN", "AUTH PLAIN"), ("LOGIN CRAM-MD5", "AUTH LOGIN")])
async def test_the_login_goes_by_the_one_mechanism_that_fits(folder: Path, offered: str, first: str) -> None:
    async with ScriptedServer(mechanisms=offered) as server:
        sent = await send(seal(folder, 1), account_for(server))
        assert sent.summary.accepted == 1
        assert [command[:10] for command in server.commands if command.startswith("AUTH")] == [first]


@pytest.mark.parametrize(
    ("offered", "said"), [("CRAM-MD5", "offers CRAM-MD5"), ("", "no login at all"), ("XOAUTH2", "token")]
)
async def test_a_server_without_a_fitting_login_is_one_clear_line(folder: Path, offered: str, said: str) -> None:
    async with ScriptedServer(mechanisms=offered) as server:
        sent = await send(seal(folder, 1), account_for(server))
        assert isinstance(sent.summary.error, LoginRefused)
        assert said in sent.summary.stopped
        assert not server.logins


async def test_a_long_token_goes_in_two_steps(folder: Path) -> None:
    token = "ya29." + "x" * 4000
    async with ScriptedServer(password=token) as server:
        sent = await send(seal(folder, 1), account_for(server, auth="oauth2"), secret=token)
        assert sent.summary.accepted == 1
        assert "AUTH XOAUTH2" in server.commands
        assert server.logins == [(USER, token)]


async def test_a_refused_token_is_acknowledged_and_tried_once(folder: Path) -> None:
    async with ScriptedServer() as server:
        sent = await send(seal(folder, 1), account_for(server, auth="oauth2"), secret="old")
        assert server.logins == [(USER, "old")]
        assert isinstance(sent.summary.error, LoginRefused)
        assert "check the token" in sent.summary.stopped


async def test_without_a_stored_password_no_connection_is_made(folder: Path) -> None:
    async with ScriptedServer() as server:
        sent = await send(seal(folder, 1), account_for(server), secret="")
        assert isinstance(sent.summary.error, CredentialMissing)
        assert not server.seen["connect"]


@pytest.mark.parametrize("stage", ["AUTH", "EHLO"])
@pytest.mark.parametrize("kind", ["hang", "drop", "garbage", "550", "421", "long", "half"])
async def test_the_secret_is_in_no_traceback_and_no_exception(stage: str, kind: str) -> None:
    async with ScriptedServer(faults=(Fault(stage, kind),)) as server:
        with pytest.raises((ConnectionFailed, LoginRefused)) as caught:
            await check_server(account_for(server), Secret(CANARY), timeouts=QUICK)
        error: BaseException | None = caught.value
        while error is not None:
            report = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
            assert CANARY not in report
            assert base64.b64encode(CANARY.encode()).decode()[4:12] not in report
            assert base64.b64encode(f"\0{USER}\0{CANARY}".encode()).decode() not in report
            error = error.__context__


# --- TLS ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def certificates(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., ssl.SSLContext]:
    def context(*names: str, by: trustme.CA | None = None, until: datetime | None = None) -> ssl.SSLContext:
        made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate = (by or authority).issue_cert(
            *names, not_before=datetime(2020, 1, 1, tzinfo=UTC) if until else None, not_after=until
        )
        certificate.configure_cert(made)
        return made

    return context


@pytest.fixture(scope="module")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ca") / "own.pem"
    authority.cert_pem.write_to_path(path)
    return str(path)


def secured(server: ScriptedServer, ca_file: str, **given: object) -> Account:
    kind = "implicit" if server.implicit else "starttls"
    return account_for(server, **({"tls": kind, "ca_file": ca_file} | given))


@pytest.mark.parametrize("implicit", [True, False], ids=["implicit", "starttls"])
async def test_a_verified_connection_carries_the_login_and_the_message(
    folder: Path, certificates: Callable[..., ssl.SSLContext], ca_file: str, implicit: bool
) -> None:
    async with ScriptedServer(context=certificates("localhost"), implicit=implicit) as server:
        run = seal(folder, 3)
        sent = await send(run, secured(server, ca_file, connections=2))
        assert sent.summary.accepted == 3
        assert_invariants(run, server, sent)
        report = await check_server(secured(server, ca_file), Secret(CANARY))
        assert report.tls.startswith("TLSv1.")
        assert report.logged_in
        assert report.size == 1_000_000
        assert report.smtputf8
        assert "PIPELINING" in report.extensions
        assert report.mechanisms == ("PLAIN", "LOGIN", "XOAUTH2")


@pytest.mark.parametrize("implicit", [True, False], ids=["implicit", "starttls"])
@pytest.mark.parametrize("wrong", ["unknown CA", "wrong name", "expired"])
async def test_a_certificate_that_is_not_right_stops_everything_before_the_login(
    folder: Path, certificates: Callable[..., ssl.SSLContext], ca_file: str, implicit: bool, wrong: str
) -> None:
    context, said = {
        "unknown CA": lambda: (certificates("localhost", by=trustme.CA()), "not signed by a trusted authority"),
        "wrong name": lambda: (certificates("mail.elsewhere.example"), "not for localhost"),
        "expired": lambda: (certificates("localhost", until=datetime.now(UTC) - timedelta(1)), "expired"),
    }[wrong]()
    async with ScriptedServer(context=context, implicit=implicit) as server:
        run = seal(folder, 2)
        sent = await send(run, secured(server, ca_file), wait=True)
        assert isinstance(sent.summary.error, ConnectionFailed)
        assert said in sent.summary.stopped
        assert "\n" not in sent.summary.stopped
        assert not server.logins
        assert server.seen["connect"] <= 1
        assert sent.summary.pending == 2


async def test_a_stripped_starttls_stops_everything_before_the_login(folder: Path, ca_file: str) -> None:
    async with ScriptedServer() as server:
        account = account_for(server, tls="starttls", ca_file=ca_file)
        sent = await send(seal(folder, 2), account)
        assert isinstance(sent.summary.error, ConnectionFailed)
        assert "no STARTTLS" in sent.summary.stopped
        assert not server.logins
        assert not server.seen["MAIL"]


@pytest.mark.parametrize(
    "kind", ["drop", "rst", "hang", "421", "454", "550", "garbage", "half", "long", "twice", "299"]
)
async def test_a_starttls_that_fails_stops_before_the_login(
    folder: Path, certificates: Callable[..., ssl.SSLContext], ca_file: str, kind: str
) -> None:
    async with ScriptedServer(context=certificates("localhost"), faults=(Fault("STARTTLS", kind),)) as server:
        sent = await send(seal(folder, 1), secured(server, ca_file), timeouts=QUICK)
        if kind == "twice":  # what was injected in clear must not be read after the handshake
            assert sent.summary.accepted in (0, 1)
        else:
            assert isinstance(sent.summary.error, ConnectionFailed)
            assert not server.logins
            assert sent.summary.pending == 1


async def test_tls_spoken_to_a_plain_port_is_one_clear_line(folder: Path, ca_file: str) -> None:
    async with ScriptedServer() as server:
        account = account_for(server, tls="implicit", ca_file=ca_file)
        sent = await send(seal(folder, 1), account, timeouts=QUICK)
        assert isinstance(sent.summary.error, ConnectionFailed)
        assert "TLS" in sent.summary.stopped or "closed the connection" in sent.summary.stopped


async def test_plain_spoken_to_a_tls_port_is_one_clear_line(
    folder: Path, certificates: Callable[..., ssl.SSLContext], ca_file: str
) -> None:
    async with ScriptedServer(context=certificates("localhost"), implicit=True) as server:
        sent = await send(seal(folder, 1), account_for(server, tls="starttls", ca_file=ca_file), timeouts=QUICK)
        assert isinstance(sent.summary.error, ConnectionFailed)
        assert "\n" not in sent.summary.stopped


@pytest.mark.parametrize("content", [None, "no certificate"])
async def test_a_ca_file_that_cannot_be_used_is_one_clear_line(
    folder: Path, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "ca.pem"
    if content:
        path.write_text(content)
    async with ScriptedServer() as server:
        sent = await send(seal(folder, 1), account_for(server, tls="starttls", ca_file=str(path)))
        assert isinstance(sent.summary.error, AccountError)
        assert "ca.pem" in sent.summary.stopped
        assert not server.seen["connect"]


async def test_an_unreachable_server_is_one_clear_line() -> None:
    async with ScriptedServer() as server:
        account = account_for(server)
    for given in (account, account_from_preset("rh", USER, host="no-such-host.invalid")):
        with pytest.raises(ConnectionFailed) as caught:
            await check_server(given, Secret(CANARY), timeouts=PATIENT)
        assert given.host in str(caught.value)
        assert caught.value.temporary


async def test_no_future_is_left_unretrieved(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with ScriptedServer(faults=(Fault("AUTH", "drop"),)) as server:
        await send(seal(folder, 1), account_for(server))
    gc.collect()
    assert not [record for record in caplog.records if "never retrieved" in record.getMessage()]
