"""A file that is looked into, or a file inside one: its octets, and where its texts are kept."""

from __future__ import annotations

import time
from collections.abc import Callable

from msgspec import Struct, field
from msgspec.structs import replace

from mailmerge.lint.extract.content import Content, Part
from mailmerge.lint.extract.obstacles import Obstacle, Opaque
from mailmerge.lint.extract.raw import strings
from mailmerge.lint.extract.readings import without_signs

MOST_FILES = 2_000
SECONDS = 10.0
_MOST_UNPACKED = 60_000_000
_DEEPEST = 5
"""Files within files that are read; beyond the first within the first the file counts as opaque all the same."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*")


class UnpackBudget:
    """What may still be unpacked of one attachment, over all files in it."""

    def __init__(self, files: int = MOST_FILES, octets: int = _MOST_UNPACKED, seconds: float | None = None) -> None:
        self.files, self.octets = files, octets
        self.seconds = SECONDS if seconds is None else seconds
        """For what is read by a program that is not ours."""
        self.deadline = time.monotonic() + self.seconds
        """When they are over, on the monotonic clock."""


class Source(Struct, frozen=True):
    """One file."""

    octets: bytes
    name: str
    content: Content
    read: Callable[[Source], None]
    """Looks into a file of any kind."""
    depth: int = 0
    part: Part | None = None
    """What its texts are to a person who sees the attachment; as its own reader says where that is None."""
    budget: UnpackBudget = field(default_factory=UnpackBudget)

    @property
    def extension(self) -> str:
        """In small letters, without the dot."""
        return self.name.rpartition(".")[2].casefold()

    def add(self, part: Part, text: str, page: int = 0) -> None:
        """Keep a text."""
        self.content.add(self.part or part, text, 0 if self.part else page)

    def add_raw(self, part: Part, octets: bytes) -> None:
        """Keep the readable text among octets of an unknown kind."""
        text = strings(octets)
        if text:
            self.content.keep(self.part or part, text)
        if "@" in text:
            lines = "\n".join(line for line in text.split("\n") if "@" in line)
            self.content.keep(self.part or part, without_signs(lines))

    def unpacked(self, octets: bytes) -> None:
        """Account for what was unpacked.

        Raises:
            Opaque: it is too much.
        """
        self.budget.octets -= len(octets)
        if self.budget.octets < 0:
            raise Opaque(Obstacle.ZIP_BOMB)

    def inside(self, octets: bytes, name: str, part: Part | None = None) -> None:
        """Look into a file inside this one; what is wrong with it is wrong with the attachment, and reading goes on."""
        self.budget.files -= 1
        if self.budget.files < 0:
            raise Opaque(Obstacle.TOO_MANY_FILES, MOST_FILES)
        if self.depth >= 1 and not octets.startswith(_PICTURES):
            self.content.obstruct(Obstacle.NESTED)
        if self.depth >= _DEEPEST:
            raise Opaque(Obstacle.NESTED)
        inner = replace(self, octets=octets, name=name, depth=self.depth + 1, part=self.part or part)
        try:
            self.read(inner)
        except Opaque as error:
            self.content.obstruct(error.obstacle, error.limit)
        except Exception:  # noqa: BLE001  (a broken file breaks its reader in any way)
            self.content.obstruct(Obstacle.DAMAGED)
