"""LST117: each exclusion names exactly one person."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.addresses import same_mailbox_key
from mailmerge.i18n import N_
from mailmerge.lint.finding import Found, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.views.inspection import Exclusion, Inspection
from mailmerge.model import Severity
from mailmerge.text import fold, shorten

DOC = RuleDoc(
    title=N_("Each exclusion names exactly one person."),
    what=N_(
        "an exclusion in campaign.toml whose address and name match several rows; and, as a warning, one that "
        "matches nobody any more."
    ),
    why=N_(
        "an exclusion that means two people leaves out somebody whom nobody decided about; one that means nobody "
        "lets a message go to the person it was for, under a corrected name or address."
    ),
    bad=N_('address = "famille.roux@x.example", name = "Zoé Roux", and two rows with both'),
    good=N_('address = "famille.roux@x.example", name = "Zoé Roux", and one such row'),
    fix=N_("correct the exclusion so that it matches the row, or remove it; delete a row that is there twice."),
)


@rule("LST117", "exclusion", Severity.BLOCK, Suppression.NEVER, Scope.TABLE, DOC)
def exclusion(inspection: Inspection) -> Iterator[Found]:
    """Each exclusion names exactly one person."""
    for each in inspection.settings.exclusions:
        if len(each.records) == 1:
            continue
        who = " ".join(filter(None, (shorten(each.name, 40), f"<{shorten(each.address)}>" if each.address else "")))
        if each.records:
            yield Found(
                message=f"the exclusion of {who} matches {inspection.people(each.records)}: nobody can tell which of "
                "them is meant",
                fix="Delete the duplicate row from the table, or correct its name or address.",
                evidence=("several", *_evidence(each)),
                others=each.records,
            )
        else:
            near = f"; the nearest is {inspection.people(each.near)}" if each.near else ""
            yield Found(
                message=f"the exclusion of {who} matches nobody in the table any more{near}",
                fix="Correct its address or name in campaign.toml if the person should still be left out, "
                "or remove the exclusion.",
                evidence=("nobody", *_evidence(each)),
                others=each.near,
                severity=Severity.WARN,
            )


def _evidence(each: Exclusion) -> tuple[str, str]:
    return same_mailbox_key(each.address) if each.address else "", fold(each.name)
