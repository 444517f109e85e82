"""Write messages as .eml files, one per person, and a manifest that says what each is. Whole, or not at all."""

from __future__ import annotations

import datetime
import errno
import re
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from mailmerge.errors import OutboxError, os_cause
from mailmerge.files.home import make_private, write_atomically, write_new
from mailmerge.i18n import N_, Term
from mailmerge.model import SealedMessage
from mailmerge.text.folding import strip_accents
from mailmerge.text.regex import regex

MANIFEST = "manifest.json"
BLOCKED_FOLDER = "blocked"
_PROGRAM = "mailmerge"
_STAGING = ".export-"
_OUR_FILE = regex(rf"(?:{BLOCKED_FOLDER}/)?[0-9]{{3,}}-[a-z0-9-]+\.eml")
_SUBJECT = regex(rb"^Subject:[ \t]*((?:[^\r\n]|\r\n[ \t])*)\r\n", re.MULTILINE | re.IGNORECASE)
_NOT_SLUG = regex(r"[^a-z0-9]+")


class BlockedMessage(Struct, frozen=True):
    """A message that a blocking finding stops."""

    record: int
    name: str
    address: str
    rules: Collection[str]
    """Codes of the rules that stop it."""
    message: SealedMessage | None
    """None where the letter could not even be rendered."""


class ManifestEntry(Struct, frozen=True):
    """One message of an export."""

    record: int
    name: str
    address: str
    file: str
    """Relative to the export's folder, with ``/``; empty where there is none."""
    sha256: str
    message_id: str
    subject: str


class BlockedEntry(ManifestEntry, frozen=True):
    """One message of an export that would not be sent."""

    rules: tuple[str, ...]


class Manifest(Struct, frozen=True):
    """What ``manifest.json`` says."""

    program: str
    campaign: str
    run: str | None
    """None for a dry run."""
    created: datetime.datetime
    count: int
    """Messages without a blocking finding."""
    messages: tuple[ManifestEntry, ...]
    blocked: tuple[BlockedEntry, ...]

    @property
    def kept_apart(self) -> int:
        """How many blocked messages are in the folder for them."""
        return sum(1 for entry in self.blocked if entry.file)

    @property
    def not_made(self) -> int:
        """How many could not be made at all, and are nowhere."""
        return len(self.blocked) - self.kept_apart


def export_eml(
    messages: Iterable[SealedMessage],
    folder: Path,
    *,
    blocked: Iterable[BlockedMessage] = (),
    campaign: str = "",
    run: str | None = None,
    created: datetime.datetime | None = None,
) -> Manifest:
    """Write ``NNN-name.eml`` for each message, those blocked to ``blocked/``, and ``manifest.json``.

    ``blocked`` is read after ``messages``. An earlier export in the same folder is replaced; files that are not of
    that export stay.

    Raises:
        OutboxError: the folder holds something else, or cannot be written. An earlier export is then still whole.
    """
    with _translate_os_errors(folder), _made(folder), _staging(folder) as staging:
        earlier = _earlier_files(folder)
        written = [_entry(message, staging) for message in messages]
        stopped = [_blocked_entry(item, staging) for item in blocked]
        entries = [*written, *stopped]
        digits = max(3, len(str(max((entry.record for entry in entries), default=0))))
        manifest = Manifest(
            program=_PROGRAM,
            campaign=campaign,
            run=run,
            created=created or datetime.datetime.now(datetime.UTC),
            count=len(written),
            messages=tuple(_numbered(entry, digits) for entry in written),
            blocked=tuple(_numbered(entry, digits) for entry in stopped),
        )
        _publish(manifest, staging, folder, earlier)
    return manifest


def _entry(message: SealedMessage, staging: Path) -> ManifestEntry:
    file = staging / f"{message.record}.eml"
    if file.exists():
        raise OutboxError(N_("record {record} has two messages: nothing was exported"), record=message.record)
    write_new(file, message.content)
    return ManifestEntry(
        record=message.record,
        name=message.name,
        address=message.envelope.forward_path,
        file=_file_name(message.name, message.envelope.forward_path),
        sha256=message.sha256,
        message_id=message.message_id,
        subject=_subject(message.content),
    )


def _blocked_entry(item: BlockedMessage, staging: Path) -> BlockedEntry:
    written = _entry(item.message, staging) if item.message else None
    return BlockedEntry(
        record=item.record,
        name=item.name,
        address=item.address,
        file=f"{BLOCKED_FOLDER}/{written.file}" if written else "",
        sha256=written.sha256 if written else "",
        message_id=written.message_id if written else "",
        subject=written.subject if written else "",
        rules=tuple(item.rules),
    )


_E = TypeVar("_E", bound=ManifestEntry)


def _numbered(entry: _E, digits: int) -> _E:
    if not entry.file:
        return entry
    folder, slash, name = entry.file.rpartition("/")
    return replace(entry, file=f"{folder}{slash}{entry.record:0{digits}d}-{name}")


def _file_name(name: str, address: str) -> str:
    """ASCII letters, digits and hyphens: safe on every file system, once a number is in front of it."""
    for text in (name, address):
        if slug := _NOT_SLUG.sub("-", strip_accents(text)).strip("-")[:60].strip("-"):
            return f"{slug}.eml"
    return "message.eml"


def _subject(content: bytes) -> str:
    found = _SUBJECT.search(content, 0, content.find(b"\r\n\r\n") + 2)
    if found is None:
        return ""
    text = found[1].replace(b"\r\n", b"").decode("utf-8", "replace")
    with suppress(HeaderParseError, LookupError, ValueError):
        text = str(make_header(decode_header(text)))
    return " ".join(text.split())


def _publish(manifest: Manifest, staging: Path, folder: Path, earlier: Collection[str]) -> None:
    """Move the files to their place. The manifest goes first, so that it always lists every file of ours."""
    entries = [entry for entry in (*manifest.messages, *manifest.blocked) if entry.file]
    files = {entry.file for entry in entries}
    for file in sorted(files - set(earlier)):
        if (folder / file).exists():
            raise OutboxError(
                N_("{path} already exists and is not from an earlier export: move it elsewhere"), path=folder / file
            )
    if manifest.blocked:
        make_private(folder / BLOCKED_FOLDER)
    document = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    write_atomically(folder / MANIFEST, document + b"\n")
    for file in earlier:
        if file not in files:
            (folder / file).unlink(missing_ok=True)
    for entry in entries:
        (staging / f"{entry.record}.eml").replace(folder / entry.file)
    if not manifest.blocked:
        with suppress(OSError):  # there is none, or somebody keeps a file of their own in it
            (folder / BLOCKED_FOLDER).rmdir()


def _earlier_files(folder: Path) -> list[str]:
    """The .eml files that an earlier export left here.

    Raises:
        OutboxError: the folder holds something, and no manifest of ours.
    """
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=_Earlier)
    except FileNotFoundError:
        manifest = None
    except msgspec.DecodeError:
        raise _not_ours(folder) from None
    if manifest is None:
        if any(not path.name.startswith(_STAGING) for path in folder.iterdir()):
            raise _not_ours(folder)
        return []
    if manifest.program != _PROGRAM:
        raise _not_ours(folder)
    files = [entry.file for entry in (*manifest.messages, *manifest.blocked)]
    return [file for file in files if _OUR_FILE.fullmatch(file)]


def _not_ours(folder: Path) -> OutboxError:
    return OutboxError(
        N_("{folder} is not empty and has no earlier export in it: choose another folder"), folder=folder
    )


class _EarlierFile(msgspec.Struct):
    file: str = ""


class _Earlier(msgspec.Struct):
    program: str = ""
    messages: Sequence[_EarlierFile] = ()
    blocked: Sequence[_EarlierFile] = ()


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make the folder; take it away again where nothing came of it."""
    missing = not folder.exists()
    make_private(folder)
    try:
        yield
    except BaseException:
        if missing:
            with suppress(OSError):
                folder.rmdir()
        raise


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A folder within, where the files are made; what a killed export left is cleared away."""
    staging = Path(tempfile.mkdtemp(dir=folder, prefix=_STAGING))
    try:
        yield staging
    finally:
        for left in folder.glob(f"{_STAGING}*"):
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _translate_os_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except (FileExistsError, NotADirectoryError) as error:
        raise OutboxError(
            N_("{path} is a file, but a folder is needed there; move it elsewhere"), path=error.filename
        ) from None
    except OSError as error:
        reason = Term(N_("the disk is full")) if error.errno == errno.ENOSPC else os_cause(error)
        raise OutboxError(
            N_("cannot export to {folder}: {reason}; choose another folder"), folder=folder, reason=reason
        ) from None
