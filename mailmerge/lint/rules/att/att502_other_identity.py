"""ATT502: no attachment tells of somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.attachments import content_of, sound_contents
from mailmerge.lint.views.third_parties import foreign_in
from mailmerge.model import Severity
from mailmerge.text import shorten

if TYPE_CHECKING:
    from mailmerge.lint.views.message import MessageView
    from mailmerge.model import Attachment


DOC = RuleDoc(
    title=N_("No attachment tells of somebody else."),
    what=N_(
        "an address, number, reference or full name of another record in an attachment: its text, every XML part "
        "of an office file, its metadata, comments, and its name."
    ),
    why=N_("the hidden sheet of a timetable, or the author field of a certificate, names the other candidates."),
    bad=N_("a timetable of all interviews, attached to each invitation"),
    good=N_("a file about this person, or about nobody"),
    fix=N_("make a file for each person, or one without names."),
)


@rule("ATT502", "other-identity", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def other_identity(view: MessageView) -> Iterator[Found]:
    """No attachment tells of somebody else."""
    for _index, attachment, personal in sound_contents(view):
        found = list(_others_in(view, attachment))
        name = shorten(attachment.filename)
        if len(found) > _FEW:
            owners = tuple(dict.fromkeys(number for _where, _what, _shown, numbers in found for number in numbers))
            yield Found(
                message=f"{view.inspection.person(view.record)} would get data of {len(owners)} other people in the "
                f"attachment {name}: {view.inspection.people(owners)}",
                fix="Make a file for each person, or one without names.",
                evidence=(attachment.filename, "many", view.own_key if personal else ""),
                record=view.record,
                others=owners[:1000],
                excerpt=found[0][2],
                cause=f"{attachment.filename if not personal else 'personal'}\x1fmany",
                together=f"{{count}} people would get data of others in the attachment {name}, such as "
                f"{view.inspection.people(owners[:2])}: {{lines}}",
                general=not personal,
            )
            continue
        for where, what, shown, owners in found:
            whose = view.inspection.people(owners)
            yield Found(
                message=f"{view.inspection.person(view.record)} would get the {what} of {whose} in the attachment "
                f"{name} ({where}): {shorten(shown, 40)}",
                fix="Make a file for each person, or one without names.",
                evidence=(attachment.filename, what, shown, view.own_key if personal else ""),
                record=view.record,
                others=owners,
                excerpt=shown,
                cause=f"{attachment.filename if not personal else 'personal'}\x1f{shown}",
                together=f"{{count}} people would get the {what} of {whose} in the attachment {name} ({where}): "
                "{lines}",
                general=not personal,
            )


_FEW = 3


def _others_in(view: MessageView, attachment: Attachment) -> Iterator[tuple[str, str, str, tuple[int, ...]]]:
    """What is others' in a file: where, what, the text, and whose; each once."""
    content = content_of(view, attachment)
    told: set[str] = set()
    pieces = [("its name", re.sub(r"[_.-]+", " ", attachment.filename)), *content.pieces]
    for where, text in pieces:
        if not content.holds_identity(view.inspection.identities, text):
            continue
        for what, shown, owners, key in foreign_in(view, text, named=True):
            if owners and key not in told:
                told.add(key)
                yield where, what, shown, owners
