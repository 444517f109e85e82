"""META001: A waiver that no longer matches a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailmerge.i18n import N_
from mailmerge.lint.finding import RawFinding, Suppression, Waiver
from mailmerge.lint.rule import RuleDoc, Scope, rule
from mailmerge.lint.sentence import Quoted, Sentence, Value
from mailmerge.model import Severity

DOC = RuleDoc(
    title=N_("A waiver that no longer matches a finding."),
    what=N_("A waiver in campaign.toml, if no finding has its rule and fingerprint."),
    why=N_("The finding it covered is gone or has changed; the next finding like it must be reviewed again."),
    bad=N_("a waiver copied from last year's campaign"),
    good=N_("each waiver covers one finding of this campaign"),
    fix=N_(
        "Delete the waiver from campaign.toml; or, if the finding is the same and only its fingerprint has changed, "
        "write the new fingerprint in the waiver."
    ),
)
_UNUSED = N_("the waiver of {rule} by {by} no longer matches a finding")
GONE = Sentence(
    "meta001.gone",
    one=_UNUSED,
    fix=N_("Delete it from campaign.toml: the finding it covered is gone or has changed."),
)
ONE = Sentence(
    "meta001.one",
    one=_UNUSED,
    fix=N_(
        'There is one finding of {rule} without a waiver. If it is the same, write finding = "{found}" in the waiver; '
        "otherwise delete the waiver from campaign.toml."
    ),
)
SEVERAL = Sentence(
    "meta001.several",
    one=_UNUSED,
    fix=N_(
        "There are {number} findings of {rule} without a waiver. If one of them is the same, write its fingerprint in "
        "the waiver ({found}); otherwise delete the waiver from campaign.toml."
    ),
)
MORE = Sentence(
    "meta001.more",
    one=_UNUSED,
    fix=N_(
        "There are {number} findings of {rule} without a waiver. If one of them is the same, write its fingerprint in "
        "the waiver ({found} and {more} more); otherwise delete the waiver from campaign.toml."
    ),
)
_SHOWN = 5
"""Fingerprints in one sentence."""


@rule("META001", "waiver-unused", Severity.WARN, Suppression.NEVER, Scope.ENGINE, DOC)
def waiver_unused(waiver: Waiver, unwaived: Sequence[str]) -> Iterator[RawFinding]:
    """A waiver that no longer matches a finding; ``unwaived`` are the fingerprints that its rule has without one."""
    values: dict[str, Value] = {"rule": Quoted(waiver.rule), "by": Quoted(waiver.by)}
    if unwaived:
        values["found"] = ", ".join(unwaived[:_SHOWN])
        values["number"] = len(unwaived)
        values["more"] = len(unwaived) - _SHOWN
    yield RawFinding(says=_says(len(unwaived)), values=values, evidence=(waiver.rule, waiver.finding))


def _says(number: int) -> Sentence:
    """The sentence for this many findings that the waiver could be meant for."""
    if number > _SHOWN:
        return MORE
    return (GONE, ONE)[number] if number < 2 else SEVERAL
