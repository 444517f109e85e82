"""Drafts and templates of Outlook (.msg, .oft): their HTML if they have any, else their rich or their plain text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from mailmerge.drafts.draft import Lost
from mailmerge.drafts.mail import text_to_html
from mailmerge.drafts.page import DraftPage
from mailmerge.drafts.pictures import Pictures
from mailmerge.formats.outlook import (
    Bodies,
    StoredMessage,
    attachments,
    bodies_of,
    called,
    opened,
    require_message,
    require_readable,
)
from mailmerge.formats.outlook.properties import CONTENT_ID, CONTENT_LOCATION, DATA, SUBJECT

_RICH: Mapping[str, Lost] = {
    "pict": Lost.PICTURE,
    "object": Lost.OBJECT,
    "annotation": Lost.COMMENTS,
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), Lost.HEADER_FOOTER),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), Lost.HEADER_FOOTER),
}
"""What is lost with a destination of RTF that a letter has no room for."""


def read_outlook(content: bytes, path: Path) -> DraftPage:
    """The text of the mail as HTML, with its subject.

    Raises:
        InputError: it is damaged, encrypted or no mail.
    """
    lost: dict[Lost, None] = {}
    with opened(content, path) as file:
        require_message(file, path)
        require_readable(file, path)
        subject = file.text((), SUBJECT).lstrip("\x01")
        page = _page(bodies_of(file), lost)
        pictures, cids = _pictures(file, page, lost)
        if any(name.startswith("__recip_version1.0_") for name in file.storages.get((), ())):
            lost[Lost.RECIPIENTS] = None
    if pictures.refused:
        lost[Lost.PICTURE] = None
    return DraftPage(page, tuple(lost), " ".join(subject.split()), tuple(pictures.kept), cids)


def _page(bodies: Bodies, lost: dict[Lost, None]) -> str:
    if bodies.html.strip():
        return bodies.html
    if bodies.rich is not None and bodies.rich.formatted:
        lost.update((_RICH[name], None) for name in sorted(bodies.rich.dropped & _RICH.keys()))
        return bodies.rich.formatted
    return text_to_html(bodies.text)


def _pictures(file: StoredMessage, page: str, lost: dict[Lost, None]) -> tuple[Pictures, dict[str, str]]:
    """Each attached picture that the page shows, by its Content-ID, its Content-Location or its name."""
    pictures, sources = Pictures(), dict[str, str]()
    for storage in attachments(file):
        cid, place = file.text(storage, CONTENT_ID).strip("<> "), file.text(storage, CONTENT_LOCATION).strip()
        name = called(file, storage)
        shown = [
            source
            for source in (cid and f"cid:{cid}", cid and f"cid:{quote(cid)}", place, f"cid:{name}", name)
            if source and source in page
        ]
        content = file.binary(storage, DATA)
        if shown and content:
            if kept := pictures.keep(content):
                sources.update(dict.fromkeys(shown, kept))
        else:
            lost[Lost.ATTACHMENT] = None
    return pictures, sources
