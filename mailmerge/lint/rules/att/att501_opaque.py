"""ATT501: whatever travels can be looked into."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.attachments import content_of, sound_contents
from mailmerge.model import Severity
from mailmerge.text import shorten

if TYPE_CHECKING:
    from mailmerge.lint.views.message import MessageView


DOC = RuleDoc(
    title=N_("Whatever travels can be looked into."),
    what=N_("an attachment that is encrypted, holds macros or a script, is an archive or a scan, or is damaged."),
    why=N_("nobody can prove that what cannot be read holds nobody else's data; and macros are not for letters."),
    bad=N_("dossier.zip, a PDF with a password"),
    good=N_("a PDF with text; a photograph or logo"),
    fix=N_("save it as a PDF with text, without a password."),
)


@rule("ATT501", "opaque", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC)
def opaque(view: MessageView) -> Iterator[Found]:
    """Whatever travels can be looked into."""
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
