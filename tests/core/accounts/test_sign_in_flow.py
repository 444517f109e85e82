"""A whole sign-in: the browser, a code, and everything that may go wrong on the way."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import trustme
from fake_issuer import FakeIssuer
from fake_keyring import Keyring
from identity_provider import Browser, Provider

from mailmerge.accounts import Account, OAuthClient, Secret, account_from_preset
from mailmerge.accounts.credentials import Kept, keep, recall
from mailmerge.accounts.oauth import (
    Code,
    CodePossible,
    Event,
    Failed,
    OpenBrowser,
    SignedIn,
    SignIn,
    SignInStep,
    SignInWaiting,
    Tokens,
    TroubleKind,
    flow,
    listener,
    web,
)
from mailmerge.errors import (
    AccountError,
    ConnectionFailed,
    KeyringUnusable,
    LoginRefused,
    RegistrationWrong,
    SignInFailed,
    SignInNeeded,
)

USER = "rh@atelier.example"


def account(issuer: str, *, client: str = "mailmerge", **given: object) -> Account:
    return account_from_preset(
        "rh",
        USER,
        host="mail.atelier.example",
        auth="oauth2",
        oauth=OAuthClient(issuer=issuer, client_id=client),
        **given,  # type: ignore[arg-type]
    )


async def taken(token: Secret) -> None:
    """A mail server that takes every token."""


async def events_of(
    signing_in: SignIn, on: Callable[[Event], Awaitable[object] | None] = lambda event: None
) -> list[Event]:
    """All events; ``on`` does what a person or a browser does, beside them."""
    events, tasks = [], []
    async for event in signing_in.events():
        events.append(event)
        if (doing := on(event)) is not None:
            tasks.append(asyncio.ensure_future(doing))
    await asyncio.gather(*tasks)
    return events


def browse(user: str = USER, *, cancel: bool = False, language: str = "en") -> Callable[[Event], Awaitable[str] | None]:
    """Somebody who uses the browser: for the address, or for the code."""

    def on(event: Event) -> Awaitable[str] | None:
        browser = Browser(user, language=language)
        if isinstance(event, OpenBrowser):
            return asyncio.to_thread(browser.sign_in, event.url, cancel=cancel)
        if isinstance(event, Code):
            return asyncio.to_thread(browser.sign_in, event.complete_uri, cancel=cancel)
        return None

    return on


def failure(events: list[Event]) -> Failed:
    assert isinstance(events[-1], Failed), events[-1]
    assert "\n" not in str(events[-1].error)
    return events[-1]


def kind_of(events: list[Event]) -> TroubleKind | None:
    trouble = failure(events).trouble
    return None if trouble is None else trouble.kind


def parameters(url: str) -> dict[str, str]:
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))


def fetch(url: str) -> tuple[int, str, Any]:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return response.status, response.read().decode(), response.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers


# --- it works ------------------------------------------------------------------------------------------------------


async def test_a_sign_in_by_the_browser_asks_with_pkce_and_stores_the_refresh_token_only(
    provider: Provider, keyring: Keyring, home: Path
) -> None:
    proven: list[str] = []

    async def prove(token: Secret) -> None:
        assert not keyring.entries(), "nothing is stored before the mail server has taken the token"
        proven.append(token.reveal())

    events = await events_of(SignIn(account(provider.issuer), prove), browse())
    assert events[-1] == SignedIn(USER, ("openid", "offline_access", "https://outlook.office.com/SMTP.Send"))
    opened = next(event for event in events if isinstance(event, OpenBrowser))
    asked = parameters(opened.url)
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert len(asked["state"]) >= 43
    assert asked["login_hint"] == USER
    assert asked["redirect_uri"].startswith("http://127.0.0.1:")
    assert [event.step for event in events if isinstance(event, SignInWaiting)] == [
        SignInStep.PROVIDER, SignInStep.BROWSER, SignInStep.PROVIDER, SignInStep.SERVER,
    ]  # fmt: skip
    assert len(keyring.entries()) == 1
    refresh = recall(account(provider.issuer), Kept.REFRESH_TOKEN)
    assert refresh is not None
    for path in home.rglob("*"):
        if path.is_file():
            content = path.read_text(encoding="utf-8")
            assert proven[0] not in content
            assert refresh.reveal() not in content
    tokens = Tokens(account(provider.issuer))
    assert tokens.record is not None
    assert tokens.record.user == USER


async def test_a_sign_in_by_a_code_waits_as_the_provider_asks(
    provider: Provider, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "_INTERVAL", 0.05)
    signing_in = SignIn(account(provider.issuer), taken, device=True)
    events = await events_of(signing_in, browse())
    assert isinstance(events[-1], SignedIn), events[-1]
    code = next(event for event in events if isinstance(event, Code))
    assert code.user_code
    assert code.verification_uri == f"{provider.issuer}/device"
    assert code.seconds == 600


@pytest.mark.parametrize(
    ("language", "said"), [("fr-FR,fr;q=0.9", "Vous pouvez fermer cet onglet"), ("en-GB", "You can close this tab")]
)
async def test_the_page_at_the_end_speaks_the_language_of_the_browser_and_tells_no_secret(
    provider: Provider, keyring: Keyring, language: str, said: str
) -> None:
    pages: list[str] = []

    def on(event: Event) -> Awaitable[None] | None:
        if not isinstance(event, OpenBrowser):
            return None

        def use() -> None:
            browser = Browser(USER, language=language)
            pages.append(browser.sign_in(event.url))
            pages.append(parameters(browser.at)["code"])

        return asyncio.to_thread(use)

    await events_of(SignIn(account(provider.issuer), taken), on)
    page, code = pages
    assert said in page
    assert code not in page


# --- the browser's way back ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["code=x&state=wrong", "code=x", "error=access_denied&state=", "code=x&state=%C3%A9"])
async def test_an_answer_to_another_sign_in_is_refused(provider: Provider, keyring: Keyring, query: str) -> None:
    answers: list[tuple[int, str, Any]] = []

    def on(event: Event) -> Awaitable[None] | None:
        if not isinstance(event, OpenBrowser):
            return None
        address = parameters(event.url)["redirect_uri"]
        return asyncio.to_thread(lambda: answers.append(fetch(f"{address}?{query}")))

    events = await events_of(SignIn(account(provider.issuer), taken), on)
    assert kind_of(events) is TroubleKind.WRONG_STATE
    [(status, page, headers)] = answers
    assert status == 400
    assert "another sign-in" in page
    assert headers["Referrer-Policy"] == "no-referrer"
    assert not keyring.entries()


async def test_one_answer_is_taken_and_then_the_port_is_closed(provider: Provider, keyring: Keyring) -> None:
    seen: list[object] = []

    def on(event: Event) -> Awaitable[None] | None:
        if not isinstance(event, OpenBrowser):
            return None
        asked = parameters(event.url)
        port = int(urllib.parse.urlsplit(asked["redirect_uri"]).port or 0)

        def use() -> None:
            with closing(socket.create_connection(("127.0.0.1", port), 5)):  # as browsers do ahead of time
                seen.append(fetch(f"http://127.0.0.1:{port}/favicon.ico")[0])
                seen.append(fetch(f"http://127.0.0.1:{port}/")[0])
                browser = Browser(USER)
                browser.sign_in(event.url)
                try:
                    fetch(browser.at)
                except urllib.error.URLError as error:
                    seen.append(type(error.reason))

        return asyncio.to_thread(use)

    events = await events_of(SignIn(account(provider.issuer), taken), on)
    assert isinstance(events[-1], SignedIn)
    assert seen == [404, 404, ConnectionRefusedError]


async def test_both_loopback_addresses_answer_with_one_port() -> None:
    async with listener.Listener("localhost", Secret("s")) as listening:
        families = [family for family, address in listener._FAMILIES if _has(family, address)]
        for family, address in listener._FAMILIES:
            if family in families:
                with closing(socket.socket(family)) as probe:
                    assert probe.connect_ex((address, listening.port)) == 0
        assert listening.redirect_uri == f"http://localhost:{listening.port}/"


async def test_a_port_that_is_taken_on_one_address_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    if not _has(socket.AF_INET6, "::1"):
        pytest.skip("this machine has no IPv6 loopback address")
    real, tried = listener._listening, []

    def first_port_is_taken(family: socket.AddressFamily, address: str, port: int) -> socket.socket | None:
        if family is socket.AF_INET6:
            tried.append(port)
            if len(tried) == 1:
                with closing(socket.socket(family)) as other:
                    other.bind(("::1", port))
                    other.listen()
                    return real(family, address, port)
        return real(family, address, port)

    monkeypatch.setattr(listener, "_listening", first_port_is_taken)
    async with listener.Listener("localhost", Secret("s")) as listening:
        assert len(tried) == 2
        assert listening.port == tried[1] != tried[0]


async def test_without_any_port_it_is_said(
    provider: Provider, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(listener, "_listening", refused)
    events = await events_of(SignIn(account(provider.issuer), taken))
    assert kind_of(events) is TroubleKind.NO_PORT
    assert "--device" in str(failure(events).error)


async def test_nobody_who_comes_is_waited_for_so_long_and_a_code_is_offered_meanwhile(
    provider: Provider, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "OFFER_CODE_AFTER", 0.05)
    events = await events_of(SignIn(account(provider.issuer), taken, seconds=0.3))
    assert kind_of(events) is TroubleKind.NOBODY_CAME
    assert CodePossible() in events
    assert isinstance(failure(events).error, SignInNeeded)


@pytest.mark.parametrize("device", [False, True])
async def test_cancel_at_the_providers_page_changes_nothing(
    provider: Provider, keyring: Keyring, monkeypatch: pytest.MonkeyPatch, device: bool
) -> None:
    monkeypatch.setattr(flow, "_INTERVAL", 0.05)
    events = await events_of(SignIn(account(provider.issuer), taken, device=device), browse(cancel=True))
    assert kind_of(events) is TroubleKind.CANCELLED
    assert isinstance(failure(events).error, SignInFailed)
    assert not keyring.entries()


@pytest.mark.parametrize("device", [False, True])
@pytest.mark.parametrize("step", [SignInStep.PROVIDER, SignInStep.BROWSER, SignInStep.CODE, SignInStep.SERVER])
async def test_it_can_be_cancelled_at_every_step(
    provider: Provider, keyring: Keyring, monkeypatch: pytest.MonkeyPatch, step: SignInStep, device: bool
) -> None:
    if step in (SignInStep.CODE, SignInStep.BROWSER) and device != (step is SignInStep.CODE):
        return
    monkeypatch.setattr(flow, "_INTERVAL", 0.05)

    async def never(token: Secret) -> None:
        await asyncio.Event().wait()

    signing_in = SignIn(account(provider.issuer), never, device=device)
    person = browse()

    def on(event: Event) -> Awaitable[str] | None:
        if event == SignInWaiting(step):
            signing_in.cancel()
        return person(event) if step is SignInStep.SERVER else None

    events = await events_of(signing_in, on)
    assert kind_of(events) is TroubleKind.CANCELLED
    assert not keyring.entries()


async def test_leaving_the_events_closes_the_port(provider: Provider, keyring: Keyring) -> None:
    stream = SignIn(account(provider.issuer), taken).events()
    async for event in stream:
        if isinstance(event, OpenBrowser):
            port = int(urllib.parse.urlsplit(parameters(event.url)["redirect_uri"]).port or 0)
            break
    await stream.aclose()  # type: ignore[attr-defined]
    with closing(socket.socket()) as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


async def test_a_wrong_verifier_is_refused_by_the_provider_in_one_sentence(
    provider: Provider, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    challenge = urlsafe_b64encode(sha256(b"another verifier" * 4).digest()).rstrip(b"=").decode()
    real = SignIn._address

    def other(*arguments: Any) -> str:
        address = real(*arguments)
        return address.replace(parameters(address)["code_challenge"], challenge)

    monkeypatch.setattr(SignIn, "_address", other)
    events = await events_of(SignIn(account(provider.issuer), taken), browse())
    assert kind_of(events) is TroubleKind.ANSWER_REFUSED
    assert "start the sign-in again" in str(failure(events).error)
    assert not keyring.entries()


# --- who, and where ------------------------------------------------------------------------------------------------


async def test_another_person_is_refused_by_name(provider: Provider, keyring: Keyring) -> None:
    events = await events_of(SignIn(account(provider.issuer), taken), browse("admin@atelier.example"))
    assert kind_of(events) is TroubleKind.WRONG_PERSON
    sentence = str(failure(events).error)
    assert "admin@atelier.example" in sentence
    assert USER in sentence
    assert not keyring.entries()


async def test_case_does_not_make_another_person(provider: Provider, keyring: Keyring) -> None:
    events = await events_of(SignIn(account(provider.issuer), taken), browse(USER.upper()))
    assert isinstance(events[-1], SignedIn)


@pytest.mark.parametrize("error", [LoginRefused("refused\x1b"), ConnectionFailed("unreachable", temporary=True)])
async def test_a_mail_server_that_does_not_take_the_login_leaves_nothing_stored(
    provider: Provider, keyring: Keyring, error: Exception
) -> None:
    async def refuses(token: Secret) -> None:
        raise error

    events = await events_of(SignIn(account(provider.issuer), refuses), browse())
    assert kind_of(events) is TroubleKind.SERVER
    assert "\x1b" not in str(failure(events).error)
    assert not keyring.entries()


async def test_a_client_that_gets_no_refresh_token_is_told_so(provider: Provider, keyring: Keyring) -> None:
    events = await events_of(SignIn(account(provider.issuer, client="once"), taken), browse())
    assert kind_of(events) is TroubleKind.NO_REFRESH_TOKEN
    assert isinstance(failure(events).error, RegistrationWrong)


async def test_an_unknown_client_id_is_told_where_the_provider_says_it(
    provider: Provider, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = await events_of(SignIn(account(provider.issuer, client="nobody"), taken, device=True))
    assert kind_of(events) is TroubleKind.CLIENT_REFUSED
    assert isinstance(failure(events).error, RegistrationWrong)
    keep(account(provider.issuer, client="nobody"), Kept.REFRESH_TOKEN, Secret("x" * 40))
    with pytest.raises(RegistrationWrong, match="client_id"):
        await Tokens(account(provider.issuer, client="nobody")).current()


async def test_without_a_keyring_nobody_is_sent_to_the_browser(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("no backend")

    monkeypatch.setattr("keyring.get_keyring", broken)
    events = await events_of(SignIn(account(provider.issuer), taken))
    assert isinstance(failure(events).error, KeyringUnusable)
    assert "token_command" in str(failure(events).error)
    assert not [event for event in events if isinstance(event, OpenBrowser)]


async def test_a_keyring_that_breaks_at_the_end_is_said(provider: Provider, keyring: Keyring) -> None:
    keyring.limit = 10
    events = await events_of(SignIn(account(provider.issuer), taken), browse())
    assert isinstance(failure(events).error, KeyringUnusable)


@pytest.mark.parametrize("given", [{"auth": "password"}, {"auth": "oauth2"}, {"auth": "oauth2", "token_command": "x"}])
def test_an_account_without_a_registration_cannot_sign_in(given: dict[str, Any]) -> None:
    with pytest.raises(AccountError):
        SignIn(account_from_preset("rh", USER, host="mail.atelier.example", **given), taken)


# --- what stands between -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "body", "kind", "error"),
    [
        (404, "", TroubleKind.NO_DISCOVERY, RegistrationWrong),
        (404, "{}", TroubleKind.NO_DISCOVERY, RegistrationWrong),
        (200, "<html>Log in to the hotel</html>", TroubleKind.NO_DISCOVERY, RegistrationWrong),
        (302, "", TroubleKind.NO_DISCOVERY, RegistrationWrong),
        (200, '{"issuer": "https://elsewhere.example"}', TroubleKind.DISCOVERY_WRONG, RegistrationWrong),
        (200, "[]", TroubleKind.NO_DISCOVERY, RegistrationWrong),
        (503, "", TroubleKind.BUSY, SignInFailed),
        (407, "", TroubleKind.PROXY_LOGIN, SignInFailed),
    ],
)
async def test_an_issuer_that_says_nothing_usable_is_one_sentence(
    fake_issuer: FakeIssuer, keyring: Keyring, status: int, body: str, kind: TroubleKind, error: type[Exception]
) -> None:
    fake_issuer.answers["/.well-known/openid-configuration"] = [(status, body)]
    events = await events_of(SignIn(account(fake_issuer.issuer), taken))
    assert kind_of(events) is kind
    assert isinstance(failure(events).error, error)
    assert "?" not in str(failure(events).error)
    assert not [path for path, _ in fake_issuer.asked if path == "/elsewhere"]


async def test_endpoints_without_tls_are_taken_on_this_computer_only(fake_issuer: FakeIssuer, keyring: Keyring) -> None:
    for key in ("authorization_endpoint", "token_endpoint", "device_authorization_endpoint", "userinfo_endpoint"):
        for wrong in ("http://id.atelier.example/x", "ftp://127.0.0.1/", "javascript:alert(1)", 3):
            fake_issuer.discover(**{key: wrong})
            events = await events_of(SignIn(account(fake_issuer.issuer), taken))
            assert kind_of(events) is TroubleKind.DISCOVERY_WRONG
            assert key in str(failure(events).error)


async def test_an_issuer_that_is_not_there_is_one_sentence(keyring: Keyring) -> None:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for issuer in (f"http://127.0.0.1:{port}", "https://no-such-host.invalid"):
        events = await events_of(SignIn(account(issuer), taken))
        assert kind_of(events) is TroubleKind.UNREACHABLE
        assert isinstance(failure(events).error, SignInFailed)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (407, TroubleKind.PROXY_LOGIN),
        (403, TroubleKind.UNREACHABLE),
        (200, TroubleKind.UNREACHABLE),
        (502, TroubleKind.UNREACHABLE),
    ],
)
async def test_a_proxy_that_lets_nobody_through_is_one_sentence(
    fake_issuer: FakeIssuer, keyring: Keyring, monkeypatch: pytest.MonkeyPatch, status: int, kind: TroubleKind
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", fake_issuer.issuer)
    monkeypatch.setattr(web, "SECONDS", 2)
    fake_issuer.answers["/CONNECT"] = [(status, "<html>Log in to the hotel</html>")]
    for issuer in ("https://id.atelier.example", "microsoft"):
        events = await events_of(SignIn(account(issuer), taken, device=True))
        assert kind_of(events) is kind, failure(events).error
        assert isinstance(failure(events).error, SignInFailed)
    assert [path for path, _ in fake_issuer.asked] == ["/CONNECT"] * 2


async def test_a_web_page_instead_of_a_token_is_one_sentence(fake_issuer: FakeIssuer, keyring: Keyring) -> None:
    fake_issuer.discover().answers["/device"] = [(200, "<html>Log in to the hotel</html>")]
    events = await events_of(SignIn(account(fake_issuer.issuer), taken, device=True))
    assert kind_of(events) is TroubleKind.BARRED
    assert "a web page (HTTP 200)" in str(failure(events).error)


@pytest.fixture
def inspecting(fake_issuer: FakeIssuer) -> Callable[..., FakeIssuer]:
    """The issuer behind TLS, with a certificate of an authority that the company calls its own."""

    def made(authority: trustme.CA, **given: Any) -> FakeIssuer:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost", **given).configure_cert(context)
        fake_issuer.server.socket = context.wrap_socket(fake_issuer.server.socket, server_side=True)
        fake_issuer.issuer = f"https://localhost:{fake_issuer.server.server_port}"
        return fake_issuer.discover(device_authorization_endpoint="")

    return made


async def test_a_certificate_that_nobody_trusts_names_who_signed_it(
    inspecting: Callable[..., FakeIssuer], keyring: Keyring
) -> None:
    fake = inspecting(trustme.CA(organization_name="Pare-feu de l'atelier"))
    events = await events_of(SignIn(account(fake.issuer), taken))
    assert kind_of(events) is TroubleKind.CERTIFICATE
    assert "Pare-feu de l'atelier" in str(failure(events).error)


@pytest.mark.parametrize("off", [timedelta(hours=-1), timedelta(hours=1)])
async def test_a_clock_that_is_off_is_told_by_the_certificate(
    inspecting: Callable[..., FakeIssuer],
    keyring: Keyring,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    off: timedelta,
) -> None:
    authority, now = trustme.CA(), datetime.now(UTC)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    begins, ends = sorted((now + off, now + 2 * off))
    fake = inspecting(authority, not_before=begins, not_after=ends)
    events = await events_of(SignIn(account(fake.issuer), taken))
    assert kind_of(events) is TroubleKind.CLOCK
    assert "date and time" in str(failure(events).error)


async def test_the_systems_certificates_are_trusted(
    inspecting: Callable[..., FakeIssuer], keyring: Keyring, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    events = await events_of(SignIn(account(inspecting(authority).issuer), taken, device=True))
    assert kind_of(events) is TroubleKind.NO_DEVICE_CODES


async def test_a_provider_that_never_answers_is_given_up(
    fake_issuer: FakeIssuer, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "SECONDS", 0.3)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        events = await events_of(SignIn(account(f"http://127.0.0.1:{silent.getsockname()[1]}"), taken))
    assert kind_of(events) is TroubleKind.UNREACHABLE


async def test_a_code_that_the_provider_asks_to_be_slower_about_is_polled_slower(
    fake_issuer: FakeIssuer, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    real = asyncio.sleep

    async def noted(seconds: float) -> None:
        waits.append(seconds)
        await real(0)

    monkeypatch.setattr(flow.asyncio, "sleep", noted)
    fake_issuer.discover().answers |= {
        "/device": [
            (200, '{"device_code": "d", "user_code": "AB-CD", "verification_url": "http://x.example", "interval": 2}')
        ],
        "/token": [
            (400, '{"error": "authorization_pending"}'),
            (400, '{"error": "slow_down"}'),
            (503, "busy"),
            (400, '{"error": "authorization_pending"}'),
            (400, '{"error": "expired_token"}'),
        ],
    }
    events = await events_of(SignIn(account(fake_issuer.issuer), taken, device=True))
    assert kind_of(events) is TroubleKind.CODE_EXPIRED
    assert waits == [2, 2, 7, 14, 14]
    assert SignInWaiting(SignInStep.BUSY) in events
    code = next(event for event in events if isinstance(event, Code))
    assert code.verification_uri == "http://x.example"


async def test_a_code_that_nobody_types_in_expires(fake_issuer: FakeIssuer, keyring: Keyring) -> None:
    fake_issuer.discover().answers |= {
        "/device": [(200, '{"device_code": "d", "user_code": "A", "verification_uri": "http://x", "expires_in": 0.2}')],
        "/token": [(400, '{"error": "authorization_pending"}')],
    }
    started = time.monotonic()
    events = await events_of(SignIn(account(fake_issuer.issuer), taken, device=True))
    assert kind_of(events) is TroubleKind.CODE_EXPIRED
    assert time.monotonic() - started < 30


async def test_a_provider_without_codes_says_so(fake_issuer: FakeIssuer, keyring: Keyring) -> None:
    fake_issuer.discover(device_authorization_endpoint="")
    events = await events_of(SignIn(account(fake_issuer.issuer), taken, device=True))
    assert kind_of(events) is TroubleKind.NO_DEVICE_CODES


@pytest.mark.parametrize("iss", ["https://evil.example", ""])
async def test_an_answer_of_another_issuer_is_not_used(fake_issuer: FakeIssuer, keyring: Keyring, iss: str) -> None:
    """RFC 9207: the mix-up attack."""
    fake_issuer.discover(authorization_response_iss_parameter_supported=True)

    def on(event: Event) -> Awaitable[object] | None:
        if not isinstance(event, OpenBrowser):
            return None
        asked = parameters(event.url)
        query = urllib.parse.urlencode({"code": "c", "state": asked["state"]} | ({"iss": iss} if iss else {}))
        return asyncio.to_thread(fetch, f"{asked['redirect_uri']}?{query}")

    events = await events_of(SignIn(account(fake_issuer.issuer), taken), on)
    assert kind_of(events) is TroubleKind.WRONG_ISSUER
    assert "/token" not in [path for path, _ in fake_issuer.asked]


def _has(family: socket.AddressFamily, address: str) -> bool:
    try:
        with closing(socket.socket(family)) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True
