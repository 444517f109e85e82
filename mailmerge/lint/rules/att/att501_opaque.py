"""ATT501: whatever travels can be looked into."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import Scope, rule
from mailmerge.lint.views.attachments import content_of, sound_contents
from mailmerge.model import Severity
from mailmerge.text import shorten

if TYPE_CHECKING:
    from mailmerge.lint.views.message import MessageView


@rule("ATT501", "opaque", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE)
def opaque(view: MessageView) -> Iterator[Found]:
    """Whatever travels can be looked into.

    What: an attachment that is encrypted, holds macros or a script, is an archive or a scan, or is damaged.
    Why: nobody can prove that what cannot be read holds nobody else's data; and macros are not for letters.
    Bad: dossier.zip, a PDF with a password
    Good: a PDF with text; a photograph or logo
    Fix: save it as a PDF with text, without a password.
    """
    for _index, attachment, personal in sound_contents(view):
        content = content_of(view, attachment)
        if content.opaque:
            yield Found(
                message=f"the attachment {shorten(attachment.filename)} cannot be checked: {content.opaque}",
                fix="Save it as a PDF with text, without a password; or waive it after looking into it yourself.",
                evidence=(attachment.filename, content.opaque),
                record=view.record,
                letter=view.letter.letter.name,
                excerpt=attachment.filename,
                cause=f"{attachment.filename if not personal else ''}\x1f{content.opaque}",
                together=f"{{count}} attachments such as {shorten(attachment.filename)} cannot be checked: "
                f"{content.opaque}",
                general=not personal,
            )
