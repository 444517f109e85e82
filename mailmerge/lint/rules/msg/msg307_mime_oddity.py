"""MSG307: only the parts that the letter declares."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("Only the parts that the letter declares."),
    what=N_(
        "A part that the letter does not name, or a forwarded message as a part; in the final bytes also text before "
        "the first part and after the last one (WIR903)."
    ),
    why=N_("What mail programs do not show can be read by whoever saves the mail, and nobody proofread it."),
    bad=N_("an attached .eml with another candidate's mail"),
    good=N_("text, HTML and the attachments of the letter's header"),
    fix=N_("Remove the part from the letter, and send documents as PDF."),
)
WHOLE_MESSAGE = Sentence(
    "msg307.message",
    one=N_("{person}: the attachment {file} is a whole e-mail message"),
    fix=N_("Remove it from {letter}; send documents as PDF."),
    many=N_("{count} people would get the attachment {file}, which is a whole e-mail message ({lines})"),
)
NUMBER = Sentence(
    "msg307.number",
    one=N_("{person}: the number of attachments is {attached}, but {letter} declares {declared}"),
    fix=N_("Check the Attachment headers of {letter}."),
    many=N_("in {count} messages the number of attachments is {attached}, but {letter} declares {declared} ({lines})"),
)


@rule("MSG307", "mime-oddity", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def mime_oddity(view: MessageView) -> Iterator[RawFinding]:
    """Only the parts that the letter declares."""
    attachments = view.message.attachments
    for attachment in attachments:
        if attachment.media_type.startswith(("message/", "multipart/")):
            yield _found(view, WHOLE_MESSAGE, ("message", attachment.filename), {"file": Quoted(attachment.filename)})
    attached, declared = len(attachments), len(view.message.shape.attachments)
    if attached != declared:
        kind = ("number", str(attached), str(declared))
        yield _found(view, NUMBER, kind, {"attached": attached, "declared": declared})


def _found(view: MessageView, says: Sentence, kind: tuple[str, ...], values: dict[str, Value]) -> RawFinding:
    letter = view.letter.letter.name
    return RawFinding(
        says=says,
        values={"person": view.inspection.person(view.record), "letter": Quoted(letter), **values},
        evidence=(view.own_key, *kind),
        record=view.record,
        letter=letter,
        cause="\x1f".join(kind),
    )
