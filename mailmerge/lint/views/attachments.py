"""The files of a letter or a message, each read once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from mailmerge.lint.extract.content import Content
from mailmerge.lint.extract.reader import read_content
from mailmerge.lint.views.message import MessageView

if TYPE_CHECKING:
    from mailmerge.lint.views.message import MessageView
    from mailmerge.model import Attachment


_KEPT = 16


def content_of(view: MessageView, attachment: Attachment) -> Content:
    """What stands in a file; one that everybody gets is looked into once."""
    known = view.inspection.looked_into
    key = (attachment.filename, len(attachment.content), hash(attachment.content))
    content = known.get(key)
    if content is None:
        content = known[key] = read_content(attachment.content, attachment.filename)
        while len(known) > _KEPT:
            known.popitem(last=False)
    else:
        known.move_to_end(key)
    return content


def sound_contents(view: MessageView) -> Iterator[tuple[int, Attachment, bool]]:
    """The attachments that can travel, and whether a value names them."""
    patterns = view.message.shape.attachments
    for index, attachment in enumerate(view.message.attachments):
        if not attachment.problem and attachment.content:
            yield index, attachment, index < len(patterns) and bool(patterns[index].slots)


def is_personal(view: MessageView, index: int) -> bool:
    """Whether the letter names a file of its own for each person."""
    patterns = view.message.shape.attachments
    return index < len(patterns) and bool(patterns[index].slots)


def place_of(view: MessageView, attachment: Attachment) -> str:
    """Where a file is, from the letter's folder: a waiver holds wherever the campaign is moved."""
    folder = view.letter.letter.path.absolute().parent
    return PurePath(os.path.relpath(attachment.path, folder)).as_posix()
