"""A document on its way to a letter: HTML, and what its own reader knows of it."""

from __future__ import annotations

from msgspec import Struct, field

from mailmerge.drafts.draft import Lost, Picture


class DraftPage(Struct, frozen=True):
    """The text of a document as HTML."""

    html: str
    lost: tuple[Lost, ...] = ()
    subject: str = ""
    pictures: tuple[Picture, ...] = ()
    """Those that the HTML names by their file names in ``src``, or by ``cid``."""
    cids: dict[str, str] = field(default_factory=dict)
    """The file name of a picture for each other ``src`` that means it."""
    languages: tuple[str, ...] = ()
    """The languages that the document says it is in (BCP 47), the surest first."""
