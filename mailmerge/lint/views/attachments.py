"""The files of a letter or a message, each read once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from mailmerge.lint.extract.content import Content
from mailmerge.lint.extract.reader import read_content
from mailmerge.lint.sentence import Quoted
from mailmerge.lint.views.message import MessageView

if TYPE_CHECKING:
    from mailmerge.model import Attachment


def content_of(view: MessageView, attachment: Attachment) -> Content:
    """What a file contains; one that several people get is read once."""
    known = view.inspection.looked_into
    key = (attachment.filename, len(attachment.content), hash(attachment.content))
    content = known.get(key)
    return content or known.put(key, read_content(attachment.content, attachment.filename))


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
