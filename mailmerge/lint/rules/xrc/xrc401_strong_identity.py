"""XRC401: no address, number or reference of somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.identities.what import Hit, What
from mailmerge.lint.rule import RuleDoc, Scope, also, rule
from mailmerge.lint.rules.xrc.exposure import exposure
from mailmerge.lint.views.message import MessageView
from mailmerge.lint.views.third_parties import encoded_keys, is_encoded
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("No address, number or reference of somebody else."),
    what=N_(
        "An e-mail address, telephone number, reference, social security number, IBAN or personal link that belongs to "
        "another row, anywhere in this message. A postal address, a date of birth, a link to a profile, or a number "
        "that only one row has, is a warning."
    ),
    why=N_("It identifies the other person beyond doubt. In the Toulouse case 340 people read 339 addresses."),
    bad=N_('"your file RC-0018" in the letter to the person of RC-0017'),
    good=N_("this person's own reference; a number that both rows share, such as a couple's landline"),
    fix=N_("Correct the cell that the letter prints: it was copied from the other row, or the column has shifted."),
)


@rule("XRC401", "strong-identity", Severity.BLOCK, Suppression.NEVER, Scope.MESSAGE, DOC)
def strong_identity(view: MessageView) -> Iterator[RawFinding]:
    """No address, number or reference of somebody else."""
    owners_of = view.inspection.identities.address_owners
    hits = [hit for hit in view.others if hit.what is not What.NAME and not view.may_hold(hit)]
    known = ((each, owners_of(each.key)) for each in view.addresses)
    hits += [Hit(What.ADDRESS, each.key, owners, each.text) for each, owners in known if owners]
    writers = view.inspection.writers
    hits += (hit for hit in view.shape.hits if hit.what is not What.NAME and writers.isdisjoint(hit.owners))
    encoded = encoded_keys(view) if any(is_encoded(hit) for hit in hits) else frozenset()
    for hit in dict.fromkeys(view.of_others(iter(hits))):
        if not (is_encoded(hit) and hit.key in encoded):  # MSG305 tells of it
            yield exposure(view, hit)


@also("XRC401", Scope.MESSAGE)
def detail(view: MessageView) -> Iterator[RawFinding]:
    """No home, date of birth, profile or unique number of somebody else: these warn; nor a link that lets them in."""
    identities, number = view.inspection.identities, view.record.number
    hits = [*identities.details_in(view.variable, number), *view.shape.details]
    for hit in dict.fromkeys(hits):
        if number not in hit.owners and view.inspection.writers.isdisjoint(hit.owners):
            yield exposure(view, hit, None if hit.what is What.PERSONAL_LINK else Severity.WARN)
