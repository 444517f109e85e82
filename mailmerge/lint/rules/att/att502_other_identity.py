"""ATT502: no attachment names another recipient."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from mailmerge.i18n import N_
from mailmerge.lint.extract.content import Part, Piece
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.identities.index import Hit, What
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence, Term, Value
from mailmerge.lint.views.attachments import content_of, sound_contents
from mailmerge.lint.views.third_parties import foreign_in
from mailmerge.model import Severity

if TYPE_CHECKING:
    from mailmerge.lint.views.message import MessageView
    from mailmerge.model import Attachment


DOC = RuleDoc(
    title=N_("No attachment names another recipient."),
    what=N_(
        "An address, number, reference or full name of another row in an attachment: in its text, in any part of an "
        "Office file, in its properties or comments, or in its name."
    ),
    why=N_("The hidden sheet of a timetable, or the author field of a certificate, names the other candidates."),
    bad=N_("a timetable of all interviews, attached to each invitation"),
    good=N_("a file about this person, or about nobody"),
    fix=N_("Make one file per person, or one without names."),
)
_FIX = N_("Make one file per person, or one without names.")
IN_PART = Sentence(
    "att502.part",
    one=N_("{person} would get the {what} of {owners} in the attachment {file} ({part}): {shown}"),
    fix=_FIX,
    many=N_("{count} people would get the {what} of {owners} in the attachment {file} ({part}): {lines}"),
)
ON_PAGE = Sentence(
    "att502.page",
    one=N_("{person} would get the {what} of {owners} in the attachment {file} (page {page}): {shown}"),
    fix=_FIX,
    many=N_("{count} people would get the {what} of {owners} in the attachment {file} (page {page}): {lines}"),
)
IN_COMMENT = Sentence(
    "att502.comment",
    one=N_("{person} would get the {what} of {owners} in the attachment {file} (a comment on page {page}): {shown}"),
    fix=_FIX,
    many=N_(
        "{count} people would get the {what} of {owners} in the attachment {file} (a comment on page {page}): {lines}"
    ),
)
SEVERAL = Sentence(
    "att502.several",
    one=N_("{person} would get the data of {owned} other people in the attachment {file}: {owners}"),
    fix=_FIX,
    many=N_("{count} people would get the data of others in the attachment {file}, such as {few}: {lines}"),
)
PARTS: Mapping[Part, Term] = {
    Part.ALTERNATIVE: Term(N_("alternative text")),
    Part.AUTHOR: Term(N_("the author")),
    Part.BOOKMARK: Term(N_("a bookmark")),
    Part.BYTES: Term(N_("its raw data")),
    Part.CELLS: Term(N_("the cells")),
    Part.COMMENT: Term(N_("a comment")),
    Part.EDITOR: Term(N_("the last editor")),
    Part.EMBEDDED: Term(N_("an embedded file")),
    Part.EXTERNAL: Term(N_("cells of another workbook")),
    Part.FORM: Term(N_("a form field")),
    Part.HEADER: Term(N_("a header or footer")),
    Part.IMAGE: Term(N_("image metadata")),
    Part.INTERNAL: Term(N_("internal data")),
    Part.LAYER: Term(N_("the name of a layer")),
    Part.LINK: Term(N_("a link")),
    Part.MARKUP: Term(N_("its source")),
    Part.MESSAGE_HEADER: Term(N_("the header of a message")),
    Part.NAME: Term(N_("its name")),
    Part.NOTE: Term(N_("a footnote or endnote")),
    Part.PAGE: Term(N_("a page")),
    Part.PIVOT: Term(N_("a pivot table")),
    Part.PROPERTIES: Term(N_("the document properties")),
    Part.REVISION: Term(N_("an earlier version of the file")),
    Part.SCRIPT: Term(N_("a script")),
    Part.SHEET: Term(N_("the name of a sheet")),
    Part.SLIDE: Term(N_("a slide")),
    Part.SPEAKER_NOTES: Term(N_("the speaker's notes")),
    Part.TEXT: Term(N_("the text")),
}


class _Other(NamedTuple):
    """Something in a file that is another person's."""

    piece: Piece
    what: What
    key: str
    """An address as it is written, anything else normalised."""
    owners: tuple[int, ...]


@rule("ATT502", "other-identity", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def other_identity(view: MessageView) -> Iterator[Found]:
    """No attachment names another recipient."""
    for _index, attachment, personal in sound_contents(view):
        others = list(_others_in(view, attachment))
        if len(others) > _FEW:
            yield _several(view, attachment, others, personal=personal)
        else:
            for other in others:
                yield _one(view, attachment, other, personal=personal)


_FEW = 3
_OWNERS_KEPT = 1000


def _one(view: MessageView, attachment: Attachment, other: _Other, *, personal: bool) -> Found:
    piece = other.piece
    shown = _shown(view, attachment, other)
    values: dict[str, Value] = {
        "person": view.inspection.person(view.record),
        "what": other.what.term,
        "owners": view.inspection.people(other.owners),
        "file": Quoted(attachment.filename),
        "part": PARTS[piece.part],
        "page": piece.page,
        "shown": Quoted(shown, 40),
    }
    on_page = IN_COMMENT if piece.part is Part.COMMENT else ON_PAGE
    return Found(
        says=on_page if piece.page else IN_PART,
        values=values,
        evidence=(attachment.filename, other.what.token, other.key, view.own_key if personal else ""),
        record=view.record,
        others=other.owners,
        excerpt=shown,
        cause=f"{'personal' if personal else attachment.filename}\x1f{other.key}",
        general=not personal,
    )


def _several(view: MessageView, attachment: Attachment, others: list[_Other], *, personal: bool) -> Found:
    owners = tuple(dict.fromkeys(number for other in others for number in other.owners))
    return Found(
        says=SEVERAL,
        values={
            "person": view.inspection.person(view.record),
            "owned": len(owners),
            "file": Quoted(attachment.filename),
            "owners": view.inspection.people(owners),
            "few": view.inspection.people(owners[:2]),
        },
        evidence=(attachment.filename, "many", view.own_key if personal else ""),
        record=view.record,
        others=owners[:_OWNERS_KEPT],
        excerpt=_shown(view, attachment, others[0]),
        cause=f"{'personal' if personal else attachment.filename}\x1fmany",
        general=not personal,
    )


def _others_in(view: MessageView, attachment: Attachment) -> Iterator[_Other]:
    """What in a file is other people's, each once."""
    content = content_of(view, attachment)
    reported: set[str] = set()
    name = Piece(Part.NAME, re.sub(r"[_.-]+", " ", attachment.filename))
    for piece in (name, *content.identified(view.inspection.identities)):
        for what, written, owners, key in foreign_in(view, piece.text, named=True):
            if owners and key not in reported:
                reported.add(key)
                yield _Other(piece, what, written, owners)


def _shown(view: MessageView, attachment: Attachment, other: _Other) -> str:
    """The identity as the file, or its name, has it."""
    if other.what is What.ADDRESS:
        return other.key
    text = attachment.filename if other.piece.part is Part.NAME else other.piece.text
    hit = Hit(other.what, other.key, other.owners)
    return content_of(view, attachment).spelling(text, hit) or other.key
