"""An incident that cannot be written whole leaves nothing behind, and takes nothing away that was there."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailmerge.incident.opening import _whole_or_nothing


def write_in_part(folder: Path) -> None:
    with _whole_or_nothing(folder):
        (folder / "copies").mkdir(parents=True)
        (folder / "copies" / "mail.eml").write_text("theirs")
        raise OSError("full")


def test_a_file_that_was_put_there_meanwhile_stays(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(OSError, match="full"):
        write_in_part(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_folders_that_were_not_there_are_gone_again(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"):
        write_in_part(tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []
