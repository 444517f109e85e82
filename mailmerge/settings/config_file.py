"""``config.toml``, which a person writes too: read and changed in one place, whoever asks for a part of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mailmerge.errors import ConfigError, os_reason
from mailmerge.files.home import changing, private_directory, write_atomically, writing
from mailmerge.i18n import N_
from mailmerge.settings.bounds import why_no_toml

CONFIG_FILE = "config.toml"


def config_text(path: Path) -> str:
    """The text of the file, less a byte order mark; ``""`` where there is no file yet.

    Raises:
        ConfigError: it cannot be read, or is no UTF-8 text.
    """
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise ConfigError(N_("{path} is not UTF-8 text; save it as UTF-8"), path=path) from None
    except OSError as error:
        raise ConfigError(N_("cannot read {path}: {why}"), path=path, why=os_reason(error)) from None


def read_config(path: Path) -> dict[str, Any]:
    """What the file says.

    Raises:
        ConfigError: it cannot be read, or is no TOML.
    """
    try:
        return tomllib.loads(config_text(path))
    except (ValueError, RecursionError) as error:
        raise ConfigError(N_("{path} is not valid TOML: {error}"), path=path, error=why_no_toml(error)) from None


@contextmanager
def config_locked(path: Path) -> Iterator[None]:
    """Let nobody else change the file meanwhile: whoever changes a part of it first reads the rest within.

    Raises:
        ConfigError: it is still being changed by another process, or the lock cannot be made.
        InputError: its folder cannot be made.
    """
    private_directory(path.parent)
    with changing(path, ConfigError):
        yield


def write_config(path: Path, text: str) -> None:
    """Replace the file, with its lock held.

    Raises:
        ConfigError: it cannot be written, and is as it was.
    """
    with writing(path, ConfigError):
        write_atomically(path, text.encode())
