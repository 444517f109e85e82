"""What a second person looks at: the sealed messages of a run, what was found about them, and letters that lie."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from mailmerge.approval.reviewing.decoys import Decoy, make_decoys
from mailmerge.approval.rule import rule_of
from mailmerge.approval.signatures.keys import keys_made_here
from mailmerge.errors import OutboxError, UsageError
from mailmerge.i18n import N_
from mailmerge.outbox import read_facts, root_digest
from mailmerge.outbox.digest import digest_of
from mailmerge.settings.approval_rule import key_line

if TYPE_CHECKING:
    from mailmerge.environment import Environment
    from mailmerge.outbox import Run


class PackedLetter(Struct, frozen=True):
    """One sealed message."""

    record: int
    name: str
    address: str
    sha256: str
    content: bytes
    way: int = 0
    """The number of its way through the letters."""


class Contents(Struct, frozen=True):
    """Everything that a review needs, and nothing of the author's that it does not."""

    run: str
    created: datetime.datetime
    campaign: str
    asked: str
    """For whom it was made, as the rule calls them."""
    root: str
    facts: Mapping[str, str]
    hours: int
    """For how long an approval holds."""
    letters: Sequence[PackedLetter]
    ways: Sequence[Mapping[str, str]]
    findings: Sequence[Mapping[str, Any]]
    sources: Mapping[str, str]
    """The letter templates, by name."""
    author_keys: Sequence[str]
    """Public keys that were made where the run was sealed: none of them is a second person's."""
    decoys: Sequence[Decoy] = ()
    sealed: Mapping[str, str] = field(default_factory=dict)
    """What was sealed beside the messages, as it was: the root has the digest of each."""

    def computed_root(self) -> str:
        """The root of what is really there: of the bytes, not of what is said about them."""
        rows = ((each.record, each.address, hashlib.sha256(each.content).hexdigest()) for each in self.letters)
        return root_digest(self.facts, rows)

    def shows_what_was_sealed(self) -> bool:
        """Whether the findings, waivers, wordings and templates are those that the root is bound to."""
        named = [name for name in SHOWN if name in self.facts]
        if any(digest_of(self.sealed.get(name, "")) != self.facts[name] for name in named):
            return False
        known = {name: json.loads(self.sealed[name]) for name in named}
        ways = known.get("branches", {"ways": self.ways, "taken": []})
        taken = {int(record): int(number) for record, number in ways["taken"]}
        return (
            sorted(map(_canonical, self.findings)) == sorted(map(_canonical, known.get("findings", self.findings)))
            and list(self.ways) == ways["ways"]
            and dict(self.sources) == known.get("letters", dict(self.sources))
            and all(each.way == taken.get(each.record, each.way if not taken else 0) for each in self.letters)
        )


SHOWN = ("findings", "branches", "letters")
"""The facts that a review shows."""


def _canonical(finding: Mapping[str, Any]) -> str:
    return json.dumps(finding, sort_keys=True)


def contents_of(run: Run, asked: str, environment: Environment) -> Contents:
    """What a second person has to see of a run.

    Raises:
        UsageError: an older program sealed it, or there is nothing to approve in it.
        OutboxError: it was purged, or its bytes are not those that were sealed.
    """
    facts, known = run.sealed_facts(), read_facts(run)
    if "findings" not in known or "branches" not in known:
        raise UsageError(
            N_(
                "run {run} was sealed by an older version and cannot be reviewed: seal the campaign again with this"
                " version"
            ),
            run=run.id,
        )
    branches = json.loads(known["branches"])
    way = {int(record): int(number) for record, number in branches["taken"]}
    letters = [
        PackedLetter(
            each.record, each.name, each.envelope.forward_path, each.sha256, each.content, way.get(each.record, 0)
        )
        for each in run.contents()
    ]
    made = Contents(
        run=run.id,
        created=run.created,
        campaign=run.campaign,
        asked=asked,
        root=run.sealed,
        facts=facts,
        hours=rule_of(run, environment).hours,
        letters=letters,
        ways=branches["ways"],
        findings=json.loads(known["findings"]),
        sources=json.loads(known.get("letters", "{}")),
        author_keys=[key_line(key) for key in sorted(keys_made_here(environment))],
        decoys=make_decoys(
            [(each.record, each.name, each.address, each.content) for each in letters], dict(run.rows())
        ),
        sealed={name: known[name] for name in SHOWN if name in known},
    )
    if made.computed_root() != run.sealed:
        raise OutboxError(N_("run {run} is not what was sealed (WIR904): seal the campaign again"), run=run.id)
    return made
