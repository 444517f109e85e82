"""The faces of one message: the letter, its HTML, headers, attachments, source, and what sets it apart from another.

Pure functions from values to ``Content``; they run in a worker thread and touch no widget.
"""

from __future__ import annotations

import difflib
import re
import time
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from textual.content import Content, Span
from textual.style import Style

from mailmerge.campaign import Campaign
from mailmerge.campaign.mailing import UNDECIDED_SENDER
from mailmerge.errors import RenderFailed
from mailmerge.i18n import N_, _, number, pgettext, plural
from mailmerge.letter.wire.problems import explain
from mailmerge.model import Attachment, Message, Recipient, SealedMessage
from mailmerge.model.patterns import MailboxPattern, Pattern
from mailmerge.text.addresses import Mailbox
from mailmerge.text.regex import regex
from mailmerge.text.shown import visible_lines
from mailmerge.tui.content.html import html_as_text
from mailmerge.tui.content.safe_content import LONGEST, Piece, fit, line, lines
from mailmerge.tui.content.theme import ERROR, LEAK, MUTED, STRONG, VALUE, WARNING

_LABELS = (N_("From"), N_("To"), N_("Subject"), N_("Attached"))
_WIDE = 26
_STAND_INS = N_(
    "As it would go to the server. The date, the Message-ID and the boundaries are fixed when the messages are sealed;"
    " until then placeholders are used."
)
_PREVIEW = 1200
"""Characters of a text attachment that are shown."""
_WORDS = regex(r"\s+|[\w'’.@-]+|[^\w\s]")


class Face(Struct, frozen=True):
    """One face of one message, ready to be shown."""

    content: Content
    place: int = -1
    """The character that a finding is about; -1 where there is none."""
    head: int = 0
    """How many of its first rows are a name and what belongs to it."""
    names: int = 0
    """Cells of the names: what does not fit one row goes on beside them, not below."""


class ViewRequest(Struct, frozen=True):
    """What the message pane wants to show."""

    campaign: Campaign
    recipient: Recipient
    previous: Recipient | None
    """The person above on screen."""
    face: str
    excerpt: str
    """What a finding is about, to be marked."""


class FaceReady(Struct, frozen=True):
    """One face of one message is ready."""

    request: ViewRequest
    face: Face
    seconds: float
    """What making it took."""


def compose_view(request: ViewRequest) -> FaceReady:
    """Compose one message and make one face of it."""
    began = time.perf_counter()
    face = face_of(request)
    return FaceReady(request, face, time.perf_counter() - began)


def face_of(request: ViewRequest) -> Face:
    """One face of one person's message, or why there is none."""
    campaign, recipient = request.campaign, request.recipient
    try:
        if request.face in ("headers", "source"):
            sealed = campaign.preview(recipient)
            return headers_face(sealed) if request.face == "headers" else source_face(sealed)
        message = campaign.compose(recipient)
        match request.face:
            case "html":
                return html_face(message, request.excerpt)
            case "attachments":
                return attachments_face(message)
            case "changes":
                return changes_face(message, campaign.compose(request.previous) if request.previous else None)
        return letter_face(message, campaign.sender, request.excerpt)
    except RenderFailed as error:
        return failed_face(str(error), error.line, error.expression)


def letter_face(message: Message, sender: Mailbox | None, excerpt: str = "") -> Face:
    """Who it goes to, its subject and its text, with what came from the table marked."""
    head = _head(message, sender)
    content = Content("\n").join((*head, Content(), _marked(message.shape.text, message.values)))
    return replace(_with_excerpt(content, excerpt), head=len(head), names=_label_width())


def html_face(message: Message, excerpt: str = "") -> Face:
    """The HTML part, as text."""
    if message.shape.html is None:
        return Face(line((_("This letter is plain text: there is no HTML part."), MUTED)))
    return _with_excerpt(html_as_text(message.shape.html, message.values), excerpt)


def headers_face(sealed: SealedMessage) -> Face:
    """The envelope and every header field, decoded; what is not known before sealing is said."""
    from email import message_from_bytes
    from email.policy import default

    head = sealed.content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    parsed = message_from_bytes(head, policy=default)
    rows = [
        line((_("Envelope"), STRONG), ("  " + _("what the server sees (RFC 5321)"), MUTED)),
        _header_row("MAIL FROM", sealed.envelope.reverse_path),
        _labelled("RCPT TO", sealed.envelope.forward_path, _WIDE) + line(("   " + _("one recipient, always"), MUTED)),
        Content(),
        line((_("Header"), STRONG), ("  " + _("what the reader's program gets (RFC 5322)"), MUTED)),
    ]
    rows += [_header_row(name, str(value)) for name, value in parsed.items()]
    return Face(Content("\n").join(rows), head=len(rows), names=_WIDE)


def source_face(sealed: SealedMessage) -> Face:
    """The exact bytes, as they go to the server, after what will be others."""
    text = sealed.content[: LONGEST + 1].decode("ascii", "replace")
    rest = len(sealed.content) - LONGEST
    note = plural(rest, "… {count} more byte; x exports it all", "… {count} more bytes; x exports them all")
    shown = lines(text[:LONGEST], (f"\n{note}" if rest > 0 else "", MUTED))
    return Face(line((_(_STAND_INS), MUTED)) + Content("\n\n") + shown)


def _header_row(name: str, value: str) -> Content:
    """One line of the head; what is not known before sealing is said instead of what stands for it."""
    if name in ("Date", "Message-ID"):
        return line((fit(name, _WIDE), MUTED), (_("fixed when the messages are sealed"), MUTED))
    if UNDECIDED_SENDER.address in value:
        return line((fit(name, _WIDE), MUTED), (_("no account is chosen yet"), WARNING))
    return _labelled(name, value, _WIDE)


def attachments_face(message: Message) -> Face:
    """Each file that travels: name, type, size, and its beginning where it is text."""
    if not message.attachments:
        return Face(line((_("No files travel with this message."), MUTED)))
    several = _("o opens one of them in its viewer, and so does a click on a name.")
    one = _("o opens it in its viewer, and so does a click on its name.")
    how = line((several if len(message.attachments) > 1 else one, MUTED))
    blocks = [_attachment(position, each) for position, each in enumerate(message.attachments, 1)]
    return Face(Content("\n\n").join((*blocks, how)))


def changes_face(message: Message, other: Message | None) -> Face:
    """The letter, with what differs from another person's."""
    if other is None:
        return Face(line((_("This is the first message: there is none before it to compare with."), MUTED)))
    subject = _("Subject")
    rows = [
        line((_("Compared with {name}").format(name=other.recipient.name or other.recipient.address), MUTED)),
        line((_("only here"), VALUE), "   ", (_("only there"), f"strike {MUTED}")),
        Content(),
        _difference(f"{subject}  {other.subject}", f"{subject}  {message.subject}"),
        Content(),
        _difference(other.text, message.text),
    ]
    return Face(Content("\n").join(rows))


def failed_face(reason: str, line_number: int | None, expression: str) -> Face:
    """Why there is no message for this person."""
    rows = [line((_("This message cannot be made."), ERROR)), Content(), lines(reason)]
    if line_number:
        where = _("in line {line} of the letter").format(line=line_number)
        rows += [Content(), line(where, (f"   {expression}" if expression else "", STRONG))]
    rows += [Content(), line((_("Press e to edit the letter, or X to leave this person out."), MUTED))]
    return Face(Content("\n").join(rows))


def _head(message: Message, sender: Mailbox | None) -> list[Content]:
    senders = message.mailboxes("From") or ((sender,) if sender else ())
    rows = [_labelled(_("From"), ", ".join(map(_mailbox, senders)))] if senders else []
    rows.append(_to(message))
    rows += [
        _labelled(name, ", ".join(map(_mailbox, message.mailboxes(name))))
        for name in ("Cc", "Bcc", "Reply-To")
        if message.mailboxes(name)
    ]
    rows.append(
        line((fit(_("Subject"), _label_width()), MUTED)) + _marked(message.shape.subject, message.values, one_line=True)
    )
    names = [attachment.filename for attachment in message.attachments if not attachment.content_id]
    if names:
        rows.append(_labelled(_("Attached"), ", ".join(names)))
    return rows


def _to(message: Message) -> Content:
    """The sole To mailbox, what came from the table marked; a letter that sets several shows them all."""
    label = line((fit(_("To"), _label_width()), MUTED))
    patterns = message.shape.mailboxes.get("To", ())
    if not patterns:
        name, address = message.recipient.name, message.recipient.address
        pieces: list[Piece] = [(name, VALUE), " <", (address, VALUE), ">"] if name else [(address, VALUE)]
        return label + line(*pieces)
    return label + line(", ").join(_mailbox_marked(pattern, message.values) for pattern in patterns)


def _mailbox_marked(pattern: MailboxPattern, values: Sequence[str]) -> Content:
    name, address = (_marked(each, values, one_line=True) for each in (pattern.name, pattern.address))
    return Content("").join((name, line(" <"), address, line(">"))) if name else address


def _mailbox(mailbox: Mailbox) -> str:
    return f"{mailbox.name} <{mailbox.address}>" if mailbox.name else mailbox.address


def _label_width() -> int:
    return max(cell_len(_(label)) for label in _LABELS) + 1


def _labelled(label: str, text: str, width: int = 0) -> Content:
    return line((fit(label, width or max(_label_width(), cell_len(label) + 1)), MUTED), text)


def _marked(pattern: Pattern, values: Sequence[str], *, one_line: bool = False) -> Content:
    pieces: list[Piece] = []
    for span in pattern.spans(values):
        text = span.text.replace("\n", " ") if one_line else span.text
        if span.value is None:
            pieces.append(text)
        else:
            pieces.append((text, VALUE))
    return line(*pieces) if one_line else lines(*pieces)


def _with_excerpt(content: Content, excerpt: str) -> Face:
    """Mark the text that a finding is about."""
    wanted = visible_lines(excerpt).strip()
    if not wanted:
        return Face(content)
    text = content.plain
    places = [match.start() for match in re.finditer(re.escape(wanted), text, re.IGNORECASE)]
    if not places:
        return Face(content)
    return Face(content.add_spans([Span(at, at + len(wanted), LEAK) for at in places]), places[0])


def _attachment(position: int, attachment: Attachment) -> Content:
    size = len(attachment.content)
    shown = (
        _("{count} KB").format(count=number(round(size / 1024, 1)))
        if size >= 1024
        else plural(size, "{count} byte", "{count} bytes")
    )
    inline = _("inline, cid:{content_id}").format(content_id=attachment.content_id)
    how = inline if attachment.content_id else pgettext("file", "attached")
    opens = Style.parse(STRONG) + Style.from_meta({"@click": f"screen.open_attachment({position - 1})"})
    rows = [
        line((f"{position}  ", MUTED), (attachment.filename, opens)),
        line((f"   {attachment.media_type}, {shown}, {how}", MUTED)),
        line((f"   {attachment.path}", MUTED)),
    ]
    if attachment.problem:
        rows.append(line("   ", (explain(attachment.problem), WARNING)))
    elif attachment.media_type.startswith("text/"):
        rows += [Content(), lines(attachment.content[:_PREVIEW].decode("utf-8", "replace"))]
    return Content("\n").join(rows)


def _difference(before: str, after: str) -> Content:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append("".join(new[j1:j2]))
            continue
        gone = "".join(old[i1:i2])
        if gone.strip():
            pieces.append((_joined(gone), f"strike {MUTED}"))
            pieces.append(" ")
        if j2 > j1:
            pieces.append(("".join(new[j1:j2]), VALUE))
    return lines(*pieces)


def _joined(text: str) -> str:
    return " ".join(text.split())
