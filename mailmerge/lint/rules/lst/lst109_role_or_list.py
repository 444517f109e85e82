"""LST109: only one person reads what is sent to this address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.lint.vocabulary import FREE_MAIL, ROLES
from mailmerge.model import Severity
from mailmerge.text.addresses import domain_of, same_mailbox_key

_LIST_SUFFIXES = ("-list", "-liste", "-request", "-owner", "-bounces", "-announce", "-all", "-tous", "-members")
_LIST_DOMAINS = ("listes.", "lists.", "liste.", "list.", "groups.", "groupes.")


DOC = RuleDoc(
    title=N_("Only one person reads what is sent to this address."),
    what=N_(
        "Shared or role mailboxes and mailing lists (info@, hr@, candidates@, all@, -list@), and"
        " addresses at the sender's own domain."
    ),
    why=N_("A rejection sent to candidates@ reaches all candidates, one sent to info@ the whole office."),
    bad=N_("all@example.test"),
    good=N_("j.info@x.example, which is a person called Info; the sender's own domain, if half of the list has it"),
    fix=N_("Ask the person for an address of their own; waive this if only that person reads it."),
)
_FIX = N_("Make sure only this person reads this mailbox.")
ROLE = Sentence(
    "lst109.role",
    one=N_("{person}: {address} is a shared or role mailbox, which several people may read"),
    fix=_FIX,
    many=N_("{count} people have a shared or role mailbox at {domain}, which several people may read ({lines})"),
)
MAILING_LIST = Sentence(
    "lst109.list",
    one=N_("{person}: {address} looks like a mailing list, which several people read"),
    fix=_FIX,
    many=N_("{count} people have an address at {domain} that looks like a mailing list ({lines})"),
)
OWN_DOMAIN = Sentence(
    "lst109.own-domain",
    one=N_("{person}: {address} is an address at the sender's own domain"),
    fix=_FIX,
    many=N_("{count} people have an address at the sender's own domain {domain} ({lines})"),
)


@rule("LST109", "role-or-list", Severity.WARN, Suppression.WAIVER, Scope.TABLE, DOC)
def role_or_list(inspection: Inspection) -> Iterator[RawFinding]:
    """Only one person reads what is sent to this address."""
    email = inspection.table.columns.email
    house = _house_domains(inspection)
    domains = Counter(domain_of(recipient.address) for recipient in inspection.recipients)
    people = len(inspection.recipients)
    house = frozenset(domain for domain in house if domains[domain] < min(people, max(2, people / 2)))
    for recipient in inspection.recipients:
        local, at, domain = recipient.address.casefold().rpartition("@")
        if not at:
            continue
        is_strange = domain in house and recipient.record.number not in inspection.writers
        says = _shared(local.partition("+")[0], domain) or (OWN_DOMAIN if is_strange else None)
        if says is not None:
            yield RawFinding(
                says=says,
                values={
                    "person": inspection.person(recipient.record),
                    "address": Quoted(recipient.address),
                    "domain": Quoted(domain),
                },
                evidence=(recipient.address.casefold(),),
                record=recipient.record,
                field=email,
                excerpt=recipient.address,
                cause=f"{says.id}\x1f{domain}",
            )


def _shared(local: str, domain: str) -> Sentence | None:
    """Why several people may read what is sent to an address; None if nothing speaks for it."""
    if local in ROLES:
        return ROLE
    if local.endswith(_LIST_SUFFIXES) or domain.startswith(_LIST_DOMAINS) or domain == "googlegroups.com":
        return MAILING_LIST
    return None


def _house_domains(inspection: Inspection) -> frozenset[str]:
    """Domains of the sender that are nobody else's."""
    owners = inspection.identities.address_owners
    declared = [a for letter in inspection.letters for a in letter.declared_senders]
    addresses: Iterable[str] = [a for a in declared if not set(owners(same_mailbox_key(a))) - inspection.writers]
    if inspection.sender is not None:
        addresses = [*addresses, inspection.sender.address]
    return frozenset(domain_of(address) for address in addresses) - FREE_MAIL
