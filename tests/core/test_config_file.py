"""``config.toml`` is changed by one process at a time: no change is lost, and what was not changed stays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import filelock
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from each_row import each_row
from msgspec.structs import replace

from mailmerge.accounts import Accounts, account_from_preset
from mailmerge.approval.signatures.trust import trust
from mailmerge.environment import Environment
from mailmerge.errors import ConfigError
from mailmerge.files import home
from mailmerge.files.home import home_below
from mailmerge.settings.preferences import keep_language

TIMES = 8
ACCOUNT = account_from_preset("rh", "rh@x.example", host="mail.x.example")
CHANGES = {
    "add": "accounts.add(replace(account, name=f'new-{n}'))",
    "change": "accounts.change(f'old-{n}', replace(account, name=f'old-{n}', display_name='RH'))",
    "rename": "accounts.change(f'before-{n}', replace(account, name=f'after-{n}'))",
    "remove": "accounts.remove(f'gone-{n}')",
    "language": "keep_language(here.home.config, ('en', 'fr')[n % 2])",
    "trust": "trust(here, folder / f'{n}.pub', f'paul-{n}')",
}
"""Everything that writes into the file, as a process of its own does it some times."""
PROGRAM = """
import sys
from pathlib import Path
from msgspec.structs import replace
from mailmerge.accounts import account_from_preset
from mailmerge.approval.signatures.trust import trust
from mailmerge.environment import Environment
from mailmerge.files import home
from mailmerge.files.home import home_below
from mailmerge.settings.preferences import keep_language
folder = Path(sys.argv[1])
here = Environment(home_below(folder))
accounts = here.accounts
account = account_from_preset("rh", "rh@x.example", host="mail.x.example")
import tomlkit
print("ready", flush=True)
sys.stdin.readline()
for n in range({times}):
    {change}
"""


def public_key(file: Path) -> None:
    made = Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    file.write_bytes(made + b" paul\n")


def test_of_several_processes_none_loses_the_change_of_another(tmp_path: Path) -> None:
    here = Environment(home_below(tmp_path))
    for number in range(TIMES):
        public_key(tmp_path / f"{number}.pub")
        for name in ("old", "before", "gone"):
            here.accounts.add(replace(ACCOUNT, name=f"{name}-{number}"))
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM.format(times=TIMES, change=change), str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for change in CHANGES.values()
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.communicate()[1] for process in processes] == [""] * len(processes)
    accounts = {account.name: account.display_name for account in here.accounts.all()}
    wanted = {f"{name}-{n}": "RH" if name == "old" else "" for name in ("new", "old", "after") for n in range(TIMES)}
    assert accounts == wanted
    assert here.preferences.language == "fr"
    assert set(here.preferences.approval.approvers or {}) == {f"paul-{n}" for n in range(TIMES)}


@each_row("change", CHANGES.values(), ids=CHANGES.keys())
def test_while_another_process_writes_it_is_one_line_and_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    monkeypatch.setattr(home.alone_with.__wrapped__, "__defaults__", (0,))  # type: ignore[attr-defined]
    here, file = Environment(home_below(tmp_path)), tmp_path / "config" / "config.toml"
    for name in ("old-0", "before-0", "gone-0"):
        here.accounts.add(replace(ACCOUNT, name=name))
    public_key(tmp_path / "0.pub")
    before = file.read_bytes()
    names = {"accounts": here.accounts, "account": ACCOUNT, "here": here, "folder": tmp_path, "n": 0}
    with filelock.FileLock(file.with_suffix(".lock")), pytest.raises(ConfigError, match="being written by another"):
        eval(change, {"replace": replace, "keep_language": keep_language, "trust": trust, **names})
    assert file.read_bytes() == before


def test_where_the_lock_cannot_be_made_it_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "config.lock").mkdir()
    with pytest.raises(ConfigError, match=r"cannot write .*config\.toml: "):
        Accounts(tmp_path).add(ACCOUNT)
    assert not (tmp_path / "config.toml").exists()
