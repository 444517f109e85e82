"""Signing in, checking and sending by the command line, as processes; and no token where it does not belong."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from fake_keyring import Keyring
from identity_provider import Browser, Provider
from sign_in_cases import account_of, browse, signed_in
from smtp_script import USER
from token_servers import Cutter, Dovecot

from mailmerge.accounts import Accounts, Secret
from mailmerge.accounts.credentials import Kept, recall
from mailmerge.accounts.oauth import web
from tests.conftest import ROOT, Result

CSV = "nom;email\nRoux;maelys@boite.example\nPetit;hugo@boite.example\nDurand;lea@boite.example\n"
LETTER = "Subject: Votre candidature\nFields: nom\n\nBonjour {{ nom }},\n\nMerci pour votre candidature.\n"


class Program:
    """``mailmerge`` as a process, its keyring in a file."""

    def __init__(self, keyring: Keyring):
        self.keyring = keyring
        self.said = ""
        """Everything that any of the processes wrote, and how the system shows them to others."""

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, str(ROOT / "tests/cli_child.py"), str(self.keyring.path), *map(str, arguments)]
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def ended(self, process: subprocess.Popen[str], before: str = "") -> Result:
        for part in ("cmdline", "environ", "comm"):
            with suppress(OSError):
                self.said += Path(f"/proc/{process.pid}/{part}").read_text(errors="replace")
        out, err = process.communicate(timeout=60)
        self.said += before + out + err
        return Result(process.returncode, before + out, err, b"")

    def run(self, *arguments: object) -> Result:
        return self.ended(self.start(*arguments))

    def sign_in(self, *options: str, person: Browser | None = None, cancel: bool = False) -> Result:
        """``account sign-in rh --json``, with somebody who does what it says."""
        process = self.start("account", "sign-in", "rh", "--json", *options)
        assert process.stdout is not None
        line = process.stdout.readline()
        told = json.loads(line) if line else {}
        page = told.get("url") or told.get("verification_uri_complete")
        if page:
            (person or Browser(USER)).sign_in(page, cancel=cancel)
        return self.ended(process, line)

    def add(self, provider: Provider, port: int, *options: str, client: str = "mailmerge") -> Result:
        return self.run(
            "account", "add", "rh", "--address", USER, "--host", "127.0.0.1", "--port", port, "--tls", "none",
            "--issuer", provider.issuer, "--client-id", client, *options,
        )  # fmt: skip


@pytest.fixture
def program(keyring: Keyring) -> Program:
    return Program(keyring)


@pytest.fixture
def campaign(tmp_path: Path) -> tuple[Path, Path]:
    table, letter = tmp_path / "candidats.csv", tmp_path / "refus.fr.md"
    table.write_text(CSV, encoding="utf-8")
    letter.write_text(LETTER, encoding="utf-8")
    return table, letter


def test_the_whole_way_from_adding_to_sending_and_signing_out(
    provider: Provider, dovecot: Dovecot, program: Program, campaign: tuple[Path, Path], home: Path
) -> None:
    added = program.add(provider, dovecot.port)
    assert added.code == 0
    assert "account sign-in rh" in added.err
    assert Accounts(home / "config").get("rh").auth == "oauth2"

    early = program.run("send", *campaign, "--account", "rh", "--yes", "3")
    assert early.code == 3
    assert "account sign-in rh" in early.err
    assert "Traceback" not in early.err
    assert not json.loads(program.run("runs", "--json").out)["runs"], "nothing was sealed"

    done = program.sign_in("--no-browser")
    assert done.code == 0, done.err
    assert [event["event"] for event in done.events] == ["open", "signed-in"]
    assert done.events[-1]["user"] == USER

    checked = program.run("account", "check", "rh", "--json")
    assert checked.code == 0, checked.err
    report = json.loads(checked.out)
    assert report["logged_in"]
    assert report["sign_in"]["user"] == USER
    assert "https://outlook.office.com/SMTP.Send" in report["sign_in"]["scopes"]
    assert 3500 < report["sign_in"]["expires_in"] <= 3600
    assert report["sign_in"]["refresh_stored"] is True
    assert f"as {USER} since" in program.run("account", "check", "rh").out

    sent = program.run("send", *campaign, "--account", "rh", "--yes", "3", "--json")
    assert sent.code == 0, sent.err
    assert sent.events[-1]["accepted"] == 3
    assert dict(dovecot.sink.copies) == {f"{name}@boite.example": 1 for name in ("maelys", "hugo", "lea")}

    out = program.run("account", "sign-out", "rh")
    assert out.code == 0
    assert "has ended the sign-in" in out.err
    assert not program.keyring.entries()
    assert program.run("account", "check", "rh").code == 3


def test_a_code_signs_in_as_well(provider: Provider, dovecot: Dovecot, program: Program) -> None:
    program.add(provider, dovecot.port)
    done = program.sign_in("--device")
    assert done.code == 0, done.err
    assert [event["event"] for event in done.events] == ["code", "signed-in"]
    assert done.events[0]["verification_uri"] == f"{provider.issuer}/device"


def test_a_browser_that_the_system_opens_signs_in(
    provider: Provider, dovecot: Dovecot, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "browser.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(ROOT / 'tests')!r})\n"
        f"from identity_provider import Browser\nBrowser({USER!r}).sign_in(sys.argv[1])\n"
    )
    monkeypatch.setenv("BROWSER", f"{sys.executable} {script} %s")
    program.add(provider, dovecot.port)
    done = program.run("account", "sign-in", "rh")
    assert done.code == 0, done.err
    assert f"signed in as {USER}" in done.err
    assert done.out.startswith(provider.issuer), "the address is shown as well, to copy"


@pytest.mark.parametrize(
    ("options", "sign_in", "code", "said"),
    [
        ({"client": "nobody"}, {"device": True}, 2, "refuses the registration"),
        ({}, {"person": "admin@atelier.example"}, 3, "you signed in as admin@atelier.example"),
        ({}, {"cancel": True}, 3, "cancelled; nothing was changed"),
        ({"client": "once"}, {}, 2, "no lasting permission"),
    ],
)
def test_what_goes_wrong_is_one_sentence_with_its_exit_code(
    provider: Provider, dovecot: Dovecot, program: Program,
    options: dict[str, str], sign_in: dict[str, Any], code: int, said: str,
) -> None:  # fmt: skip
    program.add(provider, dovecot.port, **options)
    flag = "--device" if sign_in.get("device") else "--no-browser"
    person = Browser(sign_in.get("person", USER))
    failed = program.sign_in(flag, person=person, cancel=sign_in.get("cancel", False))
    assert failed.code == code, failed.err
    assert said in failed.err.splitlines()[-1]
    assert json.loads(failed.out.splitlines()[-1]) == {"error": failed.err.splitlines()[-1].removeprefix("mailmerge: ")}
    assert not program.keyring.entries()


def test_a_server_that_does_not_take_the_token_is_said_and_nothing_is_stored(
    provider: Provider, dovecot: Dovecot, program: Program, smtp_server: Any
) -> None:
    program.add(provider, smtp_server.port)  # it knows no login at all
    failed = program.sign_in("--no-browser")
    assert failed.code == 3
    assert "takes no login" in failed.err
    assert not program.keyring.entries()


def test_a_run_that_waits_goes_on_after_a_sign_in_in_another_terminal(
    provider: Provider, dovecot: Dovecot, program: Program, campaign: tuple[Path, Path]
) -> None:
    program.add(provider, dovecot.port)
    assert program.sign_in("--no-browser").code == 0
    [refresh] = program.keyring.entries().values()
    provider.revoke(refresh)
    stopped = program.run("send", *campaign, "--account", "rh", "--yes", "3", "--json")
    assert stopped.code == 3
    assert stopped.events[-2] == {"event": "stopped", "reason": "sign-in-needed"}
    assert stopped.events[-1]["pending"] == 3
    assert "no longer valid" in stopped.err
    waiting = program.start("send", "--resume", stopped.events[-1]["run"], "--yes", "3", "--wait", "--json")
    assert waiting.stdout is not None
    first = waiting.stdout.readline()
    assert json.loads(first) == {"event": "waiting", "reason": "sign-in-needed"}
    assert program.sign_in("--no-browser").code == 0
    done = program.ended(waiting, first)
    assert done.code == 0, done.err
    assert set(dovecot.sink.copies.values()) == {1}
    assert len(dovecot.sink.copies) == 3


@pytest.mark.parametrize("point", ["before asking", "between answer and store", "between store and use"])
async def test_what_is_killed_while_it_renews_is_resumed_and_nothing_is_sent_twice(
    provider: Provider,
    dovecot: Dovecot,
    program: Program,
    campaign: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    point: str,
) -> None:
    people = [f"personne{number}@boite.example" for number in range(1, 7)]
    campaign[0].write_text("nom;email\n" + "".join(f"Roux {chr(64 + n)};{a}\n" for n, a in enumerate(people, 1)))
    dovecot.sink.delay = 0.4  # three messages take longer than a token of 2 s may be used without a look
    async with Cutter(dovecot.port, messages=3) as cutter:
        program.add(provider, cutter.port, client="brief")
        assert (await asyncio.to_thread(program.sign_in, "--no-browser")).code == 0
        monkeypatch.setenv("DIE_AT", point)
        killed = await asyncio.to_thread(
            program.run, "send", *campaign, "--account", "rh", "--yes", "6", "--json", "--wait"
        )
        monkeypatch.delenv("DIE_AT")
        assert killed.code == -9
        assert len(dovecot.sink.copies) == 3
        dovecot.sink.delay, cutter.messages = 0.0, 1000
        [run] = (await asyncio.to_thread(program.run, "runs", "--json")).json["runs"]
        resume = ("send", "--resume", run["run"], "--yes", str(run["pending"]), "--json")
        again = await asyncio.to_thread(program.run, *resume)
        if point == "between answer and store":
            assert again.code == 3
            assert "account sign-in rh" in again.err
            assert (await asyncio.to_thread(program.sign_in, "--no-browser")).code == 0
            again = await asyncio.to_thread(program.run, *resume)
    summary = again.events[-1]
    assert summary["accepted"] + summary["unknown"] == 6
    assert summary["unknown"] <= 1
    assert set(dovecot.sink.copies.values()) == {1}
    assert len(dovecot.sink.copies) == 6


def test_the_options_of_a_registration_are_checked(
    mailmerge: Callable[..., Result], keyring: Keyring, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    add = ("account", "add", "rh", "--address", USER)
    for options, said in (
        (("--host", "h.example", "--client-id", "x"), "--issuer"),
        (("--host", "h.example", "--issuer", "microsoft"), "--client-id"),
        (("--host", "h.example", "--issuer", "yahoo", "--client-id", "x"), "https://"),
        (("--host", "h.example", "--issuer", "http://id.example", "--client-id", "x"), "https://"),
        (("--provider", "exchange", "--client-id", "x", "--auth", "password"), "auth oauth2"),
        (("--provider", "gmail", "--client-id", "x", "--tenant", "y"), "tenant"),
        (("--provider", "gmail", "--client-id", "x", "--password-stdin", "--client-secret-stdin"), "stdin"),
    ):
        refused = mailmerge(*add, *options)
        assert refused.code == 2, options
        assert said in refused.err
    assert mailmerge(*add, "--provider", "outlook").code == 0
    assert mailmerge("account", "sign-in", "rh").code == 2
    note = mailmerge("account", "admin-note", "rh")
    assert note.code == 0
    assert "SMTP.Send" in note.out
    target = tmp_path / "note.md"
    assert mailmerge("account", "admin-note", "rh", "--out", target).code == 0
    assert target.read_text(encoding="utf-8") == note.out
    assert mailmerge("account", "admin-note", "rh", "--out", target).code == 2
    assert mailmerge("account", "admin-note", "rh", "--out", tmp_path / "no" / "note.md").code == 2
    assert mailmerge("account", "sign-out", "rh").code == 2


def test_a_client_secret_goes_from_stdin_to_the_keyring(
    mailmerge: Callable[..., Result], keyring: Keyring, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("GOCSPX-canary\n"))
    added = mailmerge(
        "account",
        "add",
        "rh",
        "--address",
        USER,
        "--provider",
        "workspace",
        "--client-id",
        "x",
        "--client-secret-stdin",
    )
    assert added.code == 0
    account = Accounts(home / "config").get("rh")
    assert recall(account, Kept.CLIENT_SECRET) == Secret("GOCSPX-canary")
    assert "canary" not in added.out + added.err + (home / "config" / "config.toml").read_text()
    assert mailmerge("account", "remove", "rh").code == 0
    assert not keyring.entries()


# --- no token anywhere -----------------------------------------------------------------------------------------------


class Listening:
    """What went over the wire to the mail server: there, and only there, are the access tokens."""

    def __init__(self) -> None:
        self.blobs: set[str] = set()

    def tokens(self) -> set[str]:
        decoded = (base64.b64decode(blob).decode() for blob in self.blobs)
        return {blob.partition("Bearer ")[2].rstrip("\1") for blob in decoded}


def test_a_token_is_in_no_file_no_output_and_no_process_list(
    provider: Provider, dovecot: Dovecot, program: Program, campaign: tuple[Path, Path], home: Path
) -> None:
    wire, refresh = Listening(), set()
    with Overheard(dovecot.port, wire) as port:
        program.add(provider, port)
        for step in (
            lambda: program.sign_in("--no-browser"),
            lambda: program.run("account", "check", "rh", "--json"),
            lambda: program.run("send", *campaign, "--account", "rh", "--yes", "3", "--json"),
        ):
            assert step().code == 0
            refresh |= set(program.keyring.entries().values())
        provider.revoke(next(iter(program.keyring.entries().values())))
        assert program.run("account", "check", "rh").code == 3
        program.run("show", json.loads(program.run("runs", "--json").out)["runs"][0]["run"], "--json")
    secrets = refresh | wire.tokens() | wire.blobs
    assert len(wire.tokens()) == 3
    assert len(refresh) == 3
    everything = program.said.encode() + b"".join(p.read_bytes() for p in home.rglob("*") if p.is_file())
    for secret in secrets:
        assert len(secret) > 20
        for form in (secret, base64.b64encode(secret.encode()).decode()):
            assert form.encode() not in everything


def shown(error: BaseException) -> str:
    """What a crash screen has: the local values of every frame of the program's own."""
    frames = traceback.TracebackException.from_exception(error, capture_locals=True).stack
    return str(error) + "".join(str(each.locals) for each in frames if "/mailmerge/" in each.filename)


async def test_a_crash_at_any_place_shows_no_token_among_its_local_values(
    provider: Provider, dovecot: Dovecot, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Textual's crash screen prints them."""
    account = account_of(provider, dovecot.port)
    mine = await signed_in(account)
    held = await mine.current()
    seen: set[str] = {held.reveal()}
    real = web.post

    def noted(url: str, fields: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        status, answer = real(url, fields)
        secrets = [each for each in (*fields.values(), *answer.values()) if isinstance(each, Secret)]
        seen.update(each.reveal() for each in secrets)
        return status, answer

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of the program")

    monkeypatch.setattr(web, "post", noted)

    for target in ("keep", "AccessToken.of", "recall"):
        stored = recall(account, Kept.REFRESH_TOKEN)
        assert stored is not None
        seen.add(stored.reveal())
        with monkeypatch.context() as patch:
            patch.setattr(f"mailmerge.accounts.oauth.tokens.{target}", breaks)
            for use in (lambda: browse(account), lambda: mine.renewed(held)):
                mine.begin_again()
                with pytest.raises(RuntimeError) as caught:
                    await use()
                report = shown(caught.value)
                assert "a fault of the program" in report
                for secret in seen:
                    assert secret not in report
        with suppress(Exception):
            await signed_in(account)
    assert len(seen) >= 12


class Overheard:
    """A relay before a server that notes what follows AUTH."""

    def __init__(self, port: int, wire: Listening):
        self._to = port
        self._wire = wire

    def __enter__(self) -> int:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        cutter = Cutter(self._to, messages=1000)
        cutter.heard = self._hear  # type: ignore[method-assign]
        asyncio.run_coroutine_threadsafe(cutter.__aenter__(), self._loop).result(10)
        return cutter.port

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _hear(self, line: bytes) -> None:
        text = line.decode().strip()
        with suppress(ValueError):
            if b"Bearer" in base64.b64decode(text, validate=True):
                self._wire.blobs.add(text)
