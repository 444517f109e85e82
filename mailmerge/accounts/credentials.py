"""Secrets stay with the operating system's keyring, or with a password manager's command: never in a file of ours.

Only backends that really keep a secret are used: with ``keyrings.alt`` installed the keyring library writes a plain
text file without a word, and its null backend says "done" and keeps nothing.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from mailmerge.accounts.account import Account
from mailmerge.accounts.secret import Secret
from mailmerge.errors import AccountError, KeyringUnusable, os_reason
from mailmerge.text import shorten, split_command

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

ALLOWED = {
    ("keyring.backends.SecretService", "Keyring"): "Secret Service",
    ("keyring.backends.kwallet", "DBusKeyring"): "KWallet",
    ("keyring.backends.libsecret", "Keyring"): "libsecret",
    ("keyring.backends.macOS", "Keyring"): "macOS Keychain",
    ("keyring.backends.Windows", "WinVaultKeyring"): "Windows Credential Manager",
}
"""Backends that encrypt what they keep, by module and class."""
_CHAINER = ("keyring.backends.chainer", "ChainerBackend")

KEYRING_SECONDS = 15.0
"""A frozen daemon holds a D-Bus call for 25 s; an unlocked keyring answers in milliseconds."""
COMMAND_SECONDS = 60.0
"""A password manager may ask its user something first."""
COMMAND_BYTES = 64 * 1024
_LAST_WORDS = 1.0
_INSTEAD = "the password can be asked for each time, or set password_command in config.toml"


def find(account: Account) -> Secret | None:
    """The account's secret: from its command where it has one, else from the keyring; None where none is stored.

    Raises:
        AccountError: the command failed.
        KeyringUnusable: no keyring that keeps a secret answers here.
    """
    if account.auth == "none":
        return None
    command = account.token_command or account.password_command
    if command:
        return _from_command(account, command)
    found: Secret | None = _ask("read from", lambda: _read(account))
    return found


def store(account: Account, secret: Secret) -> None:
    """Keep the secret in the keyring, and read it back: a keyring that forgets is no keyring.

    Raises:
        KeyringUnusable: no keyring that keeps a secret answers here, or it did not keep this one.
    """
    if _ask("write to", lambda: _write(account, secret)):
        return
    raise KeyringUnusable(f'the keyring did not keep the password of account "{account.name}"; {_INSTEAD}')


def forget(account: Account) -> None:
    """Take the account's secret out of the keyring; nothing happens where none is stored.

    Raises:
        KeyringUnusable: no keyring that keeps a secret answers here.
    """
    _ask("write to", lambda: _delete(account))


def keyring_name() -> str:
    """What the keyring in use is called.

    Raises:
        KeyringUnusable: no keyring that keeps a secret answers here.
    """
    return _ask("reach", lambda: ALLOWED[_kind(_backend())])


def _service(account: Account) -> tuple[str, str]:
    """The host is part of the key: a password never goes to a server that it was not given for."""
    return f"mailmerge {account.name}", f"{account.username} at {account.host}"


def _read(account: Account) -> Secret | None:
    value = _backend().get_password(*_service(account))
    return None if value is None else Secret(value)


def _write(account: Account, secret: Secret) -> bool:
    backend = _backend()
    backend.set_password(*_service(account), secret.reveal())
    return backend.get_password(*_service(account)) == secret.reveal()


def _delete(account: Account) -> None:
    backend = _backend()
    if backend.get_password(*_service(account)) is not None:
        backend.delete_password(*_service(account))


def _kind(backend: KeyringBackend) -> tuple[str, str]:
    return type(backend).__module__, type(backend).__name__


def _backend() -> KeyringBackend:
    import keyring

    chosen = keyring.get_keyring()
    members: list[KeyringBackend] = getattr(chosen, "backends", []) if _kind(chosen) == _CHAINER else [chosen]
    for member in members:
        if _kind(member) in ALLOWED:
            return member
    raise KeyringUnusable(f"no keyring of the system keeps passwords safely here; {_INSTEAD}")


def _ask(verb: str, call: Callable[[], T]) -> T:
    """The result of a keyring call, made in a thread of its own and given up after :data:`KEYRING_SECONDS`."""
    results: list[T] = []
    problems: list[str] = []

    def work() -> None:
        try:
            results.append(call())
        except KeyringUnusable as error:
            problems.append(str(error))
        except Exception as error:  # noqa: BLE001  (backends raise whatever their libraries raise)
            problems.append(f"cannot {verb} the keyring ({type(error).__name__}: {shorten(str(error))}); {_INSTEAD}")

    thread = threading.Thread(target=work, name="keyring", daemon=True)
    thread.start()
    thread.join(KEYRING_SECONDS)
    if results:
        return results[0]
    reason = (
        problems[0]
        if problems
        else f"the keyring did not answer within {KEYRING_SECONDS:.0f} s: unlock it and try again"
    )
    raise KeyringUnusable(reason)


def _from_command(account: Account, command: str) -> Secret:
    key = "token_command" if account.token_command else "password_command"
    where = f'account "{account.name}": {key}'
    try:
        arguments = split_command(command)
    except ValueError as error:
        raise AccountError(f"{where} cannot be read: {str(error).lower()}") from None
    output, problem = _run(arguments)
    if problem:
        raise AccountError(f"{where} {problem}")
    try:
        value = bytes(output).partition(b"\n")[0].rstrip(b"\r").decode()
    except UnicodeDecodeError:
        value, problem = "", "printed something that is not UTF-8 text"
    if not value:
        raise AccountError(f"{where} {problem or 'printed nothing on its first line'}")
    return Secret(value)


def _run(arguments: list[str]) -> tuple[bytearray, str]:
    """What the command printed, or what went wrong: a sentence that holds nothing of what it printed.

    Its stderr is not read: a password manager may print anything there, the password included.
    """
    options: dict[str, Any] = {
        "stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "bufsize": 0,
    }  # fmt: skip
    try:
        process = subprocess.Popen(arguments, **options)  # noqa: S603  (the user's own command, no shell)
    except OSError as error:
        return bytearray(), f"cannot be run: {os_reason(error)}"
    except (ValueError, IndexError):
        return bytearray(), "cannot be run: give a program and its arguments"
    output = bytearray()

    def read() -> None:
        assert process.stdout is not None  # noqa: S101
        with process.stdout as pipe, suppress(OSError):
            while len(output) <= COMMAND_BYTES and (piece := pipe.read(COMMAND_BYTES)):
                output.extend(piece)
        if len(output) > COMMAND_BYTES:
            process.kill()

    reader = threading.Thread(target=read, name="password command", daemon=True)
    reader.start()
    try:
        code = process.wait(COMMAND_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return bytearray(), f"did not end within {COMMAND_SECONDS:.0f} s"
    reader.join(_LAST_WORDS)  # a process that it left behind may hold the pipe open
    if len(output) > COMMAND_BYTES:
        return (
            bytearray(),
            f"printed more than {COMMAND_BYTES // 1024} KB: it should print the secret on its first line",
        )
    if code != 0:
        return bytearray(), f"failed with exit code {code}: run it in a terminal to see why"
    return output, ""
