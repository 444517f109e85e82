"""LST117: each exclusion names exactly one person."""

from __future__ import annotations

from collections.abc import Iterator

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence
from mailmerge.lint.views.inspection import Exclusion, Inspection
from mailmerge.model import Severity
from mailmerge.text.addresses import same_mailbox_key
from mailmerge.text.folding import fold

DOC = RuleDoc(
    title=N_("Each exclusion names exactly one person."),
    what=N_(
        "An exclusion in campaign.toml whose address and name match several rows; one that no longer matches anybody, "
        "while somebody with the same name or address, or one letter away from both, would get the letter; and, as a "
        "warning, one that matches nobody and is close to nobody."
    ),
    why=N_(
        "An exclusion that matches two people leaves out somebody about whom nobody decided; one that matches nobody "
        "lets a message go to the person it was meant for, under a corrected name or address."
    ),
    bad=N_('address = "reed.family@x.example", name = "Zoe Reed", and two rows with both'),
    good=N_('address = "reed.family@x.example", name = "Zoe Reed", and one such row'),
    fix=N_("Correct the exclusion so that it matches the row, or remove it; delete duplicate rows."),
)
_CORRECT = N_(
    "Correct its address or name in campaign.toml if the person should still be left out, or remove the exclusion."
)
SEVERAL = Sentence(
    "lst117.several",
    one=N_("the exclusion of {who} matches {people}; it must match exactly one person"),
    fix=N_("Delete the duplicate row from the table, or correct its name or address."),
)
NOBODY = Sentence(
    "lst117.nobody", one=N_("the exclusion of {who} no longer matches anybody in the table"), fix=_CORRECT
)
NEAR = Sentence(
    "lst117.near",
    one=N_("the exclusion of {who} no longer matches anybody in the table; it is closest to {near}"),
    fix=_CORRECT,
)
STILL_WRITTEN = Sentence(
    "lst117.still-written",
    one=N_(
        "the exclusion of {who} no longer matches anybody in the table; it is closest to {near}, who would get the "
        "letter"
    ),
    fix=N_(
        "If this is the person to be left out, correct the exclusion in campaign.toml; if it is somebody else, remove "
        "the exclusion, or accept this with a reason."
    ),
)
SOME_STILL_WRITTEN = Sentence(
    "lst117.some-still-written",
    one=N_(
        "the exclusion of {who} no longer matches anybody in the table; it is closest to {near}, and at least one of "
        "them would get the letter"
    ),
    fix=N_(
        "If one of them is the person to be left out, correct the exclusion in campaign.toml; if not, remove the "
        "exclusion, or accept this with a reason."
    ),
)


@rule("LST117", "exclusion", Severity.BLOCK, Suppression.WAIVER, Scope.TABLE, DOC)
def exclusion(inspection: Inspection) -> Iterator[RawFinding]:
    """Each exclusion names exactly one person."""
    written = {record.number for record in inspection.records}
    for each in inspection.settings.exclusions:
        if len(each.records) == 1:
            continue
        who = _who(each)
        if each.records:
            yield RawFinding(
                says=SEVERAL,
                values={"who": who, "people": inspection.people(each.records)},
                evidence=("several", *_evidence(each)),
                others=each.records,
            )
        elif still := tuple(number for number in each.near if number in written):
            yield RawFinding(
                says=STILL_WRITTEN if len(each.near) == 1 else SOME_STILL_WRITTEN,
                values={"who": who, "near": inspection.people(each.near)},
                evidence=("near", *_evidence(each), *sorted(_whose(inspection, number) for number in each.near)),
                record=inspection.table.record(still[0]),
                others=tuple(number for number in each.near if number != still[0]),
                affected=still,
            )
        else:
            yield RawFinding(
                says=NEAR if each.near else NOBODY,
                values={"who": who, "near": inspection.people(each.near)},
                evidence=("nobody", *_evidence(each)),
                others=each.near,
                severity=Severity.WARN,
            )


def _who(each: Exclusion) -> Quoted:
    """The person as the campaign names them: a name, an address, or both."""
    address = f"<{each.address}>" if each.address else ""
    return Quoted(" ".join(filter(None, (each.name, address))), 100)


def _whose(inspection: Inspection, number: int) -> str:
    """Who is near, as a waiver remembers it: for anybody else it does not hold."""
    return "\x1f".join(inspection.who(inspection.table.record(number)))


def _evidence(each: Exclusion) -> tuple[str, str]:
    return same_mailbox_key(each.address) if each.address else "", fold(each.name)
