"""The house stands: floors, and headless commands that never pay for the screens."""

from __future__ import annotations

import subprocess
import sys

import pytest

SENDING = ["check", "seal", "send", "runs", "show", "account"]
COMMANDS = [*SENDING, "preview", "export", "rules", "follow", "receipt", "who"]
NEVER = "textual rich"
WITH_A_MAILBOX_ONLY = "imapclient imaplib flufl"


@pytest.mark.parametrize(
    ("commands", "modules"),
    [(COMMANDS, NEVER), (SENDING, WITH_A_MAILBOX_ONLY)],
    ids=["the screens", "what speaks IMAP"],
)
def test_what_a_command_does_not_need_is_never_imported(commands: list[str], modules: str) -> None:
    """One process for all: what one of them imported would be there after the others."""
    program = (
        "import sys\n"
        "from mailmerge.cli.app import commands\n"
        f"for command in {commands!r}:\n"
        "    commands.main([command, '--help'], standalone_mode=False)\n"
        f"    loaded = {{name.partition('.')[0] for name in sys.modules}} & {{*{modules!r}.split()}}\n"
        "    if loaded: sys.exit(f'{command} imports {loaded}')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(f" {command} " in done.stdout for command in commands)
