"""The key of this home: what runs remember about people is a digest under it, which says nothing to anybody else."""

from __future__ import annotations

import hashlib
import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from mailmerge.errors import OutboxError, Reason
from mailmerge.files.home import alone_with, private_directory, write_atomically
from mailmerge.i18n import N_
from mailmerge.model.reticent import Reticent
from mailmerge.outbox.comparison.likeness import MOST, SOME, likeness, likeness_of
from mailmerge.outbox.connection import translate_errors
from mailmerge.text.addresses import same_mailbox_key

KEY_FILE = "memory.key"
DIGEST_BYTES = 16
"""Octets of a keyed digest: 128 bits of an HMAC-SHA256."""
_SECRET_BYTES = 32
_BLOCK = 64
"""Octets that SHA-256 takes at once."""
_INNER, _OUTER = (bytes(octet ^ pad for octet in range(256)) for pad in (0x36, 0x5C))


class KeyDamaged(OutboxError):
    """The key file does not hold a key."""

    def __init__(self, reason: Reason):
        super().__init__(reason)
        self.reason = reason


class LetterKeys(Struct, frozen=True):
    """What is remembered of a letter: keyed digests."""

    file: bytes
    """Of the path of its file; empty where only its name is known."""
    template: bytes
    """Of its source, white space aside; empty where only its name is known."""
    name: bytes
    """Of its name and its campaign's."""
    place: bytes = b""
    """Of the identity of its folder, which a new name does not change, and the name of its file."""
    identity: bytes = b""
    """Of the identity of its file, which a new name does not change; an editor may write another file."""
    filename: bytes = b""
    """Of the name of its file alone."""
    likeness: bytes = b""
    """By which other versions of it are recognised (:mod:`mailmerge.outbox.comparison.likeness`)."""

    def is_same(self, other: LetterKeys) -> bool:
        """Whether both are the same letter: one file, wherever it is now and whatever it is called, or a copy of it.

        A file that is another one by its path counts as the same while it still has some of its words, or most of
        them if only its name speaks for it. By name where one of them remembers no more.
        """
        if not self.file or not other.file:
            return self.name == other.name
        if self.file == other.file or self.template == other.template:
            return True
        alike = likeness(self.likeness, other.likeness)
        if (self.place and self.place == other.place) or (self.identity and self.identity == other.identity):
            return alike >= SOME
        return alike >= MOST and self.filename == other.filename

    def is_like(self, other: LetterKeys) -> bool:
        """Whether most of their words are the same."""
        return likeness(self.likeness, other.likeness) >= MOST

    @property
    def locks(self) -> set[str]:
        """Names of the locks that whoever sends this letter holds."""
        return {digest.hex() for digest in (self.file, self.template, self.name) if digest}


class Key(Reticent, frozen=True, dict=True):
    """A secret, and the digests that it makes (HMAC-SHA256, RFC 2104, cut to 128 bits)."""

    secret: bytes

    @cached_property
    def id(self) -> str:
        """Names the key without telling it."""
        return self._digest("id", "").hex()

    def __reduce__(self) -> tuple[type[Key], tuple[bytes]]:
        return Key, (self.secret,)

    @cached_property
    def _begun(self) -> tuple[Any, Any]:
        """The inner and the outer hash with the secret in them (RFC 2104, section 4): a third of the time."""
        padded = (self.secret if len(self.secret) <= _BLOCK else hashlib.sha256(self.secret).digest()).ljust(
            _BLOCK, b"\0"
        )
        return hashlib.sha256(padded.translate(_INNER)), hashlib.sha256(padded.translate(_OUTER))

    def _mac(self, message: bytes) -> bytes:
        """HMAC-SHA256 of a message, cut short."""
        begun = self._begun
        inner, outer = begun[0].copy(), begun[1].copy()
        inner.update(message)
        outer.update(inner.digest())
        digest: bytes = outer.digest()
        return digest[:DIGEST_BYTES]

    def mailbox(self, address: str) -> bytes:
        """The same for all spellings of one mailbox (:func:`mailmerge.text.addresses.same_mailbox_key`)."""
        key = same_mailbox_key(address).encode("utf-8", "surrogatepass")
        return self._mac(b"mailbox\0" + key)

    def words(self, digest: bytes) -> bytes:
        """Of the digest of what one message says."""
        return self._mac(b"words\0" + digest)

    def campaign(self, folder: Path) -> bytes:
        """Of the folder of a campaign: of its path, and of its identity, which a new name does not change."""
        return self._digest("campaign", str(folder.resolve())) + self._identity("folder", folder)

    def letter(self, path: Path, source: str, campaign: str, name: str) -> LetterKeys:
        """Of a letter file, its source, and the names of its campaign and its own."""
        return LetterKeys(
            file=self._digest("letter", os.path.normcase(path.resolve())),
            template=self._digest("template", " ".join(source.split())),
            name=self._name(campaign, name),
            place=self._identity("place", path.parent, path.name),
            identity=self._identity("identity", path),
            filename=self._digest("filename", path.name),
            likeness=likeness_of(source, self.secret),
        )

    def named_letters(self, campaign: str, letters: str) -> list[LetterKeys]:
        """Of the letters of a run of which only the names are known, as its file joins them; none where it has none."""
        names = filter(None, letters.split(", "))
        return [LetterKeys(file=b"", template=b"", name=self._name(campaign, name)) for name in names]

    def _identity(self, kind: str, path: Path, name: str = "") -> bytes:
        """Of what stays of a file or folder that is given another name; empty where the system has no such thing."""
        try:
            found = path.stat()
        except OSError:
            return b""
        return self._digest(kind, f"{found.st_dev}:{found.st_ino}\0{name}") if found.st_ino else b""

    def _name(self, campaign: str, name: str) -> bytes:
        return self._digest("name", f"{campaign}\0{name}")

    def _digest(self, kind: str, text: str) -> bytes:
        value = f"{kind}\0{text}".encode("utf-8", "surrogatepass")
        return self._mac(value)


def same_folder(one: bytes, other: bytes) -> bool:
    """Whether two campaigns (:meth:`Key.campaign`) are in the same folder, under whatever name."""
    return not _parts(one).isdisjoint(_parts(other))


def _parts(campaign: bytes) -> set[bytes]:
    return {campaign[at : at + DIGEST_BYTES] for at in range(0, len(campaign), DIGEST_BYTES)}


def passing_key() -> Key:
    """A key for one comparison, where nothing is remembered under another."""
    return Key(secrets.token_bytes(_SECRET_BYTES))


def find_key(folder: Path) -> Key | None:
    """The key of the runs in ``folder``; None where there is no file.

    Raises:
        KeyDamaged: the file holds no key.
        OutboxError: it cannot be read.
    """
    path = folder / KEY_FILE
    with translate_errors(path, "read"):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
    secret, _, check = content.decode("ascii", "replace").strip().partition(" ")
    if len(secret) != 2 * _SECRET_BYTES or check != _check(secret):
        raise KeyDamaged(Reason("key-damaged", N_("the key {path} is damaged"), {"path": str(path)}))
    return Key(bytes.fromhex(secret))


def known_key(folder: Path) -> Key | None:
    """The key of the runs in ``folder``; None where there is none that can be used."""
    try:
        return find_key(folder)
    except OutboxError:
        return None


def make_key(folder: Path, *, set_damaged_aside: bool = False) -> Key:
    """The key of the runs in ``folder``, made now where there is none; two processes come to the same one.

    A file that holds no key is kept under another name where that is asked for.

    Raises:
        KeyDamaged: the file holds no key.
        OutboxError: it cannot be read or written.
    """
    path = folder / KEY_FILE
    private_directory(folder)
    with translate_errors(path, "written"), alone_with(path):
        return _found_or_made(path, set_damaged_aside=set_damaged_aside)


def _found_or_made(path: Path, *, set_damaged_aside: bool) -> Key:
    try:
        if (found := find_key(path.parent)) is not None:
            return found
    except KeyDamaged:
        if not set_damaged_aside:
            raise
        path.replace(path.with_suffix(f".damaged-{secrets.token_hex(4)}"))
    made = passing_key()
    secret = made.secret.hex()
    write_atomically(path, f"{secret} {_check(secret)}\n".encode())
    return made


def _check(secret: str) -> str:
    """Tells a key that was cut short or changed."""
    return hashlib.sha256(b"mailmerge key\0" + secret.encode()).hexdigest()[:16]
