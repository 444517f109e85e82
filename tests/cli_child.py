"""The command line in a process of its own, with a keyring in a file: ``cli_child.py KEYRING ARGUMENTS...``."""

from __future__ import annotations

import sys
from pathlib import Path

from fake_keyring import use_keyring

from mailmerge.cli import main

use_keyring(Path(sys.argv[1]))
main(sys.argv[2:])
