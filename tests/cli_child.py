"""The command line in a process of its own, with a keyring in a file: ``cli_child.py KEYRING ARGUMENTS...``.

``DIE_AT`` in its environment has it killed at the second renewal of its tokens.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from fake_keyring import use_keyring
from renewing_child import die_at

from mailmerge.cli import main

die_at(os.environ.get("DIE_AT", ""), use_keyring(Path(sys.argv[1])), count=2)
main(sys.argv[2:])
