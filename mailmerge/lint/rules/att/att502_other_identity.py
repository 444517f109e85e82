"""ATT502: no attachment names another recipient."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mailmerge.addresses import same_mailbox_key
from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.rules.att.disclosures import findings_of, strangers_in
from mailmerge.lint.rules.att.misplaced import misplaced, shifted_files
from mailmerge.lint.views.attachments import Disclosure, content_of, is_theirs, others_in, sound_contents
from mailmerge.lint.vocabulary import FREE_MAIL, words
from mailmerge.model import Severity

if TYPE_CHECKING:
    from mailmerge.lint.views.batch import Survey
    from mailmerge.lint.views.message import MessageView


DOC = RuleDoc(
    title=N_("No attachment names another recipient."),
    what=N_(
        "An address, number, reference or full name of another row in an attachment: in its text, in any part of an "
        "Office file, in its properties or comments, or in its name; personal files that went to somebody else; and, "
        "as a warning, addresses of people who are not in the table."
    ),
    why=N_("The hidden sheet of a timetable, or the author field of a certificate, names the other candidates."),
    bad=N_("a timetable of all interviews, attached to each invitation"),
    good=N_("a file about this person, or about nobody"),
    fix=N_("Make one file per person, or one without names."),
)


@rule("ATT502", "other-identity", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def other_identity(view: MessageView) -> Iterator[Found]:
    """No attachment names another recipient; what personal files say is judged when all of them are known."""
    for _index, attachment, personal in sound_contents(view):
        strangers = [address for address in content_of(view, attachment).addresses if _is_stranger(view, address)]
        if strangers:
            yield strangers_in(view, attachment.filename, strangers, personal=personal)
        others = tuple(others_in(view, attachment))
        if not others:
            continue
        theirs = personal and is_theirs(view, attachment)
        disclosure = Disclosure(view.record, view.own_key, attachment.filename, personal, theirs, others)
        if personal:
            view.disclosures.append(disclosure)
        else:
            yield from findings_of(view.inspection, disclosure)


@also("ATT502", Scope.SET)
def personal_files(survey: Survey) -> Iterator[Found]:
    """What the personal files say of others: one finding where their names are some rows off."""
    shifted = shifted_files(survey)
    if shifted:
        yield misplaced(survey, shifted)
    known = {id(disclosure) for disclosure in shifted}
    for disclosure in survey.disclosures:
        if id(disclosure) not in known:
            yield from findings_of(survey.inspection, disclosure)


_ROLES = words(
    "info infos information contact rh drh hr jobs job recrutement recruitment recruiting careers career carriere "
    "carrieres emploi emplois candidature candidatures applications admin administration postmaster webmaster abuse "
    "noreply nepasrepondre donotreply accueil reception direction secretariat office hello bonjour support service "
    "services sav compta comptabilite facturation billing commercial ventes sales marketing communication presse press "
    "mail email courrier bureau association mairie newsletter dpo rgpd gdpr privacy security securite legal juridique "
    "inscription inscriptions formation reservation reservations events help aide webmestre mediateur mediation team "
    "equipe kontakt bewerbung personal datenschutz contacto informacion privacidad feedback enquiries enquiry"
)


def _is_stranger(view: MessageView, address: str) -> bool:
    """Whether an address is a person's who is not in the table, and not of the sender's own house."""
    key = same_mailbox_key(address)
    if key in view.own_keys or key in view.shape.allowed or key in view.shape.address_keys:
        return False
    local, _, domain = key.rpartition("@")
    house = {mailbox.address.rpartition("@")[2].casefold() for mailbox in view.message.mailboxes("From")}
    house |= {allowed.rpartition("@")[2] for allowed in view.inspection.allowed}
    if domain in house - FREE_MAIL or not _ROLES.isdisjoint((local, local.replace("-", ""), *_WORD.findall(local))):
        return False
    return not view.inspection.identities.address_owners(key)


_WORD = re.compile(r"[a-z]+")
