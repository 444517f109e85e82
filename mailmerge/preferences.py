"""What ``config.toml`` says besides its accounts: how long runs are kept, and which keys do what on the screens."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

import msgspec

from mailmerge.bounds import Bounds, out_of_bounds, why_no_toml
from mailmerge.errors import InputError, os_reason

MOST_DAYS = 3650
"""The most days that :attr:`Preferences.keep_days` may be."""
_KEEP_DAYS = Bounds(1, MOST_DAYS)


class Preferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The preferences of one user."""

    keep_days: int = 30
    """Days after its last change for which a run's messages and personal data are kept."""
    keys: dict[str, str] = {}
    """Other keys for the bindings of the screens, by their id: ``"campaign.finding" = "n"``."""
    accounts: dict[str, object] = {}
    """Read and checked by :mod:`mailmerge.accounts`."""

    @property
    def retention(self) -> datetime.timedelta:
        """:attr:`keep_days` as a duration."""
        return datetime.timedelta(days=self.keep_days)


def read_preferences(config: Path) -> Preferences:
    """The preferences in ``config.toml`` of the folder ``config``; the usual ones where there is no file.

    Raises:
        InputError: the file cannot be read, or says something that is not a preference.
    """
    path = config / "config.toml"
    try:
        document = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return Preferences()
    except OSError as error:
        raise InputError(f"cannot read {path}: {os_reason(error)}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8 text; save it as UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} is not valid TOML: {why_no_toml(error)}") from None
    for problem in out_of_bounds(document, {"keep_days": _KEEP_DAYS}):
        raise InputError(f"{path}: {problem}")
    try:
        return msgspec.convert(document, Preferences)
    except msgspec.ValidationError as error:
        raise InputError(f"{path}: {error}") from None
