"""ATT505: A file does not tell who made it, and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.attachments import content_of, sound_contents
from mailmerge.model import Severity
from mailmerge.text import fold, shorten

if TYPE_CHECKING:
    from mailmerge.lint.views.message import MessageView


_PEOPLE = ("author", "creator", "lastmodifiedby", "manager", "operator", "printed-by")


DOC = RuleDoc(
    title=N_("A file does not tell who made it, and where."),
    what=N_("an author or last editor who does not sign the letter, and paths of the computer it was made on."),
    why=N_('"lastModifiedBy: P. Durand" names the colleague who decided; a path names projects and people.'),
    bad=N_("an author field with the assistant's name"),
    good=N_("no author, or who signs, as declared"),
    fix=N_('remove the document\'s properties; or declare who it is: [lint] signatories = ["Claire Martin"].'),
)


@rule("ATT505", "metadata", Severity.WARN, Suppression.ALLOW, Scope.MESSAGE, DOC)
def metadata(view: MessageView) -> Iterator[Found]:
    """A file does not tell who made it, and where."""
    for _index, attachment, personal in sound_contents(view):
        content = content_of(view, attachment)
        told = [
            f"{name} {shorten(value, 40)}"
            for name, value in content.metadata.items()
            if name.rpartition(":")[2].casefold().endswith(_PEOPLE) and _is_person(view, value)
        ]
        if content.local_path:
            told.append(f"path {shorten(content.local_path, 50)}")
        if told:
            yield Found(
                message=f"the attachment {shorten(attachment.filename)} tells who made it: {', '.join(told)}",
                fix="Remove the document's properties, or name the person in [lint] signatories.",
                evidence=(attachment.filename, *told),
                record=view.record,
                letter=view.letter.letter.name,
                excerpt=attachment.filename,
                cause=attachment.filename if not personal else " ".join(told),
                together=f"{{count}} attachments such as {shorten(attachment.filename)} tell who made them: "
                f"{', '.join(told)}",
                general=not personal,
            )


def _is_person(view: MessageView, value: str) -> bool:
    """Whether an author's name is somebody's who does not sign."""
    folded = fold(value)
    if not folded or folded in _NOBODY:
        return False
    name = " ".join(sorted(folded.split()))
    own = {" ".join(sorted(view.words_of_own_name))}
    senders = {" ".join(sorted(fold(m.name).split())) for m in view.message.mailboxes("From")}
    return name not in view.inspection.signatories | senders | own


_NOBODY = frozenset(
    {"user", "utilisateur", "admin", "anonymous", "unknown", "python docx", "openpyxl", "microsoft office user"}
)
