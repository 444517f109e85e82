"""Whose signature counts: the approvers in ``config.toml``, added without touching the rest of the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mailmerge.approval.signatures.keys import keys_made_here, read_public_key
from mailmerge.errors import UsageError
from mailmerge.i18n import N_
from mailmerge.settings.approval_rule import key_line
from mailmerge.settings.config_file import CONFIG_FILE, config_locked, config_text, write_config

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
    path = environment.home.config / CONFIG_FILE
    with config_locked(path):
        known = environment.preferences.approval
        if before := known.name_of(key):
            return before, key
        if name in (known.approvers or {}):
            raise UsageError(
                N_("{name} has another key in config.toml: remove it there first, or give --name"), name=name
            )
        write_config(path, _with_approver(config_text(path), name, key_line(key)))
    return name, key


def _with_approver(text: str, name: str, line: str) -> str:
    import tomlkit

    document: Any = tomlkit.parse(text)
    section = document.setdefault("approval", tomlkit.table())
    approvers = section.setdefault("approvers", tomlkit.inline_table())
    approvers[name] = line
    return tomlkit.dumps(document)
