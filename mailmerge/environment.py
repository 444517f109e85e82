"""Where a user's files are and what time it is: made once by each face, and passed down from there."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

from mailmerge.files.home import Home, changing, find_home, private_directory

if TYPE_CHECKING:  # and where they are used: most commands need one of them
    from pathlib import Path

    from mailmerge.accounts import Accounts
    from mailmerge.outbox import Outbox
    from mailmerge.settings.preferences import Preferences


def login_name() -> str:
    """What the system calls whoever is at work here."""
    import getpass

    with suppress(Exception):  # without a name, or a database of names, whatever the system raises
        return getpass.getuser()
    return "unknown"


def now() -> datetime.datetime:
    """This moment to the second, with the time zone of this machine: what a Date field says."""
    return datetime.datetime.now().astimezone().replace(microsecond=0)


class Environment(Struct, frozen=True):
    """What a program has around it; what is read from it is read afresh each time."""

    home: Home
    clock: Callable[[], datetime.datetime] = now

    @classmethod
    def here(cls) -> Environment:
        """That of this process: the user's own directories, or those below ``MAILMERGE_HOME``."""
        return cls(find_home())

    @property
    def preferences(self) -> Preferences:
        """What ``config.toml`` says besides its accounts.

        Raises:
            InputError: the file cannot be read, or says something that is not a preference.
        """
        from mailmerge.settings.preferences import read_preferences

        return read_preferences(self.home.config)

    def keep_language(self, language: str) -> None:
        """Write the language of the program into ``config.toml``, for the next time.

        Raises:
            InputError: the file cannot be read, or not be written.
        """
        from mailmerge.settings.preferences import keep_language

        keep_language(self.home.config, language)

    @contextmanager
    def alone_with(self, path: Path) -> Iterator[None]:
        """Let no other process of this user change one of their own files, which is read and written within.

        The lock is kept in the home: beside the file it would stay among somebody's papers.

        Raises:
            InputError: another process is still at it, or the lock cannot be made.
        """
        name = sha256(os.path.normcase(path.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:24]
        lock = private_directory(self.home.state / "locks") / name
        with changing(path, lock=lock):
            yield

    @property
    def accounts(self) -> Accounts:
        """The accounts of the user."""
        from mailmerge.accounts import Accounts

        return Accounts(self.home.config)

    @property
    def runs(self) -> Path:
        """The folder of the user's runs, which may not be there yet."""
        return self.home.data / "runs"

    @property
    def outbox(self) -> Outbox:
        """The runs of the user."""
        from mailmerge.outbox import Outbox

        return Outbox(self.runs)
