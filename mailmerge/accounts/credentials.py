"""Secrets are kept in the OS keyring, or fetched by a password manager's command; we never store them.

Only backends that really keep a secret are used: with ``keyrings.alt`` installed the keyring library writes a plain
text file without a word, and its null backend says "done" and keeps nothing.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from mailmerge.accounts import chunks
from mailmerge.accounts.account import Account
from mailmerge.accounts.secret import Secret
from mailmerge.errors import AccountError, KeyringUnusable, Reason, os_cause
from mailmerge.i18n import N_, Term
from mailmerge.text.command_line import split_command
from mailmerge.text.shown import shorten

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
_INSTEAD = N_("the password can be asked for each time, or set password_command in config.toml")
_INSTEAD_OF_SIGNING_IN = N_("unlock or install one, or set token_command in config.toml")
_INSTEAD_OF_A_KEY = N_("unlock or install one: the key to approve with is kept nowhere else")
_NO_KEYRING = N_("no secure keyring is available on this computer")


Verb = Literal["read", "write", "reach"]
_REFUSES: Mapping[Verb, str] = {
    "read": N_("cannot read from the keyring ({kind}: {said}); {instead}"),
    "write": N_("cannot write to the keyring ({kind}: {said}); {instead}"),
    "reach": N_("cannot reach the keyring ({kind}: {said}); {instead}"),
}


class Kept(StrEnum):
    """What the keyring keeps for an account."""

    PASSWORD = "password"  # noqa: S105  (its name, not the password)
    REFRESH_TOKEN = "sign-in"  # noqa: S105
    CLIENT_SECRET = "client secret"  # noqa: S105


_WORDS = {Kept.PASSWORD: N_("password"), Kept.REFRESH_TOKEN: N_("sign-in"), Kept.CLIENT_SECRET: N_("client secret")}


def find_secret(account: Account) -> Secret | None:
    """The secret to log in with: from the account's command where it has one, else from the keyring.

    None where none is stored; an account that is signed in has none, but :class:`mailmerge.accounts.oauth.Tokens`.

    Raises:
        AccountError: the command failed.
        KeyringUnusable: no keyring that keeps a secret answers here.
    """
    if account.auth == "none" or account.oauth is not None:
        return None
    command = account.token_command or account.password_command
    if command:
        return _from_command(account, command)
    return recall(account, Kept.PASSWORD)


def store_secret(account: Account, secret: Secret) -> None:
    """Keep the password in the keyring, and read it back: a keyring that forgets is no keyring.

    Raises:
        KeyringUnusable: no keyring that keeps a secret answers here, or it did not keep this one.
    """
    keep(account, Kept.PASSWORD, secret)


def forget_secret(account: Account) -> None:
    """Take the account's secrets out of the keyring; nothing happens where none is stored.

    Raises:
        KeyringUnusable: no keyring that keeps a secret answers here.
    """
    for what in Kept:
        if what is Kept.PASSWORD or account.oauth is not None:
            drop(account, what)


def recall(account: Account, what: Kept) -> Secret | None:
    """What the keyring keeps; None where it keeps nothing, or not all of it.

    Raises:
        KeyringUnusable: no keyring that keeps a secret answers here.
    """
    value = _ask("read", lambda: chunks.read(_backend(), *_service(account, what)), _instead(what))
    return None if value is None else Secret(value)


def keep(account: Account, what: Kept, secret: Secret) -> None:
    """Keep a secret in the keyring, in pieces where it is long, and read it back.

    Raises:
        KeyringUnusable: no keyring that keeps a secret answers here, or it did not keep this one.
        AccountError: the secret is longer than :data:`chunks.LONGEST`.
    """
    if chunks.length(secret.reveal()) > chunks.LONGEST:
        raise AccountError(
            N_('the {what} of account "{account}" is longer than a keyring can take; {advice}'),
            what=Term(_WORDS[what]),
            account=account.name,
            advice=Term(_INSTEAD_OF_SIGNING_IN),
        )
    if not _ask("write", lambda: _write(account, what, secret), _instead(what)):
        raise KeyringUnusable(
            N_('the keyring did not keep the {what} of account "{account}"; {advice}'),
            what=Term(_WORDS[what]),
            account=account.name,
            advice=Term(_instead(what)),
        )


def recall_entry(service: str, username: str) -> Secret | None:
    """A secret that belongs to no account; None where there is none.

    Raises:
        KeyringUnusable: no keyring that keeps a secret answers here.
    """
    value = _ask("read", lambda: chunks.read(_backend(), service, username), _INSTEAD_OF_A_KEY)
    return None if value is None else Secret(value)


def keep_entry(service: str, username: str, secret: Secret) -> None:
    """Keep a secret that belongs to no account, and read it back.

    Raises:
        KeyringUnusable: no keyring that keeps a secret answers here, or it did not keep this one.
    """

    def write() -> bool:
        chunks.write(_backend(), service, username, secret.reveal())
        return chunks.read(_backend(), service, username) == secret.reveal()

    if not _ask("write", write, _INSTEAD_OF_A_KEY):
        raise KeyringUnusable(N_("the keyring did not keep the key; {advice}"), advice=Term(_INSTEAD_OF_A_KEY))


def drop(account: Account, what: Kept) -> None:
    """Take one secret out of the keyring; nothing happens where it is not there.

    Raises:
        KeyringUnusable: no keyring that keeps a secret answers here.
    """
    _ask("write", lambda: chunks.delete(_backend(), *_service(account, what)), _instead(what))


def keyring_name() -> str:
    """What the keyring in use is called.

    Raises:
        KeyringUnusable: no keyring that keeps a secret answers here.
    """
    return _ask("reach", lambda: ALLOWED[_kind(_backend())])


def _service(account: Account, what: Kept) -> tuple[str, str]:
    """Whom a secret was given for is part of the key: neither a password nor a token ever goes to somebody else."""
    if what is Kept.PASSWORD or account.oauth is None:
        return f"mailmerge {account.name}", f"{account.username} at {account.host}"
    client = account.oauth
    whom = f"{client.issuer} {client.tenant}".strip()
    server = f" for {account.host}" if what is Kept.REFRESH_TOKEN else ""
    return f"mailmerge {account.name} {what}", f"{account.username} at {whom} by {client.client_id}{server}"


def _write(account: Account, what: Kept, secret: Secret) -> bool:
    backend, service = _backend(), _service(account, what)
    chunks.write(backend, *service, secret.reveal())
    return chunks.read(backend, *service) == secret.reveal()


def _instead(what: Kept) -> str:
    return _INSTEAD if what is Kept.PASSWORD else _INSTEAD_OF_SIGNING_IN


def _kind(backend: KeyringBackend) -> tuple[str, str]:
    return type(backend).__module__, type(backend).__name__


def _backend() -> KeyringBackend:
    import keyring

    chosen = keyring.get_keyring()
    members: list[KeyringBackend] = getattr(chosen, "backends", []) if _kind(chosen) == _CHAINER else [chosen]
    for member in members:
        if _kind(member) in ALLOWED:
            return member
    raise KeyringUnusable(_NO_KEYRING)


def _ask(verb: Verb, call: Callable[[], T], instead: str = _INSTEAD) -> T:
    """The result of a keyring call, made in a thread of its own and given up after :data:`KEYRING_SECONDS`."""
    results: list[T] = []
    problems: list[KeyringUnusable] = []

    def work() -> None:
        try:
            results.append(call())
        except KeyringUnusable as error:
            problems.append(KeyringUnusable(N_("{problem}; {instead}"), problem=error, instead=Term(instead)))
        except Exception as error:  # noqa: BLE001  (backends raise whatever their libraries raise)
            kind, said = type(error).__name__, shorten(str(error))
            problems.append(KeyringUnusable(_REFUSES[verb], kind=kind, said=said, instead=Term(instead)))

    thread = threading.Thread(target=work, name="keyring", daemon=True)
    thread.start()
    thread.join(KEYRING_SECONDS)
    if results:
        return results[0]
    if problems:
        raise problems[0]
    raise KeyringUnusable(
        N_("the keyring did not answer within {seconds:.0f} s: unlock it and try again"), seconds=KEYRING_SECONDS
    )


def _from_command(account: Account, command: str) -> Secret:
    key = "token_command" if account.token_command else "password_command"

    def failed(problem: Reason) -> AccountError:
        return AccountError(N_('account "{account}": {key} {problem}'), account=account.name, key=key, problem=problem)

    try:
        arguments = split_command(command)
    except ValueError as error:
        raise failed(Reason("unreadable", N_("cannot be read: {said}"), said=str(error).lower())) from None
    output, problem = _run(arguments)
    if problem:
        raise failed(problem)
    try:
        value = bytes(output).partition(b"\n")[0].rstrip(b"\r").decode()
    except UnicodeDecodeError:
        raise failed(Reason("not-text", N_("printed something that is not UTF-8 text"))) from None
    if not value:
        raise failed(Reason("nothing", N_("printed nothing on its first line")))
    return Secret(value)


def _run(arguments: list[str]) -> tuple[bytearray, Reason | None]:
    """What the command printed, or what went wrong: a reason that holds nothing of what it printed.

    Its stderr is not read: a password manager may print anything there, the password included.
    """
    options: dict[str, Any] = {
        "stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "bufsize": 0,
    }  # fmt: skip
    try:
        process = subprocess.Popen(arguments, **options)  # noqa: S603  (the user's own command, no shell)
    except OSError as error:
        return bytearray(), Reason("not-run", N_("cannot be run: {said}"), said=os_cause(error))
    except (ValueError, IndexError):
        return bytearray(), Reason("no-program", N_("cannot be run: give a program and its arguments"))
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
        return bytearray(), Reason("endless", N_("did not end within {seconds:.0f} s"), {"seconds": COMMAND_SECONDS})
    reader.join(_LAST_WORDS)  # a process that it left behind may hold the pipe open
    if len(output) > COMMAND_BYTES:
        too_much = N_("printed more than {limit} KB: it should print the secret on its first line")
        return bytearray(), Reason("too-much", too_much, {"limit": COMMAND_BYTES // 1024})
    if code != 0:
        failed = N_("failed with exit code {code}: run it in a terminal to see why")
        return bytearray(), Reason("failed", failed, {"code": code})
    return output, None
