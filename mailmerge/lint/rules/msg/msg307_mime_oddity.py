"""MSG307: only the parts that the letter declares."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity
from mailmerge.text import shorten

DOC = RuleDoc(
    title=N_("Only the parts that the letter declares."),
    what=N_(
        "a part that the letter did not name, a forwarded message as a part; on the wire also text before the "
        "first part and after the last one (WIR903)."
    ),
    why=N_("what no program shows is read by whoever saves the mail, and nobody proofread it."),
    bad=N_("an attached .eml with another candidate's mail"),
    good=N_("text, HTML and the attachments of the letter's header"),
    fix=N_("take the part out of the letter; send documents as PDF."),
)


@rule("MSG307", "mime-oddity", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def mime_oddity(view: MessageView) -> Iterator[Found]:
    """Only the parts that the letter declares."""
    message = view.message
    reasons = [
        f"a part is a whole message ({shorten(attachment.filename)})"
        for attachment in message.attachments
        if attachment.media_type.startswith(("message/", "multipart/"))
    ]
    if len(message.attachments) != len(message.shape.attachments):
        reasons.append(f"{len(message.attachments)} attachments instead of {len(message.shape.attachments)}")
    for reason in reasons:
        yield Found(
            message=f"{view.inspection.person(view.record)}: {reason}",
            fix="Take the part out of the letter.",
            evidence=(view.own_key, reason),
            record=view.record,
            letter=view.letter.letter.name,
            cause=reason,
        )
