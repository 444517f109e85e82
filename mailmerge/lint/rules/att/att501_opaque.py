"""ATT501: every attachment can be checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.extract.obstacles import CANNOT_BE_CHECKED
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.attachments import content_of, sound_contents
from mailmerge.model import Severity

if TYPE_CHECKING:
    from mailmerge.lint.views.message import MessageView
    from mailmerge.model import Attachment


DOC = RuleDoc(
    title=N_("Every attachment can be checked."),
    what=N_(
        "An attachment that is encrypted, contains macros or a script, is an archive or a scan, or is damaged; and, as "
        "a warning, single pages of a PDF that are scans."
    ),
    why=N_(
        "Nobody can be sure that a file that cannot be read contains nobody else's data; and letters need no macros."
    ),
    bad=N_("dossier.zip, a PDF with a password"),
    good=N_("a PDF with text; a photograph or logo"),
    fix=N_("Save it as a PDF with text and without a password."),
)
_LOOK = N_("Look at it yourself, or replace it with a page whose text can be selected.")
_LOOK_FOR_WORDS = N_("Select all of the page in a PDF reader and paste it into a text: nothing should be new to you.")
UNREADABLE_PAGE = Sentence(
    "att501.unreadable-page",
    one=N_("page {page} of the attachment {file} cannot be checked: it has text that cannot be read, as a scan does"),
    fix=_LOOK,
    many=N_(
        "{count} messages carry an attachment with a page that cannot be checked, such as page {page} of {file}: it "
        "has text that cannot be read, as a scan does ({lines})"
    ),
)
UNREADABLE_PAGES = Sentence(
    "att501.unreadable-pages",
    one=N_(
        "{pages} pages of the attachment {file} cannot be checked, the first of them page {page}: they have text "
        "that cannot be read, as scans do"
    ),
    fix=_LOOK,
    many=N_(
        "{count} messages carry an attachment with pages that cannot be checked, such as page {page} of {file}: they "
        "have text that cannot be read, as scans do ({lines})"
    ),
)
UNJUDGED_PAGE = Sentence(
    "att501.unjudged-page",
    one=N_("page {page} of the attachment {file} is too complex to be checked for hidden words"),
    fix=_LOOK_FOR_WORDS,
    many=N_(
        "{count} messages carry an attachment with a page that is too complex to be checked for hidden words, such as "
        "page {page} of {file} ({lines})"
    ),
)


@rule("ATT501", "opaque", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC, of_files=True)
def opaque(view: MessageView) -> Iterator[RawFinding]:
    """Every attachment can be checked."""
    for _index, attachment, personal in sound_contents(view):
        content = content_of(view, attachment)
        yield from _unjudged_page(view, attachment, content.unjudged_pages, personal=personal)
        if content.opaque is None:
            yield from _unreadable_pages(view, attachment, content.unreadable_pages, personal=personal)
            continue
        yield RawFinding(
            says=CANNOT_BE_CHECKED[content.opaque],
            values={"file": Quoted(attachment.filename), "limit": content.limit},
            evidence=(attachment.filename, content.opaque),
            record=view.record,
            letter=view.letter.letter.name,
            excerpt=attachment.filename,
            cause=f"{'' if personal else attachment.filename}\x1f{content.opaque}",
            general=not personal,
        )


def _unreadable_pages(
    view: MessageView, attachment: Attachment, pages: list[int], *, personal: bool
) -> Iterator[RawFinding]:
    """Pages of which nothing can be read, in a file that can be checked otherwise."""
    if not pages:
        return
    yield RawFinding(
        says=UNREADABLE_PAGES if len(pages) > 1 else UNREADABLE_PAGE,
        values={"file": Quoted(attachment.filename), "page": pages[0], "pages": len(pages)},
        evidence=(attachment.filename, "unreadable-pages", *map(str, pages)),
        record=view.record,
        letter=view.letter.letter.name,
        excerpt=attachment.filename,
        severity=Severity.WARN,
        cause=f"{'' if personal else attachment.filename}\x1funreadable-pages",
        general=not personal,
    )


def _unjudged_page(
    view: MessageView, attachment: Attachment, pages: list[int], *, personal: bool
) -> Iterator[RawFinding]:
    """The first page of which nobody knows whether all its words are seen."""
    for page in pages[:1]:
        yield RawFinding(
            says=UNJUDGED_PAGE,
            values={"file": Quoted(attachment.filename), "page": page},
            evidence=(attachment.filename, "unjudged-page", str(page)),
            record=view.record,
            letter=view.letter.letter.name,
            excerpt=attachment.filename,
            severity=Severity.WARN,
            cause=f"{'' if personal else attachment.filename}\x1funjudged-page",
            general=not personal,
        )
