"""Drafts of mail programs: .eml as everybody saves it; its HTML if it has any, else its text."""

from __future__ import annotations

import html
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from pathlib import Path

from mailmerge.drafts.draft import Lost
from mailmerge.drafts.page import DraftPage
from mailmerge.drafts.pictures import Pictures
from mailmerge.errors import InputError
from mailmerge.formats.mime import decode_declared
from mailmerge.i18n import N_

NO_MAIL = N_("{path} is not a mail: save the draft again as .eml, or copy its text into a document")


def read_mail(content: bytes, path: Path) -> DraftPage:
    """The text of the mail as HTML, with its subject.

    Raises:
        InputError: it has no header field of a mail.
    """
    message = message_from_bytes(content, policy=default)
    if not any(name in message for name in ("subject", "from", "to", "content-type", "mime-version")):
        raise InputError(NO_MAIL, path=path)
    lost: dict[Lost, None] = {}
    try:
        subject = str(message.get("subject", ""))
        body = message.get_body(("html", "plain"))
        text = _text(body) if body is not None else ""
        is_html = body is not None and body.get_content_type() == "text/html"
        pictures, cids = _pictures(message, body, lost)
        cids |= pictures.keep_embedded(text)
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError):
        raise InputError(NO_MAIL, path=path) from None
    if any(message.get_all(name) for name in ("to", "cc", "bcc")):
        lost[Lost.RECIPIENTS] = None
    if pictures.refused:
        lost[Lost.PICTURE] = None
    return DraftPage(
        text if is_html else text_to_html(text),
        tuple(lost),
        " ".join(subject.split()),
        tuple(pictures.kept),
        cids,
        tuple(str(message.get("content-language", "")).replace(" ", "").split(",")),
    )


def text_to_html(text: str) -> str:
    """Plain text as HTML: its paragraphs and its line breaks."""
    paragraphs = [each for each in text.replace("\r\n", "\n").split("\n\n") if each.strip()]
    return "".join(f"<p>{html.escape(each).replace(chr(10), '<br>')}</p>" for each in paragraphs)


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    text = decode_declared(payload if isinstance(payload, bytes) else b"", part.get_content_charset())
    return _unwrapped(text) if str(part.get_param("format", "")).lower() == "flowed" else text


def _unwrapped(text: str) -> str:
    """Lines that a mail program broke, whole again (RFC 3676); the mark of a signature is a line of its own."""
    lines: list[str] = []
    flows = False
    for line in text.replace("\r\n", "\n").split("\n"):
        line = line.removeprefix(" ") if line.startswith((" ", " >")) else line
        if flows and line not in ("", "-- "):
            lines[-1] += line
        else:
            lines.append(line)
        flows = line.endswith(" ") and line != "-- "
    return "\n".join(lines)


def _pictures(message: EmailMessage, body: Message | None, lost: dict[Lost, None]) -> tuple[Pictures, dict[str, str]]:
    pictures, cids = Pictures(), dict[str, str]()
    for part in message.walk():
        if part is body or part.is_multipart() or part.get_content_type() in ("text/plain", "text/html"):
            continue
        content = part.get_payload(decode=True)
        cid = str(part.get("content-id", "")).strip("<> ")
        if cid and isinstance(content, bytes) and part.get_content_maintype() == "image":
            if name := pictures.keep(content):
                cids[f"cid:{cid}"] = name
        else:
            lost[Lost.ATTACHMENT] = None
    return pictures, cids
