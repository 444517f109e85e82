"""The key that a person approves with: its seed is in the system's keyring, and the keys made here are written down.

A key that was made in this home never counts as a second person's: that is why the public keys are kept beside.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from mailmerge.accounts.credentials import keep_entry, recall_entry
from mailmerge.accounts.secret import Secret
from mailmerge.approval.signatures.statement import plain_name
from mailmerge.environment import login_name
from mailmerge.errors import InputError, KeyringUnusable, os_reason
from mailmerge.files.home import private_directory, write_atomically, writing
from mailmerge.formats.decoding import decode
from mailmerge.i18n import N_
from mailmerge.settings.approval_rule import KEY_KIND, key_line, public_key
from mailmerge.text.folding import identifier
from mailmerge.text.regex import regex

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from mailmerge.environment import Environment

_SERVICE = "mailmerge approval"
_LARGEST = 64 << 10
_PRIVATE = regex(r"PRIVATE KEY|PuTTY-User-Key-File")


class _Made(msgspec.Struct, frozen=True):
    """What is written down in a home about its keys."""

    home: str
    """Names the entry in the keyring: a home that is a copy, or another one of the same person, has its own key."""
    keys: tuple[str, ...] = ()


class OwnKey(Struct, frozen=True):
    """The key of this home."""

    private: Ed25519PrivateKey
    public: bytes
    line: str
    """As OpenSSH writes a public key, with a name."""


def own_key(environment: Environment) -> OwnKey:
    """The key of this home, made where there is none yet.

    Raises:
        KeyringUnusable: no keyring that keeps a secret answers here, or it lost the key.
        InputError: what is written down about it cannot be read or written.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path = _path(environment)
    made = _read(path) or _Made(secrets.token_hex(16))
    stored = recall_entry(_SERVICE, made.home)
    if stored is None:
        seed = secrets.token_bytes(32)
        public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        _write(
            path, _Made(made.home, (*made.keys, key_line(public)))
        )  # first: a key that is not known here would count
        keep_entry(_SERVICE, made.home, Secret(base64.b64encode(seed).decode()))
    else:
        try:
            seed = base64.b64decode(stored.reveal(), validate=True)
        except (binascii.Error, ValueError):
            seed = b""
        if len(seed) != 32:
            raise KeyringUnusable(
                N_('the key to approve with is damaged in the keyring: delete the entry "{service}" there'),
                service=_SERVICE,
            )
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes_raw()
    if public not in _keys(_read(path)):
        _write(path, _Made(made.home, (*_lines(_read(path)), key_line(public))))
    return OwnKey(private, public, key_line(public, identifier(login_name()) or "approver"))


def keys_made_here(environment: Environment) -> frozenset[bytes]:
    """The public keys that were ever made in this home.

    Raises:
        InputError: what is written down about them cannot be read.
    """
    return _keys(_read(_path(environment)))


def full_name() -> str:
    """The name of whoever is at work here, as far as the system knows it."""
    with suppress(Exception):  # Windows has no such module, a container no such person
        import pwd

        if name := pwd.getpwnam(login_name()).pw_gecos.partition(",")[0].strip():
            return plain_name(name)
    return plain_name(login_name())


def read_public_key(path: Path) -> tuple[str, bytes]:
    """A name and the key of a public key file: the comment of its line, else the name of the file.

    Raises:
        InputError: it cannot be read, or is not an Ed25519 public key.
    """
    try:
        with path.open("rb") as file:
            decoded = decode(file.read(_LARGEST), "latin-1")  # PowerShell writes UTF-16 behind ">"
    except OSError as error:
        raise InputError(N_("cannot read {path}: {why}"), path=path, why=os_reason(error)) from None
    text = decoded[0].strip() if decoded else ""
    if _PRIVATE.search(text):
        raise InputError(
            N_(
                "{path} holds a private key, which must never leave its computer: give the public key, a single line"
                " that begins with ssh-ed25519"
            ),
            path=path,
        )
    key = public_key(text)
    if key is not None and "\n" not in text:
        comment = text.split(maxsplit=2)[2] if len(text.split()) > 2 else ""
        name = comment.partition("@")[0].strip() or path.stem
        return identifier(name) or "approver", key
    kind = text.split(maxsplit=1)[0] if text.startswith(("ssh-", "ecdsa-", "sk-")) else ""
    if kind and kind != KEY_KIND:
        raise InputError(
            N_(
                "{path} holds a key of kind {kind}: an approval is signed with an Ed25519 key, which"
                " `mailmerge approval key` prints on their computer"
            ),
            path=path,
            kind=kind[:40],
        )
    raise InputError(
        N_("{path} is not a public key: give the single line that `mailmerge approval key` prints on their computer"),
        path=path,
    )


def _path(environment: Environment) -> Path:
    return environment.home.data / "approval" / "keys.json"


def _read(path: Path) -> _Made | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Made)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(N_("cannot read {path}: {why}"), path=path, why=os_reason(error)) from None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise InputError(
            N_("{path} is damaged: restore it from a backup; it says which keys were made here"), path=path
        ) from None


def _write(path: Path, made: _Made) -> None:
    private_directory(path.parent)
    with writing(path):
        write_atomically(path, msgspec.json.encode(made))


def _lines(made: _Made | None) -> tuple[str, ...]:
    return made.keys if made else ()


def _keys(made: _Made | None) -> frozenset[bytes]:
    return frozenset(key for key in map(public_key, _lines(made)) if key is not None)
