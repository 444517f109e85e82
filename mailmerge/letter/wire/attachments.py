"""Files that are sent with a message: only those in the letter's own folder, each as it was when first read."""

from __future__ import annotations

import mimetypes
import os
import stat
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from threading import Lock
from unicodedata import normalize
from urllib.parse import unquote

from msgspec.structs import replace

from mailmerge.errors import RenderFailed, os_cause
from mailmerge.letter.reasons import reason
from mailmerge.letter.wire.names_on_disk import as_on_disk
from mailmerge.model import Attachment, FileProblem, ProblemKind
from mailmerge.runtime.cache import BoundedCache
from mailmerge.text.regex import regex
from mailmerge.text.shown import one_line

MAX_SIZE = 25_000_000
"""Octets of one file; more than that no provider takes (Gmail, Microsoft 365: 25 MB a message)."""
_NO_DIGEST = b""
"""Of a file that read in two ways: whatever it holds, it is refused."""
_DRIVE = regex(r"\s*[A-Za-z]:")
_KEPT = 64_000_000
"""Octets of files kept in memory for the next message."""

_TYPES = mimetypes.MimeTypes()  # the built-in table only: the same file has the same type on every machine
for _extension, _type in {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ics": "text/calendar",
    ".vcf": "text/vcard",
    ".webp": "image/webp",
    ".md": "text/markdown",
    ".rtf": "application/rtf",
}.items():
    _TYPES.add_type(_type, _extension)


class AttachmentFolder:
    """The attachments of one letter, read from its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = Path(os.path.abspath(folder))  # noqa: PTH100  (links in the folder's own path are the user's)
        self._kept = BoundedCache[tuple[str, str, str | None], Attachment](_KEPT, lambda kept: len(kept.content))
        self._digests: dict[str, bytes] = {}
        self._lock = Lock()

    @property
    def digests(self) -> Mapping[str, bytes]:
        """Of each file that was asked for, by its path: the SHA-256 of how it read the first time."""
        with self._lock:
            return dict(self._digests)

    def digest(self, attachment: Attachment) -> bytes:
        """Of a file that was asked for: the SHA-256 of how it read."""
        with self._lock:
            return self._digests[str(attachment.path)]

    def pin_attachments(self, digests: Mapping[str, bytes]) -> None:
        """Accept only files whose content matches these digests; refuse any that was read differently here."""
        with self._lock:
            for path, digest in digests.items():
                if self._digests.setdefault(path, digest) != digest:
                    self._digests[path] = _NO_DIGEST
            self._kept.forget(lambda kept: self._digests[str(kept.path)] == _NO_DIGEST)

    def attachment(self, relative: str, content_id: str = "", *, within: str | None = None) -> Attachment:
        """The file at a path relative to the letter; ``within`` is how it begins, where values make up the rest.

        A file that cannot be sent (missing, empty, unreadable, too large, outside the folder, a symbolic link, a name
        that reads as an encoded word of RFC 2047) comes without content and with ``problem`` set. So does one whose
        values lead out of the folder that the letter names, or try to.

        Raises:
            RenderFailed: it reads otherwise than before: what was reviewed would not be what is sent.
        """
        key = (relative, content_id, within)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                return kept
            attachment = replace(self._read(relative, within), content_id=content_id)
            digest = _digest(attachment)
            if self._digests.setdefault(str(attachment.path), digest) != digest:
                raise RenderFailed(reason("file-changed", name=attachment.filename))
            return self._kept.put(key, attachment)

    def _read(self, relative: str, within: str | None) -> Attachment:
        path = Path(os.path.normpath(self._folder / relative)) if "\0" not in relative else self._folder
        name = one_line(path.name)
        media_type = _media_type(name)

        def cannot(kind: ProblemKind, *, folder: str = "", limit: int = 0, reason: str = "") -> Attachment:
            return Attachment(path, name, media_type, b"", problem=FileProblem(kind, folder, limit, reason))

        if not path.is_relative_to(self._folder) or path == self._folder:
            return cannot(ProblemKind.OUTSIDE)
        if within is not None and leads_out(relative, within):
            return cannot(ProblemKind.LEADS_OUT, folder=within.rpartition("/")[0])
        if "=?" in name:
            return cannot(ProblemKind.ENCODED_WORD)
        path = as_on_disk(path, self._folder)
        try:
            for part in (path, *path.parents):
                if part == self._folder:
                    break
                if part.is_symlink():
                    return cannot(ProblemKind.LINK)
            status = path.lstat()
            if not stat.S_ISREG(status.st_mode):
                return cannot(ProblemKind.NOT_A_FILE)
            if status.st_size > MAX_SIZE:
                return cannot(ProblemKind.TOO_LARGE, limit=MAX_SIZE // 1_000_000)
            content = path.read_bytes()
        except FileNotFoundError:
            return cannot(ProblemKind.MISSING)
        except (OSError, ValueError) as error:
            return cannot(ProblemKind.UNREADABLE, reason=os_cause(error) if isinstance(error, OSError) else str(error))
        if not content:
            return cannot(ProblemKind.EMPTY)
        return Attachment(path, name, media_type, content)


_QUOTED = regex(r"""(?:"([^"]*)"|'([^']*)'|“([^”]*)”|«\s?([^»]*?)\s?»)\Z""")


def plain_path(written: str) -> str:
    """A path as the author of a letter wrote it: without quotation marks around it, and with ``/`` between folders.

    Only the author's own backslashes are folders: what is in a cell is put in later.
    """
    quoted = _QUOTED.match(written.strip())
    path = next(filter(None, quoted.groups()), "") if quoted else written.strip()
    return path.replace("\\", "/")


def leads_out(relative: str, within: str) -> bool:
    """Whether what values made of a path could leave the folder in which its constant beginning is.

    Whatever another system could read as a way out counts: ``..``, an absolute path, a backslash, a drive, NUL, and
    the same percent-encoded or in full-width characters.
    """
    rest = relative[len(within.rpartition("/")[0]) :] if relative.startswith(within) else relative
    rest = rest.removeprefix("/") if "/" in within else rest
    return any(_is_way_out(view) for view in {rest, *_read_otherwise(rest)})


def _read_otherwise(path: str) -> Iterator[str]:
    """The path as other programs could read it: percent-decoded up to twice, and in plain characters."""
    for _round in range(2):
        yield normalize("NFKC", path)
        path = unquote(path)
        yield path
        yield normalize("NFKC", path)


def _is_way_out(path: str) -> bool:
    if "\\" in path or "\0" in path or path.startswith(("/", "~/")) or "//" in path or path == "~":
        return True
    return any((part and not part.strip(". ")) or _DRIVE.match(part) for part in path.split("/"))


def _digest(attachment: Attachment) -> bytes:
    problem = attachment.problem.token if attachment.problem else ""
    return sha256(problem.encode(errors="backslashreplace") + b"\0" + attachment.content).digest()


def _media_type(name: str) -> str:
    """By extension; what a mail part cannot carry encoded (RFC 2046 5.2.1) is plain octets."""
    media_type, compression = _TYPES.guess_type(name, strict=True)
    if compression == "gzip":
        return "application/gzip"
    if media_type is None or compression or media_type.startswith(("message/", "multipart/")):
        return "application/octet-stream"
    return media_type
