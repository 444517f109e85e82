"""What ATT502 says: whose data is where in which file, and whose file went to whom."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from mailmerge.i18n import N_
from mailmerge.lint.extract.content import Part
from mailmerge.lint.extract.part_words import PART_WORDS
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.identities.what import DETAILS, What
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.lint.views.disclosure import Disclosure, Other
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.views.message import MessageView
from mailmerge.model import Severity

_FIX = N_("Make one file per person, or one without names.")
_FIX_NAME = N_(
    "Make one file per person, or one without names; if {shown} is somebody else, or everybody may know the name, add "
    "it to signatories under [lint], or waive this."
)
_FIX_OWN = N_("Correct {file}, which is this person's own file: it contains another person's data.")
_FIX_OWN_NAME = N_(
    "Correct {file}, which is this person's own file; if {shown} is somebody else, or this person may know the name, "
    "add it to signatories under [lint], or waive this."
)
_FIX_REMARK = N_("Remove the internal remark from {file}, or waive this if everybody who gets the file may read it.")
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
IN_PART_OF_PAGE = Sentence(
    "att502.part-of-page",
    one=N_("{person} would get the {what} of {owners} in the attachment {file} ({part} on page {page}): {shown}"),
    fix=_FIX,
    many=N_(
        "{count} people would get the {what} of {owners} in the attachment {file} ({part} on page {page}): {lines}"
    ),
)
SEVERAL = Sentence(
    "att502.several",
    one=N_("{person} would get the data of {owned} other people in the attachment {file}: {owners}"),
    fix=_FIX,
    many=N_("{count} people would get the data of others in the attachment {file}, such as {few}: {lines}"),
)
_NAMES = frozenset({What.NAME, What.INITIAL})
"""These may be somebody else's."""
_HARMLESS = frozenset({*_NAMES, *DETAILS, What.REMARK})
"""What a person can answer for, with a reason: it may be in the file on purpose, or by chance."""


def _fix(what: What, *, personal: bool) -> str:
    """What to do, where it is to be done: in one person's file, or in that of all."""
    if what is What.REMARK:
        return _FIX_REMARK
    if what in _NAMES:
        return _FIX_OWN_NAME if personal else _FIX_NAME
    return _FIX_OWN if personal else _FIX


SEVERAL_NAMES = replace(
    SEVERAL,
    fix=N_("Make one file per person, or one without names; or waive this, if everybody may know these names."),
)
_BY_PLACE = {
    (sentence, what, personal): replace(sentence, fix=_fix(what, personal=personal))
    for sentence in (IN_PART, ON_PAGE, IN_COMMENT, IN_PART_OF_PAGE)
    for what in What
    for personal in (False, True)
}
WRONG_FILE = Sentence(
    "att502.wrong-file",
    one=N_("{person} would get the file of {owners}: {file}"),
    fix=N_("Correct the cell that names the file, so that each person gets their own."),
    many=N_("{count} people would get somebody else's file, such as {file}, which is the file of {owners} ({lines})"),
)
STRANGER = Sentence(
    "att502.stranger",
    one=N_("the attachment {file} contains the e-mail address of somebody who is not in the table: {shown}"),
    fix=N_("Remove the address; or, if everybody may know it, add it to allow_addresses under [lint]."),
    many=N_(
        "{count} messages carry an attachment with the e-mail address of somebody who is not in the table, such as "
        "{file}: {shown} ({lines})"
    ),
)
STRANGERS = Sentence(
    "att502.strangers",
    one=N_(
        "the attachment {file} contains {strangers} e-mail addresses of people who are not in the table, such as "
        "{shown}"
    ),
    fix=N_("Check whether it is a list of other people; remove it, or remove the addresses."),
    many=N_(
        "{count} messages carry an attachment with {strangers} e-mail addresses of people who are not in the table, "
        "such as {file}: {shown} ({lines})"
    ),
)
_FEW = 3
_OWNERS_KEPT = 1000


def findings_of(inspection: Inspection, disclosure: Disclosure) -> Iterable[RawFinding]:
    """What is to be said of one person's file."""
    others = list(disclosure.others)
    if disclosure.personal and disclosure.owner is not None:
        return (wrong_file(inspection, disclosure),)
    if len(others) > _FEW and len({other.owners for other in others}) > 1:
        return (_several(inspection, disclosure, others),)
    return (_one(inspection, disclosure, other) for other in others)


def wrong_file(inspection: Inspection, disclosure: Disclosure) -> RawFinding:
    """One person gets the file of another."""
    [owners] = {other.owners for other in disclosure.others}
    return RawFinding(
        says=WRONG_FILE,
        values={
            "person": inspection.person(disclosure.record),
            "owners": inspection.people(owners),
            "file": Quoted(disclosure.filename),
        },
        suppression=Suppression.NEVER,
        evidence=(disclosure.filename, "wrong-file", disclosure.own_key),
        record=disclosure.record,
        others=owners,
        excerpt=disclosure.others[0].shown,
        severity=_severity(inspection, disclosure.others),
        cause="wrong-file",
    )


def _one(inspection: Inspection, disclosure: Disclosure, other: Other) -> RawFinding:
    values: dict[str, Value] = {
        "person": inspection.person(disclosure.record),
        "what": other.what.term,
        "owners": inspection.people(other.owners),
        "file": Quoted(disclosure.filename),
        "part": PART_WORDS[other.part],
        "page": other.page,
        "shown": Quoted(other.shown, 40),
    }
    return RawFinding(
        says=_BY_PLACE[_place(other), other.what, disclosure.personal],
        values=values,
        evidence=(
            disclosure.filename,
            other.what.token,
            other.key,
            disclosure.own_key if disclosure.personal else "",
        ),
        record=disclosure.record,
        others=other.owners,
        excerpt=other.shown,
        severity=_severity(inspection, [other]),
        cause=f"{'personal' if disclosure.personal else disclosure.filename}\x1f{other.key}",
        general=not disclosure.personal,
        suppression=_suppression([other]),
    )


def _suppression(others: Iterable[Other]) -> Suppression:
    """What identifies somebody for certain is repaired, and never answered for."""
    return Suppression.WAIVER if all(other.what in _HARMLESS for other in others) else Suppression.NEVER


def _severity(inspection: Inspection, others: Iterable[Other]) -> Severity | None:
    """A warning if it may be there by chance, or only other sheets know these people; that of the rule if not."""
    certain = [(other.what, other.owners) for other in others if other.what not in DETAILS]
    return Severity.WARN if inspection.may_be_anybody(certain) else None


def _place(other: Other) -> Sentence:
    if not other.page:
        return IN_PART
    return IN_COMMENT if other.part is Part.COMMENT else ON_PAGE if other.part is Part.PAGE else IN_PART_OF_PAGE


def _several(inspection: Inspection, disclosure: Disclosure, others: list[Other]) -> RawFinding:
    owners = tuple(dict.fromkeys(number for other in others for number in other.owners))
    suppression = _suppression(others)
    bound = [disclosure.digest] if suppression is Suppression.WAIVER else []
    return RawFinding(
        says=SEVERAL_NAMES if bound else SEVERAL,
        values={
            "person": inspection.person(disclosure.record),
            "owned": len(owners),
            "file": Quoted(disclosure.filename),
            "owners": inspection.people(owners),
            "few": inspection.people(owners[:2]),
        },
        evidence=(disclosure.filename, "many", disclosure.own_key if disclosure.personal else "", *bound),
        record=disclosure.record,
        others=owners[:_OWNERS_KEPT],
        excerpt=others[0].shown,
        severity=_severity(inspection, others),
        cause="\x1f".join(("personal" if disclosure.personal else disclosure.filename, "many", *bound)),
        general=not disclosure.personal,
        suppression=suppression,
    )


def strangers_in(view: MessageView, filename: str, strangers: list[str], *, personal: bool) -> RawFinding:
    """Addresses of people of whom the table knows nothing."""
    return RawFinding(
        says=STRANGERS if len(strangers) > 1 else STRANGER,
        values={"file": Quoted(filename), "shown": Quoted(strangers[0]), "strangers": len(strangers)},
        evidence=(filename, "strangers", *sorted(strangers)),
        record=view.record,
        excerpt=strangers[0],
        severity=Severity.WARN,
        cause=f"{'personal' if personal else filename}\x1fstrangers",
        general=not personal,
    )
