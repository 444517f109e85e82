"""Files with personal data that the program wrote outside of its home: listed here, so that purging finds them.

The list names files, never what is in them. A file that somebody moved is forgotten.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from mailmerge.files.home import changing, private_directory, write_atomically, writing

_FILE = "working-files.json"


class WorkingFiles(Struct, frozen=True):
    """The files of one piece of work."""

    folder: Path
    names: tuple[str, ...]
    """Below the folder."""
    since: datetime.datetime
    """When they were written."""

    @property
    def there(self) -> list[Path]:
        """Those that are still where they were."""
        return [path for name in self.names if (path := self.folder / name).is_file()]

    @property
    def changed(self) -> datetime.datetime:
        """When something last happened to them."""
        latest = self.since
        for path in self.there:
            with suppress(OSError):
                latest = max(latest, datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC))
        return latest


class Deleted(Struct, frozen=True):
    """What purging did."""

    files: tuple[Path, ...]
    kept: tuple[Path, ...]
    """Files that could not be deleted."""


def remember(data: Path, files: WorkingFiles) -> None:
    """List files, in the folder ``data`` of the home.

    Raises:
        InputError: the list cannot be written.
    """
    with _alone(data):
        others = [each for each in listed(data) if each.folder != files.folder]
        _write(data, [files, *others])


def listed(data: Path) -> list[WorkingFiles]:
    """What is listed, the last one first; nothing where the list cannot be read."""
    found = []
    with suppress(OSError, ValueError, KeyError, TypeError):
        for entry in json.loads((data / _FILE).read_text(encoding="utf-8")):
            since = datetime.datetime.fromisoformat(entry["since"])
            found.append(WorkingFiles(Path(entry["folder"]), tuple(map(str, entry["files"])), since))
    return found


def purge(
    data: Path,
    limit: datetime.timedelta,
    now: datetime.datetime,
    *,
    in_use: Path | None = None,
    deleting: Callable[[Path], None] = Path.unlink,
) -> Deleted:
    """Delete the files to which nothing happened for this long, but for those of a campaign whose table is in use.

    Raises:
        InputError: the list cannot be written.
    """
    if not listed(data):
        return Deleted((), ())
    with _alone(data):
        return _purge(data, limit, now, in_use, deleting)


def _purge(
    data: Path,
    limit: datetime.timedelta,
    now: datetime.datetime,
    in_use: Path | None,
    deleting: Callable[[Path], None],
) -> Deleted:
    kept: list[WorkingFiles] = []
    deleted: list[Path] = []
    refused: list[Path] = []
    before = listed(data)
    for files in before:
        there = files.there
        if there and (now - files.changed < limit or (in_use is not None and in_use.absolute() in there)):
            kept.append(files)
            continue
        for path in there:
            try:
                deleting(path)
                deleted.append(path)
            except OSError:
                refused.append(path)
        if any(path in refused for path in there):
            kept.append(files)
    if kept != before:
        _write(data, kept)
    return Deleted(tuple(deleted), tuple(refused))


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Let nobody else change the list meanwhile."""
    path = private_directory(data) / _FILE
    with changing(path):
        yield


def _write(data: Path, entries: Sequence[WorkingFiles]) -> None:
    document = [
        {"folder": str(each.folder), "files": list(each.names), "since": each.since.isoformat()} for each in entries
    ]
    path = private_directory(data) / _FILE
    with writing(path):
        write_atomically(path, json.dumps(document, ensure_ascii=False, indent=1).encode())
