"""Whose an address in a file is, where nobody of the table has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailmerge.addresses import same_mailbox_key
from mailmerge.lint.vocabulary import FREE_MAIL, words
from mailmerge.regex import regex

if TYPE_CHECKING:
    from mailmerge.lint.views.message import MessageView


_ROLES = words(
    "info infos information contact rh drh hr jobs job recrutement recruitment recruiting careers career carriere "
    "carrieres emploi emplois candidature candidatures applications admin administration postmaster webmaster abuse "
    "noreply nepasrepondre donotreply accueil reception direction secretariat office hello bonjour support service "
    "services sav compta comptabilite facturation billing commercial ventes sales marketing communication presse press "
    "mail email courrier bureau association mairie newsletter dpo rgpd gdpr privacy security securite legal juridique "
    "paie payroll inscription inscriptions formation reservation reservations events help aide webmestre mediateur "
    "mediation team equipe kontakt bewerbung personal datenschutz contacto informacion privacidad feedback enquiries "
    "enquiry"
)
_WORD = regex(r"[a-z]+")


def is_stranger(view: MessageView, address: str) -> bool:
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


def is_others(view: MessageView, address: str) -> bool:
    """Whether an address is that of anybody but the recipient and the sender's house."""
    key = same_mailbox_key(address)
    owners = view.inspection.identities.address_owners(key)
    return view.record.number not in owners if owners else is_stranger(view, address)
