"""Whose signature counts: the approvers in ``config.toml``, added without touching the rest of the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mailmerge.approval.keys import keys_made_here, read_public_key
from mailmerge.approval_rule import key_line
from mailmerge.config_file import CONFIG_FILE, config_text
from mailmerge.errors import InputError, UsageError, os_reason
from mailmerge.home import private_directory, write_atomically
from mailmerge.i18n import N_

if TYPE_CHECKING:
    from mailmerge.environment import Environment


def trust(environment: Environment, file: Path, name: str = "") -> tuple[str, bytes]:
    """Let the owner of a public key approve runs; returns what they are called, and their key.

    Raises:
        InputError: the file is no such key, or ``config.toml`` cannot be read or written.
        UsageError: the key was made here, or another one has the name already.
    """
    called, key = read_public_key(file)
    name = name.strip() or called
    if key in keys_made_here(environment):
        raise UsageError(
            N_("this key was made on this computer, so it is not a second person's: run `approval key` on theirs")
        )
    known = environment.preferences.approval
    if (before := known.name_of(key)) and before != name:
        name = before
    elif not before and name in (known.approvers or {}):
        raise UsageError(N_("{name} has another key in config.toml: remove it there first, or give --name"), name=name)
    if not before:
        _write(environment.home.config / CONFIG_FILE, name, key_line(key))
    return name, key


def _write(path: Path, name: str, line: str) -> None:
    import tomlkit

    document: Any = tomlkit.parse(config_text(path))
    section = document.setdefault("approval", tomlkit.table())
    approvers = section.setdefault("approvers", tomlkit.inline_table())
    approvers[name] = line
    private_directory(path.parent)
    try:
        write_atomically(path, tomlkit.dumps(document).encode())
    except OSError as error:
        raise InputError(N_("cannot write {path}: {why}"), path=path, why=os_reason(error)) from None
