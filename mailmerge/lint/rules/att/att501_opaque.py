"""ATT501: every attachment can be checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.extract.obstacles import CANNOT_BE_CHECKED
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted
from mailmerge.lint.views.attachments import content_of, sound_contents
from mailmerge.model import Severity

if TYPE_CHECKING:
    from mailmerge.lint.views.message import MessageView


DOC = RuleDoc(
    title=N_("Every attachment can be checked."),
    what=N_("An attachment that is encrypted, contains macros or a script, is an archive or a scan, or is damaged."),
    why=N_(
        "Nobody can be sure that a file that cannot be read contains nobody else's data; and letters need no macros."
    ),
    bad=N_("dossier.zip, a PDF with a password"),
    good=N_("a PDF with text; a photograph or logo"),
    fix=N_("Save it as a PDF with text and without a password."),
)


@rule("ATT501", "opaque", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC)
def opaque(view: MessageView) -> Iterator[Found]:
    """Every attachment can be checked."""
    for _index, attachment, personal in sound_contents(view):
        content = content_of(view, attachment)
        if content.opaque is None:
            continue
        yield Found(
            says=CANNOT_BE_CHECKED[content.opaque],
            values={"file": Quoted(attachment.filename), "limit": content.limit},
            evidence=(attachment.filename, content.opaque),
            record=view.record,
            letter=view.letter.letter.name,
            excerpt=attachment.filename,
            cause=f"{'' if personal else attachment.filename}\x1f{content.opaque}",
            general=not personal,
        )
