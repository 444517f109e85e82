"""Internal remarks about a person that are in that person's own file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.attachments import content_of
from mailmerge.lint.views.message import MessageView

if TYPE_CHECKING:
    from mailmerge.model import Attachment

OWN_REMARK = Sentence(
    "att502.own-remark",
    one=N_('{person} would get the internal note "{column}" about themselves in the attachment {file}: {shown}'),
    fix=N_(
        'Remove the note from the files; or, if each person may read their own "{column}", waive this, or add {field} '
        "to the Fields: header of the letter."
    ),
    many=N_(
        '{count} people would get the internal note "{column}" about themselves in an attachment, such as {file} '
        "({lines})"
    ),
)


def own_remarks(view: MessageView, attachment: Attachment) -> Iterator[RawFinding]:
    """One finding a column: who may read their own remark is decided for all; nobody else's is part of it."""
    inspection = view.inspection
    declared = view.letter.letter.declared or frozenset()
    seen: set[str] = set()
    for _piece, remark, shown in content_of(view, attachment).remarks(inspection.internal):
        if view.record.number not in remark.owners or remark.field in seen or remark.field in declared:
            continue
        seen.add(remark.field)
        yield RawFinding(
            says=OWN_REMARK,
            values={
                "person": inspection.person(view.record),
                "column": Quoted(inspection.table.header(remark.field), 40),
                "field": remark.field,
                "file": Quoted(attachment.filename),
                "shown": Quoted(shown),
            },
            evidence=("own-remark", remark.field, attachment.filename, view.own_key, *remark.words),
            record=view.record,
            excerpt=shown,
            cause=f"own-remark\x1f{remark.field}",
        )
