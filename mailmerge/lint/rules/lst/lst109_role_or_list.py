"""LST109: one person reads what is sent to this address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import FREE_MAIL, words
from mailmerge.model import Severity
from mailmerge.text import shorten

_ROLES = words(
    "info infos contact rh drh hr jobs job recrutement recrutements recruitment careers carriere carrieres emploi "
    "candidat candidats candidature candidatures candidates applicants tous toutes all everyone everybody team equipe "
    "staff personnel salaries employees collaborateurs admin administration administrateur postmaster webmaster "
    "abuse noreply no-reply ne-pas-repondre nepasrepondre accueil reception direction secretariat office hello "
    "bonjour support service services compta comptabilite commercial ventes sales marketing communication presse press "
    "mail email courrier bureau association mairie list liste lists listes newsletter members membres groupe group"
)
_LIST_SUFFIXES = ("-list", "-liste", "-request", "-owner", "-bounces", "-announce", "-all", "-tous", "-members")
_LIST_DOMAINS = ("listes.", "lists.", "liste.", "list.", "groups.", "groupes.")


DOC = RuleDoc(
    title=N_("One person reads what is sent to this address."),
    what=N_(
        "addresses that stand for a function or a list (info@, rh@, candidats@, tous@, -list@), and addresses of "
        "the sender's own domain."
    ),
    why=N_("a rejection to candidats@ reaches all candidates, one to info@ the whole office."),
    bad=N_("tous@exemple.test"),
    good=N_("j.info@x.example, which is a person called Info; the sender's own domain, where half of the list has it"),
    fix=N_("ask the person for an address of their own; waive it where one person really reads it."),
)


@rule("LST109", "role-or-list", Severity.WARN, Suppression.WAIVER, Scope.TABLE, DOC)
def role_or_list(inspection: Inspection) -> Iterator[Found]:
    """One person reads what is sent to this address."""
    email = inspection.table.columns.email
    house = _house_domains(inspection)
    domains = Counter(recipient.address.rpartition("@")[2].casefold() for recipient in inspection.recipients)
    house = frozenset(domain for domain in house if domains[domain] < max(2, len(inspection.recipients) / 2))
    for recipient in inspection.recipients:
        local, at, domain = recipient.address.casefold().rpartition("@")
        if not at:
            continue
        reason = _why_shared(local.partition("+")[0], domain)
        if not reason and domain in house:
            reason = "is an address of the sender's own domain"
        if reason:
            yield Found(
                message=f"{inspection.person(recipient.record)}: {shorten(recipient.address)} {reason}",
                fix="Make sure that one person reads it, and that it is this one.",
                evidence=(recipient.address.casefold(),),
                record=recipient.record,
                field=email,
                excerpt=recipient.address,
                cause=f"{reason}\x1f{domain}",
            )


def _why_shared(local: str, domain: str) -> str:
    if local in _ROLES:
        return "stands for a function or a list, which several people may read"
    if local.endswith(_LIST_SUFFIXES) or domain.startswith(_LIST_DOMAINS) or domain == "googlegroups.com":
        return "looks like a mailing list, which several people read"
    return ""


def _house_domains(inspection: Inspection) -> frozenset[str]:
    """Domains of the sender that are nobody else's."""
    addresses: Iterable[str] = [a for letter in inspection.letters for a in letter.declared_senders]
    if inspection.sender is not None:
        addresses = [*addresses, inspection.sender.address]
    return frozenset(address.rpartition("@")[2].casefold() for address in addresses) - FREE_MAIL
