"""ATT503: no attachment hides anything."""

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


@rule("ATT503", "hidden-office", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE)
def hidden_office(view: MessageView) -> Iterator[Found]:
    """No attachment hides anything.

    What: hidden sheets, rows, columns and slides, pivot caches, comments, tracked changes, embedded files.
    Why: one click shows them; the Police Service of Northern Ireland published the names of 10,000 officers and staff
    in a hidden sheet in 2023.
    Bad: planning.xlsx with a hidden sheet "tous"
    Good: a PDF of what is to be seen
    Fix: export it as PDF; or inspect the document (File, Info, Check for Issues) and remove what is hidden.
    """
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
