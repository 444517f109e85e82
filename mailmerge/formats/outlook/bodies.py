"""The texts of a mail that Outlook saved: its HTML, also where it is kept inside RTF, and its plain text."""

from __future__ import annotations

import struct

from msgspec import Struct

from mailmerge.formats.outlook.compressed_rtf import decompress
from mailmerge.formats.outlook.properties import BODY, HTML, INTERNET_CODE_PAGE, RTF
from mailmerge.formats.outlook.rtf import RichText, read_rtf
from mailmerge.formats.outlook.stored_message import StoragePath, StoredMessage, codec_of


class Bodies(Struct, frozen=True):
    """What a mail says, in each form that it has."""

    text: str
    html: str
    rich: RichText | None = None
    """Its RTF, where it has no HTML of its own."""


def bodies_of(file: StoredMessage, top: StoragePath = ()) -> Bodies:
    """The texts of the message in a storage; its RTF is read only where there is no HTML."""
    text, page = file.text(top, BODY), file.binary(top, HTML)
    html = page.decode(_codec_of_page(page, file, top), "replace").rstrip("\0") if page else file.text(top, HTML)
    packed = None if html.strip() else file.binary(top, RTF)
    rich = read_rtf(decompress(packed)) if packed else None
    if rich is None:
        return Bodies(text, html)
    return Bodies(text or rich.text, rich.encapsulated, rich)


def _codec_of_page(page: bytes, file: StoredMessage, top: StoragePath) -> str:
    """UTF-8 where it is that, else what the message says of its HTML (MS-OXOMSG 2.2.1.75), else that of its texts."""
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        said = file.fixed(top, INTERNET_CODE_PAGE)
        return codec_of(struct.unpack("<I", said[:4])[0]) if said else file.codec
    return "utf-8"
