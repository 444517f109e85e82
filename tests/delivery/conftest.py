"""Fixtures of the delivery tests."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_IN_MEMORY = Path("/dev/shm")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where runs are kept: in memory where the system has such a place, since hundreds of runs are synced to it."""
    if not _IN_MEMORY.is_dir() or shutil.disk_usage(_IN_MEMORY).free < 1 << 30:
        yield tmp_path / "outbox"
        return
    with tempfile.TemporaryDirectory(prefix="mailmerge-", dir=_IN_MEMORY) as folder:
        yield Path(folder) / "outbox"
