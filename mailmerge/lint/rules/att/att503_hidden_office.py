"""ATT503: no attachment hides anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.extract.content import Hidden, HiddenKind
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.attachments import content_of, sound_contents
from mailmerge.model import Severity

if TYPE_CHECKING:
    from mailmerge.lint.views.message import MessageView


DOC = RuleDoc(
    title=N_("No attachment hides anything."),
    what=N_(
        "Hidden sheets, rows, columns and slides, pivot caches, comments, tracked changes, embedded files; and, as a "
        "warning, text that is white, tiny, covered or beside the page, and the table that a document is merged with."
    ),
    why=N_(
        "One click shows them; in 2023 the Police Service of Northern Ireland published the names of 10,000 officers "
        "and staff in a hidden sheet."
    ),
    bad=N_('timetable.xlsx with a hidden sheet "all"'),
    good=N_("a PDF of what is to be seen"),
    fix=N_("Export it as a PDF, or inspect the document (File, Info, Check for Issues) and remove what is hidden."),
)
_FIX = N_("Export it as a PDF, or remove what is hidden: File, Info, Check for Issues.")
_SHOW = N_("Export it as a PDF, or show what is hidden and delete what nobody should see.")
HIDES: Mapping[HiddenKind, Sentence] = {
    HiddenKind.CELLS: Sentence(
        "att503.cells",
        one=N_("the attachment {file} contains hidden cells"),
        fix=_SHOW,
        many=N_("{count} messages carry an attachment with hidden cells, such as {file} ({lines})"),
    ),
    HiddenKind.COLUMNS: Sentence(
        "att503.columns",
        one=N_("the attachment {file} contains hidden columns"),
        fix=_SHOW,
        many=N_("{count} messages carry an attachment with hidden columns, such as {file} ({lines})"),
    ),
    HiddenKind.COMMENTS: Sentence(
        "att503.comments",
        one=N_("the attachment {file} contains comments"),
        fix=_FIX,
        many=N_("{count} messages carry an attachment with comments, such as {file} ({lines})"),
    ),
    HiddenKind.DATA_SOURCE: Sentence(
        "att503.data-source",
        one=N_("the attachment {file} is linked to the table that it is merged with"),
        fix=N_("Export it as a PDF, or remove the link: Mailings, Start Mail Merge, Normal Word Document."),
        many=N_(
            "{count} messages carry an attachment linked to the table that it is merged with, such as {file} ({lines})"
        ),
    ),
    HiddenKind.EMBEDDED_FILE: Sentence(
        "att503.embedded-file",
        one=N_("the attachment {file} contains an embedded file"),
        fix=N_("Export it as a PDF, or delete the embedded file."),
        many=N_("{count} messages carry an attachment with an embedded file, such as {file} ({lines})"),
    ),
    HiddenKind.EMBEDDED_OBJECT: Sentence(
        "att503.embedded-object",
        one=N_("the attachment {file} contains an embedded object"),
        fix=N_("Export it as a PDF, or delete the embedded object."),
        many=N_("{count} messages carry an attachment with an embedded object, such as {file} ({lines})"),
    ),
    HiddenKind.LINKED_WORKBOOK: Sentence(
        "att503.linked-workbook",
        one=N_("the attachment {file} contains links to other workbooks, with their cells"),
        fix=N_("Export it as a PDF, or break the links: Data, Edit Links."),
        many=N_(
            "{count} messages carry an attachment with links to other workbooks, with their cells, such as {file} "
            "({lines})"
        ),
    ),
    HiddenKind.PIVOT_CACHE: Sentence(
        "att503.pivot-cache",
        one=N_("the attachment {file} contains a pivot cache: the whole table behind a summary"),
        fix=N_("Export it as a PDF, or paste the summary into a new workbook as values."),
        many=N_(
            "{count} messages carry an attachment with a pivot cache, the whole table behind a summary, such as {file} "
            "({lines})"
        ),
    ),
    HiddenKind.ROWS: Sentence(
        "att503.rows",
        one=N_("the attachment {file} contains hidden rows"),
        fix=_SHOW,
        many=N_("{count} messages carry an attachment with hidden rows, such as {file} ({lines})"),
    ),
    HiddenKind.SHEET: Sentence(
        "att503.sheet",
        one=N_("the attachment {file} contains a hidden sheet"),
        fix=_SHOW,
        many=N_("{count} messages carry an attachment with a hidden sheet, such as {file} ({lines})"),
    ),
    HiddenKind.SLIDE: Sentence(
        "att503.slide",
        one=N_("the attachment {file} contains a hidden slide"),
        fix=_SHOW,
        many=N_("{count} messages carry an attachment with a hidden slide, such as {file} ({lines})"),
    ),
    HiddenKind.SPEAKER_NOTES: Sentence(
        "att503.speaker-notes",
        one=N_("the attachment {file} contains speaker's notes"),
        fix=_FIX,
        many=N_("{count} messages carry an attachment with speaker's notes, such as {file} ({lines})"),
    ),
    HiddenKind.TEXT: Sentence(
        "att503.text",
        one=N_("the attachment {file} contains hidden text"),
        fix=_FIX,
        many=N_("{count} messages carry an attachment with hidden text, such as {file} ({lines})"),
    ),
    HiddenKind.TINY_TEXT: Sentence(
        "att503.tiny-text",
        one=N_("the attachment {file} contains text that is too small to be read"),
        fix=N_("Delete the tiny text, or make it as large as the rest."),
        many=N_(
            "{count} messages carry an attachment with text that is too small to be read, such as {file} ({lines})"
        ),
    ),
    HiddenKind.TRACKED_CHANGES: Sentence(
        "att503.tracked-changes",
        one=N_("the attachment {file} contains tracked changes"),
        fix=N_("Accept or reject all changes, or export it as a PDF without them."),
        many=N_("{count} messages carry an attachment with tracked changes, such as {file} ({lines})"),
    ),
    HiddenKind.UNSEEN_TEXT: Sentence(
        "att503.unseen-text",
        one=N_("the attachment {file} contains text that is not displayed"),
        fix=N_("Delete the text that nobody is meant to read, or display it."),
        many=N_("{count} messages carry an attachment with text that is not displayed, such as {file} ({lines})"),
    ),
    HiddenKind.WHITE_TEXT: Sentence(
        "att503.white-text",
        one=N_("the attachment {file} contains text in the colour of its background, such as white on white"),
        fix=N_("Delete the text that nobody can see, or give it another colour."),
        many=N_(
            "{count} messages carry an attachment with text in the colour of its background, such as {file} ({lines})"
        ),
    ),
}
ON_PAGE: Mapping[HiddenKind, Sentence] = {
    HiddenKind.COMMENTS: Sentence(
        "att503.comment-on-page",
        one=N_("the attachment {file} contains a comment on page {page}"),
        fix=N_("Delete the comment, or print the file to a new PDF without comments."),
        many=N_("{count} messages carry an attachment with a comment on page {page}, such as {file} ({lines})"),
    ),
    HiddenKind.TINY_TEXT: Sentence(
        "att503.tiny-text-on-page",
        one=N_("the attachment {file} contains text on page {page} that is too small to be read"),
        fix=N_("In the original document, delete the tiny text, then export it as a PDF again."),
        many=N_(
            "{count} messages carry an attachment with text on page {page} that is too small to be read, such as "
            "{file} ({lines})"
        ),
    ),
    HiddenKind.UNSEEN_TEXT: Sentence(
        "att503.unseen-text-on-page",
        one=N_("the attachment {file} contains text on page {page} that is not displayed"),
        fix=N_(
            "It can be copied and searched, even below a black bar. In the original document, delete the text, then "
            "export it as a PDF again."
        ),
        many=N_(
            "{count} messages carry an attachment with text on page {page} that is not displayed, such as {file} "
            "({lines})"
        ),
    ),
    HiddenKind.WHITE_TEXT: Sentence(
        "att503.white-text-on-page",
        one=N_("the attachment {file} contains text on page {page} in the colour of its background"),
        fix=N_("In the original document, delete the text that nobody can see, then export it as a PDF again."),
        many=N_(
            "{count} messages carry an attachment with text on page {page} in the colour of its background, such as "
            "{file} ({lines})"
        ),
    ),
}
NAMED_FILE = Sentence(
    "att503.named-file",
    one=N_("the attachment {file} contains the embedded file {embedded}"),
    fix=N_("Remove the embedded file, or print the attachment to a new PDF."),
    many=N_("{count} messages carry an attachment with the embedded file {embedded}, such as {file} ({lines})"),
)


@rule("ATT503", "hidden-office", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC, of_files=True)
def hidden_office(view: MessageView) -> Iterator[RawFinding]:
    """No attachment hides anything."""
    for _index, attachment, personal in sound_contents(view):
        for hidden in content_of(view, attachment).hidden:
            tokens = (hidden.kind, str(hidden.page or ""), hidden.name)
            yield RawFinding(
                says=_sentence(hidden),
                values={
                    "file": Quoted(attachment.filename),
                    "page": hidden.page,
                    "embedded": Quoted(hidden.name),
                },
                evidence=(attachment.filename, *tokens),
                record=view.record,
                letter=view.letter.letter.name,
                excerpt=attachment.filename,
                cause="\x1f".join(("" if personal else attachment.filename, *tokens)),
                general=not personal,
                severity=Severity.WARN if hidden.kind in _MILD else None,
            )


_MILD = {HiddenKind.DATA_SOURCE, HiddenKind.TINY_TEXT, HiddenKind.UNSEEN_TEXT, HiddenKind.WHITE_TEXT}
"""What is looked at by a person: a link that leads nowhere without its table, a colour or a size that may be meant."""


def _sentence(hidden: Hidden) -> Sentence:
    if hidden.page and (on_page := ON_PAGE.get(hidden.kind)):
        return on_page
    return NAMED_FILE if hidden.name else HIDES[hidden.kind]
