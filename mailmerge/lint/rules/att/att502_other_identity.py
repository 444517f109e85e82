"""ATT502: no attachment names another recipient."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.rules.att.disclosures import findings_of, strangers_in
from mailmerge.lint.rules.att.misplaced import misplaced, shifted_files
from mailmerge.lint.rules.att.own_remarks import own_remarks
from mailmerge.lint.rules.att.strangers import is_stranger
from mailmerge.lint.views.attachments import content_of, is_theirs, others_in, sound_contents
from mailmerge.lint.views.disclosure import Disclosure
from mailmerge.model import Severity

if TYPE_CHECKING:
    from mailmerge.lint.views.batch import Batch
    from mailmerge.lint.views.message import MessageView


DOC = RuleDoc(
    title=N_("No attachment names another recipient."),
    what=N_(
        "An address, number, reference or full name of another row in an attachment: in its text, in any part of an "
        "Office file, in its properties or comments, or in its name; personal files that went to somebody else; and, "
        "as a warning, addresses of people who are not in the table. An internal remark about a person in their own "
        "file, too. A name or a remark can be waived; an address, a number or a file that went astray cannot."
    ),
    why=N_("The hidden sheet of a timetable, or the author field of a certificate, names the other candidates."),
    bad=N_("a timetable of all interviews, attached to each invitation"),
    good=N_("a file about this person, or about nobody"),
    fix=N_("Make one file per person, or one without names."),
)


@rule("ATT502", "other-identity", Severity.BLOCK, Suppression.WAIVER, Scope.MESSAGE, DOC, of_files=True)
def other_identity(view: MessageView) -> Iterator[RawFinding]:
    """No attachment names another recipient; what personal files say is judged when all of them are known."""
    for _index, attachment, personal in sound_contents(view):
        if personal:
            yield from own_remarks(view, attachment)
        strangers = [address for address in content_of(view, attachment).addresses if is_stranger(view, address)]
        if strangers:
            yield strangers_in(view, attachment.filename, strangers, personal=personal)
        others = tuple(others_in(view, attachment, personal=personal))
        if not others:
            continue
        theirs = personal and is_theirs(view, attachment)
        disclosure = Disclosure(
            view.record,
            view.own_key,
            attachment.filename,
            personal,
            theirs,
            others,
            content_of(view, attachment).digest_of(attachment.content),
        )
        if personal:
            view.disclosures.append(disclosure)
        else:
            yield from findings_of(view.inspection, disclosure)


@also("ATT502", Scope.SET)
def personal_files(survey: Batch) -> Iterator[RawFinding]:
    """What the personal files say of others: one finding where their names are some rows off."""
    shifted = shifted_files(survey)
    if shifted:
        yield misplaced(survey, shifted)
    known = {id(disclosure) for disclosure in shifted}
    for disclosure in survey.disclosures:
        if id(disclosure) not in known:
            yield from findings_of(survey.inspection, disclosure)
