"""What stands in the attachments: nobody else's data, nothing hidden, nothing that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.lint.extract import read_content
from mailmerge.lint.filetext import Content
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.foreign import foreign_in
from mailmerge.lint.registry import Scope, rule
from mailmerge.model import Severity
from mailmerge.text import fold, shorten

if TYPE_CHECKING:
    from mailmerge.lint.scans import MessageView
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


def _sound(view: MessageView) -> Iterator[tuple[int, Attachment, bool]]:
    """The attachments that can travel, and whether a value names them."""
    patterns = view.message.shape.attachments
    for index, attachment in enumerate(view.message.attachments):
        if not attachment.problem and attachment.content:
            yield index, attachment, index < len(patterns) and bool(patterns[index].slots)


@rule("ATT501", "opaque", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE)
def opaque(view: MessageView) -> Iterator[Found]:
    """Whatever travels can be looked into.

    What: an attachment that is encrypted, holds macros or a script, is an archive or a scan, or is damaged.
    Why: nobody can prove that what cannot be read holds nobody else's data; and macros are not for letters.
    Bad: dossier.zip, a PDF with a password
    Good: a PDF with text; a photograph or logo
    Fix: save it as a PDF with text, without a password.
    """
    for _index, attachment, personal in _sound(view):
        content = content_of(view, attachment)
        if content.opaque:
            yield Found(
                message=f"the attachment {shorten(attachment.filename)} cannot be checked: {content.opaque}",
                fix="Save it as a PDF with text, without a password; or waive it after looking into it yourself.",
                evidence=(attachment.filename, content.opaque),
                record=view.record,
                letter=view.letter.letter.name,
                excerpt=attachment.filename,
                cause=f"{attachment.filename if not personal else ''}\x1f{content.opaque}",
                together=f"{{count}} attachments such as {shorten(attachment.filename)} cannot be checked: "
                f"{content.opaque}",
                general=not personal,
            )


@rule("ATT502", "other-identity", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE)
def other_identity(view: MessageView) -> Iterator[Found]:
    """No attachment tells of somebody else.

    What: an address, number, reference or full name of another record in an attachment: its text, every XML part of
    an office file, its metadata, comments, and its name.
    Why: the hidden sheet of a timetable, or the author field of a certificate, names the other candidates.
    Bad: a timetable of all interviews, attached to each invitation
    Good: a file about this person, or about nobody
    Fix: make a file for each person, or one without names.
    """
    for _index, attachment, personal in _sound(view):
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


@rule("ATT503", "hidden-office", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE)
def hidden_office(view: MessageView) -> Iterator[Found]:
    """No attachment hides anything.

    What: hidden sheets, rows, columns and slides, pivot caches, comments, tracked changes, embedded files.
    Why: one click shows them; the Police Service of Northern Ireland published the names of 10,000 officers and staff
    in a hidden sheet in 2023.
    Bad: planning.xlsx with a hidden sheet "tous"
    Good: a PDF of what is to be seen
    Fix: export it as PDF; or inspect the document (File, Info, Check for Issues) and remove what is hidden.
    """
    for _index, attachment, personal in _sound(view):
        for what in content_of(view, attachment).hidden:
            yield Found(
                message=f"the attachment {shorten(attachment.filename)} holds {what}",
                fix="Export it as PDF; or remove what is hidden: File, Info, Check for Issues.",
                evidence=(attachment.filename, what),
                record=view.record,
                letter=view.letter.letter.name,
                excerpt=attachment.filename,
                cause=f"{attachment.filename if not personal else ''}\x1f{what}",
                together=f"{{count}} attachments such as {shorten(attachment.filename)} hold {what}",
                general=not personal,
            )


_PEOPLE = ("author", "creator", "lastmodifiedby", "manager", "operator", "printed-by")


@rule("ATT505", "metadata", Severity.WARN, Suppression.ALLOW, Scope.MESSAGE)
def metadata(view: MessageView) -> Iterator[Found]:
    """A file does not tell who made it, and where.

    What: an author or last editor who does not sign the letter, and paths of the computer it was made on.
    Why: "lastModifiedBy: P. Durand" names the colleague who decided; a path names projects and people.
    Bad: an author field with the assistant's name
    Good: no author, or who signs, as declared
    Fix: remove the document's properties; or declare who it is: [lint] signatories = ["Claire Martin"].
    """
    for _index, attachment, personal in _sound(view):
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
