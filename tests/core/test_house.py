"""The house stands: floors, and headless commands that never pay for the screens."""

from __future__ import annotations

import subprocess
import sys

import pytest
from each_row import each_row


@each_row(
    "command",
    ["check", "preview", "export", "seal", "send", "runs", "show", "account", "rules", "follow", "receipt", "who"],
)
def test_headless_commands_never_import_textual(command: str) -> None:
    program = (
        "import sys\n"
        "from mailmerge.cli.app import commands\n"
        f"commands.main([{command!r}, '--help'], standalone_mode=False)\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "sys.exit(' '.join(loaded & {'textual', 'rich'}) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["check", "seal", "send", "runs", "show", "account"])
def test_what_speaks_imap_is_imported_only_where_a_mailbox_is_opened(command: str) -> None:
    program = (
        "import sys\n"
        "from mailmerge.cli.app import commands\n"
        f"commands.main([{command!r}, '--help'], standalone_mode=False)\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "sys.exit(' '.join(loaded & {'imapclient', 'imaplib', 'flufl'}) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
