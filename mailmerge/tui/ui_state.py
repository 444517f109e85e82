"""What the screens remember between two sittings: recent campaigns, the theme, other keys. Losing it harms nobody."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from mailmerge.errors import MailmergeError
from mailmerge.files.home import private_directory, write_atomically

_FILE = "screens.json"
_MOST = 12


class Recent(Struct, frozen=True):
    """A campaign that was open before."""

    name: str
    sources: tuple[Path, ...]
    people: int


class Memory:
    """Read once, written at each change; a file that cannot be read or written is as good as none."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._document: dict[str, object] = {}
        with suppress(OSError, ValueError):
            document = json.loads((folder / _FILE).read_text(encoding="utf-8"))
            if isinstance(document, dict):
                self._document = document

    @property
    def theme(self) -> str:
        """The theme that was chosen last, ``""`` for none."""
        theme = self._document.get("theme", "")
        return theme if isinstance(theme, str) else ""

    def keep_theme(self, name: str) -> None:
        """Remember a theme."""
        if name != self.theme:
            self._document["theme"] = name
            self._write()

    def recent(self) -> list[Recent]:
        """Campaigns that were open before, the last one first, whether they are still there or not."""
        entries = self._document.get("recent", [])
        found = []
        for entry in entries if isinstance(entries, list) else []:
            with suppress(KeyError, TypeError, ValueError):
                sources = tuple(Path(source) for source in entry["sources"])
                if sources:
                    found.append(Recent(str(entry["name"]), sources, int(entry["people"])))
        return found

    def keep_recent(self, name: str, sources: Sequence[Path], people: int, before: Sequence[Path] = ()) -> None:
        """Remember a campaign as the last one that was open, under its file and not under what it was opened from."""
        paths, paths_before = ([str(source.absolute()) for source in each] for each in (sources, before))
        entries = self._document.get("recent", [])
        known = entries if isinstance(entries, list) else []
        others = [each for each in known if each.get("sources") not in (paths, paths_before)]
        self._document["recent"] = [{"name": name, "sources": paths, "people": people}, *others][:_MOST]
        self._write()

    def _write(self) -> None:
        with suppress(OSError, MailmergeError):
            content = json.dumps(self._document, ensure_ascii=False, indent=1).encode()
            write_atomically(private_directory(self._folder) / _FILE, content)
