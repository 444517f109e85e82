"""``config.toml``, which a person writes too: read in one place, whoever asks for a part of it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from mailmerge.errors import ConfigError, os_reason
from mailmerge.i18n import N_
from mailmerge.text import visible

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
    except ValueError as error:  # a number too long to read is one, too
        raise ConfigError(N_("{path} is not valid TOML: {error}"), path=path, error=visible(str(error))) from None
