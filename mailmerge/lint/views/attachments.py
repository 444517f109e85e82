"""The files of a letter or a message, each read once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from mailmerge.lint.extract.content import Content, Part, Piece
from mailmerge.lint.identities.masking import identities_in
from mailmerge.lint.identities.rows.amounts import AmountSeen
from mailmerge.lint.identities.rows.internal import is_about
from mailmerge.lint.identities.what import CONTACTS, Hit, What
from mailmerge.lint.sentence import Quoted
from mailmerge.lint.views.disclosure import Other
from mailmerge.lint.views.initials import others_among
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.message import MessageView
from mailmerge.lint.views.third_parties import foreign_in
from mailmerge.text.folding import fold

if TYPE_CHECKING:
    from mailmerge.model import Attachment


def content_of(view: MessageView, attachment: Attachment) -> Content:
    """What a file contains; one that several people get is read once."""
    known = view.inspection.looked_into
    key = (attachment.filename, len(attachment.content), hash(attachment.content))
    content = known.get(key)
    if content is None:
        from mailmerge.lint.extract.reader import read_content  # its readers are many, and most letters attach nothing

        content = known.put(key, read_content(attachment.content, attachment.filename))
    return content


def sound_contents(view: MessageView) -> Iterator[tuple[int, Attachment, bool]]:
    """The attachments that can be sent, and whether a value names them."""
    for index, attachment in enumerate(view.message.attachments):
        if attachment.problem is None and attachment.content:
            yield index, attachment, is_personal(view, index)


def is_personal(view: MessageView, index: int) -> bool:
    """Whether the letter names a file of its own for each person."""
    patterns = view.message.shape.attachments
    return index < len(patterns) and bool(patterns[index].slots)


def named_in(view: MessageView, index: int) -> Quoted:
    """What names a file, for a sentence: a column (by its header), an expression, or the letter."""
    if not is_personal(view, index):
        return Quoted(view.letter.letter.name, 40)
    expression = view.message.shape.expressions[view.message.shape.attachments[index].slots[0].value]
    table = view.inspection.table
    fields = [field for field in expression.fields if field in table.names]
    return Quoted(table.header(fields[0]) if len(fields) == 1 else expression.source, 40)


def place_of(view: MessageView, attachment: Attachment) -> str:
    """Where a file is, from the letter's folder: a waiver holds wherever the campaign is moved."""
    folder = view.letter.letter.path.absolute().parent
    return PurePath(os.path.relpath(attachment.path, folder)).as_posix()


def others_in(view: MessageView, attachment: Attachment, *, personal: bool) -> Iterator[Other]:
    """What in a file, or in its name, is not the recipient's, each once: the one place where files meet identities.

    An internal remark about the recipient is told here only of a file that others get as well.
    """
    content = content_of(view, attachment)
    reported: set[str] = set()
    stem = Path(attachment.filename).stem
    name = "\n\n".join((stem, re.sub(r"[_.-]+", " ", stem)))
    writers = view.inspection.writers
    pieces = content.identified(view.inspection.identities)
    if view.inspection.printed(name).once(_identifies):
        pieces = [Piece(Part.NAME, name), *pieces]
    for piece in pieces:
        part, text, page = piece
        for what, written, owners, key, shown in _foreign(view, content, piece):
            if not owners or key in reported or (what in CONTACTS and not writers.isdisjoint(owners)):
                continue
            reported.add(key)
            if not shown:
                whole = attachment.filename if part is Part.NAME else text
                shown = content.spelling(whole, Hit(what, written, owners)) or written
            yield Other(part, page, what, written, owners, shown)
    for (part, _text, page), hit in content.detailed(view.inspection.identities):
        is_own = view.record.number in hit.owners
        if hit.what is not What.NUMBER and not is_own and hit.key not in reported:  # a long file has many numbers
            reported.add(hit.key)
            yield Other(part, page, hit.what, hit.key, hit.owners, hit.text)
    for (part, _text, page), found in content.initialled(view.inspection.identities):
        for hit in others_among(view, [found]):
            if hit.key not in reported:
                reported.add(hit.key)
                yield Other(part, page, hit.what, hit.key, hit.owners, hit.text)
    remarks = content.remarks(view.inspection.internal)
    among = [remark for _piece, remark, _shown in remarks]
    for (part, _text, page), remark, shown in remarks:
        whose = f"{remark.field} {remark.owners}"
        if whose not in reported and not (personal and is_about(view.record.number, remark, among)):
            reported.add(whose)
            yield Other(part, page, What.REMARK, " ".join(remark.words), remark.owners, shown)


def _foreign(
    view: MessageView, content: Content, piece: Piece
) -> Iterator[tuple[What, str, tuple[int, ...], str, str]]:
    """What in a text is somebody else's, as :func:`foreign_in` has it, and how it is written if that is known.

    A list of many is read once, whoever gets it: whose it is does not depend on one more name in it.
    """
    if piece.part is Part.NAME or not (hits := content.of_many(view.inspection.identities, piece)):
        for what, written, owners, key in foreign_in(view, piece.text, named=True):
            yield what, written, owners, key, written if what is What.ADDRESS else ""
        return
    number, signatories = view.record.number, view.inspection.signatories
    for hit in hits:
        if number not in hit.owners and hit.key not in signatories and not view.may_hold(hit):
            yield hit.what, hit.key, hit.owners, hit.key, hit.text


def _identifies(inspection: Inspection, name: str) -> bool:
    """Whether the name of a file is, or has, somebody's identity."""
    return next(identities_in(inspection.identities, name), None) is not None


def amounts_in(view: MessageView, attachment: Attachment) -> tuple[AmountSeen, ...]:
    """What a personal file has of the amounts that everybody has of their own."""
    if not view.inspection.amounts:
        return ()
    texts = [piece.text for piece in content_of(view, attachment).pieces]
    return view.inspection.amounts.seen(texts, view.record)


def is_theirs(view: MessageView, attachment: Attachment) -> bool:
    """Whether the file's name or text contains a name, reference or other identity of the record."""
    name = fold(Path(attachment.filename).stem)
    if any(word in name for word in _own_words(view, *view.inspection.table.first_names)):
        return True
    own = _own_words(view)
    content = content_of(view, attachment)
    if content.opaque is not None or any(not own.isdisjoint(fold(piece.text).split()) for piece in content.pieces):
        return True
    whole = [f" {said} " for said in _own_phrases(view)]  # Bo Li, whose words are too short
    return any(said in text for piece in content.pieces for text in (f" {fold(piece.text)} ",) for said in whole)


def _own_phrases(view: MessageView) -> Iterator[str]:
    """This person's address and whole name, folded, in either order."""
    yield fold(view.recipient.address)
    words = fold(view.recipient.name).split()
    if len(words) > 1:
        yield " ".join(words)
        yield " ".join((words[-1], *words[:-1]))


def _own_words(view: MessageView, *more: str) -> set[str]:
    """The folded words, of three letters or more, that are this person's: names, and the ends of references."""
    table = view.inspection.table
    whole = (table.columns.full_name,) if table.columns.full_name else ()
    names = [table.value(view.record, field) for field in (*table.last_names, *whole, *more)]
    own = {word for name in names for word in fold(name).split()}
    for field in view.inspection.identities.strong_fields():
        identity = fold(table.value(view.record, field).partition("@")[0]).split()
        own.update(identity[-1:])
    return {word for word in own if len(word) > 2}
