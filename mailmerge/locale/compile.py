"""Catalogues are compiled where a wheel is built, and for an editable install; what is compiled is never committed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):  # type: ignore[misc]
    """Writes ``LANGUAGE/LC_MESSAGES/mailmerge.mo`` beside each ``.po``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it gathers the files."""
        for written in Path(self.root, "mailmerge", "locale").glob("*/LC_MESSAGES/*.po"):
            with written.open("rb") as source, written.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(source, locale=written.parent.parent.name))
