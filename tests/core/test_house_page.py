"""The page for somebody who joins tomorrow names files that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_each_file_that_the_page_of_the_house_names_is_there() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = {name for name in re.findall(r"`((?:[\w*]+/)+(?:[\w*]+\.(?:py|txt|md))?)`", page) if "FAMILY" not in name}
    assert len(named) > 80
    missing = [name for name in named if not any(any(base.glob(name)) for base in (ROOT, ROOT / "mailmerge"))]
    assert missing == []
