"""ATT503: no attachment hides anything."""

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
    title=N_("No attachment hides anything."),
    what=N_("hidden sheets, rows, columns and slides, pivot caches, comments, tracked changes, embedded files."),
    why=N_(
        "one click shows them; the Police Service of Northern Ireland published the names of 10,000 officers and "
        "staff in a hidden sheet in 2023."
    ),
    bad=N_('planning.xlsx with a hidden sheet "tous"'),
    good=N_("a PDF of what is to be seen"),
    fix=N_("export it as PDF; or inspect the document (File, Info, Check for Issues) and remove what is hidden."),
)


@rule("ATT503", "hidden-office", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def hidden_office(view: MessageView) -> Iterator[Found]:
    """No attachment hides anything."""
    for _index, attachment, personal in sound_contents(view):
        for what in content_of(view, attachment).hidden:
            yield Found(
                message=f"the attachment {shorten(attachment.filename)} holds {what}",
                fix="Export it as PDF; or remove what is hidden: File, Info, Check for Issues.",
                evidence=(attachment.filename, what),
                record=view.record,
                letter=view.letter.letter.name,
                excerpt=attachment.filename,
                cause=f"{attachment.filename if not personal else ''}\x1f{what}",
                together=f"{{count}} attachments such as {shorten(attachment.filename)} hold {what}",
                general=not personal,
            )
