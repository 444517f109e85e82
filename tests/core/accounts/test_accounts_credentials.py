"""Secrets, where they live and where they must not show."""

from __future__ import annotations

import copy
import json
import os
import pickle
import shlex
import shutil
import subprocess
import sys
import textwrap
import time
import traceback
from pathlib import Path

import pytest
from each_row import each_row
from fake_keyring import Keyring

from mailmerge.accounts import (
    Account,
    OAuthClient,
    Secret,
    account_from_preset,
    credentials,
    find_secret,
    forget_secret,
    store_secret,
)
from mailmerge.accounts.credentials import Kept, drop, keep, recall
from mailmerge.errors import AccountError, KeyringUnusable

CANARY = "canary-Zoé-7f3a"


def test_a_secret_shows_in_no_rendering_of_it() -> None:
    secret = Secret(CANARY)
    shown = f"{secret} {secret!r} {secret!s} {secret:>20} {[secret]} { ({'p': secret}) }"
    assert CANARY not in shown
    assert secret.reveal() == CANARY


def test_a_secret_is_neither_pickled_nor_copied() -> None:
    for way in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            way(Secret(CANARY))


def test_secrets_compare_by_value_and_have_no_attributes() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert not Secret("")
    assert not hasattr(Secret(CANARY), "__dict__")


def account(**given: object) -> Account:
    return account_from_preset("rh", "rh@x.example", host="mail.x.example", **given)  # type: ignore[arg-type]


def python(source: str) -> str:
    return f"{shlex.quote(sys.executable)} -c {shlex.quote(source)}"


def test_a_password_command_gives_its_first_line() -> None:
    found = find_secret(account(password_command=python(f"print({CANARY!r}); print('user: rh')")))
    assert found == Secret(CANARY)


def test_a_command_is_run_without_a_shell(tmp_path: Path) -> None:
    made = tmp_path / "made"
    found = find_secret(account(password_command=f"echo 'a b' ; touch {made}"))
    assert found == Secret(f"a b ; touch {made}")
    assert not made.exists()


def test_a_token_command_goes_with_oauth2() -> None:
    assert find_secret(account(auth="oauth2", token_command="echo ya29.x")) == Secret("ya29.x")
    with pytest.raises(AccountError, match="oauth2"):
        account(token_command="echo x")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("no-such-program-here", "cannot be run"),
        (python("import sys; sys.exit(7)"), "exit code 7"),
        (python("pass"), "printed nothing"),
        ("echo 'open", "cannot be read"),
        (python("import sys; sys.stdout.buffer.write(bytes([255]))"), "UTF-8"),
    ],
)
def test_a_command_that_fails_says_so_in_one_line(command: str, said: str) -> None:
    with pytest.raises(AccountError, match=said) as caught:
        find_secret(account(password_command=command))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("code", [0, 1])
@pytest.mark.parametrize("ending", ["", "\n", "\r\n", "\nuser: rh\n"])
def test_nothing_that_a_command_complains_about_is_shown(
    capfd: pytest.CaptureFixture[str], code: int, ending: str
) -> None:
    source = (
        f"import os; os.write(2, b'secret {CANARY[:6]}'); os.write(1, {ending.encode()!r}); raise SystemExit({code})"
    )
    with pytest.raises(AccountError) as caught:
        find_secret(account(password_command=python(source)))
    assert CANARY[:6] not in f"{caught.value} {capfd.readouterr()}"


@each_row("said", ["right", "ri\x0bght", "ri\u2028ght", "ri ght "])
@each_row("ending", ["", "\n", "\r\n", "\nuser: rh\n"])
def test_a_line_ends_where_lines_end_and_nowhere_else(said: str, ending: str) -> None:
    source = f"import os; os.write(1, {(said + ending).encode()!r})"
    assert find_secret(account(password_command=python(source))) == Secret(said)


@pytest.mark.parametrize("pieces", [1, 10_000_000_000])
def test_a_command_without_an_end_is_stopped(pieces: int) -> None:
    source = f"import os\nfor _ in range({pieces}): os.write(1, b'{CANARY[:6]}' * 20_000)"
    with pytest.raises(AccountError, match="more than 64 KB") as caught:
        find_secret(account(password_command=python(source)))
    assert CANARY[:6] not in str(caught.value)


@pytest.mark.skipif(os.name == "nt", reason="sh is POSIX")
def test_a_process_that_a_command_leaves_behind_is_not_waited_for() -> None:
    begun = time.monotonic()
    assert find_secret(account(password_command="sh -c 'sleep 20 & echo right'")) == Secret("right")
    assert time.monotonic() - begun < 15


def test_a_command_that_hangs_is_given_up_and_its_output_is_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "COMMAND_SECONDS", 0.5)
    with pytest.raises(AccountError, match="did not end") as caught:
        find_secret(account(password_command=python(f"import time; print({CANARY[:6]!r}, flush=True); time.sleep(9)")))
    assert caught.value.__context__ is None
    report = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert "stdout" not in report


def test_an_account_without_login_has_no_secret() -> None:
    assert find_secret(account(auth="none")) is None


@pytest.mark.parametrize("backend", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring"])
def test_a_keyring_that_keeps_nothing_is_not_used(backend: str) -> None:
    result = in_child("", backend=backend)
    assert result == {"store": "KeyringUnusable", "find": "KeyringUnusable", "forget": "KeyringUnusable"}


def test_a_plain_text_keyring_is_not_used_alone_or_in_a_chain(tmp_path: Path) -> None:
    plain = """
        import keyring.backend, keyring.core, keyring.backends.chainer
        class PlaintextKeyring(keyring.backend.KeyringBackend):
            priority = 9
            written = []
            def set_password(self, *parts): self.written.append(parts)
            def get_password(self, *parts): return self.written[-1][-1] if self.written else None
            def delete_password(self, *parts): pass
        keyring.core.set_keyring({chosen})
    """
    chain = 'type("ChainerBackend", (keyring.backends.chainer.ChainerBackend,),\
            {"__module__": "keyring.backends.chainer", "backends": [PlaintextKeyring()]})()'
    for chosen in ("PlaintextKeyring()", chain):
        result = in_child(textwrap.dedent(plain).replace("{chosen}", chosen))
        assert set(result.values()) == {"KeyringUnusable"}


CHILD = """
import json
{before}
from mailmerge.accounts import Secret, account_from_preset, find_secret, forget_secret, keyring_name, store_secret
from mailmerge.accounts import credentials
from mailmerge.errors import KeyringUnusable
account = account_from_preset("rh", "rh@x.example", host="mail.x.example")
result = {{}}
for step, call in (("store", lambda: store_secret(account, Secret({canary!r}))), ("find", lambda: find_secret(account)),
                   ("forget", lambda: forget_secret(account))):
    try:
        result[step] = call()
    except KeyringUnusable as error:
        assert "\\n" not in str(error) and {canary!r} not in str(error)
        result[step] = "KeyringUnusable"
print(json.dumps(result, default=lambda secret: secret.reveal()))
"""


def in_child(before: str, *, backend: str = "") -> dict[str, object]:
    environment = os.environ | {"DBUS_SESSION_BUS_ADDRESS": "disabled:"}
    if backend:
        environment["PYTHON_KEYRING_BACKEND"] = backend
    done = subprocess.run(
        [sys.executable, "-c", CHILD.format(before=before, canary=CANARY)],
        capture_output=True, text=True, env=environment, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    result: dict[str, object] = json.loads(done.stdout)
    return result


def test_without_any_keyring_it_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("no backend\nhere")

    monkeypatch.setattr("keyring.get_keyring", broken)
    for call in (
        lambda: store_secret(account(), Secret(CANARY)),
        lambda: find_secret(account()),
        lambda: forget_secret(account()),
    ):
        with pytest.raises(KeyringUnusable) as caught:
            call()
        assert "password_command" in str(caught.value)
        assert "\n" not in str(caught.value)


# --- a real Secret Service ---------------------------------------------------------------------------------------

needs_secret_service = pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="gnome-keyring or dbus-run-session is not installed",
)

REAL = """
import json, os, signal, time
from mailmerge.accounts import OAuthClient, Secret, account_from_preset, keyring_name
from mailmerge.accounts import find_secret, forget_secret, store_secret
from mailmerge.accounts import credentials
from mailmerge.accounts.credentials import Kept, drop, keep, recall
from mailmerge.errors import KeyringUnusable
account = account_from_preset("rh", "rh@x.example", host="mail.x.example")
moved = account_from_preset("rh", "rh@x.example", host="mail.elsewhere.example")
result = {"name": keyring_name(), "before": find_secret(account)}
store_secret(account, Secret(CANARY))
result["kept"] = find_secret(account).reveal() == CANARY
result["moved"] = find_secret(moved)
store_secret(account, Secret("another"))
result["replaced"] = find_secret(account).reveal()
forget_secret(account)
forget_secret(account)
result["after"] = find_secret(account)
signing_in = account_from_preset("rh", "rh@x.example", host="mail.x.example", auth="oauth2",
                    oauth=OAuthClient(issuer="microsoft", client_id="0000-11"))
token = "".join(chr(33 + n % 90) for n in range(4000))
keep(signing_in, Kept.REFRESH_TOKEN, Secret(token))
result["long"] = recall(signing_in, Kept.REFRESH_TOKEN).reveal() == token
keep(signing_in, Kept.REFRESH_TOKEN, Secret("short"))
result["shorter"] = recall(signing_in, Kept.REFRESH_TOKEN).reveal()
drop(signing_in, Kept.REFRESH_TOKEN)
result["dropped"] = recall(signing_in, Kept.REFRESH_TOKEN)
daemon = int(os.environ["DAEMON"])
credentials.KEYRING_SECONDS = 0.5
os.kill(daemon, signal.SIGSTOP)
started = time.monotonic()
try:
    find_secret(account)
except KeyringUnusable as error:
    result["frozen"] = str(error)
result["seconds"] = time.monotonic() - started
os.kill(daemon, signal.SIGKILL)
print(json.dumps(result))
"""


@needs_secret_service
def test_a_real_secret_service_keeps_replaces_and_forgets_a_secret(tmp_path: Path) -> None:
    script = tmp_path / "child.py"
    script.write_text(REAL.replace("CANARY", repr(CANARY)), encoding="utf-8")
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "PYTHON_KEYRING"))
    }
    environment |= {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(runtime), "XDG_DATA_HOME": str(tmp_path / "data")}
    daemon = "printf %s testpw | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &"
    wait = "for i in $(seq 100); do [ -S $XDG_RUNTIME_DIR/keyring/control ] && break; sleep 0.05; done"
    command = f'{daemon} export DAEMON=$!; {wait}; "{sys.executable}" "{script}"'
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", command],
        capture_output=True, text=True, env=environment, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["name"] == "Secret Service"
    assert result["before"] is None
    assert result["kept"]
    assert result["moved"] is None, "a password must not go to a server that it was not given for"
    assert result["replaced"] == "another"
    assert result["after"] is None
    assert (result["long"], result["shorter"], result["dropped"]) == (True, "short", None)
    assert "did not answer" in result["frozen"]
    assert result["seconds"] < 2
    assert CANARY not in done.stderr
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert CANARY.encode() not in kept


# --- long secrets ------------------------------------------------------------------------------------------------


def signing_in(**given: object) -> Account:
    client = OAuthClient(issuer="microsoft", client_id="0000-11")
    return account(auth="oauth2", oauth=client, **given)


@pytest.mark.parametrize("length", [1, 1199, 1200, 1201, 2399, 2400, 2401, 4000, 20_000])
@pytest.mark.parametrize("character", ["a", "é", "\U0001f511"])
def test_a_secret_of_any_length_fits_a_keyring_of_small_entries(keyring: Keyring, length: int, character: str) -> None:
    value = character * (length // (2 if character > "\uffff" else 1))
    keep(signing_in(), Kept.REFRESH_TOKEN, Secret(value))
    assert recall(signing_in(), Kept.REFRESH_TOKEN) == Secret(value)
    services = [key.partition("\n")[0] for key in keyring.entries()]
    assert len(services) == len(set(services)), "Windows renames entries of one service"
    drop(signing_in(), Kept.REFRESH_TOKEN)
    assert keyring.entries() == {}


def test_a_secret_that_no_keyring_should_hold_is_refused(keyring: Keyring) -> None:
    with pytest.raises(AccountError, match="longer than a keyring can take") as caught:
        keep(signing_in(), Kept.REFRESH_TOKEN, Secret("x" * 20_001))
    assert "xxx" not in str(caught.value)
    assert keyring.entries() == {}


@pytest.mark.parametrize(("first", "second"), [(4000, 1300), (4000, 10), (10, 4000), (1300, 4000), (2400, 2400)])
def test_one_secret_replaces_another_and_nothing_of_it_is_left(keyring: Keyring, first: int, second: int) -> None:
    keep(signing_in(), Kept.REFRESH_TOKEN, Secret("y" * first))
    keep(signing_in(), Kept.REFRESH_TOKEN, Secret("z" * second))
    assert recall(signing_in(), Kept.REFRESH_TOKEN) == Secret("z" * second)
    assert not [value for value in keyring.entries().values() if "yy" in value]


def test_a_missing_or_foreign_piece_is_no_secret_at_all(keyring: Keyring) -> None:
    keep(signing_in(), Kept.REFRESH_TOKEN, Secret("abc" * 1300))
    whole = keyring.entries()
    for key in whole:
        for damaged in ({**whole, key: "x"}, {k: v for k, v in whole.items() if k != key}):
            keyring._write(damaged)
            found = recall(signing_in(), Kept.REFRESH_TOKEN)
            assert found is None or found == Secret("x"), "never a truncated one"


def test_a_secret_that_looks_like_a_head_is_kept_as_it_is(keyring: Keyring) -> None:
    for value in ("mm1:3:0123456789abcdef", "mm1:0:0123456789abcdef", "mm1:", "mm1:3:xyz"):
        store_secret(account(), Secret(value))
        assert find_secret(account()) == Secret(value)


def test_what_is_kept_for_one_purpose_or_provider_is_not_found_for_another(keyring: Keyring) -> None:
    for number, what in enumerate(Kept):
        keep(signing_in(), what, Secret(f"secret {number}"))
    assert [recall(signing_in(), what) for what in Kept] == [Secret(f"secret {number}") for number in range(3)]
    other = account(auth="oauth2", oauth=OAuthClient(issuer="google", client_id="0000-11"))
    assert recall(other, Kept.REFRESH_TOKEN) is None
    assert recall(signing_in(username="paul@x.example"), Kept.REFRESH_TOKEN) is None
    assert find_secret(signing_in()) is None, "an account that signs in has no password"
    forget_secret(signing_in())
    assert keyring.entries() == {}
