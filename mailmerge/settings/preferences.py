"""What ``config.toml`` says besides its accounts: how long runs are kept, who approves them, which keys do what."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec

from mailmerge.errors import InputError
from mailmerge.i18n import N_
from mailmerge.settings.approval_rule import ApprovalRule, rule_problems
from mailmerge.settings.bounds import Bounds, out_of_bounds
from mailmerge.settings.config_file import CONFIG_FILE, config_locked, config_text, read_config, write_config

MOST_DAYS = 3650
"""The most days that :attr:`Preferences.keep_days` may be."""
_BOUNDS = {"keep_days": Bounds(1, MOST_DAYS), "hold_seconds": Bounds(0, 86_400)}


class Preferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The preferences of one user."""

    keep_days: int = 30
    """Days after its last change for which a run's messages and personal data are kept."""
    hold_seconds: int = 10
    """Seconds on the screens between the start of a sending and its first message, in which it can be called off."""
    language: str = ""
    """The language of the program: ``"en"``, ``"fr"``; ``""`` for the system's."""
    keys: dict[str, str] = {}
    """Other keys for the bindings of the screens, by their id: ``"campaign.finding" = "n"``."""
    accounts: dict[str, object] = {}
    """Read and checked by :mod:`mailmerge.accounts`."""
    approval: ApprovalRule = ApprovalRule()
    """The company's rule: of it and a campaign's own, the stricter holds."""

    @property
    def retention(self) -> datetime.timedelta:
        """:attr:`keep_days` as a duration."""
        return datetime.timedelta(days=self.keep_days)


def read_preferences(config: Path) -> Preferences:
    """The preferences in ``config.toml`` of the folder ``config``; the usual ones where there is no file.

    Raises:
        InputError: the file cannot be read, or says something that is not a preference.
    """
    path = config / CONFIG_FILE
    try:
        document = read_config(path)
        numbers = out_of_bounds(document, _BOUNDS)
        for problem in (*numbers, *rule_problems(document.get("approval"))):
            raise InputError(N_("{path}: {problem}"), path=path, problem=problem)
        return msgspec.convert(document, Preferences)
    except msgspec.ValidationError as error:
        raise InputError(N_("{path}: {error}"), path=path, error=error) from None


def keep_language(config: Path, language: str) -> None:
    """Write the language of the program into ``config.toml``; the rest of it, and its comments, stay.

    Raises:
        InputError: the file cannot be read, or not be written.
    """
    path = config / CONFIG_FILE
    with config_locked(path):
        write_config(path, _with_language(path, language))


def _with_language(path: Path, language: str) -> str:
    import tomlkit

    read_config(path)  # what tomlkit would complain of is said in one line
    document = tomlkit.parse(config_text(path))
    if "language" not in document:
        return f'language = "{language}"\n{document.as_string()}'
    document["language"] = language
    return document.as_string()
