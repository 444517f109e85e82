"""Fixtures of the delivery tests."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where runs are kept."""
    return tmp_path / "outbox"
