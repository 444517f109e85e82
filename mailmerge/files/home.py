"""Where mailmerge keeps its files, and the one way it writes them: whole or not at all, and for nobody else to read."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import platformdirs
from msgspec import Struct

from mailmerge.errors import InputError, MailmergeError, os_reason
from mailmerge.i18n import N_

BUSY = N_("{path} is being written by another process: try again in a moment")


class Home(Struct, frozen=True):
    """The three directories of one user; created when first written to, mode 0700."""

    config: Path
    """Accounts and preferences, written by people too."""
    state: Path
    """What may be lost without harm: recent campaigns, the log."""
    data: Path
    """The runs: what was sent to whom."""


def find_home() -> Home:
    """The user's directories; ``MAILMERGE_HOME=DIR`` puts all three under DIR."""
    override = os.environ.get("MAILMERGE_HOME")
    if override:
        return home_below(Path(override).expanduser())
    directories = platformdirs.PlatformDirs("mailmerge", appauthor=False)
    return Home(directories.user_config_path, directories.user_state_path, directories.user_data_path)


def home_below(base: Path) -> Home:
    """The three directories below one."""
    base = base.absolute()
    return Home(base / "config", base / "state", base / "data")


def private_directory(path: Path) -> Path:
    """The directory, made with mode 0700 where it was missing, its parents too.

    Raises:
        InputError: it cannot be made.
    """
    try:
        make_private(path)
    except OSError as error:
        raise InputError(
            N_("cannot make the folder {path}: {why}; MAILMERGE_HOME can name another folder"),
            path=path,
            why=os_reason(error),
        ) from None
    return path


def make_private(folder: Path) -> None:
    """Make a folder and what is missing above it, mode 0700 whatever the umask; one that exists stays as it is.

    Raises:
        OSError: it cannot be made, or a file has its name.
    """
    for each in (*reversed(folder.parents), folder):
        if not each.is_dir():
            each.mkdir(mode=0o700, exist_ok=True)


def make_shared(folder: Path) -> None:
    """As :func:`make_private`; but whoever may write into the folder above may do so here as well.

    Raises:
        OSError: it cannot be made, or a file has its name.
    """
    for each in (*reversed(folder.parents), folder):
        if not each.is_dir():
            make_private(each)
            may_write = _others_who_may_write(each.parent)
            each.chmod(stat.S_IMODE(each.stat().st_mode) | may_write << 1 | may_write | may_write >> 1)


def _others_who_may_write(folder: Path) -> int:
    return folder.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH)


@contextmanager
def alone_with(path: Path, patience: float = 10.0) -> Iterator[None]:
    """Let no other process change a file that is read, changed and written within; ``patience`` is in seconds.

    Raises:
        TimeoutError: another process is still at it.
        OSError: the lock beside the file cannot be made.
    """
    import filelock

    lock = filelock.FileLock(path.with_suffix(".lock"), timeout=patience, mode=0o600, thread_local=False)
    lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def writing(path: Path, refused: type[MailmergeError] = InputError) -> Iterator[None]:
    """Say which file cannot be written, and why, where the system refuses it.

    Raises:
        MailmergeError: of the class ``refused``.
    """
    try:
        yield
    except OSError as error:
        raise refused(N_("cannot write {path}: {why}"), path=path, why=os_reason(error)) from None


@contextmanager
def changing(path: Path, refused: type[MailmergeError] = InputError, *, lock: Path | None = None) -> Iterator[None]:
    """As :func:`alone_with`, said to a person; ``lock`` is kept instead of the one beside the file.

    Raises:
        MailmergeError: of the class ``refused``: another process is still at it, or the lock cannot be made.
    """
    with ExitStack() as held:
        with writing(lock or path, refused):
            try:
                held.enter_context(alone_with(lock or path))
            except TimeoutError:
                raise refused(BUSY, path=path) from None
        yield


def write_new(path: Path, content: bytes) -> None:
    """Write a file that does not exist yet, mode 0600 whatever the umask.

    Raises:
        FileExistsError: it exists; it is left as it is.
        OSError: it cannot be written.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def write_atomically(path: Path, content: bytes, *, shared: bool = False) -> None:
    """Replace a file by new content, mode 0600: readers see the old content or the new, never a part.

    ``shared`` lets those read it who may write into its folder: a colleague, whose answer is put beside it.

    Raises:
        OSError: nothing was changed.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if shared:
            Path(temporary).chmod(0o600 | _others_who_may_write(path.parent) << 1)
        os.replace(temporary, path)  # noqa: PTH105  (the same call on every platform)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
