"""A table looked at behind the screen: the first people at once, then everybody; it reports by message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

from mailmerge.errors import TableError
from mailmerge.model import RecordTable
from mailmerge.tui.mapping import Look, TableSettings, look


@dataclass
class Looked(Message):
    """The first people are read."""

    look: Look


@dataclass
class Counted(Message):
    """Everybody is read."""

    settings: TableSettings
    table: RecordTable


def read(post: Callable[[Message], object], path: Path, settings: TableSettings) -> None:
    """Look at a table in a thread: the first people at once, then everybody."""
    seen = look(path, settings)
    post(Looked(seen))
    if seen.table:
        try:
            post(Counted(settings, settings.read_whole(path)))
        except TableError as error:
            post(Looked(Look(settings, problem=str(error), sheets=seen.sheets, lines=seen.lines)))
