"""Old Office files and messages of Outlook (MS-CFB): searched for text as they are, and so never taken as checked."""

from __future__ import annotations

from mailmerge.lint.extract.content import Part
from mailmerge.lint.extract.obstacles import Obstacle
from mailmerge.lint.extract.source import Source


def read_ole(source: Source) -> None:
    """Their raw octets are searched for text; since some is missed, the file counts as opaque."""
    octets = source.octets
    source.add_raw(Part.BYTES, octets)
    wide = octets.replace(b"\0", b"")
    if b"EncryptedPackage" in wide:
        source.content.obstruct(Obstacle.ENCRYPTED)
    elif b"_VBA_PROJECT" in wide or b"VBA" in wide[:1_000_000]:
        source.content.obstruct(Obstacle.MACROS)
    source.content.obstruct(Obstacle.OLD_OFFICE)
