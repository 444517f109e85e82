"""LST107: no domain is misspelt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.domains import ending_exists, meant_provider
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Inspection
from mailmerge.model import Severity
from mailmerge.text.addresses import domain_key, domain_of

DOC = RuleDoc(
    title=N_("No domain is misspelt."),
    what=N_(
        "A domain that is rare in this table and one or two letters away from a common provider's, or an ending that "
        "does not exist according to IANA's list of top-level domains."
    ),
    why=N_("gmial.com exists and belongs to somebody who collects other people's mail."),
    bad=N_("jean.petit@gmial.com, jean.petit@gmaill.con, jean.petit@atelier.ft"),
    good=N_("ymail.com, gmx.fr and other providers that exist; a company's domain that many rows have"),
    fix=N_("Ask the person, or correct the address."),
)
_MEANT = N_("{person}: {address}: did they mean {meant}?")
_MANY_MEANT = N_("{count} people have an address at {domain}: did they mean {meant}? ({lines})")
_ASK = N_("Ask the person for the right address: this one cannot be reached.")
MEANT = Sentence(
    "lst107.meant",
    one=_MEANT,
    fix=N_("If {domain} is a typo, correct it; otherwise no action is needed."),
    many=_MANY_MEANT,
)
MEANT_AND_UNREACHABLE = Sentence("lst107.meant-and-unreachable", one=_MEANT, fix=_ASK, many=_MANY_MEANT)
UNREACHABLE = Sentence(
    "lst107.unreachable",
    one=N_('{person}: {address}: no domain ends in ".{ending}"'),
    fix=_ASK,
    many=N_('{count} people have an address at {domain}, but no domain ends in ".{ending}" ({lines})'),
)


@rule("LST107", "domain-typo", Severity.WARN, Suppression.WAIVER, Scope.TABLE, DOC)
def domain_typo(inspection: Inspection) -> Iterator[RawFinding]:
    """No domain is misspelt."""
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
        yield RawFinding(
            says=_says(domain, provider),
            values={
                "person": inspection.person(recipient.record),
                "address": Quoted(recipient.address),
                "domain": Quoted(domain),
                **({"meant": provider} if provider else {"ending": Quoted(domain.rpartition(".")[2], 20)}),
            },
            evidence=(recipient.address.casefold(),),
            record=recipient.record,
            field=email,
            excerpt=domain,
            cause=domain,
        )


def _says(domain: str, provider: str) -> Sentence:
    if not provider:
        return UNREACHABLE
    return MEANT if ending_exists(domain) else MEANT_AND_UNREACHABLE


def _domain(address: str) -> str:
    return domain_key(domain_of(address))


def _is_doubtful(domain: str) -> bool:
    return "." in domain and (bool(meant_provider(domain)) or not ending_exists(domain))
