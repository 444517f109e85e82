"""LST107: no slip of the pen in a domain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mailmerge.addresses import domain_key
from mailmerge.i18n import N_
from mailmerge.lint.domains import ending_exists, meant_provider
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text import shorten

DOC = RuleDoc(
    title=N_("No slip of the pen in a domain."),
    what=N_(
        "a domain one or two letters away from a common provider's and rare in this table, and an ending that does "
        "not exist, by IANA's list of top-level domains."
    ),
    why=N_("gmial.com exists, and belongs to somebody who collects other people's mail."),
    bad=N_("jean.petit@gmial.com, jean.petit@gmaill.con, jean.petit@atelier.ft"),
    good=N_("ymail.com, gmx.fr and other providers that exist; a company's domain that many rows have"),
    fix=N_("ask the person, or correct the address."),
)


@rule("LST107", "domain-typo", Severity.WARN, Suppression.WAIVER, Scope.TABLE, DOC)
def domain_typo(inspection: Inspection) -> Iterator[Found]:
    """No slip of the pen in a domain."""
    email = inspection.table.columns.email
    domains = Counter(_domain(recipient.address) for recipient in inspection.recipients)
    usual = max(2, len(inspection.recipients) // 50)
    doubted = {domain for domain, count in domains.items() if count <= usual and _is_doubtful(domain)}
    if not doubted:
        return
    for recipient in inspection.recipients:
        domain = _domain(recipient.address)
        if domain not in doubted:
            continue
        provider = meant_provider(domain)
        ending = domain.rpartition(".")[2]
        yield Found(
            message=f"{inspection.person(recipient.record)}: {shorten(recipient.address)}: "
            + (f"did they mean {provider}?" if provider else f'no domain ends in ".{shorten(ending, 20)}"'),
            fix=f"If {shorten(domain)} is a typo, correct it; otherwise no action is needed."
            if ending_exists(domain)
            else "Ask the person for the right address: this one cannot be reached.",
            evidence=(recipient.address.casefold(),),
            record=recipient.record,
            field=email,
            excerpt=domain,
            cause=domain,
        )


def _domain(address: str) -> str:
    return domain_key(address.rpartition("@")[2].casefold())


def _is_doubtful(domain: str) -> bool:
    return "." in domain and (bool(meant_provider(domain)) or not ending_exists(domain))
